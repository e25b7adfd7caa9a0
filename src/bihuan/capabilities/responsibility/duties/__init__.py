"""Duties of posts and units, the rules they rest on, published power and duty lists, and what enterprises keep of theirs.

Owner: the committee office for the whole, each unit and enterprise for its own (安全生产法 第三条、第二十一条、第二十二条).
"""
