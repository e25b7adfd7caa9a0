"""What ran out twice asks for several units: hazards, inspections and illegal sites tell the cases they became (M143)."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.enforcement import linkage
from bihuan.capabilities.enforcement.crackdown.models import Item
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel.loops.models import Escalation
from bihuan.kernel.loops.registry import after
from bihuan.kernel.record.reading import entries_of

TWICE = 2


def connect() -> None:
    """A case asks at its opening; a deed that finds a day passed again tells the case that is running."""
    for teller in (of_hazard, of_inspection, of_site):
        linkage.tell_overdue(teller)
    after("hazard", "recheck", tell_case)
    after("inspection", "recheck", tell_case)
    after("crackdown", "reemerge", tell_case)


def tell_case(matter: Any, given: Any, context: Any) -> None:
    """The matter's own day has passed a second time."""
    if why := linkage.overdue_twice(matter.no):
        linkage.note(matter.no, why)


def of_hazard(no: str) -> str:
    """Rechecks after the day had passed that found the hazard still there."""
    hazard = Hazard.objects.only("uid").filter(no=no).first()
    if hazard is None:
        return ""
    found = sum(
        entry.verb == "recheck" and not entry.payload.get("removed") for entry in entries_of(hazard.uid)
    )
    return f"隐患 {no} 整改期限 {found} 次届满仍未消除" if found >= TWICE else ""


def of_inspection(no: str) -> str:
    """Rechecks of an order that found something not put right."""
    found = (
        Inspection.objects.filter(no=no, failed_rechecks__gte=TWICE)
        .values_list("failed_rechecks", flat=True)
        .first()
    )
    return f"检查 {no} 责令整改的期限 {found} 次届满仍未整改到位" if found else ""


def of_site(no: str) -> str:
    """Days of an illegal site that passed unmet, each once, however far each climbed."""
    item = Item.objects.only("uid").filter(no=no).first()
    if item is None:
        return ""
    late = Escalation.objects.filter(matter=item.uid, duty="").values("deadline").distinct().count()
    return f"打非治违台账 {no} 处置期限 {late} 次逾期" if late >= TWICE else ""
