"""What campaigns learn by night: where ledgers tell that somebody has been."""

from __future__ import annotations

from functools import partial

from procrastinate.contrib.django import app

from bihuan.capabilities.dispatch.campaigns import reach
from bihuan.capabilities.dispatch.campaigns.models import Campaign
from bihuan.capabilities.dispatch.campaigns.states import CampaignState
from bihuan.kernel.loops import apart


@app.periodic(cron="50 2 * * *")
@app.task(name="campaigns.catch_up", queueing_lock="campaigns.catch_up", pass_context=False)
def catch_up(timestamp: int) -> None:
    """Safe to miss and to repeat: the first day anything was found counts, whenever it is learnt."""
    going_on = Campaign.objects.filter(state__in=[CampaignState.UNDER_WAY, CampaignState.SUMMING_UP])
    with apart.rows("campaigns.catch_up") as rows:
        for campaign in going_on:
            rows.each(campaign.no, partial(reach.catch_up, campaign), 0)
