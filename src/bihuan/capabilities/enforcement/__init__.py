"""Cases (执法案件): opened, investigated, reviewed, notified, decided, served, executed, concluded, archived (M122, M123, M142).

Owner: the enforcing agency. Basis: 行政处罚法; 安全生产法.
"""
