"""Who leads the committee of a place on a day: whom the office turns to when a member unit does not answer (M011)."""

from __future__ import annotations

from datetime import date

from bihuan.capabilities.responsibility.committees.models import Seat
from bihuan.capabilities.responsibility.committees.models.committees import CommitteeKind, SeatRole
from bihuan.capabilities.responsibility.duties.access import in_force
from bihuan.kernel.people.models import Tenure
from bihuan.kernel.responsibility.chain import titled
from bihuan.kernel.responsibility.rungs import Holder, Level
from bihuan.kernel.territory.trees import in_force as held

RULE = "安委会主任领导本级安委会，成员单位逾期不答复的由安委办报主任"


def chair_of(region_path: str, on: date) -> Holder:
    """The chair of the nearest committee at or above a place, as a rung of the chain; vacant where there is none.

    The seat is the chair's, the person whoever holds the post that day.
    """
    seats = (
        Seat.objects.filter(
            in_force(on), role=SeatRole.CHAIR, committee__kind=CommitteeKind.PLENARY, committee__since__lte=on
        )
        .exclude(committee__until__lte=on)
        .select_related("committee__region", "post__agency")
    )
    fitting = [seat for seat in seats if region_path.startswith(seat.committee.region.path)]
    nearest = max(fitting, key=lambda seat: len(seat.committee.region.path), default=None)
    if nearest is None or nearest.post is None:
        return Holder(Level.CHAIR, RULE)
    tenure = Tenure.objects.filter(held(on), post=nearest.post).select_related("person").first()
    title = f"{nearest.committee.name}主任（{titled(nearest.post)}）"
    person, name = (tenure.person_id, tenure.person.name) if tenure else (None, "")
    return Holder(Level.CHAIR, RULE, nearest.post_id, title, person, name, nearest.post.agency_id)
