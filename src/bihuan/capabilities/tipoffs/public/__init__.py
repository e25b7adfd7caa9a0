"""The public side of tip-offs: whoever sees a danger tells it here, without an account and without a name.

Nothing that could say who it was is kept: no address, no cookie but the one that guards the form, no name unless it is
given, and that lies sealed. What is sent is held apart until the whole tip-off is, and goes within a day if it never is.
Basis: 安全生产法 第七十三、七十四条.
"""
