"""Major hazards that a ledger brings already assigned come under listed supervision with it (M090).

A whole set is put on the list by a few statements, and general hazards pay nothing. Where the ledger leaves a term open
(no day ahead, no leader in charge) nobody can be bound: then the hazard waits as 待挂牌 for the committee office.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from bihuan.capabilities.hazards.models import Listing
from bihuan.capabilities.hazards.states import Grade, HazardState
from bihuan.kernel.responsibility.chain import Holder, lead_agency
from bihuan.kernel.responsibility.leaders import leaders_of
from bihuan.kernel.territory.models import Agency, AgencyKind

ASSIGNED = (HazardState.RECTIFYING, HazardState.AWAITING_ACCEPTANCE)


def enlist(changes: Sequence[Any], context: Any) -> Sequence[tuple[Any, Listing]]:
    """List the major ones among the new hazards of one call, each with the fact in its own first entry.

    Returns the changes that were listed, with their listings.
    """
    graver = [one for one in changes if one.matter.grade == Grade.MAJOR and one.matter.state in ASSIGNED]
    if not graver:
        return []
    leaders = leaders_of({_place(one.matter) for one in graver}, context.day)
    leads = _leads([one.matter for one in graver], context.day)
    listed: list[tuple[Any, Listing]] = []
    for change in graver:
        listing = _listing(change.matter, leaders[_place(change.matter)], leads, context.day)
        if listing is not None:
            change.payload["listing"] = terms_told(listing)
            change.matter._open_listing = listing
            listed.append((change, listing))
    context.afterwards.append(lambda: Listing.objects.bulk_create([listing for _, listing in listed]))
    return listed


def terms_told(listing: Listing) -> dict[str, Any]:
    """The terms of a listing as the record keeps them."""
    return {
        "level": listing.level,
        "lead": listing.lead.name,
        "lead_id": listing.lead_id,
        "leader": listing.leader_name,
        "leader_post": listing.leader_post,
        "due": listing.due_on.isoformat(),
    }


def _listing(hazard: Any, leader: Holder, leads: Mapping[UUID, Agency], day: date) -> Listing | None:
    if hazard.rectify_by is None or hazard.rectify_by < day or leader.vacant or hazard.uid not in leads:
        return None
    return Listing(
        hazard_id=hazard.uid, level="district", lead=leads[hazard.uid], leader_post=leader.post_id,
        leader_name=leader.name, listed_on=day, due_on=hazard.rectify_by,
    )  # fmt: skip


def _place(hazard: Any) -> tuple[str, str]:
    return hazard.object.region_path, hazard.object.sector_path


def _leads(hazards: Sequence[Any], day: date) -> Mapping[UUID, Agency]:
    """The lead unit of each: its regulator, else its sector's, else the committee office, as for one assigned here."""
    without = {hazard.sector_path for hazard in hazards if hazard.agency_id is None}
    by_sector = {path: lead_agency(path, day) for path in without}
    leads = {hazard.uid: hazard.agency_id or by_sector.get(hazard.sector_path) for hazard in hazards}
    known = Agency.objects.in_bulk({pk for pk in leads.values() if pk is not None})
    office = (
        Agency.objects.filter(kind=AgencyKind.COMMITTEE_OFFICE).order_by("id").first()
        if None in leads.values()
        else None
    )
    found = {uid: known.get(pk) if pk is not None else office for uid, pk in leads.items()}
    return {uid: agency for uid, agency in found.items() if agency is not None}
