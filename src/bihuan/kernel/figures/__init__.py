"""Numbers that can be opened: a figure states its period, cut-off and scope, and lists what it counts.

A figure is declared once, answered from tallies for speed, and provably equal to the plain count over the
records.
"""
