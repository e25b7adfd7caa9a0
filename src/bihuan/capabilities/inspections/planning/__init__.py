"""Whom to inspect: plans by risk and ownership, double-random selection, patrol rounds, coverage (M110, M113)."""
