"""``GET /figures``: the figures of the pages, for the scope the token's actor may count."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from bihuan.kernel.errors import Absent
from bihuan.kernel.figures import registry
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.trees import find_region, find_sector
from bihuan.kernel.web.figures.asked import asked_of
from bihuan.kernel.web.figures.cards import counted
from bihuan.kernel.web.figures.reach import reach_of

router = Router()


@router.get("/figures", operation_id="figures", summary="统计指标", tags=["指标"])
def figures(
    request: HttpRequest,
    period: str = "",
    as_of: str = "",
    name: str = "",
    by: str = "",
    region: str = "",
    sector: str = "",
) -> Any:
    """Figures by period, cut-off and scope; ``name`` may be several, separated by commas; without it, all.

    ``region`` and ``sector`` are names (or paths); out of the actor's reach they answer like absent ones.
    """
    actor: Actor = request.auth  # type: ignore[attr-defined]
    reach = reach_of(actor)
    if reach is None:
        raise Absent("该账号没有可查看的指标")
    query = request.GET.copy()
    query["region"] = _path(region, find_region)
    query["sector"] = _path(sector, find_sector)
    asked = asked_of(query, reach)
    names = [part.strip() for part in name.split(",") if part.strip()] or list(registry.names())
    found = counted(actor, reach, names, asked.period, asked.as_of, asked.scope, by)
    return {
        "period": asked.period.label,
        "as_of": asked.as_of.isoformat(),
        "figures": {figure: value.json() for figure, value in found.items()},
    }


def _path(text: str, find: Any) -> str:
    if not text or text.endswith("."):
        return text
    found = find(text)
    if found is None:
        raise Absent(f"没有“{text}”，或不在您的管辖范围内")
    return str(found.path)
