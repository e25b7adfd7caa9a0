"""SM2, SM3, SM4 and the files their keys live in: what record, vault and signatures all stand on.

商用密码 is what these systems must use. Everything above speaks to these four modules, so another library, a
card or a machine without the wheel is a change here and nowhere else.
"""
