"""The hazard ledgers that units already keep: what their headings and words mean, and when a row cannot be right.

Owner: the committee office's clerk. Basis: 《安全生产法》第四十一条 (a hazard's finding and removal is recorded).
"""
