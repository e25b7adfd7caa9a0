"""What the public is told of decisions, and what the office learns from cases (M126, M137, M138)."""
