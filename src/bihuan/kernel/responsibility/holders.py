"""From what was chosen to whom it names: who held the post that day, and what the unit was called then."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.people.models import Post, Tenure
from bihuan.kernel.responsibility.ground import Choice, seats
from bihuan.kernel.responsibility.rungs import Holder, Level
from bihuan.kernel.territory.models import AgencyAlias
from bihuan.kernel.territory.trees import in_force


class Telling:
    """Choices as holders: who held each post that day, and what its unit was called then (M029)."""

    def __init__(self, on: date, choices: Iterable[Choice]) -> None:
        listed = [choice.seat for choice in choices if choice.seat is not None]
        self.tenures = _holders({seat.pk for seat in listed}, on)
        self.former = _former({seat.agency_id for seat in listed if seat.agency_id is not None}, on)

    def __call__(self, level: Level, choice: Choice) -> Holder:
        seat = choice.seat
        person_id, name = self.tenures.get(seat.pk, (None, "")) if seat is not None else (None, "")
        if seat is None or (person_id is None and choice.name):
            return Holder(
                level, choice.rule, title=choice.title, name=choice.name, agency_id=choice.agency_id
            )
        title = _titled(seat.title, seat.agency, self.former.get(seat.agency_id or 0, ""))
        return Holder(level, choice.rule, seat.pk, title, person_id, name, seat.agency_id)


def _holders(posts: Collection[int], on: date) -> dict[int, tuple[int, str]]:
    held = (
        Tenure.objects.filter(in_force(on), post__pk__any_of=list(posts)) if posts else Tenure.objects.none()
    )
    return {
        post: (person, name)
        for post, person, name in held.values_list("post_id", "person_id", "person__name")
    }


def _former(agencies: Collection[int], on: date) -> dict[int, str]:
    """What units were called on a day before today whose name has changed since (机构沿革)."""
    if on >= clock.today() or not agencies:
        return {}
    began = Q(since=None) | Q(since__lte=on)
    then = AgencyAlias.objects.filter(began, agency__in=list(agencies), until__gt=on)
    return dict(then.order_by("-until", "id").values_list("agency_id", "name_key"))


def _titled(title: str, agency: str, former: str = "") -> str:
    """A post as papers call it: with its unit under its name of that day, unless the title says it already."""
    if not agency:
        return title
    if title.startswith(agency):
        return f"{former}{title.removeprefix(agency)}" if former else title
    return f"{former or agency} {title}"


def titled(post: Post) -> str:
    """A post as papers call it today."""
    return _titled(post.title, post.agency.name if post.agency else "")


def bound(level: Level, post_id: int, rule: str, on: date) -> Holder | None:
    """The holder of one post that was named for a rung (包保领导); None when there is no such post any more."""
    found = seats(Q(pk=post_id))
    if not found:
        return None
    choice = Choice(rule, found[0])
    return Telling(on, [choice])(level, choice)
