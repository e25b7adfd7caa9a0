"""The names of campaigns: one at a time, former ones kept, and what ledgers call them taken in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from bihuan.capabilities.dispatch.campaigns.models import UNDATED, Campaign, CampaignName
from bihuan.capabilities.dispatch.campaigns.states import CampaignState
from bihuan.kernel import campaigns
from bihuan.kernel.errors import Refused

Kind = CampaignName.Kind


def tags() -> Sequence[campaigns.Campaign]:
    """Every approved campaign as the kernel knows it, the youngest first; one statement."""
    also: dict[object, list[str]] = {}
    rows = CampaignName.objects.exclude(campaign__state__in=UNDATED).select_related("campaign")
    listed = list(rows.order_by("-campaign__first_day", "campaign_id", "id"))
    for row in listed:
        if row.kind != Kind.PRESENT:
            also.setdefault(row.campaign_id, []).append(row.name)
    return [
        campaigns.Campaign(
            name=row.name,
            first=row.campaign.first_day or date.max,
            last=row.campaign.last_tagged,
            going_on=row.campaign.state != CampaignState.ENDED,
            also=tuple(also.get(row.campaign_id, ())),
        )
        for row in listed
        if row.kind == Kind.PRESENT
    ]


def take(campaign: Campaign, name: str, day: date) -> None:
    """Give a campaign its name, or another one while it is still a draft.

    Raises:
        Refused: somebody else took the name at this very moment.
    """
    present = CampaignName.objects.filter(campaign=campaign, kind=Kind.PRESENT).first()
    if present is not None and present.name == name:
        return
    if present is not None:
        present.delete()
    _keep(CampaignName(campaign=campaign, name=name, since=day))


def rename(campaign: Campaign, name: str, day: date) -> None:
    """Another name from ``day`` on; the former one goes on meaning this campaign. Going back to it is no conflict."""
    CampaignName.objects.filter(campaign=campaign, kind=Kind.PRESENT).update(kind=Kind.FORMER, until=day)
    back = CampaignName.objects.filter(campaign=campaign, name=name)
    if not back.update(kind=Kind.PRESENT, since=day, until=None):
        _keep(CampaignName(campaign=campaign, name=name, since=day))


def adopt(campaign: Campaign, name: str, day: date) -> None:
    """Count a text that ledgers carry under this campaign."""
    _keep(CampaignName(campaign=campaign, name=name, kind=Kind.ADOPTED, since=day))


def release(campaign: Campaign) -> None:
    """A campaign that never began gives its name back."""
    CampaignName.objects.filter(campaign=campaign).delete()


def _keep(row: CampaignName) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        says = f"“{row.name}”刚被另一专项行动使用，请换一个名称"
        raise Refused.because("campaign.name_taken", says, "name") from error
