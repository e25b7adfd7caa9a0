"""What lies in the archive of a department's year: every matter it answers for, by kind, in the order of its days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Substr

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.loops.registry import running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency, AgencyKind

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of record: the loop, what the index calls it, the day it is filed under, and what tells one from another.

    ``only`` leaves out what is no work of the year: proposals, what was voided, and general hazards, of which the ledger
    itself is the archive.
    """

    loop: str
    label: str
    day: str
    title: str
    only: Q = field(default_factory=Q)


CATEGORIES = (
    Category("letter", "责任书", "drafted_on", "receiver_name"),
    Category("meeting", "会议", "held_on", "title", Q(took_place=True)),
    Category("task", "调度任务", "dispatched_on", "title", Q(withdrawn=False)),
    Category("campaign", "专项行动", "approved_on", "name"),
    Category("weekly", "周调度表", "week_from", "period"),
    Category("plan", "检查计划", "approved_on", "title"),
    Category("inspection", "监督检查", "finished_on", "object__name"),
    Category("measure", "停产与强制措施", "since", "object__name", Q(voided=False)),
    Category("case", "执法案件", "filed_on", "cause", Q(voided=False)),
    Category("hazard", "重大事故隐患", "found_on", "description", Q(voided=False, grade="major")),
    Category("tipoff", "举报件", "received_on", "topic"),
)
"""In the order in which the index prints them."""
BY_LOOP = {category.loop: category for category in CATEGORIES}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the index; ``href`` opens the record itself."""

    loop: str
    no: str
    title: str
    on: date

    @property
    def label(self) -> str:
        return BY_LOOP[self.loop].label

    @property
    def href(self) -> str:
        return f"/{running(self.loop).loop.plural}/{self.no}/"


def departments(year: int) -> Sequence[Agency]:
    """The departments that worked in the year, in official order."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = Agency.objects.filter(kind=AgencyKind.DEPARTMENT).exclude(until__lte=first).exclude(since__gt=last)
    return list(rows.order_by("order", "id"))


def rows(category: Category, agencies: Sequence[int], year: Period, actor: Actor) -> QuerySet[Any]:
    """The matters of one kind that the actor may see, in the order of their days."""
    found = running(category.loop).visible(actor).filter(category.only, agency__in=agencies)
    return found.filter(**{f"{category.day}__range": (year.first, year.last)}).order_by(category.day, "no")


def items(agency: Agency, year: Period, actor: Actor, loop: str = "") -> Iterator[Item]:
    """The index of one department's year, one statement a kind; ``loop`` asks for one kind alone."""
    for category in CATEGORIES:
        if loop not in ("", category.loop):
            continue
        listed = rows(category, [agency.pk], year, actor).annotate(
            _day=F(category.day), _title=Substr(category.title, 1, LONGEST + 1)
        )
        for no, on, title in listed.values_list("no", "_day", "_title"):
            yield Item(category.loop, no, title if len(title) <= LONGEST else f"{title[:LONGEST]}…", on)
