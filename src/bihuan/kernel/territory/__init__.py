"""Where and under whom: dated trees of regions, agencies and sectors.

A node's ``path`` (``"1.5.33."``) is what jurisdiction compares; the GB/T 2260 code is only a dated attribute, for
370400 is no prefix of 370403 and zones have no code at all.
"""
