"""Hazard ledgers, as the room of workbooks takes them in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bihuan.capabilities.hazards.filing import LEDGER
from bihuan.capabilities.hazards.ledger import importing, parsing, template
from bihuan.capabilities.hazards.ledger.columns import COLUMNS
from bihuan.capabilities.hazards.ledger.dropped import Sent, dropped
from bihuan.kernel import campaigns, clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations import filings
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency, Sector, SectorAlias
from bihuan.kernel.territory.trees import in_force, towns
from bihuan.kernel.workbooks.importers import Importer, Survey, Work, register_importer
from bihuan.kernel.workbooks.synonyms import extra_synonyms
from bihuan.kernel.workbooks.templates import Guide

_FILED_AFTERWARDS = 10


def _options(actor: Actor, choices: Mapping[str, Any]) -> Mapping[str, Any]:
    """The sectors' words of today, and what the clerk chose for columns the ledger lacks."""
    valid = in_force(clock.today())
    sectors = dict(Sector.objects.filter(valid).values_list("name_key", "code"))
    of_valid = SectorAlias.objects.filter(sector__in=Sector.objects.filter(valid))
    sectors |= dict(of_valid.values_list("name_key", "sector__code"))
    defaults = {name: str(choices[name]) for name in ("source", "town", "sector") if choices.get(name)}
    return parsing.options(clock.today(), sectors, synonyms=extra_synonyms(COLUMNS.kind), defaults=defaults)


def _guide() -> Guide:
    names = tuple(towns().values_list("name", flat=True))
    sectors = tuple(Sector.objects.filter(parent=None).order_by("order", "id").values_list("name", flat=True))
    return template.guide(names, sectors, tuple(campaigns.offered()))


def _run(work: Work) -> Survey:
    sent = Sent()
    survey = importing.run(work, sent)
    filing = _filing(work)
    if filing is not None:
        holder, month = filing
        survey.further["filing"] = {"unit": holder.name, "period": month}
        survey.further |= dropped(sent, work.batch, holder.name, work.actor)
        if work.write and _any_right(survey) and not (survey.rejected and not work.partial):
            filings.meet(LEDGER, holder, Period.parse(month), work.actor, met_by=work.batch.pk)
    return survey


def _any_right(survey: Survey) -> bool:
    """A sheet of which no row is right, or which has none, is no filing: that there was nothing is said by itself."""
    return bool(survey.accepted or survey.already_there or survey.advanced or survey.conflicts)


def _filing(work: Work) -> tuple[Agency, str] | None:
    """A unit that sends its ledger has filed for the last month the ledger speaks of."""
    holder = _filer(work)
    month = work.batch.choices.get("period") or _month(work.batch.summary)
    return (holder, month) if holder is not None and month else None


def _filer(work: Work) -> Agency | None:
    """Whose ledger it is: the one unit the actor serves, or the one for which the committee office hands it in."""
    named = work.batch.choices.get("unit")
    if named and (work.actor.is_system or work.actor.holds(Role.OFFICE)):
        return Agency.objects.filter(pk=named, files_ledger=True).first()
    agencies = {scope.agency_id for scope in work.actor.scopes if scope.agency_id is not None}
    return Agency.objects.filter(pk=agencies.pop(), files_ledger=True).first() if len(agencies) == 1 else None


def _month(summary: Mapping[str, Any]) -> str:
    """``2023-06`` for a ledger of 2023年1-6月; never a month that has not begun, nor one after the day it was filed."""
    ends = [_end(sheet) for sheet in summary.get("sheets", ()) if sheet.get("period")]
    if not ends:
        return ""
    return f"{min(max(ends), clock.today()):%Y-%m}"


def _end(sheet: Mapping[str, Any]) -> date:
    """The last day a sheet speaks of. Of a year that is not over it cannot tell more than was known when it was filed;
    what is filed in a month's first ten days is the ledger of the month before, unless it speaks of that month alone."""
    end = date.fromisoformat(sheet["period"][1])
    if not sheet.get("filed_on"):
        return end
    filed = date.fromisoformat(sheet["filed_on"])
    known = filed - timedelta(days=filed.day) if filed.day <= _FILED_AFTERWARDS else filed
    return min(end, known if sheet["period"][0] <= known.isoformat() else filed)


register_importer(
    Importer(
        kind=COLUMNS.kind,
        label="隐患台账",
        columns=COLUMNS,
        guide=_guide,
        parser=parsing.PARSER,
        options=_options,
        run=_run,
    )
)
