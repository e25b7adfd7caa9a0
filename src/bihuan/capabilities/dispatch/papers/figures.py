"""The figures of papers and of what was read out of them (M040, M047), each declared once.

``papers.…`` are about the papers taken in during the period; ``extraction.…`` about the items of those of them that were
decomposed by the cut-off: a proposal is judged by what the clerk made of it, and only once that is settled. Precision is
the share of proposals that became tasks or part of one, be they corrected or not.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bihuan.capabilities.dispatch.papers.states import ItemState, Origin, PaperKind
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import Counted, DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes

PAPERS = Tally(
    name="papers",
    model="papers.Paper",
    table="papers_paper",
    born=DateOf("received_on"),
    dates={
        "decomposed": DateOf("decomposed_on"),
        "answered": DateOf("answered_on"),
        "idle": DateOf("act_by", plus=1, unless="answered_on <= act_by"),
    },
    dims={"region": Dim("region_path"), "kind": Dim("kind")},
    sums={"superior": "(kind = 'superior')::int"},
    where="NOT voided",
)
ITEMS = Tally(
    name="extraction",
    model="papers.Proposal",
    table="papers_proposal",
    born=DateOf("received_on"),
    dates={"settled": DateOf("settled_on")},
    dims={"region": Dim("region_path"), "kind": Dim("paper_kind")},
    sums={
        "measure": "(kept AND paper_kind = 'superior')::int",
        "proposed": "(origin = 'read')::int",
        "accepted": "(state = 'accepted')::int",
        "changed": "(origin = 'read' AND state IN ('changed', 'merged'))::int",
        "dropped": "(origin = 'read' AND state = 'dropped')::int",
        "useful": "(origin = 'read' AND state <> 'dropped')::int",
        "added": "(origin = 'clerk' AND kept)::int",
    },
    where="NOT voided",
)


def received(period: Period, as_of: date) -> Q:
    """Taken in during the period and by the cut-off."""
    return Q(voided=False, received_on__gte=period.first, received_on__lte=min(period.last, as_of))


def decomposed(period: Period, as_of: date) -> Q:
    return received(period, as_of) & Q(decomposed_on__lte=as_of)


def superior(period: Period, as_of: date) -> Q:
    return received(period, as_of) & Q(kind=PaperKind.SUPERIOR.value)


def idle(period: Period, as_of: date) -> Q:
    """Superior documents past their day on which the district had not acted by the cut-off."""
    waiting = Q(answered_on=None) | Q(answered_on__gt=as_of)
    return superior(period, as_of) & Q(act_by__lt=as_of) & waiting


def measures(period: Period, as_of: date) -> Q:
    return received(period, as_of) & Q(kept=True, paper_kind=PaperKind.SUPERIOR.value)


def assigned(period: Period, as_of: date) -> Q:
    """Dispatched to exactly one lead unit: the loop and the database let nothing else be settled."""
    return measures(period, as_of) & Q(settled_on__lte=as_of)


def unassigned(period: Period, as_of: date) -> Q:
    return measures(period, as_of) & (Q(settled_on=None) | Q(settled_on__gt=as_of))


def _settled(which: Q) -> Counted:
    return lambda period, as_of: received(period, as_of) & Q(settled_on__lte=as_of) & which


_READ = Q(origin=Origin.READ.value)
_CHANGED = Q(state__in=[ItemState.CHANGED.value, ItemState.MERGED.value])
_DROPPED = Q(state=ItemState.DROPPED.value)


def _of(amount: str) -> Measure:
    return Measure(("settled",), amount=amount)


registry.register(
    Figure("papers.received", "登记讲话和文件", "件", "count", PAPERS, received, plus=Measure()),
    Figure("papers.decomposed", "已分解交办的讲话和文件", "件", "count", PAPERS, decomposed, plus=Measure(("decomposed",))),
    Figure("papers.superior", "登记上级文件", "件", "count", PAPERS, superior, plus=Measure(amount="superior")),
    Figure(
        "papers.superior_idle", "逾期没有本地落实的上级文件", "件", "count", PAPERS, idle,
        plus=Measure(("idle",), amount="superior"), minus=Measure(("idle", "answered"), amount="superior"),
    ),
    Figure("papers.measures", "上级文件措施", "条", "count", ITEMS, measures, plus=Measure(amount="measure")),
    Figure("papers.measures_assigned", "已明确一个牵头单位的措施", "条", "count", ITEMS, assigned, plus=_of("measure")),
    Figure(
        "papers.measures_unassigned", "尚未落实牵头单位的措施", "条", "count", ITEMS, unassigned,
        plus=Measure(amount="measure"), minus=_of("measure"),
    ),
    Figure("extraction.proposed", "系统提取条目", "条", "count", ITEMS, _settled(_READ), plus=_of("proposed")),
    Figure(
        "extraction.accepted", "照提取采用", "条", "count", ITEMS, _settled(Q(state=ItemState.ACCEPTED.value)),
        plus=_of("accepted"),
    ),
    Figure("extraction.changed", "修改后采用", "条", "count", ITEMS, _settled(_READ & _CHANGED), plus=_of("changed")),
    Figure("extraction.dropped", "提取后不列为任务", "条", "count", ITEMS, _settled(_READ & _DROPPED), plus=_of("dropped")),
    Figure("extraction.kept", "提取后列为任务", "条", "count", ITEMS, _settled(_READ & ~_DROPPED), plus=_of("useful")),
    Figure(
        "extraction.added", "人工补充条目", "条", "count", ITEMS,
        _settled(Q(origin=Origin.CLERK.value, kept=True)), plus=_of("added"),
    ),
    Figure(
        "extraction.precision", "提取准确率", "%", "ratio", ITEMS, _settled(_READ),
        of=("extraction.kept", "extraction.proposed"),
    ),
)  # fmt: skip

name_codes("kind", {kind.value: kind.label for kind in PaperKind})
