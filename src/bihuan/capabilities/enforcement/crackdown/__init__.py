"""Illegal production and building (打非治违): found, struck, banned, kept down (M144–M155)."""
