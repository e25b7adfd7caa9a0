"""Milestone projects (重点工程节点, M049): dated milestones with acceptance; lateness raises one task on the named lead.

Projects of several kinds are kept alike: construction, pilots with their on-site meeting (M051), wrap-up of closed mines
(M050), steps of a plan (M052).
"""
