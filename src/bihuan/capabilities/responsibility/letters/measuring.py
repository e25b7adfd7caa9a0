"""What the targets of letters have come to by a day: read through figures by their names, never worked out here (M008).

A figure that nobody has registered is unknown, and so is one that cannot be told apart for the unit; neither is zero.
For any number of letters the statements are the same few: towns and departments are read from the tallies, enterprises and
villages from the records, all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum
from functools import reduce
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.responsibility.letters.states import LetterLevel
from bihuan.capabilities.responsibility.letters.targets import Target, TargetKind, percent
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.policies import values as policies

ALONE = frozenset({LetterLevel.ENTERPRISE, LetterLevel.VILLAGE})
FEW = 20
"""Up to so many villages are asked for by name; for more the whole year is grouped by place once."""
NO_ACCIDENTS = "尚无事故登记，暂不能计算"
NOT_COUNTED = "没有对应的统计指标，由考核时核定"
NOT_APART = "该指标不能按这类单位统计"
NOTHING_YET = "尚无可计算的记录"


def is_of_accidents(figure: str) -> bool:
    """Whether a figure counts accidents, of which no news is no news."""
    return figure.startswith("accidents.")


class Standing(IntEnum):
    """How a target stands; the larger the graver, so that lists can begin with the worst."""

    MANUAL = 0
    UNKNOWN = 1
    WITHIN = 2
    BELOW = 3
    NEAR = 4
    BREACHED = 5

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Standing.MANUAL: "考核时核定",
    Standing.UNKNOWN: "暂不能计算",
    Standing.WITHIN: "控制内",
    Standing.BELOW: "低于目标",
    Standing.NEAR: "接近控制数",
    Standing.BREACHED: "已突破",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One target on one day. ``used`` and ``limit`` are counts, or hundredths of a percent for a rate."""

    target: Target
    standing: Standing
    used: int | None = None
    limit: int | None = None
    note: str = ""
    href: str = ""

    @property
    def remaining(self) -> int | None:
        if self.used is None or self.limit is None or self.target.kind is TargetKind.FLOOR:
            return None
        return max(0, self.limit - self.used)

    @property
    def share(self) -> int | None:
        """How much of the cap is used, in whole percent; None for what has no cap above zero."""
        if self.used is None or not self.limit or self.target.kind is TargetKind.FLOOR:
            return None
        return self.used * 100 // self.limit

    def used_words(self) -> str:
        if self.used is None:
            return "—"
        return (
            f"{percent(self.used)}%"
            if self.target.kind is TargetKind.FLOOR
            else f"{self.used} {self.target.unit}"
        )


