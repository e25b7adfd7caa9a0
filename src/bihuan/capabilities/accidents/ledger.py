"""Accidents of earlier years as a ledger tells them (台账所载): counted like any other, and nothing assumed that no ledger says.

A ledger knows the day and not the minute, so no clock of reporting is told and nobody is held late. What it says was known on the
day of the accident: a report of an earlier cut-off counts it, which is what a year is compared with.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from bihuan.capabilities.accidents import effects, law, versions
from bihuan.capabilities.accidents.branches import branch_of
from bihuan.capabilities.accidents.models import Accident
from bihuan.capabilities.accidents.states import AccidentState, Told
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused


def place(accident: Accident, given: Any, actor: Any) -> None:
    """Whose it is and where: whoever reads the ledger resolves names through the doors and hands the columns over."""
    if not accident.region_path or not accident.sector_path:
        raise Refused.because("accident.no_region", "台账登记须写明所在镇街和行业领域", "region")


def as_the_law_of_the_day(accident: Any, given: Any, actor: Any) -> Failure | None:
    """Bands of the day grade it; a type, where one is told, is of the edition of the day."""
    try:
        law.rules_on(given.occurred_on)
    except Refused as refused:
        return refused.failures[0]
    if given.type and all(kind.code != given.type for kind in law.kinds_on(given.occurred_on)):
        return Failure(
            "accident.type_not_in_force", f"{given.occurred_on} 不适用这一事故类型，请核对", "type"
        )
    return None


RECENT = timedelta(days=30)
"""As long as casualties are added to a report (国务院令第493号第十三条) an accident is reported, with its clock running."""


def is_past(accident: Any, given: Any, actor: Any) -> Failure | None:
    """A ledger tells of what is over: an accident of these days has hours, and whether they were kept is to be seen."""
    if given.occurred_on < clock.today() - RECENT:
        return None
    return Failure("accident.too_recent_for_ledger", TOO_RECENT, "occurred_on")


TOO_RECENT = "发生在30日以内的事故不能按台账导入，请按接报登记，报告时限照常核对"


def enter(accident: Accident, given: Any, context: Any) -> None:
    """登记: closed where the ledger says when, else verified and still to be investigated."""
    moment = datetime.combine(given.occurred_on, time(), clock.SHANGHAI)
    accident.unit, accident.place = given.unit, given.place
    accident.summary = given.summary or "台账未载简要经过"
    accident.occurred_at, accident.occurred_on, accident.reported_at = moment, given.occurred_on, moment
    accident.branch = accident.branch or branch_of(accident.sector_path).value
    accident.type, accident.ledger = given.type, given.ledger
    accident.verified_on, accident.closed_on = context.day, given.closed_on
    accident.deaths, accident.serious, accident.slight = given.deaths, given.serious, given.slight
    accident.loss_fen = given.loss
    accident.counted_deaths, accident.counted_serious = given.deaths, given.serious
    told = {"at": moment.isoformat(), "evidence": given.ledger, "version": 1}
    accident.confirmed = dict.fromkeys(("deaths", "serious", "loss_fen"), told)
    context.state = AccidentState.CLOSED if given.closed_on else AccidentState.VERIFIED
    evidence = "；".join(part for part in (given.ledger, given.closed_by) if part)
    versions.append(accident, context, cause=Told.LEDGER, known_at=moment, evidence=evidence)
    effects.index(accident)
