"""警示通报: what an accident teaches, here or elsewhere, and who looks at the same danger in the own house (M104, M214)."""