@dataclass
class _Year:
    """The figures of one year at one cut-off, read the first time somebody asks."""

    year: int
    as_of: date
    _read: dict[tuple[str, str], FigureValue] = field(default_factory=dict)
    _by_object: dict[str, dict[str, FigureValue]] = field(default_factory=dict)
    _by_place: dict[str, dict[str, FigureValue]] = field(default_factory=dict)
    _nothing: dict[tuple[str, str], FigureValue] = field(default_factory=dict)
    """What the figures say of an enterprise or a village without a record; what cannot be told of it is not here."""
    silent: frozenset[str] = frozenset()
    """Figures of accidents where nobody has ever registered one: none is not a finding then."""

    @property
    def period(self) -> Period:
        return Period.parse(f"{self.year:04d}")

    @property
    def cut(self) -> date:
        return min(self.as_of, self.period.last)

    def prepare(self, names: Iterable[str]) -> None:
        """Read ``names`` over the district, by town and by unit, each breakdown by few statements."""
        known = [name for name in dict.fromkeys(names) if name in registry.names()]
        self.silent = answers.never_kept(name for name in known if is_of_accidents(name))
        for by, dim in (("", ""), ("town", "region"), ("unit", "agency")):
            fitting = [name for name in known if not dim or dim in registry.figure(name).tally.dims]
            if fitting:
                found = answers.values(fitting, self.period, self.cut, by=by, digits=2)
                self._read |= {(name, by): value for name, value in found.items()}

    def prepare_records(self, names: Iterable[str], letters: Sequence[Letter]) -> None:
        """Read ``names`` for the enterprises and villages among ``letters``, one statement a tally and kind."""
        known = [name for name in dict.fromkeys(names) if name in registry.names()]
        objects = [letter.object_id for letter in letters if letter.level == LetterLevel.ENTERPRISE]
        places = {letter.region_path for letter in letters if letter.level == LetterLevel.VILLAGE}
        if objects:
            fitting = [name for name in known if _has_object(registry.figure(name).tally.model)]
            self._by_object = self._each(fitting, "object", Q(object__in=objects), LetterLevel.ENTERPRISE)
        for column, names_of in _by_column(known, "region").items() if places else ():
            within = Q()
            for path in places if len(places) <= FEW else ():
                within |= Q(**{f"{column}__startswith": path})
            for path, line in self._each(names_of, column, within, LetterLevel.VILLAGE).items():
                self._by_place.setdefault(path, {}).update(line)

    def _each(
        self, names: Sequence[str], column: str, within: Q, level: LetterLevel
    ) -> dict[str, dict[str, FigureValue]]:
        if not names:
            return {}
        nothing = answers.recounted(names, self.period, self.cut, digits=2, visible=Q(pk__in=[]))
        self._nothing |= {(name, level): _empty(found) for name, found in nothing.items()}
        return answers.recounted_each(names, self.period, self.cut, column, within=within, digits=2)

    def of(self, name: str, letter: Letter) -> FigureValue | None:
        """The figure for the unit of a letter; None when it cannot be told."""
        match letter.level:
            case LetterLevel.SUPERIOR:
                return self._read.get((name, ""))
            case LetterLevel.TOWN:
                return self._line(
                    name, "town", lambda scope: scope.regions == (letter.region_path,) and not scope.exactly
                )
            case LetterLevel.DEPARTMENT:
                return self._line(name, "unit", lambda scope: scope.agency == letter.agency_id)
            case LetterLevel.VILLAGE:
                inside = [
                    line[name]
                    for path, line in self._by_place.items()
                    if path.startswith(letter.region_path) and name in line
                ]
                return reduce(_plus, inside, self._nothing.get((name, letter.level)))
            case _:
                found = self._by_object.get(str(letter.object_id), {}).get(name)
                return found if found is not None else self._nothing.get((name, letter.level))

    def _line(self, name: str, by: str, fits: Any) -> FigureValue | None:
        whole = self._read.get((name, by))
        if whole is None:
            return None
        found = next((line for line in whole.by.values() if fits(line.scope)), None)
        return found if found is not None else _empty(whole)


def _by_column(names: Iterable[str], dim: str) -> dict[str, list[str]]:
    """The figures told apart by ``dim``, by the column that says it."""
    found: dict[str, list[str]] = {}
    for name in names:
        tally = registry.figure(name).tally
        if dim in tally.dims:
            found.setdefault(tally.dims[dim].column, []).append(name)
    return found


def _plus(one: FigureValue | None, other: FigureValue) -> FigureValue:
    """Parts of one whole, which nothing is counted in twice."""
    if one is None:
        return other
    if other.kind == "ratio":
        above = (one.numerator or 0) + (other.numerator or 0)
        return replace(one, numerator=above, denominator=(one.denominator or 0) + (other.denominator or 0))
    return replace(one, amount=(one.amount or 0) + (other.amount or 0))


def _has_object(model: str) -> bool:
    return any(one.name == "object" for one in apps.get_model(model)._meta.get_fields())


def _empty(whole: FigureValue) -> FigureValue:
    """A unit without a line in a breakdown that was counted: nothing was found there."""
    if whole.kind == "ratio":
        return replace(whole, numerator=0, denominator=0, by={})
    return replace(whole, amount=0, by={})


