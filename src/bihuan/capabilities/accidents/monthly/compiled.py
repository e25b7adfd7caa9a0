"""What a month's forms say together: who filed, who is late, what is missing, the numbers by unit and by field (M179, M207).

Towns file by place and agencies by field: the same accident stands once in either list, so the two are never added. Each list is
held against the records of the whole district; what belongs to no unit that files is a line of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bihuan.capabilities.accidents.monthly import comparing
from bihuan.capabilities.accidents.monthly.access import visible_forecasts, visible_returns
from bihuan.capabilities.accidents.monthly.kinds import FORECAST, RETURN, Kind
from bihuan.capabilities.accidents.monthly.models import FILED, AccidentReturn, RiskForecast
from bihuan.capabilities.accidents.monthly.states import FormState, Risk
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency

CAME = (Standing.FILED, Standing.NIL, Standing.LATE)


@dataclass(frozen=True, slots=True)
class Line:
    """One unit that must file: where it stands, its form if it is open, and what differs or moved."""

    agency: Agency
    standing: Standing
    form: Any
    differences: Sequence[str] = ()
    moved: Sequence[str] = ()

    @property
    def filed(self) -> bool:
        return self.form is not None and self.form.state in FILED

    @property
    def sums(self) -> Mapping[str, int] | None:
        """The unit's own numbers; None where it said nothing."""
        return comparing.totals(self.form.lines) if self.filed else None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A month of one kind of form."""

    kind: Kind
    month: Period
    lines: Sequence[Line]
    whole: bool
    records: Sequence[comparing.Kept] = field(default_factory=tuple)
    loose: Sequence[comparing.Kept] = field(default_factory=tuple)
    """Accidents of the system that belong to no town that files."""

    def counts(self) -> Mapping[Standing, int]:
        stands = [line.standing for line in self.lines]
        return {standing: stands.count(standing) for standing in Standing}

    def of_places(self) -> list[Line]:
        return [line for line in self.lines if comparing.is_of_place(line.agency)]

    def of_fields(self) -> list[Line]:
        return [line for line in self.lines if not comparing.is_of_place(line.agency)]

    def named(self, standing: Standing) -> list[str]:
        return [line.agency.name for line in self.lines if line.standing is standing]


def returns_of(month: Period, actor: Actor) -> Compiled:
    """The accident returns of a month that the actor may see; few statements however many units."""
    forms = {one.agency_id: one for one in visible_returns(actor).filter(period=month.label)}
    lines, whole = _expected(RETURN, month, actor, forms)
    kept = (
        [(accident, comparing.kept(accident)) for accident in comparing.accidents_of(month)] if lines else []
    )
    found = []
    for line in lines:
        own = [one for accident, one in kept if comparing.belongs(line.agency, accident)]
        found.append(_judged(line, own))
    towns = [line.agency for line in lines if comparing.is_of_place(line.agency)]
    loose = [one for accident, one in kept if not any(comparing.belongs(town, accident) for town in towns)]
    records = [one for _, one in kept] if whole else []
    return Compiled(RETURN, month, found, whole, records, loose if whole else ())


def _judged(line: Line, own: Sequence[comparing.Kept]) -> Line:
    form = line.form
    if form is None or form.state not in FILED:
        return line
    if form.state == FormState.FILED:
        says = [one.words() for one in comparing.differences(form.lines, own)]
        return Line(line.agency, line.standing, form, differences=says)
    return Line(line.agency, line.standing, form, moved=comparing.changes_since(form.agreed, own))


def forecasts_of(month: Period, actor: Actor) -> Compiled:
    """The early-warning forms of a month that the actor may see."""
    forms = {one.agency_id: one for one in visible_forecasts(actor).filter(period=month.label)}
    lines, whole = _expected(FORECAST, month, actor, forms)
    return Compiled(FORECAST, month, lines, whole)


def _expected(
    kind: Kind, month: Period, actor: Actor, forms: Mapping[int, AccidentReturn] | Mapping[int, RiskForecast]
) -> tuple[list[Line], bool]:
    """Every unit of whom a form is due, in the official order; only the own one for whoever belongs to a unit."""
    from bihuan.capabilities.accidents.monthly.hands import WHOLE

    whole = actor.all_seeing or actor.holds(*WHOLE)
    rows = Expectation.objects.filter(kind=kind.name, period=month.label)
    if not whole:
        rows = rows.filter(
            holder__in={scope.agency_id for scope in actor.scopes if scope.agency_id is not None}
        )
    today = clock.today()
    due = rows.select_related("holder", "holder__region").order_by("holder__order", "holder_id")
    return [Line(one.holder, one.standing(today), forms.get(one.holder_id)) for one in due], whole


def risks_of(compiled: Compiled) -> list[tuple[Agency, Mapping[str, Any]]]:
    """Every risk that was filed, the gravest first."""
    ranked = list(Risk)
    found = [(line.agency, one) for line in compiled.lines if line.filed for one in line.form.items]
    return sorted(found, key=lambda pair: -ranked.index(Risk(pair[1]["level"])))


def accepted_risks(compiled: Compiled) -> list[tuple[Agency, Mapping[str, Any]]]:
    """Those of accepted forms only: what is broadcast has been looked at."""
    accepted = {
        line.agency.pk for line in compiled.lines if line.filed and line.form.state == FormState.ACCEPTED
    }
    return [pair for pair in risks_of(compiled) if pair[0].pk in accepted]
