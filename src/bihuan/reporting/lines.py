"""One line of a figure by its name: a town, a trade, a source. A name that stands in two groupings is asked back, not guessed.

【收到举报投诉（件）：其他】 may be the trade or the topic; the clerk writes 【…：主题·其他】. Two places of one name are told
apart by the place they lie in: 【…：镇街·东湖镇张庄村】.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.territory.models import Region, Sector
from bihuan.kernel.web.figures.asked import BY_WORDS, by_of, word_of
from bihuan.reporting.briefing import DIMENSIONS, Briefing

MARK = "·"
Told = tuple[str, FigureValue]


class Unclear(str):
    """Why a name is not one line: which groupings have it, and how to say which is meant."""

    __slots__ = ()


def line_of(desk: Briefing, name: str, line: str) -> FigureValue | Unclear | None:
    """The line called so; None when there is none. Where a trade or place of that name counted nothing it is its zero, so
    that a name does not mean the one this half-year and the other the next."""
    grouping, bare = split(line)
    found = list(_counted(desk, name, grouping, bare))
    there = {_grouping(told) for told, _ in found}
    found += [one for one in _empty(desk, name, grouping, bare) if _grouping(one[0]) not in there]
    if len(found) > 1:
        ways = "或".join(f"【{registry.figure(name).label}：{told}】" for told, _ in found)
        return Unclear(f"“{bare}”不止一处（{'、'.join(told for told, _ in found)}），请写明是哪一个：{ways}")
    return found[0][1] if found else None


def _grouping(told: str) -> str:
    return told.partition(MARK)[0]


def split(line: str) -> tuple[str, str]:
    """主题·其他 as its grouping (``topic``) and name; a name that has the mark in itself stays whole."""
    word, mark, rest = line.partition(MARK)
    by = by_of(word.strip())
    return (by, rest.strip()) if mark and by else ("", line)


def _counted(desk: Briefing, name: str, grouping: str, line: str) -> Iterator[Told]:
    """Where something was counted under that name."""
    tally = registry.figure(name).tally
    for by, dim in answers.BY.items():
        if (
            dim in tally.dims
            and grouping in ("", by)
            and (found := _lines(desk, name, by).get(line)) is not None
        ):
            yield f"{word_of(by, tally)}{MARK}{line}", found


def _lines(desk: Briefing, name: str, by: str) -> Mapping[str, FigureValue]:
    if by in DIMENSIONS and name in desk.labels.values():
        return desk.lines(by, name)
    asked, kept = desk.question, desk.memo.setdefault("lines", {})
    if (name, by) not in kept:
        kept[name, by] = answers.value(
            name, asked.period, asked.as_of, asked.scope, by=by, digits=asked.digits
        ).by
    lines: Mapping[str, FigureValue] = kept[name, by]
    return lines


def _empty(desk: Briefing, name: str, grouping: str, line: str) -> Iterator[Told]:
    """Sectors and places of that name of which nothing was counted: their zero."""
    asked, dims = desk.question, registry.figure(name).tally.dims
    places = desk.memo.setdefault("narrowed", {})
    if (line, grouping) not in places:
        places[line, grouping] = narrowed(line, asked.scope, grouping)
    for told, scope in places[line, grouping]:
        if not scope.dims() - dims.keys():
            yield told, answers.value(name, asked.period, asked.as_of, scope, digits=asked.digits)


def narrowed(line: str, scope: Scope, grouping: str = "") -> list[tuple[str, Scope]]:
    """The scopes of the sectors and places of that name, for a line where nothing was counted.

    Without what is not a part of the report's own place or trades: its number would be another's, or the whole under the
    name of something larger.
    """
    found: list[tuple[str, Scope]] = []
    if grouping in ("", "sector"):
        for path in Sector.objects.filter(name=line).order_by("path").values_list("path", flat=True):
            found.append((f"{BY_WORDS['sector']}{MARK}{line}", _within(scope, "sectors", path)))
    if grouping in ("", "town"):
        for place in _places(line):
            told = place.parent.name + place.name if place.parent is not None else place.name
            found.append((f"{BY_WORDS['town']}{MARK}{told}", _within(scope, "regions", place.path)))
    whole = Scope()
    return [(told, one) for told, one in found if one != whole]


def _within(scope: Scope, name: str, path: str) -> Scope:
    own: tuple[str, ...] = getattr(scope, name)
    return scope.within(name, (path,)) if not own or path.startswith(own) else Scope()


def _places(line: str) -> list[Region]:
    """By its name, or with the name of the place it lies in before it."""
    rows = Region.objects.select_related("parent").order_by("path")
    return list(rows.filter(name=line)) or [
        place
        for place in rows.filter(parent__isnull=False)
        if place.parent is not None and place.parent.name + place.name == line
    ]
