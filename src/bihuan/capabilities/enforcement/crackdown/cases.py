"""The case an item became: opened from the item's page, and written back to the item when it is filed (M144, M155)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from bihuan.capabilities.enforcement.access import visible_cases
from bihuan.capabilities.enforcement.crackdown.models import Item
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import CaseSource
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor

LINKING = Actor.system("立案关联")
FILING = "/cases/new/file/"


def known(no: str, actor: Actor) -> bool:
    """Whether there is such a case that the actor may see."""
    return visible_cases(actor).filter(no=no).exists()


def filing_href(item: Item) -> str:
    """The form of a new case with what the item knows."""
    asked: dict[str, Any] = {
        "source": CaseSource.CRACKDOWN.value, "origin": item.no, "party": item.party, "brief": item.description[:500],
        "acted_on": item.found_on.isoformat(),
    }  # fmt: skip
    if item.object_id is not None:
        asked["object"] = str(item.object_id)
    return f"{FILING}?{urlencode({name: value for name, value in asked.items() if value})}"


def follow(case: Case, given: Any, context: Any) -> None:
    """After a case was filed: the item it came out of says so."""
    from bihuan.capabilities.enforcement.crackdown.inputs import CaseLink

    if case.source != CaseSource.CRACKDOWN or not case.origin:
        return
    item = Item.objects.filter(no=case.origin, dismissed=False).only("no", "case_no").first()
    if item is not None and item.case_no != case.no:
        engine.perform("crackdown", "note_case", item.no, CaseLink(case_no=case.no), actor=LINKING)
