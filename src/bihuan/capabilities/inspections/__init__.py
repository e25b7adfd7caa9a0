"""Inspections (监督检查): planned, made on site, signed, followed to the end (M107–M112).

Owner: the unit that inspects. Basis: 安全生产法 第六十二条、第六十五条、第六十七条.
"""
