"""Where a hazard ledger is taken in, by whom, and what a clerk may say beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from bihuan.capabilities.hazards.hands import SUPERVISING
from bihuan.capabilities.hazards.states import Grade, Source
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency, Sector
from bihuan.kernel.territory.trees import in_force, towns
from bihuan.kernel.web import parts
from bihuan.kernel.web.places import Beside, Intake, take_in

MONTHS = 12


def _beside(actor: Actor) -> Sequence[Beside]:
    asked = [
        Beside("period", "报送月份", _months(), "不选的，按台账标题或日期里最后的月份算。"),
        Beside("source", "排查来源", [(one.label, one.label) for one in Source], "台账没有“来源”一列时用。"),
    ]
    if actor.is_system or actor.holds(Role.OFFICE):
        asked.insert(
            0, Beside("unit", "报送单位", _units(), "代单位导入的，选是哪个单位报来的，月报记在它名下。")
        )
    asked.append(
        Beside(
            "sector", "行业领域", [(name, name) for name in _sectors(actor)],
            "台账没有“行业”一列时用；选了，这份台账的每一行都按它算。",
        )
    )  # fmt: skip
    names = _towns(actor)
    if len(names) > 1:
        asked.append(Beside("town", "属地镇街", [(name, name) for name in names], "台账没有“镇街”一列时用。"))
    return asked


def _months() -> Sequence[tuple[str, str]]:
    found, month = [], Period.month_of(clock.today())
    for _ in range(MONTHS):
        found.append((month.label, month.chinese()))
        month = Period.month_of(month.first - timedelta(days=1))
    return found


def _units() -> Sequence[tuple[str, str]]:
    rows = Agency.objects.filter(in_force(clock.today()), files_ledger=True).order_by("order", "id")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def _towns(actor: Actor) -> Sequence[str]:
    reach = tuple(scope.region_path for scope in actor.scopes if scope.region_path)
    return [one.name for one in towns() if actor.is_system or one.path.startswith(reach)]


def _sectors(actor: Actor) -> Sequence[str]:
    """What the actor may supervise, all of it for whoever is bound to no sector; the roots of the tree first."""
    bound = tuple(path for scope in actor.scopes for path in scope.sector_paths)
    nodes = Sector.objects.filter(in_force(clock.today())).order_by("path")
    free = actor.is_system or not all(scope.sector_paths for scope in actor.scopes)
    return [
        one.name
        for one in nodes
        if (free and one.parent_id is None) or (not free and one.path.startswith(bound))
    ]


def _after(batch: UUID, result: Mapping[str, Any]) -> Sequence[parts.Link]:
    links = []
    if result.get("accepted"):
        links.append(parts.Link(f"打开这 {result['accepted']:,} 条", f"/hazards/?tab=all&batch={batch}"))
    if result.get("new_enterprises"):
        words = f"核实 {result['new_enterprises']:,} 家新单位"
        links.append(parts.Link(words, "/enterprises/?tab=pending"))
    return links


def _settle(conflict: Mapping[str, Any]) -> str:
    """Where a difference can be decided: the form that changes it, with the sheet's word filled in, else the deeds."""
    no, field, said = conflict.get("matter"), conflict.get("field"), conflict.get("sheet")
    if not no:
        return ""
    if field == "grade":
        return f"/hazards/{no}/regrade/?{urlencode({'grade': _value(Grade, said)})}"
    if field == "source":
        return f"/hazards/{no}/correct/?{urlencode({'source': _value(Source, said)})}"
    return f"/hazards/{no}/#deeds"


def _value(words: type[Grade] | type[Source], label: Any) -> str:
    return next((word.value for word in words if word.label == label), "")


def install() -> None:
    """Offer the import of hazard ledgers to those who supervise; rights are asked row by row."""
    take_in(
        Intake(
            kind="hazards",
            label="隐患台账",
            says="每月在上月台账上接着填、整份报来即可：报过的行不会重复，只记下新的进展。",
            roles=SUPERVISING,
            unit="条",
            recurring=True,
            beside=_beside,
            after=_after,
            settle=_settle,
            order=50,
        )
    )
