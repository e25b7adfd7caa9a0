"""Whether a set is complete (M043): one topic a month, ten with ten leads, seven deliverables a street; what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from bihuan.capabilities.dispatch.campaigns.models import Campaign
from bihuan.capabilities.dispatch.campaigns.states import CampaignState, SetRule
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.territory.models import Agency

DELIVERED = "tasks.closed"


def members_of(campaign: Campaign) -> list[Campaign]:
    """What belongs to a set, programme or plan, in the order of its days; what was withdrawn belongs no more."""
    rows = campaign.children.exclude(state=CampaignState.WITHDRAWN).select_related("agency")
    return sorted(rows, key=lambda each: (each.first_day or date.max, each.no))


def missing(campaign: Campaign) -> Sequence[str]:
    """What the set lacks, a sentence each; empty when it is complete."""
    if not campaign.set_rule:
        return ()
    return _RULES[SetRule(campaign.set_rule)](campaign)


def _monthly(campaign: Campaign) -> Sequence[str]:
    """Each month of the set's days has a topic that begins in it; months ahead are not yet missing."""
    if campaign.first_day is None or campaign.last_day is None:
        return ("还没有起止日期",)
    begun = {each.first_day.replace(day=1) for each in members_of(campaign) if each.first_day is not None}
    told = []
    month = Period.month_of(campaign.first_day)
    while month.first <= campaign.last_day:
        if month.first not in begun:
            late = "没有专题" if month.first <= clock.today() else "还没有安排专题"
            told.append(f"{month.chinese()}{late}")
        month = Period.month_of(date.fromordinal(month.last.toordinal() + 1))
    return told


def _leads(campaign: Campaign) -> Sequence[str]:
    """As many members as declared, each with a lead of its own."""
    rows = members_of(campaign)
    told = _short(campaign, len(rows))
    told += [f"“{each.name}”没有牵头单位" for each in rows if each.agency_id is None]
    by_lead: dict[str, list[str]] = defaultdict(list)
    for each in rows:
        by_lead[each.agency_name].append(f"“{each.name}”")
    told += [
        f"{'、'.join(names)}同由{lead}牵头，应各有一个牵头单位"
        for lead, names in by_lead.items()
        if lead and len(names) > 1
    ]
    return told


def _short(campaign: Campaign, count: int) -> list[str]:
    lacking = campaign.members_due - count
    return [f"应有 {campaign.members_due} 项，现有 {count} 项，缺 {lacking} 项"] if lacking > 0 else []


def _deliverables(campaign: Campaign) -> Sequence[str]:
    """Every unit has had as many tasks of this tag accepted as declared."""
    if campaign.first_day is None:
        return ("还没有起止日期",)
    units = Agency.objects.filter(pk__in=campaign.members).order_by("kind", "order", "id")
    found = answers.value(
        DELIVERED, Period.since(campaign.first_day), clock.today(), Scope(campaign=campaign.name), by="unit"
    )
    done = {line.scope.agency: line.amount or 0 for line in found.by.values()}
    return [
        f"{unit.name}应完成 {campaign.members_due} 项，已验收 {done.get(unit.pk, 0)} 项，"
        f"缺 {campaign.members_due - done.get(unit.pk, 0)} 项"
        for unit in units
        if done.get(unit.pk, 0) < campaign.members_due
    ]


_RULES: dict[SetRule, Callable[[Campaign], Sequence[str]]] = {
    SetRule.MONTHLY: _monthly,
    SetRule.LEADS: _leads,
    SetRule.DELIVERABLES: _deliverables,
}
