"""五落实: responsibility, measures, funds, time and plan stand before anybody is sent, and before anybody reports (M087)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bihuan.kernel.errors import Failure

_ELEMENTS = (
    ("responsible_person", "责任（整改责任人）"),
    ("measures", "措施（整改措施）"),
    ("funds_planned", "资金（整改资金，不需要的填 0）"),
    ("rectify_by", "时限（整改期限）"),
    ("contingency_plan", "预案（应急预案或防范措施）"),
)
_KEPT_AS = {"funds_planned": "funds_planned_fen"}


def elements_complete(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """责任、措施、资金、时限、预案 are all set before anybody is sent to rectify (M087)."""
    for field, label in _ELEMENTS:
        if getattr(given, field) in (None, ""):
            yield Failure("hazard.elements_incomplete", f"五落实缺“{label}”，请补充", field)


def lacking_elements(hazard: Any) -> list[str]:
    """Which of the five a hazard has not; one that a ledger brought as 整改中 has only what the ledger said."""
    return [field for field, _ in _ELEMENTS if getattr(hazard, _KEPT_AS.get(field, field)) in (None, "")]


def elements_lacking(hazard: Any, given: Any, actor: Any) -> Failure | None:
    return None if lacking_elements(hazard) else Failure("hazard.elements_here", "五落实已经齐全，不必补充")


def lacking_elements_given(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """What was missing is all there now; what is left blank here stays as it was."""
    lacking = lacking_elements(hazard)
    for field, label in _ELEMENTS:
        if field in lacking and getattr(given, field) in (None, ""):
            yield Failure("hazard.elements_incomplete", f"五落实缺“{label}”，请补充", field)


def elements_here(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Nobody reports as rectified what was never properly ordered (M087)."""
    lacking = lacking_elements(hazard)
    for field, label in _ELEMENTS:
        if field in lacking:
            who = "本单位“填报整改资金和预案”，或" if field in ("funds_planned", "contingency_plan") else ""
            yield Failure("hazard.elements_incomplete", f"五落实缺“{label}”，请先由{who}交办单位“补充五落实”")
