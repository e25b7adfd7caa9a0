"""What campaigns learn by night: where ledgers tell that somebody has been."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.capabilities.dispatch.campaigns import reach
from bihuan.capabilities.dispatch.campaigns.models import Campaign
from bihuan.capabilities.dispatch.campaigns.states import CampaignState


@app.periodic(cron="50 2 * * *")
@app.task(name="campaigns.catch_up", queueing_lock="campaigns.catch_up", pass_context=False)
def catch_up(timestamp: int) -> None:
    """Safe to miss and to repeat: the first day anything was found counts, whenever it is learnt."""
    for campaign in Campaign.objects.filter(state__in=[CampaignState.UNDER_WAY, CampaignState.SUMMING_UP]):
        reach.catch_up(campaign)
