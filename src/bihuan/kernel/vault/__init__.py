"""Sealed fields: the name of a reporter or victim lies here once, encrypted; the record holds a commitment.

Destroying a matter's key forgets its values everywhere at once and leaves the chain of the record whole.
"""
