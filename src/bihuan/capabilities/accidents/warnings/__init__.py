"""预警: who is warned of what, where and until when, who has acknowledged it, and what was done (M180, M187)."""
