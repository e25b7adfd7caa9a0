"""Responsibility letters (目标责任书): targets of the year, signed by both sides, handed down level by level.

Owner: the committee office (安委办) for letters of the district, a town for those it gives to enterprises and villages.
Legal basis: 安全生产法 第五条、第九条、第二十二条. One letter a year and unit (M006), targets that add up to what the level
above allows (M007), caps counted down by figures (M008), the goals of the year (M009).
"""
