"""Sealed fields: a reporter's name or a victim's lies here once, encrypted; the record holds only its
commitment.

Destroying a matter's key forgets its values everywhere at once and leaves the chain of the record whole.
"""
