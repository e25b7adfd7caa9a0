"""``GET /enterprises``: the supervised objects in the token's jurisdiction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Router

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.access import access_object, visible_objects
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.responsibility.chain import chain
from bihuan.kernel.territory.meant import region_meant, sector_meant
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.web.paging import Keyset

router = Router()
ORDER = Keyset(("uid",))
LARGEST_PAGE = 200
Teller = Callable[[SupervisedObject, date], dict[str, Any]]
_tellers: list[Teller] = []


def tell_more(teller: Teller) -> None:
    """Let a higher room add what it knows of one object on a day. Called once, when its app is ready."""
    if teller not in _tellers:
        _tellers.append(teller)


def told(item: SupervisedObject) -> dict[str, Any]:
    """An object as lists carry it."""
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


def whole(item: SupervisedObject, on: date) -> dict[str, Any]:
    """An object with what the registers know of it, and who answers for it on a day."""
    more: dict[str, Any] = {}
    for teller in _tellers:
        more |= teller(item, on)
    return {
        **told(item),
        **more,
        "on": on.isoformat(),
        "responsibility": [
            {
                "level": holder.level.value,
                "label": holder.level.label,
                "title": holder.title,
                "name": holder.name or None,
                "rule": holder.rule,
            }
            for holder in chain(item, on)
        ],
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
    for name, text, meant in (("region", region, region_meant), ("sector", sector, sector_meant)):
        if text.strip():
            found = meant(text)
            if found is None:
                words = {"region": "区划", "sector": "行业领域"}[name]
                raise Refused.because("list.bad_filter", f"没有{words}“{text}”，请写名称、代码或路径", name)
            wanted &= Q(**{f"{name}_path__startswith": found.path})
    rows = visible_objects(actor).filter(wanted).select_related("region", "sector", "agency")
    page = ORDER.page(rows, cursor, max(1, min(LARGEST_PAGE, page_size)))
    return {"items": [told(item) for item in page.rows], "next": page.next_cursor or None}


@router.get(
    "/enterprises/{ref}", operation_id="read_enterprise", summary="监管对象详情与责任链", tags=["监管对象"]
)
def enterprise(request: HttpRequest, ref: str, on: date | None = None) -> Any:
    """One object by uid or credit code, with who answers for it on the day ``on``, today without it."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return whole(access_object(actor, ref), on or clock.today())
