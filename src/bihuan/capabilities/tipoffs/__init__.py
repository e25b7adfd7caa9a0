"""Tip-offs (举报投诉): received, admitted, referred, dealt with, answered, settled (M242–M245).

Owner: the unit a tip-off is referred to. Basis: 安全生产法 第七十三条、第七十六条.
"""
