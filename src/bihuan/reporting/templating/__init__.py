"""Templates of reports: what a clerk edits in plain words, kept in versions, and read by one engine for all kinds.

A template holds headings, the clerk's own sentences with citations, and the places of composed sections. Figures stay
figures: a template says where a number stands, never what it is (M256, M257, M036).
"""
