"""Dated rules of law as data: what a limit, a range or a threshold was on a day, with its source and its mark.

A mark says how far the value was checked: V1 against the text of the law, V2 against a public copy, K not yet. What is
marked K is shown as 待核对 wherever it is used.
"""
