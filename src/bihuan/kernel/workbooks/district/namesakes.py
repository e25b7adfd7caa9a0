"""Whether somebody in a workbook of people is somebody known: by account, telephone or post, else a person decides.

Two persons taken for one could sign for each other, one person taken for two could accept the own work.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Person, Tenure
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.workbooks.plain import PlainRow

ANOTHER = "new"
"""A decision: nobody known, to be registered."""
SHOWN = 200
_SAME_WORDS = frozenset({"同一人", "是", "是同一人"})
_OTHER_WORDS = frozenset({"另一人", "新人", "否", "不是", "不是同一人", "另一个人"})


class Seat(NamedTuple):
    """Where the row says the person works."""

    title: str
    role: str
    agency: Agency | None
    object: UUID | None


class Namesakes:
    """The decisions taken for one workbook, and the rows that still wait for one."""

    def __init__(self, decided: Mapping[str, Any]) -> None:
        self._decided = decided
        self.undecided: list[dict[str, Any]] = []

    def known(self, row: PlainRow, name: str, phone: str, seat: Seat) -> Person | None:
        """The person the row means among those of that name; None when it is somebody new.

        Raises:
            Refused: people of that name are known elsewhere and nobody has decided (``people.namesake``).
        """
        namesakes = list(Person.objects.filter(name=name).order_by("pk"))
        here = [one for one in namesakes if phone and one.phone == phone] or _at(seat, phone, namesakes)
        if len(here) == 1:
            return here[0]
        if not namesakes:
            return None
        return self._as_decided(row, name, seat, here or namesakes)

    def _as_decided(self, row: PlainRow, name: str, seat: Seat, among: list[Person]) -> Person | None:
        said, written = str(self._decided.get(key_of(row), "")), row.cells.get("namesake", "")
        if said == ANOTHER or (not said and written in _OTHER_WORDS):
            return None
        chosen = [one for one in among if str(one.pk) == said]
        if chosen:
            return chosen[0]
        if written in _SAME_WORDS and len(among) == 1:
            return among[0]
        self._ask(row, name, seat, among)
        told = "；".join(described(one) for one in among[:5])
        raise Refused.because(
            "people.namesake",
            f"系统中已有同名的{told}。请核实：是同一人的，写上电话或账号，或在『同名认定』写“同一人”；"
            "不是的，写“另一人”",
            "name",
        )

    def _ask(self, row: PlainRow, name: str, seat: Seat, among: list[Person]) -> None:
        if len(self.undecided) < SHOWN:
            where = " ".join(part for part in (seat.agency.name if seat.agency else "", seat.title) if part)
            self.undecided.append(
                {
                    "key": key_of(row),
                    "row": row.line,
                    "name": name,
                    "where": where,
                    "known": [[str(one.pk), described(one)] for one in among[:20]],
                }
            )


def key_of(row: PlainRow) -> str:
    """How a decision names its row."""
    return f"{row.sheet}:{row.line}"


def _at(seat: Seat, phone: str, namesakes: list[Person]) -> list[Person]:
    """Those who work in the same agency or enterprise, or hold this very post, and have no other telephone."""
    fitting = [one for one in namesakes if not (phone and one.phone and one.phone != phone)]
    held = Tenure.objects.filter(in_force(clock.today()), person__in=fitting)
    same = Q(post__title=seat.title, post__role=seat.role, post__agency=seat.agency, post__object=seat.object)
    if seat.agency is not None:
        same |= Q(post__agency=seat.agency)
    if seat.object is not None:
        same |= Q(post__object=seat.object)
    if not (seat.title or seat.role):
        busy = set(held.values_list("person", flat=True))
        return [one for one in fitting if one.pk not in busy]
    found = set(held.filter(same).values_list("person", flat=True))
    return [one for one in fitting if one.pk in found]


def described(person: Person) -> str:
    """A person as the one who decides must tell them apart: posts, account, the end of the telephone."""
    held = Tenure.objects.filter(in_force(clock.today()), person=person).select_related("post__agency")
    posts = [
        f"{one.post.agency.name} {one.post.title}" if one.post.agency else one.post.title for one in held[:3]
    ]
    user = getattr(person, "user", None)
    more = [
        "、".join(posts) or "现无任职",
        f"账号 {user.username}" if user else "无账号",
        f"电话尾号 {person.phone[-4:]}" if person.phone else "无电话",
    ]
    return f"{person.name}（{'，'.join(more)}）"
