"""Who was named for what: areas, portfolios, paired enterprises, grids, boundaries; they feed the responsibility chain."""
