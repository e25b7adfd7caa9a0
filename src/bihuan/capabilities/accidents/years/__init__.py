"""Several years together (规划期统计): totals, shares by field, the graver ones, and what is left of earlier years (M258)."""