def readings(letters: Sequence[Letter], as_of: date) -> dict[UUID, list[Reading]]:
    """Every target of every letter, as of a day."""
    years: dict[int, _Year] = {}
    for year in {letter.year for letter in letters}:
        own = [target for letter in letters if letter.year == year for target in letter.listed_targets]
        years[year] = _Year(year, as_of)
        years[year].prepare(target.figure for target in own)
        shrinking = [target.figure for target in own if target.kind is TargetKind.SHRINK]
        years[-year] = _Year(year - 1, date(year - 1, 12, 31))
        years[-year].prepare(shrinking)
        alone = [one for one in letters if one.year == year and one.level in ALONE]
        own = [target for letter in alone for target in letter.listed_targets]
        years[year].prepare_records((target.figure for target in own), alone)
        shrinking = [target.figure for target in own if target.kind is TargetKind.SHRINK]
        years[-year].prepare_records(shrinking, alone)
    share = int(policies.recent("letter.alarm_share", on=as_of).value)
    return {
        letter.uid: [
            _reading(target, letter, years[letter.year], years[-letter.year], share)
            for target in letter.listed_targets
        ]
        for letter in letters
    }


def _reading(target: Target, letter: Letter, year: _Year, former: _Year, share: int) -> Reading:
    if target.kind is TargetKind.DONE or not target.figure:
        return Reading(target, Standing.MANUAL, None, target.limit, NOT_COUNTED)
    if target.figure not in registry.names():
        note = NO_ACCIDENTS if is_of_accidents(target.figure) else "该指标尚未启用，暂不能计算"
        return Reading(target, Standing.UNKNOWN, None, target.limit, note)
    if target.figure in year.silent:
        return Reading(target, Standing.UNKNOWN, None, target.limit, NO_ACCIDENTS)
    value = year.of(target.figure, letter)
    if value is None:
        return Reading(target, Standing.UNKNOWN, None, target.limit, NOT_APART)
    href = _records(target.figure, year, letter)
    if target.kind is TargetKind.FLOOR:
        return _rate(target, value, href)
    if target.kind is TargetKind.SHRINK:
        before = former.of(target.figure, letter)
        last = None if before is None else before.amount
        return _shrinking(target, value.amount or 0, last, share, href)
    return _capped(target, value.amount or 0, target.limit or 0, share, href)


def _rate(target: Target, value: FigureValue, href: str) -> Reading:
    said = value.percent(2)
    if said is None:
        return Reading(target, Standing.UNKNOWN, None, target.limit, NOTHING_YET, href)
    used = int(said.replace(".", ""))
    below = used < (target.limit or 0)
    return Reading(target, Standing.BELOW if below else Standing.WITHIN, used, target.limit, "", href)


def _capped(target: Target, used: int, limit: int, share: int, href: str, note: str = "") -> Reading:
    if used > limit:
        standing = Standing.BREACHED
    elif limit and used * 100 >= share * limit:
        standing = Standing.NEAR
    else:
        standing = Standing.WITHIN
    return Reading(target, standing, used, limit, note, href)


def _shrinking(target: Target, used: int, last: int | None, share: int, href: str) -> Reading:
    """Must stay below the whole of last year: its limit is one less; where last year had none, none may come."""
    if last is None:
        return Reading(target, Standing.UNKNOWN, used, None, NOT_APART, href)
    note = f"上年全年 {last} {target.unit}"
    return _capped(target, used, max(0, last - 1), share, href, note)


def _records(figure: str, year: _Year, letter: Letter) -> str:
    """The page that lists what the figure counted for the unit."""
    asked: list[tuple[str, str]] = [("period", year.period.label), ("as_of", year.cut.isoformat())]
    match letter.level:
        case LetterLevel.TOWN | LetterLevel.VILLAGE:
            asked.append(("regions", letter.region_path))
        case LetterLevel.DEPARTMENT:
            asked.append(("agency", str(letter.agency_id)))
        case LetterLevel.ENTERPRISE:
            asked.append(("object", str(letter.object_id)))
    return f"/figures/{figure}/records/?{urlencode(asked)}"


def worst(read: Mapping[UUID, Sequence[Reading]], letter: Letter) -> Standing:
    return max((one.standing for one in read.get(letter.uid, ())), default=Standing.MANUAL)
