"""``GET /enterprises``: the supervised objects in the token's jurisdiction."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Router

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.objects.access import access_object, visible_objects
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.responsibility.chain import chain
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import find_region, find_sector
from bihuan.kernel.web.paging import Keyset

router = Router()
ORDER = Keyset(("uid",))
LARGEST_PAGE = 200


def _told(item: SupervisedObject) -> dict[str, Any]:
    return {
        "uid": str(item.uid),
        "kind": item.kind,
        "name": item.name,
        "credit_code": item.credit_code,
        "region": item.region.name,
        "sector": item.sector.name if item.sector else None,
        "agency": item.agency.name if item.agency else None,
        "standing": item.standing,
        "address": item.address,
    }


@router.get("/enterprises", operation_id="list_enterprises", summary="企业和其他监管对象", tags=["监管对象"])
def enterprises(
    request: HttpRequest,
    q: str = "",
    region: str = "",
    sector: str = "",
    kind: str = "",
    standing: str = "",
    cursor: str = "",
    page_size: int = 50,
) -> Any:
    """Objects by name, code, town or sector; ``next`` continues the list."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    wanted = Q()
    if q.strip():
        key = name_key(q)
        wanted &= Q(name_key__contains=key) | Q(credit_code=key)
    if kind:
        wanted &= Q(kind=kind)
    if standing:
        wanted &= Q(standing=standing)
    for text, column, find in ((region, "region_path", find_region), (sector, "sector_path", find_sector)):
        if text:
            found = find(text)
            if found is None:
                raise Absent(f"没有“{text}”，或不在您的管辖范围内")
            wanted &= Q(**{f"{column}__startswith": found.path})
    rows = visible_objects(actor).filter(wanted).select_related("region", "sector", "agency")
    page = ORDER.page(rows, cursor, max(1, min(LARGEST_PAGE, page_size)))
    return {"items": [_told(item) for item in page.rows], "next": page.next_cursor or None}


@router.get(
    "/enterprises/{ref}", operation_id="read_enterprise", summary="监管对象详情与责任链", tags=["监管对象"]
)
def enterprise(request: HttpRequest, ref: str) -> Any:
    """One object by uid or credit code, with who answers for it today."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    item = access_object(actor, ref)
    holders = chain(item, clock.today())
    return {
        **_told(item),
        "responsibility": [
            {
                "level": holder.level.value,
                "label": holder.level.label,
                "title": holder.title,
                "name": holder.name or None,
                "rule": holder.rule,
            }
            for holder in holders
        ],
    }
