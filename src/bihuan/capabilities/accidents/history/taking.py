"""The rows of a ledger taken: known again by day, unit or place, and field; all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from bihuan.capabilities.accidents.hands import SUPERVISING
from bihuan.capabilities.accidents.history.columns import ACCIDENTS
from bihuan.capabilities.accidents.history.names import Names
from bihuan.capabilities.accidents.history.reading import Told, given_of, read
from bihuan.capabilities.accidents.inputs import FromLedger
from bihuan.capabilities.accidents.models import Accident
from bihuan.kernel.documents.numerals import exact_wan_yuan
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.workbooks.importers import Survey, Work
from bihuan.kernel.workbooks.plain import parsed
from bihuan.kernel.workbooks.reasons import CellFailure, Rejection

LABELS = {column.name: column.label for column in ACCIDENTS.columns}


def run(work: Work) -> Survey:
    """Preview or import."""
    rows = list(parsed(work.spool))
    names = Names(rows, work.actor)
    told = [read(row, names) for row in rows]
    for one in told:
        _within_reach(one, names, work.actor)
    fresh, there = _sorted_out(told)
    survey = Survey(accepted=len(fresh), already_there=there)
    survey.rejected = [rejection for one in told for rejection in _rejections(one)]
    if work.write and (work.partial or not survey.rejected):
        _enter(fresh, names, work)
    work.progress(len(rows), len(rows))
    return survey


def _within_reach(told: Told, names: Names, actor: Actor) -> None:
    """Who imports a row could have taken the accident down."""
    if told.failures or actor.is_system or told.region is None or told.sector is None:
        return
    reached = actor.covers(
        SUPERVISING, told.region.path, told.sector.path, names.lead(told.sector),
        told.object.uid if told.object else None,
    )  # fmt: skip
    if not reached:
        told.wrong("out_of_reach", "不在您的辖区或监管行业，请由安委办或属地、行业主管部门导入", "region")


def _sorted_out(told: Sequence[Told]) -> tuple[list[Told], int]:
    """The rows that are new, and how many are there already; a row that says another number of a known accident is wrong."""
    known = _known(told)
    seen: dict[tuple[str, str, str], int] = {}
    fresh, there = [], 0
    for one in told:
        if one.failures:
            continue
        if one.key in seen:
            says = f"与第 {seen[one.key]} 行是同一天、同一单位（地点）、同一行业；确为两起的，请在事故地点中写出区别"
            one.wrong("twice", says, "unit")
            continue
        seen[one.key] = one.row.line
        found = known.get(one.key)
        if found is None:
            fresh.append(one)
        elif (found.counted_deaths, found.counted_serious, found.loss_fen) == one.numbers():
            there += 1
        else:
            says = (
                f"系统中已有这起事故（{found.no}，死亡 {found.counted_deaths} 人、重伤 {found.counted_serious} 人、"
                f"损失 {exact_wan_yuan(found.loss_fen)} 万元），数字与台账不同，请核对；以台账为准的请办理补报"
            )
            one.wrong("differs", says, "deaths")
    return fresh, there


def _known(told: Sequence[Told]) -> dict[tuple[str, str, str], Accident]:
    """The accidents of these days, under each of the names they may be known by."""
    days = {one.day for one in told if one.day is not None}
    found: dict[tuple[str, str, str], Accident] = {}
    rows = Accident.objects.filter(occurred_on__in=days, dismissed=False).select_related("object")
    for accident in rows:
        owner = accident.object.name if accident.object is not None else ""
        names = [accident.unit, owner] if accident.unit or owner else [accident.place]
        for name in names:
            if name:
                key = (accident.occurred_on.isoformat(), name_key(name), accident.branch)
                found.setdefault(key, accident)
    return found


def _enter(fresh: Sequence[Told], names: Names, work: Work) -> None:
    if not fresh:
        return
    given = [FromLedger(**given_of(one, work.batch.filename)) for one in fresh]
    with transaction.atomic():
        engine.open_many(
            "accident",
            "enter_ledger",
            given,
            actor=work.actor,
            columns=[_columns(one, names) for one in fresh],
        )


def _columns(told: Told, names: Names) -> dict[str, Any]:
    assert told.region is not None and told.sector is not None  # noqa: PT018
    return {
        "object": told.object, "region_path": told.region.path, "sector_path": told.sector.path, "branch": told.branch,
        "agency_id": names.lead(told.sector) or (told.object.agency_id if told.object else None),
    }  # fmt: skip


def _rejections(told: Told) -> list[Rejection]:
    row, found = told.row, []
    for failure in told.failures:
        name = failure.field if failure.field in LABELS else "occurred_on"
        column = row.headings.get(name, LABELS[name])
        one = CellFailure(failure.code, failure.message, name, column, row.cells.get(name, ""))
        found.append(
            Rejection(row.sheet, row.line, row.no, column, one.value, one.sentence(row.line), one.code)
        )
    return found
