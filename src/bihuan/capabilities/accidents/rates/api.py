"""``GET /api/v1/rates``: the rates of the token's place, with what each counts and divides by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest

from bihuan.capabilities.accidents.hands import INSIDE
from bihuan.capabilities.accidents.rates import reading
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent
from bihuan.kernel.figures.comparing import rounded
from bihuan.kernel.figures.rates import DIGITS, Base
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.web.api.matters import actor_of_request
from bihuan.kernel.web.api.objects import router
from bihuan.kernel.web.figures.cards import counted
from bihuan.kernel.web.figures.reach import reach_of


@router.get("/rates", operation_id="accident_rates", summary="事故相对指标", tags=["指标"])
def accident_rates(request: HttpRequest, period: str = "", as_of: date | None = None) -> dict[str, Any]:
    """Every rate of a period (last year), null with the reason where no base was published for exactly these days."""
    actor = actor_of_request(request)
    reach = reach_of(actor)
    region = reading.region_of(reach.scope) if reach is not None and not reach.by_record else None
    if reach is None or region is None or not actor.roles & INSIDE:
        raise Absent("该账号没有可查看的相对指标")
    asked = Period.parse(period or str(clock.today().year - 1))
    until = as_of or min(asked.last, clock.today())

    def count(names: Sequence[str], scope: Scope) -> Mapping[str, FigureValue]:
        return counted(actor, reach, names, asked, until, scope)

    lines = reading.rates_of(count, region, reach.scope, asked, until)
    return {
        "place": region.name,
        "period": asked.label,
        "as_of": until.isoformat(),
        "rates": [_told(line) for line in lines],
    }


def _told(line: reading.Line) -> dict[str, Any]:
    rate, above = line.rate, line.above
    return {
        "code": rate.ratio.code, "label": rate.ratio.label, "unit": rate.ratio.unit, "scope": rate.ratio.scope,
        "mark": rate.ratio.mark, "figure": rate.ratio.figure, "counted": rate.figure.amount, "base": _base(rate.base),
        "value": None if rate.exact is None else rounded(rate.exact, DIGITS), "blank": rate.blank,
        "city": _base(above.other if above else None),
        "multiple": None if above is None or above.moved.multiple is None else rounded(above.moved.multiple, 1),
        "fold": None if above is None or above.moved.fold is None else rounded(above.moved.fold, 1),
        "words": [above.multiple_words(), above.rise_words()] if above else [],
    }  # fmt: skip


def _base(base: Base | None) -> dict[str, Any] | None:
    if base is None:
        return None
    return {
        "label": base.label, "amount": f"{base.amount.normalize():f}", "told": base.told, "stage": base.stage,
        "source": base.source, "published_on": base.published_on.isoformat(),
    }  # fmt: skip
