"""Reports and periodic forms, composed from figures and expectations and nothing else.

A number in a report is never typed: every sentence is a template over figures, every figure opens its records, and
what was issued stays issued (M256, M264–M266).
"""
