"""The archives of all departments beside each other: who has a pack, what lies there, how much of it was opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.reporting.access import visible_reports
from bihuan.reporting.archives import index
from bihuan.reporting.archives.opening import opened
from bihuan.reporting.models import Issue, Kind, Report

NO_PACK = "没有材料"


@dataclass(frozen=True, slots=True)
class Line:
    """One department: its pack, if it was begun and issued, and its archive."""

    agency: Agency
    report: Report | None
    issue: Issue | None
    kept: int
    opened: int

    @property
    def unopened(self) -> int:
        return self.kept - self.opened

    @property
    def pack(self) -> str:
        """What the list says of the pack."""
        if self.issue is not None:
            return str(self.issue)
        return "草稿" if self.report is not None else NO_PACK


def survey(year: Period, actor: Actor) -> list[Line]:
    """A line a department, those without a pack first; two statements a kind of record, however many departments."""
    agencies = index.departments(year.first.year)
    keys = [agency.pk for agency in agencies]
    kept, seen = _kept(keys, year, actor), opened(keys, year.first.year)
    packs = packs_of(year, actor)
    there = _still_there(keys, year, actor, seen)
    lines = []
    for agency in agencies:
        report = packs.get(agency.pk)
        issued: Sequence[Issue] = report.issued if report is not None else ()  # type: ignore[attr-defined]
        lines.append(Line(agency, report, issued[0] if issued else None, kept[agency.pk], there[agency.pk]))
    return sorted(lines, key=lambda line: line.report is not None)


def packs_of(year: Period, actor: Actor) -> Mapping[int, Report]:
    """The packs of the year that the actor may read, by department."""
    issues = Prefetch("issues", Issue.objects.order_by("-ordinal").defer("page"), to_attr="issued")
    rows = visible_reports(actor).filter(kind=Kind.LEGISLATURE.value, period=year.label, agency__isnull=False)
    return {report.agency_id: report for report in rows.prefetch_related(issues) if report.agency_id}


def _kept(agencies: Sequence[int], year: Period, actor: Actor) -> Counter[int]:
    counts: Counter[int] = Counter()
    for category in index.CATEGORIES:
        rows = index.rows(category, agencies, year, actor).order_by().values("agency").annotate(n=Count("pk"))
        counts.update(dict(rows.values_list("agency", "n")))
    return counts


def _still_there(
    agencies: Sequence[int], year: Period, actor: Actor, seen: Mapping[int, set[tuple[str, str]]]
) -> Counter[int]:
    """Opened items that the archive still holds: one voided since is neither kept nor opened."""
    counts: Counter[int] = Counter()
    for category in index.CATEGORIES:
        nos = [no for keys in seen.values() for loop, no in keys if loop == category.loop]
        if nos:
            rows = index.rows(category, agencies, year, actor).order_by().filter(no__in=nos)
            counts.update(dict(rows.values("agency").annotate(n=Count("pk")).values_list("agency", "n")))
    return counts
