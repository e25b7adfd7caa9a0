"""What each deed of a failure to hold a supply back rests on and means."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.enforcement.measures.access import access_measure
from bihuan.capabilities.enforcement.measures.gates import names_in
from bihuan.capabilities.enforcement.measures.models import SupplyFailure
from bihuan.kernel.errors import Absent, Failure, Refused


def place(failure: SupplyFailure, given: Any, actor: Any) -> None:
    """It lies where the measure lies, with the department that answers for the supplier."""
    try:
        measure = access_measure(actor, given.measure)
    except Absent:
        measure = None
    if measure is None or measure.supplier is None:
        raise Refused.because("supply_failure.measure_unknown", "没有查到这项停供措施", "measure")
    failure.measure = measure
    failure.object = measure.object
    failure.region_path, failure.sector_path = measure.region_path, measure.sector_path
    failure.agency_id = measure.supplier.answerable_id
    failure.supplier_name = measure.supplier.name


def found(failure: SupplyFailure, given: Any, context: Any) -> None:
    failure.supplied_at = given.supplied_at
    failure.found_on = context.day
    failure.seen = given.seen
    failure.handlers = given.handlers
    context.facts |= {"measure": failure.measure.no, "supplier": failure.supplier_name}


def names_somebody(failure: Any, given: Any, actor: Any) -> Failure | None:
    """Who handled it is named: a department does not answer without persons."""
    if names_in(given.handlers):
        return None
    return Failure("supply_failure.nobody_named", "请写明责任人员的姓名和岗位", "handlers")


def explain(failure: SupplyFailure, given: Any, context: Any) -> None:
    """Persons named before stay named: an explanation adds to them."""
    named = dict.fromkeys([*names_in(failure.handlers), *names_in(given.handlers)])
    failure.handlers = "、".join(named)[:400]
    failure.finding, failure.causes = given.finding, given.causes


def decide(failure: SupplyFailure, given: Any, context: Any) -> None:
    failure.decision, failure.document_no = given.decision, given.document_no
    failure.closed_on = context.day


def dismiss(failure: SupplyFailure, given: Any, context: Any) -> None:
    failure.dismissed = True
