"""``GET /api/v1/checklists``: the lists of a day, and one with its items, marks and digest."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.models import ADMIN_ROLES
from bihuan.kernel.web.api.matters import actor_of_request
from bihuan.kernel.web.api.objects import router
from bihuan.registers.checklists.models import ChecklistVersion
from bihuan.registers.checklists.reading import checklist_coded, current, versions_on

TAGS = ["检查表"]


@router.get("/checklists", operation_id="list_checklists", summary="检查表", tags=TAGS)
def list_checklists(request: HttpRequest, on: date | None = None) -> dict[str, Any]:
    """Every list with the version in use on a day (today)."""
    _business(request)
    return {"items": [_head(one) for one in versions_on(on or clock.today())]}


@router.get("/checklists/{code}", operation_id="get_checklist", summary="检查表的各项", tags=TAGS)
def get_checklist(request: HttpRequest, code: str, on: date | None = None) -> dict[str, Any]:
    """One list as used on a day (today), its items in order."""
    _business(request)
    checklist_coded(code)
    version = current(code, on or clock.today())
    items = [
        {
            "no": item.no, "key": item.key, "group": item.group, "content": item.content, "method": item.method,
            "violation": item.violation, "basis": item.basis, "penalty": item.penalty, "criterion": item.criterion or None,
            "major": item.is_major, "mark": item.mark,
        }
        for item in version.items.all()
    ]  # fmt: skip
    return {**_head(version), "items": items}


def _head(version: ChecklistVersion) -> dict[str, Any]:
    checklist = version.checklist
    return {
        "code": checklist.code,
        "title": checklist.title,
        "sector": checklist.sector.name if checklist.sector else None,
        "version": version.number,
        "shipped": version.shipped,
        "effective_from": version.effective_from.isoformat(),
        "effective_to": version.effective_to.isoformat() if version.effective_to else None,
        "source": version.source,
        "mark": version.mark,
        "digest": version.digest,
    }


def _business(request: HttpRequest) -> None:
    """Administrators keep the system and touch no business."""
    if not actor_of_request(request).roles - ADMIN_ROLES:
        raise Absent
