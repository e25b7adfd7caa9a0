"""Campaigns (专项行动、专项整治): what a plan sets going, whose figures come from the tags other matters carry (M041–M043).

Owner: the lead unit of the plan; the committee office approves. Sets, programmes of stubborn problems and plans of
several years are campaigns of another nature: they hold further campaigns, as a set holds its monthly topics.
"""
