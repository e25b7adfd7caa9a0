"""检查计划: which objects a unit inspects in a year, quarter or month, why these, and how much of it is done (M110)."""
