"""One matter climbs: each rung names who is asked, is told to them, may move the matter to their unit, and is on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.kernel import clock
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.loops import duties
from bihuan.kernel.loops.declaration import Duty, Hand
from bihuan.kernel.loops.models import Escalation
from bihuan.kernel.loops.registry import Running
from bihuan.kernel.loops.turns import hand_of, holders_of, turn
from bihuan.kernel.loops.writing import Change, append_entries, columns_of, update_row
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES, Post
from bihuan.kernel.responsibility.chain import Holder, Level, bound
from bihuan.kernel.responsibility.chairs import chair_of_the_office
from bihuan.kernel.territory.models import Agency

TIMER = Actor.system("计时")
BOUND = "督办时确定的包保领导"
Rung = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lateness:
    """What is late about a matter: its own deadline, or a duty. ``climbed`` rungs are behind it, ``rungs`` are due."""

    verb: str
    deadline: date
    climbed: int
    rungs: Sequence[Rung]
    duty: Duty | None = None

    @property
    def days(self) -> int:
        return (clock.today() - self.deadline).days

    def says(self, label: str) -> str:
        """The notice in words."""
        what = self.duty.label if self.duty else label
        if self.days <= 0:
            return f"{what}，请于 {self.deadline} 前办理"
        return f"{what}逾期 {self.days} 天，请督促办理"


def climb(service: Running, matter: Any, late: Lateness) -> int:
    """Climb the rungs that are due; the caller holds the matter locked. Returns how many there were."""
    before = columns_of(matter)
    hand = late.duty.by[0] if late.duty else hand_of(service.loop, matter)
    named = [(rung, _holder(rung, matter, late, hand)) for rung in late.rungs]
    moves = [
        _rung(service, matter, late, rung, holder, late.climbed + place)
        for place, (rung, holder) in enumerate(named, start=1)
    ]
    count = late.climbed + len(named)
    if late.duty is None:
        matter.escalated = count
    else:
        duties.climbed(service.loop, matter, late.duty.name, count)
    payload: dict[str, Any] = {
        "late_days": late.days,
        "deadline": late.deadline.isoformat(),
        "to": [_words(holder) for _, holder in named],
    }
    if late.duty is not None:
        payload["duty"] = late.duty.label
    if any(moves):
        payload["moved"] = [move for move in moves if move]
    append(service, matter, late.verb, payload, before)
    return len(named)


def append(service: Running, matter: Any, verb: str, payload: Mapping[str, Any], before: Any) -> None:
    """What the timer did, as an entry of the matter."""
    at = clock.now()
    append_entries(service, [Change(matter, verb, matter.state, dict(payload), at, at, before)], TIMER)
    update_row(matter, before)


def _words(holder: Holder) -> str:
    return f"{holder.level.label} {holder.title} {holder.name}".strip()


def _holder(rung: Rung, matter: Any, late: Lateness, hand: Hand | None) -> Holder:
    """Who stands on the rung. The lowest is whoever's turn it is: nobody is asked for what is another's duty."""
    today = clock.today()
    level = Level(rung["level"])
    if level is Level.LEADER and late.duty is not None and late.duty.bound is not None:
        post = late.duty.bound(matter)
        named = None if post is None else bound(level, post, BOUND, today)
        if named is not None:
            return named
    if level is Level.CHAIR:
        return chair_of_the_office(today)
    if level in (Level.ENTERPRISE, Level.LEAD):
        level = turn(hand, matter)
    held = holders_of(matter, today)
    # What concerns no registered object has no town, regulator or enterprise of its own: the unit it was given to stands there.
    return held[level] if level in held else held[Level.LEAD]


def _rung(service: Running, matter: Any, late: Lateness, rung: Rung, holder: Holder, level: int) -> str:
    """Note the rung and tell its holder; returns where the matter moved, if it did."""
    duty = late.duty.name if late.duty else ""
    Escalation.objects.get_or_create(
        matter=matter.uid,
        duty=duty,
        level=level,
        deadline=late.deadline,
        defaults={
            "kind": service.loop.name,
            "no": matter.no,
            "holder": holder.level.value,
            "post_id": holder.post_id,
            "person_id": holder.person_id,
            "name": f"{holder.title} {holder.name}".strip() or f"{holder.level.label}（空缺）",
            "rule": holder.rule,
            "at": clock.now(),
        },
    )
    moved = _move(service, matter, holder, late, level) if rung["action"] == "reassign" else ""
    if holder.post_id is not None:
        words = f"{late.says(service.loop.label)}" + (f"；已移交：{moved}" if moved else "")
        _tell(service, matter, [holder.post_id], words, f"escalated:{duty}", late, level)
    return moved


def _move(service: Running, matter: Any, holder: Holder, late: Lateness, level: int) -> str:
    """移交: the unit of the rung goes on with the matter; the unit that had it is told as well."""
    if holder.agency_id is None or holder.agency_id == matter.agency_id:
        return ""
    former = matter.agency if matter.agency_id is not None else None
    matter.agency = Agency.objects.get(pk=holder.agency_id)
    moved = f"{former.name if former else matter.object.region.name} → {matter.agency.name}"
    if former is not None:
        posts = Post.objects.filter(agency=former).exclude(role__in=ADMIN_ROLES)
        heads = list(posts.filter(heads=True).values_list("pk", flat=True))
        told = heads or list(posts.values_list("pk", flat=True))
        words = f"{late.says(service.loop.label)}；已移交：{moved}"
        _tell(service, matter, told, words, "moved", late, level)
    return moved


def _tell(
    service: Running, matter: Any, posts: Sequence[int], words: str, key: str, late: Lateness, level: int
) -> None:
    notify(
        [
            NewNotice(
                text=f"{matter.no} {matter.about()}：{words}",
                post_id=post,
                matter_kind=service.loop.name,
                matter=matter.uid,
                matter_no=matter.no,
                reminder=f"{service.loop.name}.{key}:{matter.uid}:{late.deadline}:{level}",
            )
            for post in posts
        ]
    )
