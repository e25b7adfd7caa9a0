"""Whether each place's committee is made up as it must be: there, led by the principal leader, with all deputies (M010).

The five of 五级五覆盖 are enumerated nowhere; these three are what the documents ask for, each a check with its own ratio.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from bihuan.capabilities.responsibility.committees.models import Committee, Leadership, Seat
from bihuan.capabilities.responsibility.committees.models.committees import CommitteeKind, SeatRole, Standing
from bihuan.capabilities.responsibility.duties.access import in_force
from bihuan.capabilities.responsibility.duties.spelling import Check, Judged
from bihuan.capabilities.responsibility.duties.words import Level
from bihuan.kernel.people.models import Post
from bihuan.kernel.responsibility.chain import titled
from bihuan.kernel.territory.models import Region, RegionLevel
from bihuan.kernel.territory.trees import the_district, towns

ESTABLISHED = "committee_there"
CHAIRED = "committee_chair"
ACCOMPANIED = "committee_vice"
BASE = "/responsibility/committees/"


@dataclass(slots=True)
class Place:
    """What is known of one place on a day."""

    region: Region
    committee: Committee | None = None
    chair: Post | None = None
    vice: set[int] = field(default_factory=set)
    principal: Post | None = None
    deputies: list[Post] = field(default_factory=list)


def places(on: date, only: Collection[str] | None = None) -> list[Place]:
    """The district and its towns with their committees; four statements for any number."""
    here = the_district()
    regions = [*([here.region] if here else []), *towns()]
    if only is not None:
        regions = [one for one in regions if f"place/{one.pk}" in only]
    found = {one.pk: Place(one) for one in regions}
    committees = Committee.objects.filter(in_force(on), kind=CommitteeKind.PLENARY, region__in=found)
    by_committee = {}
    for committee in committees:
        found[committee.region_id].committee = committee
        by_committee[committee.pk] = found[committee.region_id]
    seats = Seat.objects.filter(in_force(on), committee__in=by_committee, post__isnull=False)
    for seat in seats.select_related("post__agency"):
        place = by_committee[seat.committee_id]
        if seat.role == SeatRole.CHAIR:
            place.chair = seat.post
        elif seat.role == SeatRole.VICE_CHAIR and seat.post_id is not None:
            place.vice.add(seat.post_id)
    leaders = Leadership.objects.filter(in_force(on), region__in=found).select_related("post__agency")
    for leader in leaders.order_by("since", "id"):
        if leader.standing == Standing.PRINCIPAL:
            found[leader.region_id].principal = leader.post
        else:
            found[leader.region_id].deputies.append(leader.post)
    return list(found.values())


def not_there(place: Place) -> str:
    """Why it fails, empty when it does not."""
    return "" if place.committee else "还没有成立安委会"


def not_chaired(place: Place) -> str:
    """一把手任主任."""
    if place.committee is None:
        return not_there(place)
    if place.principal is None:
        return "没有登记政府主要负责人，无从核对"
    if place.chair is None:
        return "主任空缺"
    if place.chair.pk != place.principal.pk:
        return f"主任是{titled(place.chair)}，不是政府主要负责人{titled(place.principal)}"
    return ""


def not_accompanied(place: Place) -> str:
    """其他副职任副主任."""
    if place.committee is None:
        return not_there(place)
    left_out = [titled(post) for post in place.deputies if post.pk not in place.vice]
    if left_out:
        return f"{'、'.join(left_out)}不是副主任"
    return "" if place.deputies else "没有登记政府班子副职，无从核对"


def _judge(fault: Callable[[Place], str]) -> Callable[[date, Collection[str] | None], Iterator[Judged]]:
    def judged(on: date, only: Collection[str] | None) -> Iterator[Judged]:
        for place in places(on, only):
            why = fault(place)
            district = place.region.level == RegionLevel.DISTRICT
            yield Judged(
                subject=f"place/{place.region.pk}",
                label=place.committee.name if place.committee else f"{place.region.name}安委会",
                passes=not why,
                why=why,
                level=(Level.DISTRICT if district else Level.TOWN).value,
                region_path=place.region.path,
                href=f"{BASE}{place.committee.pk}/" if place.committee else BASE,
            )

    return judged


CHECKS = (
    Check(ESTABLISHED, "成立安委会", "没有成立安委会的", _judge(not_there)),
    Check(CHAIRED, "主要负责人任主任", "主任不是政府主要负责人的", _judge(not_chaired)),
    Check(ACCOMPANIED, "班子副职任副主任", "有副职不是副主任的", _judge(not_accompanied)),
)
