"""What each deed means for the campaign's own columns, its names, its objects and what its units owe."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.dispatch.campaigns import naming, reach, reporting
from bihuan.capabilities.dispatch.campaigns.models import Campaign
from bihuan.capabilities.dispatch.campaigns.states import Filing, Nature
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.search import pairs_literal
from bihuan.kernel.territory.models import Agency, Region, Sector
from bihuan.kernel.territory.trees import require_district


def place(campaign: Campaign, given: Any, actor: Any) -> None:
    """Before it is drafted: a campaign lies in the district, with its lead unit if that is known."""
    campaign.region_path = require_district().region.path
    campaign.agency = None if given.lead is None else Agency.objects.filter(pk=given.lead).first()


def draft(campaign: Campaign, given: Any, context: Any) -> None:
    """拟定方案. Its name is taken at once, so that nobody else drafts another under it."""
    campaign.drafted_on = context.day
    _write(campaign, given)
    context.afterwards.append(lambda: naming.take(campaign, campaign.name, context.day))


def revise(campaign: Campaign, given: Any, context: Any) -> None:
    """修改方案."""
    place(campaign, given, context.actor)
    _write(campaign, given)
    naming.take(campaign, campaign.name, context.day)


def _write(campaign: Campaign, given: Any) -> None:
    for name in (
        "name", "nature", "superior", "superior_no", "duties_served", "development", "content", "first_day", "last_day",
        "filing", "forms", "filing_days", "set_rule", "members_due",
    ):  # fmt: skip
        setattr(campaign, name, getattr(given, name))
    if campaign.nature != Nature.SET:
        campaign.set_rule, campaign.members_due = "", 0
    campaign.parent = Campaign.objects.filter(no=given.parent).first() if given.parent else None
    campaign.members = sorted(set(given.members))
    campaign.sector_paths = sorted(Sector.objects.filter(pk__in=given.sectors).values_list("path", flat=True))
    campaign.region_paths = sorted(Region.objects.filter(pk__in=given.towns).values_list("path", flat=True))
    index(campaign)


def index(campaign: Campaign) -> None:
    """The words by which the campaign is found again."""
    campaign.search = pairs_literal(campaign.name, campaign.superior, campaign.content)


def approve(campaign: Campaign, given: Any, context: Any) -> None:
    """批准实施: from now on the tag is offered, and its units owe their reports."""
    campaign.approved_on = context.day
    if campaign.filing != Filing.NEVER:
        context.afterwards.append(lambda: reporting.begin(campaign))


def until_its_end(campaign: Campaign, given: Any, context: Any) -> Deadline:
    assert campaign.last_day is not None
    return Deadline(campaign.last_day, "方案确定的结束日期", context.day)


def extend(campaign: Campaign, given: Any, context: Any) -> None:
    """调整期限."""
    context.facts["former_last_day"] = campaign.last_day
    campaign.last_day = given.last_day
    context.afterwards.append(lambda: reporting.begin(campaign))


def sum_up(campaign: Campaign, given: Any, context: Any) -> None:
    """转入总结: what is due for periods that have not begun is due no more."""
    context.afterwards.append(lambda: reporting.stop(campaign, clock.today()))


def resume(campaign: Campaign, given: Any, context: Any) -> None:
    extend(campaign, given, context)


def end(campaign: Campaign, given: Any, context: Any) -> None:
    """结束: what happens later is no more of this campaign."""
    campaign.summary = given.summary
    assert campaign.last_day is not None
    campaign.ended_on = min(campaign.last_day, context.day)
    context.facts["ended_on"] = campaign.ended_on


def rename(campaign: Campaign, given: Any, context: Any) -> None:
    """更名: figures under the new name go on counting what the former one marked."""
    if given.name == campaign.name:
        raise Refused.because("campaign.same_name", "新名称与现名称相同", "name")
    context.facts["former_name"] = campaign.name
    campaign.name = given.name
    index(campaign)
    naming.rename(campaign, given.name, context.day)


def adopt(campaign: Campaign, given: Any, context: Any) -> None:
    """归并台账中的名称."""
    naming.adopt(campaign, given.name, context.day)
    reach.catch_up(campaign)


def enlist(campaign: Campaign, given: Any, context: Any) -> None:
    """列入检查对象."""
    picked = reach.named(given.picked, context.actor, "picked") if given.picked else None
    objects = reach.in_plan(campaign, context.actor) if picked is None else picked
    assert campaign.first_day is not None
    added = reach.enlist(campaign, objects, max(context.day, campaign.first_day))
    context.facts |= {"added": added, "looked_at_before": reach.catch_up(campaign)}


def log_checks(campaign: Campaign, given: Any, context: Any) -> None:
    """登记检查."""
    objects = reach.named(given.objects, context.actor, "objects")
    context.facts["newly_checked"] = reach.check(campaign, objects, given.checked_on, _unit(context.actor))


def note_in_place(campaign: Campaign, given: Any, context: Any) -> None:
    """四个到位: one of the four, with what it rests on."""
    noted = {
        "state": given.state,
        "on": context.day.isoformat(),
        "evidence": given.evidence,
        "by": _unit(context.actor),
    }
    campaign.in_place = {**campaign.in_place, given.aspect: noted}


def _unit(actor: Actor) -> str:
    return next((scope.agency for scope in actor.scopes if scope.agency), actor.name)


def report(campaign: Campaign, given: Any, context: Any) -> None:
    """报送情况: the report meets what was due from the unit."""
    context.facts |= reporting.came(campaign, given.period, context.actor)


def withdraw(campaign: Campaign, given: Any, context: Any) -> None:
    """撤销: a draft gives its name back; what was marked keeps the tag."""
    if campaign.approved_on is None:
        naming.release(campaign)
    context.afterwards.append(lambda: reporting.stop(campaign, clock.today()))
