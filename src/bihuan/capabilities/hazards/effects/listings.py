"""What a major hazard is owed besides: listed supervision with its terms, and the two reports of the enterprise."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.hazards import gates, owing
from bihuan.capabilities.hazards.enlisting import terms_told
from bihuan.capabilities.hazards.models import REPLACED, Hazard, Listing
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Post
from bihuan.kernel.responsibility.chain import Level, chain, lead_agency
from bihuan.kernel.territory.models import Agency, AgencyKind


def _office() -> int | None:
    """What nobody regulates is the committee office's to lead."""
    offices = Agency.objects.filter(kind=AgencyKind.COMMITTEE_OFFICE).order_by("id")
    return offices.values_list("pk", flat=True).first()


def put_on_list(hazard: Hazard, context: Any) -> None:
    """A major hazard opens listed supervision by itself; the office may change its terms (M090)."""
    if gates.open_listing(hazard) is not None:
        return
    holders = {holder.level: holder for holder in chain(hazard.object, context.day)}
    leader = holders[Level.LEADER]
    lead = hazard.agency_id or lead_agency(hazard.sector_path, context.day) or _office()
    if lead is None:
        raise Refused.because(
            "hazard.no_lead", "该隐患没有行业主管部门，也没有安委办，无法挂牌督办，请先在单位登记中补充"
        )
    listing = Listing(
        hazard=hazard,
        level="district",
        lead_id=lead,
        leader_post=leader.post_id,
        leader_name=leader.name or leader.title or "（空缺）",
        listed_on=context.day,
        due_on=hazard.rectify_by or context.day,
    )
    _save_listing(hazard, listing, context)


def _save_listing(hazard: Hazard, listing: Listing, context: Any) -> None:
    listing.save()
    hazard._open_listing = listing  # type: ignore[attr-defined]
    owing.listed(hazard, listing, context)
    context.facts["listing"] = terms_told(listing)


def list_supervision(hazard: Hazard, given: Any, context: Any) -> None:
    """挂牌督办, with its level, lead unit, bound leader and deadline."""
    lead = Agency.objects.filter(pk=given.lead).first()
    post = Post.objects.filter(pk=given.leader_post).first()
    if lead is None or post is None or post.role in ADMIN_ROLES | ENTERPRISE_ROLES:
        raise Refused.because("hazard.listing_terms", "督办牵头单位或包保领导不存在，请重新选择", "lead")
    holder = post.tenures.filter(until=None).select_related("person").first()
    former = gates.open_listing(hazard)
    if former is not None:
        former.delisted_on = context.day
        former.reason = REPLACED
        former.save(update_fields=["delisted_on", "reason"])
    listing = Listing(
        hazard=hazard,
        level=given.level,
        lead=lead,
        leader_post=post.pk,
        leader_name=f"{post.title} {holder.person.name}" if holder else post.title,
        listed_on=context.day,
        due_on=given.due_on,
        reason=given.reason[:500],
    )
    _save_listing(hazard, listing, context)


def delist(hazard: Hazard, given: Any, context: Any) -> None:
    """摘牌."""
    listing = gates.open_listing(hazard)
    listing.delisted_on = context.day
    listing.reason = given.opinion[:500]
    listing.save(update_fields=["delisted_on", "reason"])
    hazard._open_listing = None  # type: ignore[attr-defined]


def report_to_regulator(hazard: Hazard, given: Any, context: Any) -> None:
    """向监管部门报告."""
    hazard.reported_to_regulator_on = given.reported_on


def report_to_workers(hazard: Hazard, given: Any, context: Any) -> None:
    """向职工大会或职工代表大会报告."""
    hazard.reported_to_workers_on = given.reported_on
