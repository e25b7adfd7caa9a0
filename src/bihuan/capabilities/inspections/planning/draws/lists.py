"""The two lists a lot is cast from: who may be drawn, who may inspect, who is left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from bihuan.capabilities.inspections.planning import risk
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Sector
from bihuan.registers.officers.certificates import in_force
from bihuan.registers.officers.models import ENFORCING, Certificate, Recusal


@dataclass(slots=True)
class Lists:
    """What is frozen. ``excluded`` is ``{"list", "name", "why"}``; ``apart`` maps a target to officers' identities."""

    targets: list[dict[str, Any]] = field(default_factory=list)
    officers: list[dict[str, Any]] = field(default_factory=list)
    excluded: list[dict[str, str]] = field(default_factory=list)
    apart: dict[str, list[str]] = field(default_factory=dict)


def gather(given: Any, units: Sequence[int], actor: Actor, on: date) -> Lists:
    """The lists as they stand on a day; the same question on the same day gives the same lists."""
    lists = Lists()
    _officers(lists, units, given.absent, on)
    _targets(lists, given, actor, on)
    _keep_apart(lists, on)
    _without_team(lists, given.team)
    lists.targets.sort(key=lambda one: one["id"])
    lists.officers.sort(key=lambda one: one["id"])
    return lists


def _officers(lists: Lists, units: Sequence[int], absent: str, on: date) -> None:
    away = dict(_absent(absent))
    seen: set[int] = set()
    rows = Certificate.objects.filter(in_force(on), kind__in=ENFORCING, agency__in=units)
    for row in rows.select_related("person", "agency").order_by("-until", "id"):
        if row.person_id in seen:
            continue
        seen.add(row.person_id)
        why = away.get(row.person.name) or away.get(row.no)
        if why is not None:
            lists.excluded.append({"list": "检查人员", "name": row.person.name, "why": why})
            continue
        lists.officers.append(
            {
                "id": row.no,
                "name": row.person.name,
                "person": row.person_id,
                "unit": row.agency.name,
                "unit_id": row.agency_id,
            }
        )


def _absent(text: str) -> list[tuple[str, str]]:
    found = []
    for line in text.splitlines():
        name, _, why = line.strip().replace("，", " ").replace("：", " ").partition(" ")
        if name:
            found.append((name, why.strip() or "不能参加"))
    return found


def _targets(lists: Lists, given: Any, actor: Actor, on: date) -> None:
    rows = risk.standing(visible_objects(actor)).filter(kind=ObjectKind.ENTERPRISE).select_related("region")
    if given.sectors:
        fits = Q()
        for path in Sector.objects.filter(pk__in=given.sectors).values_list("path", flat=True):
            fits |= Q(sector_path__startswith=path)
        rows = rows.filter(fits)
    objects: list[SupervisedObject] = list(rows)
    key = set(risk.key_objects(on)) if given.key_only else None
    last = risk.last_inspected([one.uid for one in objects]) if given.recent else {}
    for one in objects:
        if key is not None and one.uid not in key:
            continue
        day = last.get(one.uid)
        if day is not None and risk.months_between(day, on) < given.recent:
            why = f"{day} 检查过，{given.recent} 个月内不再抽"
            lists.excluded.append({"list": "抽查对象", "name": one.name, "why": why})
            continue
        lists.targets.append({"id": str(one.uid), "name": one.name, "region": one.region.name})


def _keep_apart(lists: Lists, on: date) -> None:
    by_person = {one["person"]: one["id"] for one in lists.officers}
    rows = Recusal.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on, person__in=by_person)
    wanted = {one["id"] for one in lists.targets}
    for person, target in rows.order_by("id").values_list("person_id", "object"):
        if str(target) in wanted:
            lists.apart.setdefault(str(target), []).append(by_person[person])
    for names in lists.apart.values():
        names.sort()


def _without_team(lists: Lists, team: int) -> None:
    """A target from which so many keep away that no team is left cannot be drawn by these officers."""
    kept = []
    for one in lists.targets:
        if len(lists.officers) - len(lists.apart.get(one["id"], ())) < team:
            lists.excluded.append(
                {"list": "抽查对象", "name": one["name"], "why": "应回避的人员多，余下的不足一组"}
            )
            lists.apart.pop(one["id"], None)
        else:
            kept.append(one)
    lists.targets = kept
