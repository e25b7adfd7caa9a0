"""Closed and open are what was received, at both levels, or nothing is printed (M243, N04)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q

from bihuan.capabilities.tipoffs.models import Batch
from bihuan.capabilities.tipoffs.states import OPEN_STATES, BatchState, ItemState
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.reconciling import balanced
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.record.findings import Finding

LEVELS = (("batches", "批次"), ("items", "件"))
PARTS = ("received", "closed", "open")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the ledger: so many received, closed and open."""

    name: str
    received: int
    closed: int
    open: int


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Both levels, proved."""

    batches: Level
    items: Level


def reconcile(period: Period, as_of: date, scope: Scope | None = None) -> Reconciled:
    """The figures of both levels, proved against each other and against the records.

    Raises:
        Refused: ``tipoff.not_reconciled`` with every reason: what was received is not closed and open together, a closed
            batch has an open item or an open one has none, or a batch has no item at all.
    """
    asked = scope or Scope()
    names = {label: [f"tipoffs.{level}_{part}" for part in PARTS] for level, label in LEVELS}
    found = answers.values([name for level in names.values() for name in level], period, as_of, asked)
    levels = {label: [found[name] for name in level] for label, level in names.items()}
    sums = [failure for values in levels.values() for failure in _sums(*values)]
    Refused.unless([*sums, *_parts(period, as_of)])
    return Reconciled(
        *(Level(label, *(value.amount or 0 for value in values)) for label, values in levels.items())
    )


def _sums(received: FigureValue, closed: FigureValue, still_open: FigureValue) -> Iterator[Failure]:
    try:
        balanced(received, closed, still_open)
    except Refused as refused:
        for failure in refused.failures:
            yield Failure("tipoff.not_reconciled", failure.message)


def _parts(period: Period, as_of: date) -> Iterator[Failure]:
    """Every batch of the period by its items as they stood at the cut-off."""
    last = min(period.last, as_of)
    there = ~Q(items__state=ItemState.REVOKED.value)
    open_then = there & (Q(items__closed_on=None) | Q(items__closed_on__gt=as_of))
    batches = Batch.objects.exclude(state=BatchState.REVOKED.value)
    rows = batches.filter(received_on__range=(period.first, last)).annotate(
        all=Count("items", filter=there), still=Count("items", filter=open_then)
    )
    for no, closed_on, count, still in rows.order_by("no").values_list("no", "closed_on", "all", "still"):
        closed = closed_on is not None and closed_on <= as_of
        if not count:
            yield Failure("tipoff.not_reconciled", f"批次 {no} 没有一件举报件，批次和件对不上，不能出具报告")
        elif closed and still:
            says = f"批次 {no} 已办结，但还有 {still} 件未办结，批次和件对不上，不能出具报告"
            yield Failure("tipoff.not_reconciled", says)
        elif not closed and not still and closed_on is None:
            says = f"批次 {no} 的 {count} 件都已办结，批次却仍在办，批次和件对不上，不能出具报告"
            yield Failure("tipoff.not_reconciled", says)


def verify_levels() -> Iterator[Finding]:
    """Every batch that does not stand as its items do; part of the verification of the record."""
    still = Count("items", filter=Q(items__state__in=[state.value for state in OPEN_STATES]))
    stand = Count("items", filter=~Q(items__state=ItemState.REVOKED.value))
    for batch in (
        Batch.objects.annotate(all=Count("items"), still=still, last=Max("items__ordinal"), stand=stand)
        .order_by("no")
        .iterator()
    ):
        if not batch.all:
            yield Finding("altered_matter", batch.no, None, "批次没有一件举报件")
        elif batch.last != batch.all:
            yield Finding(
                "altered_matter", batch.no, None, f"批次应有 {batch.last} 件，登记有 {batch.all} 件"
            )
        elif batch.state != _as_its_items(batch):
            detail = f"批次为“{BatchState(batch.state).label}”，未办结的件有 {batch.still} 件"
            yield Finding("altered_matter", batch.no, None, detail)


def _as_its_items(batch: Any) -> BatchState:
    if not batch.stand:
        return BatchState.REVOKED
    return BatchState.OPEN if batch.still else BatchState.CLOSED
