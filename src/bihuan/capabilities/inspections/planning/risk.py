"""Why an object should be inspected: points by risk, ownership and size, and how long nobody went (M110).

What other rooms know (major hazards open, repeats) they tell through :func:`weigh_by`, filled by ``wiring`` alone.
The weights order a proposal, nothing more: whoever plans may add and drop, and another person approves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Standing
from bihuan.registers.enterprises.dated_kinds import PROCESS
from bihuan.registers.models import DatedDetail, Enterprise, Ownership, Scale

KEY_PROCESSES = (
    "hazardous_process", "hazardous_chemical", "major_source", "dust", "ammonia", "molten_metal", "explosives",
)  # fmt: skip
"""What may kill many: 重大危险源、重点监管工艺和化学品、粉尘涉爆、液氨、高温熔融金属、民爆."""
PROCESS_POINTS = 30
NEVER_POINTS, LONG_POINTS = 25, 20
SIZES = {
    Scale.LARGE: (8, "大型企业"), Scale.ABOVE: (8, "规模以上"), Scale.SMALL: (6, "小型企业"), Scale.MICRO: (6, "微型企业"),
}  # fmt: skip
"""抓两头: the large, where much can happen, and the small, where little is in place; the end in the middle waits."""
STATE_POINTS = 4


@dataclass(slots=True)
class Weight:
    """How much speaks for inspecting an object, and why."""

    points: int = 0
    reasons: list[str] = field(default_factory=list)
    key: bool = False

    def add(self, points: int, reason: str, *, key: bool = False) -> None:
        self.points += points
        self.reasons.append(reason)
        self.key |= key


Told = Mapping[UUID, Sequence[tuple[int, str, bool]]]
"""For an object: points, the reason in words, and whether it makes the object a key one."""
Teller = Callable[[Sequence[UUID], date], Told]

_tellers: list[Teller] = []


def weigh_by(teller: Teller) -> None:
    """Let another room add what it knows of objects. Called once, from ``wiring``."""
    if teller not in _tellers:
        _tellers.append(teller)


def standing(rows: QuerySet[SupervisedObject]) -> QuerySet[SupervisedObject]:
    """Those that exist and are confirmed."""
    return rows.filter(standing=Standing.CONFIRMED, until=None)


def weighed(objects: Sequence[SupervisedObject], on: date, months: int) -> dict[UUID, Weight]:
    """What speaks for each of the objects on a day. A constant number of statements, however many objects."""
    uids = [one.uid for one in objects]
    found: dict[UUID, Weight] = defaultdict(Weight)
    for teller in _tellers:
        for uid, told in teller(uids, on).items():
            for points, reason, key in told:
                found[uid].add(points, reason, key=key)
    for uid, labels in _processes(uids).items():
        found[uid].add(PROCESS_POINTS, "重点环节：" + "、".join(labels), key=True)
    _by_size(uids, found)
    _by_absence(uids, on, months, found)
    return {uid: found[uid] for uid in uids}


def _processes(uids: Sequence[UUID]) -> dict[UUID, list[str]]:
    words = dict(PROCESS.codes)
    rows = DatedDetail.objects.filter(object__in=uids, kind="process", code__in=KEY_PROCESSES, ended_on=None)
    found: dict[UUID, list[str]] = defaultdict(list)
    for uid, code in rows.order_by("code").values_list("object_id", "code").distinct():
        found[uid].append(words.get(code, code))
    return found


def _by_size(uids: Sequence[UUID], found: dict[UUID, Weight]) -> None:
    rows = Enterprise.objects.filter(object__in=uids).exclude(scale="", ownership="")
    for uid, scale, ownership in rows.values_list("object_id", "scale", "ownership"):
        if scale in SIZES:
            found[uid].add(*SIZES[Scale(scale)])
        if ownership == Ownership.STATE:
            found[uid].add(STATE_POINTS, "国有企业")


def _by_absence(uids: Sequence[UUID], on: date, months: int, found: dict[UUID, Weight]) -> None:
    last = last_inspected(uids)
    for uid in uids:
        day = last.get(uid)
        if day is None:
            found[uid].add(NEVER_POINTS, "没有检查记录")
        elif months_between(day, on) >= months:
            found[uid].add(LONG_POINTS, f"{day} 后没有检查过")


def last_inspected(uids: Sequence[UUID]) -> dict[UUID, date]:
    """The day each object was inspected last; those never inspected are not in it."""
    rows = Inspection.objects.filter(Q(object__in=uids), finished_on__isnull=False).values("object")
    return dict(rows.order_by().annotate(last=Max("finished_on")).values_list("object", "last"))


def months_between(earlier: date, later: date) -> int:
    """Whole months gone by."""
    gone = (later.year - earlier.year) * 12 + later.month - earlier.month
    return gone - (later.day < earlier.day)


def key_objects(on: date) -> dict[UUID, str]:
    """The key objects of a day, each with why: by process, or by what another room says makes it one."""
    rows = DatedDetail.objects.filter(kind="process", code__in=KEY_PROCESSES, ended_on=None)
    processes = _processes(list(rows.values_list("object_id", flat=True).distinct()))
    found = {uid: "、".join(labels) for uid, labels in processes.items()}
    for teller in _tellers:
        for uid, told in teller((), on).items():
            reasons = [reason for _, reason, key in told if key]
            if reasons:
                found[uid] = "；".join(part for part in (found.get(uid, ""), *reasons) if part)
    alive = set(standing(SupervisedObject.objects.filter(pk__in=found)).values_list("pk", flat=True))
    return {uid: why[:200] for uid, why in found.items() if uid in alive}
