"""Campaigns (专项行动): what carries their tag, counted from tags only; sets of campaigns, programmes and milestones."""
