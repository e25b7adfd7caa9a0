"""Which unit a paper means: by the names of the paper's own day, shown under the names of today (M029).

A name is looked up among those valid on the paper's day, then among all there ever were. One that fits two units is
settled by the clerk, never by order; one whose unit has ended since is known, and said to have ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bihuan.capabilities.dispatch.speeches.units import LEVEL, Register, Unit
from bihuan.kernel import clock
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.names import name_key

_TOWNS = re.compile("镇|街道|镇街|乡")
_LEAST_ENDING = 4


@dataclass(frozen=True, slots=True)
class Found:
    """What a name means: one unit, several (``unclear``), or none here (``unknown``); ``former`` is no name of it today."""

    agencies: tuple[int, ...] = ()
    unclear: tuple[str, ...] = ()
    unknown: str = ""
    former: bool = False


@dataclass(slots=True)
class Units:
    """The district's units as a paper of one day may call them. Two queries."""

    names: dict[int, str] = field(default_factory=dict)
    ended: dict[int, date] = field(default_factory=dict)
    towns: tuple[int, ...] = ()
    then: dict[str, set[int]] = field(default_factory=dict)
    ever: dict[str, set[int]] = field(default_factory=dict)
    today: dict[str, set[int]] = field(default_factory=dict)
    register: Register = field(default_factory=Register)

    @classmethod
    def on(cls, day: date) -> Units:
        """As of the paper's day. A town's government also goes by the town's own name."""
        found = cls()
        agencies = list(
            Agency.objects.select_related("region").order_by("order", "id").prefetch_related("aliases")
        )
        now, rows = clock.today(), []
        for agency in agencies:
            found.names[agency.pk] = agency.name
            if agency.until is not None and agency.until <= now:
                found.ended[agency.pk] = agency.until
            held, aliases = _holds(agency.since, agency.until, day), list(agency.aliases.all())
            own = [agency.region.name] if agency.kind == AgencyKind.TOWN_GOVERNMENT else []
            every = [*own, *(alias.name_key for alias in aliases)]
            valid = [*own, *(alias.name_key for alias in aliases if _holds(alias.since, alias.until, day))]
            usual = [*own, *(alias.name_key for alias in aliases if _holds(alias.since, alias.until, now))]
            found._call(found.ever, agency.pk, (agency.name, *every))
            found._call(found.today, agency.pk, (agency.name, *usual))
            if held:
                found._call(found.then, agency.pk, (agency.name, *valid))
            rows.append((agency.name, [*valid, *every]))
            if own and agency.pk not in found.ended:
                found.towns = (*found.towns, agency.pk)
        found.register = Register.of(rows)
        return found

    def _call(self, known: dict[str, set[int]], agency: int, spellings: Iterable[str]) -> None:
        for spelling in spellings:
            known.setdefault(name_key(spelling), set()).add(agency)

    def meant(self, unit: Unit) -> Found:
        """The units one addressee of the text means."""
        if not unit.named:
            return Found(unknown=unit.name)
        forms = [*_forms(unit.text), *_forms(unit.name), *_forms(unit.agency or "")]
        for known in (self.then, self.ever):
            for exact in (True, False):
                for form in forms:
                    if fitting := _fitting(known, form, exact=exact):
                        return self._told(fitting, unit.text)
        return Found(unknown=unit.name)

    def _told(self, fitting: set[int], text: str) -> Found:
        listed = tuple(pk for pk in self.names if pk in fitting)
        if len(listed) > 1:
            return Found(unclear=tuple(self.names[pk] for pk in listed))
        usual = any(
            fitting <= _fitting(self.today, form, exact=exact)
            for form in _forms(text)
            for exact in (True, False)
        )
        return Found(listed, former=not usual)

    def a_class(self, name: str) -> tuple[int, ...]:
        """The units that a kind of addressee (各镇街) stands for, where the register knows them all."""
        return self.towns if _TOWNS.search(name) else ()


def _holds(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day < until)


def _forms(text: str) -> list[str]:
    key = name_key(text)
    return list(dict.fromkeys(form for form in (key, re.sub(f"^{LEVEL}", "", key)) if form))


def _fitting(known: dict[str, set[int]], form: str, *, exact: bool) -> set[int]:
    """Units called so; else, for a form long enough, those whose name ends so (应急管理局 → 区应急管理局)."""
    if exact:
        return known.get(form, set())
    if len(form) < _LEAST_ENDING:
        return set()
    return set().union(*(units for spelling, units in known.items() if spelling.endswith(form)))
