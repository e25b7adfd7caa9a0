"""``GET /figures``: the figures of the pages, for the scope the token's actor may count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from ninja import Router

from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.answers import BY
from bihuan.kernel.figures.comparing import a_year_before
from bihuan.kernel.figures.year_on_year import beside
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.meant import region_meant, sector_meant
from bihuan.kernel.territory.models import Region, Sector
from bihuan.kernel.web.figures.asked import Asked, asked_of
from bihuan.kernel.web.figures.cards import counted
from bihuan.kernel.web.figures.reach import Reach, reach_of

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

    ``region`` is a name, code or path, ``sector`` a name or path: unknown ones are refused, what lies out of the actor's
    reach is absent.
    """
    names = _names(name)
    actor, reach, asked = _asked(request, names, region, sector)
    names = names or list(registry.fitting(({BY[by]} if by else set()) | asked.scope.dims()))
    found = counted(actor, reach, names, asked.period, asked.as_of, asked.scope, by)
    return {
        "period": asked.period.label,
        "as_of": asked.as_of.isoformat(),
        "figures": {figure: value.json() for figure, value in found.items()},
    }


@router.get("/figures/year-on-year", operation_id="figures_year_on_year", summary="同比", tags=["指标"])
def figures_year_on_year(
    request: HttpRequest, name: str, period: str = "", as_of: str = "", region: str = "", sector: str = ""
) -> Any:
    """Figures beside the same days of the year before: change, percent, fold (rise by) and multiple (times of), each null
    with the reason where there is no base."""
    names = _names(name)
    actor, reach, asked = _asked(request, names, region, sector)
    if not names:
        raise Refused.because("figure.none_named", "请用 name 写明要比较的指标，几个用逗号隔开", "name")
    before = a_year_before(asked.period, asked.as_of)
    now = counted(actor, reach, names, asked.period, asked.as_of, asked.scope)
    found = beside(now, counted(actor, reach, names, *before, asked.scope))
    return {
        "period": asked.period.label,
        "as_of": asked.as_of.isoformat(),
        "before": {"period": before[0].label, "as_of": before[1].isoformat()},
        "comparisons": {figure: comparison.json() for figure, comparison in found.items()},
    }


def _names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _asked(
    request: HttpRequest, names: Sequence[str], region: str, sector: str
) -> tuple[Actor, Reach, Asked]:
    """Who asks, what the token's actor may count, and period, cut-off and scope; the first name says which records."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    reach = reach_of(actor)
    if reach is None:
        raise Absent("该账号没有可查看的指标")
    query = request.GET.copy()
    query["region"] = _path("region", region, region_meant)
    query["sector"] = _path("sector", sector, sector_meant)
    if names:
        query["of"] = registry.figure(names[0]).tally.name
    return actor, reach, asked_of(query, reach)


def _path(name: str, text: str, meant: Callable[[str], Region | Sector | None]) -> str:
    if not text.strip():
        return ""
    found = meant(text)
    if found is None:
        words = {"region": "区划", "sector": "行业领域"}[name]
        raise Refused.because(f"figure.unknown_{name}", f"没有{words}“{text}”，请写名称、代码或路径", name)
    return found.path
