"""节前检查包 (M121): before a key period opens every object of a pack's register needs a finished round; who has none is named.

What is due is an expectation of the unit that answers for the object, so it shows among all that is due, is reminded of
and stays as missing, with the key period's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from bihuan.capabilities.inspections.planning import risk
from bihuan.capabilities.inspections.planning.models import Round, RoundTemplate
from bihuan.capabilities.inspections.planning.rounds import hooks
from bihuan.capabilities.inspections.planning.rounds.templates import templates
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.filings import meet
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.trees import in_force

FAMILY = "pack"
LOOKED_BACK = 60
"""For so long after a period opened it is still told who had not been looked at."""


@dataclass(frozen=True, slots=True)
class Due:
    """One pack before one key period."""

    template: RoundTemplate
    window: hooks.Window

    @property
    def kind(self) -> str:
        """What the expectations are called; a period is told apart by its first day."""
        return f"{FAMILY}.{self.template.pk}"

    @property
    def period(self) -> Period:
        """The day the key period opens stands for it."""
        return Period.day(self.window.first_day)

    @property
    def last(self) -> date:
        """The day before it opens."""
        return self.window.first_day - timedelta(days=1)

    @property
    def first(self) -> date:
        return self.window.first_day - timedelta(days=self.template.ahead)


def dues(on: date) -> Sequence[Due]:
    """The packs whose key period opens soon or opened lately, the next one first."""
    packs = list(templates(on).exclude(window=""))
    if not packs:
        return []
    furthest = max(one.ahead for one in packs)
    windows = hooks.windows_between(on - timedelta(days=LOOKED_BACK), on + timedelta(days=furthest))
    found = [Due(pack, window) for pack in packs for window in windows if window.kind == pack.window]
    return sorted(
        (due for due in found if due.first <= on),
        key=lambda due: (due.window.first_day < on, due.window.first_day, due.template.pk),
    )


def register_of(template: RoundTemplate) -> QuerySet[SupervisedObject]:
    """The objects a pack must be finished for."""
    fits = Q(pk__in=template.register)
    for path in template.sectors:
        fits |= Q(sector_path__startswith=path)
    return risk.standing(SupervisedObject.objects.filter(fits)).exclude(kind=ObjectKind.FACILITY)


def expect_packs(on: date | None = None) -> int:
    """Write down what is due before the key periods ahead; how many were new. Safe to repeat."""
    day = on or clock.today()
    towns = _towns(day)
    new = 0
    for due in dues(day):
        known = Expectation.objects.filter(kind=due.kind, period=due.period.label)
        held = [uid for uid in known.values_list("object", flat=True) if uid is not None]
        rows = [
            _expected(due, one, holder, day)
            for one in register_of(due.template).exclude(pk__in=held).order_by("pk")
            if (holder := one.agency_id or _town_of(one.region_path, towns)) is not None
        ]
        Expectation.objects.bulk_create(rows, ignore_conflicts=True)
        _meet_those_done(due, rows)
        new += len(rows)
    return new


def _expected(due: Due, one: SupervisedObject, holder: int, day: date) -> Expectation:
    return Expectation(
        holder_id=holder, kind=due.kind, title=f"{due.window.name}前检查：{one.name}"[:80], object=one.pk,
        period=due.period.label, opens_on=min(due.first, day), due_on=due.last,
        due_rule=f"{due.template.title}，{due.window.name}（{due.window.first_day} 开始）前完成"[:400],
    )  # fmt: skip


def _meet_those_done(due: Due, rows: Sequence[Expectation]) -> None:
    """Whoever was looked at before the expectation was written down is not asked again."""
    if not rows:
        return
    finished = {one.object_id: one for one in _finished(due).filter(object__in=[row.object for row in rows])}
    for row in rows:
        done = finished.get(row.object) if row.object is not None else None
        if done is not None:
            holder = Agency.objects.get(pk=row.holder_id)
            meet(due.kind, holder, due.period, Actor.system("检查包"), met_by=done.uid, object=row.object)


def _finished(due: Due) -> QuerySet[Round]:
    return Round.objects.filter(template=due.template, finished_on__gte=due.first).order_by("-finished_on")


def met(round: Round, by: Actor) -> None:
    """A round was finished: what its pack was due for this object is met."""
    if not round.template.window:
        return
    assert round.finished_on is not None
    for due in dues(clock.today()):
        if due.template.pk != round.template_id or not due.first <= round.finished_on:
            continue
        rows = Expectation.objects.filter(
            kind=due.kind, period=due.period.label, object=round.object_id, met_at=None
        )
        for row in rows.select_related("holder"):
            meet(due.kind, row.holder, due.period, by, met_by=round.uid, object=round.object_id)


def unfinished(due: Due, visible: QuerySet[SupervisedObject]) -> Sequence[SupervisedObject]:
    """The objects of the register without a finished round, out of those the reader may see, by place and name."""
    left = register_of(due.template).exclude(pk__in=_finished(due).values("object"))
    rows = left.filter(pk__in=visible.values("pk")).select_related("region", "agency")
    return list(rows.order_by("region_path", "name_pinyin", "uid"))


def _town_of(path: str, towns: dict[str, int]) -> int | None:
    """The government of the town a place lies in, be the place the town itself or a village of it."""
    return next((agency for town, agency in towns.items() if path.startswith(town)), None)


def _towns(day: date) -> dict[str, int]:
    """The government of each place, for objects that no department was given."""
    rows = Agency.objects.filter(in_force(day), kind=AgencyKind.TOWN_GOVERNMENT, region__isnull=False)
    return dict(rows.values_list("region__path", "pk"))
