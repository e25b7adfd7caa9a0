"""What the figures page was asked for, checked against what the actor may count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.http import QueryDict

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.answers import BY
from bihuan.kernel.figures.declarations import Tally
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.territory.models import Region, Sector
from bihuan.kernel.territory.trees import towns
from bihuan.kernel.web import parts
from bihuan.kernel.web.figures.cards import current_half
from bihuan.kernel.web.figures.kinds import kind_counted
from bihuan.kernel.web.figures.reach import Reach, narrowed

BY_WORDS = {
    "sector": "行业领域",
    "town": "镇街",
    "unit": "单位",
    "source": "排查来源",
    "grade": "等级",
    "kind": "类型",
    "type": "事故类型",
    "campaign": "专项行动",
    "body": "会议层级",
    "leader": "领导",
    "code": "情形",
    "site": "场所类型",
    "rule": "规则",
    "target": "打治目标",
    "result": "处理结果",
    "topic": "主题",
    "origin": "来文单位",
    "company": "办理企业",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What kind of record, period, cut-off, scope and breakdown; ``kept`` is the query string they came from."""

    kind: Tally

    period: Period
    as_of: date
    scope: Scope
    by: str
    kept: dict[str, str]


def asked_of(query: QueryDict, reach: Reach) -> Asked:
    """Read the address.

    Raises:
        Refused: an unreadable period, day or breakdown.
        Absent: a region or sector outside the actor's reach.
    """
    names = ("of", "period", "as_of", "region", "sector", "by")
    kept = {name: query.get(name, "").strip() for name in names}
    kind = kind_of(kept["of"])
    period = Period.parse(kept["period"]) if kept["period"] else current_half(clock.today())
    as_of = day_of(kept["as_of"]) if kept["as_of"] else min(period.last, clock.today())
    offered = breakdowns(kind)
    by = kept["by"] or ("sector" if len(reach.scope.sectors) != 1 and "sector" in offered else "town")
    if by not in offered:
        raise Refused.because(
            "figure.unknown_by", f"不能按“{by}”分组，可用：{'、'.join(offered.values())}", "by"
        )
    if kept["sector"] and "sector" not in offered:
        raise Refused.because(
            "figure.unknown_scope", "这类指标不能按行业领域限定范围，请去掉这项条件", "sector"
        )
    scope = narrowed(reach.scope, kept["region"], kept["sector"])
    if scope is None or not _known(kept["region"], kept["sector"]):
        raise Absent("没有这个镇街或行业领域，或不在您的管辖范围内")
    kept |= {"period": period.label, "as_of": as_of.isoformat(), "by": by}
    return Asked(kind, period, as_of, scope, by, {name: value for name, value in kept.items() if value})


def kind_of(name: str) -> Tally:
    """The tally called ``name``; the first one there is without a name.

    Raises:
        Refused: there is none of that name.
    """
    for tally in _in_order():
        if name in ("", tally.name):
            return tally
    raise Refused.because("figure.unknown_kind", f"没有“{name}”这类指标，请从页面上重新选择", "of")


def _in_order() -> list[Tally]:
    """The tallies as their rooms stand in the settings, whichever was read first."""
    rooms = list(apps.app_configs)
    return sorted(registry.tallies(), key=lambda tally: rooms.index(tally.model.partition(".")[0]))


def breakdowns(kind: Tally) -> dict[str, str]:
    """What figures of a kind can be broken down by, and what it is called."""
    return {by: word_of(by, kind) for by in BY_WORDS if BY[by] in kind.dims}


def word_of(by: str, kind: Tally) -> str:
    """What a breakdown is called for records of this kind."""
    dim = kind.dims.get(BY[by])
    return (dim.called if dim else "") or BY_WORDS[by]


def by_of(word: str) -> str:
    """The breakdown that goes by this word, commonly or for some kind of records; empty when none does."""
    for by, said in BY_WORDS.items():
        if word == said or any(word == word_of(by, kind) for kind in registry.tallies()):
            return by
    return ""


def day_of(text: str) -> date:
    """A day of the address.

    Raises:
        Refused: it is not one.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused.because(
            "figure.bad_day", f"截至日期“{text}”不是日期，请写成 2023-06-30 这样的形式", "as_of"
        ) from None


def _known(region: str, sector: str) -> bool:
    return (not region or Region.objects.filter(path=region).exists()) and (
        not sector or Sector.objects.filter(path=sector).exists()
    )


def filters(asked: Asked, reach: Reach) -> Sequence[parts.Filter]:
    """The filter bar; only places and sectors within reach are offered."""
    bar = [
        parts.Filter("period", "时段", value=asked.period.label, choices=_periods(asked.period)),
        parts.Filter("as_of", "截至", "date", asked.as_of.isoformat()),
        parts.Filter("by", "分组", value=asked.by, choices=tuple(breakdowns(asked.kind).items())),
    ]
    kinds_of = [
        (tally.name, tally.label or kind.label)
        for tally in _in_order()
        if (kind := kind_counted(registry.names(tally.name)[0])) is not None
    ]
    if len(kinds_of) > 1:
        bar.insert(0, parts.Filter("of", "事项", value=asked.kind.name, choices=kinds_of))
    places = [
        (region.path, region.name)
        for region in towns()
        if not reach.scope.regions or region.path.startswith(reach.scope.regions)
    ]
    if len(places) > 1:
        bar.append(parts.Filter("region", "镇街", value=asked.kept.get("region", ""), choices=places))
    if len(reach.scope.sectors) != 1 and "sector" in asked.kind.dims:
        rows = (
            Sector.objects.filter(parent=None, until=None).order_by("order", "id").values_list("path", "name")
        )
        kinds = [pair for pair in rows if not reach.scope.sectors or pair[0].startswith(reach.scope.sectors)]
        bar.append(parts.Filter("sector", "行业领域", value=asked.kept.get("sector", ""), choices=kinds))
    return bar


def _periods(chosen: Period) -> Sequence[tuple[str, str]]:
    """This year and the last two: years, halves, quarters, and the months of this year."""
    year = clock.today().year
    labels = [chosen.label]
    for each in (year, year - 1, year - 2):
        labels += [str(each), f"{each}H1", f"{each}H2"]
    labels += [f"{year}Q{quarter}" for quarter in (1, 2, 3, 4)]
    labels += [f"{year}-{month:02d}" for month in range(1, 13)]
    return [(text, Period.parse(text).chinese()) for text in dict.fromkeys(labels)]


def chips(asked: Asked) -> list[tuple[str, str]]:
    """The narrowing in words, for an export's title."""
    told = []
    for name, kind in (("region", Region), ("sector", Sector)):
        path = asked.kept.get(name, "")
        if path:
            node = kind._default_manager.filter(path=path).first()
            told.append(("镇街" if name == "region" else "行业领域", node.name if node else path))
    return told
