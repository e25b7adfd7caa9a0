"""Accidents (生产安全事故): reported, verified, investigated, approved, carried out, evaluated (M206–M217).

Owner: the agency that investigates. Basis: 安全生产法 第八十三条至第八十六条; 生产安全事故报告和调查处理条例.
"""
