"""The figures of disclosure and analysis (M126, M137, M138, M141), all by the day of the decision."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from bihuan.capabilities.enforcement.states import Outcome
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes

PUBLISHED = Tally(
    name="disclosure", model="enforcement.Case", table="enforcement_case", born=DateOf("decided_on"),
    dates={"published": DateOf("published_on"), "withdrawn": DateOf("unpublished_on")},
    dims={"region": Dim("region_path"), "agency": Dim("agency_id", "bigint"), "source": Dim("source")},
    where="decided_on IS NOT NULL AND outcome = 'penalty'", label="应公示的处罚决定",
)  # fmt: skip


def due(period: Period, as_of: date) -> Q:
    """Penalties decided in the period and by the cut-off, in force today."""
    return Q(
        outcome=Outcome.PENALTY.value, decided_on__gte=period.first, decided_on__lte=min(period.last, as_of)
    )


def published(period: Period, as_of: date) -> Q:
    """Of these, published by the cut-off and not withdrawn by then."""
    withdrawn = Q(unpublished_on=None) | Q(unpublished_on__gt=as_of)
    return due(period, as_of) & Q(published_on__lte=as_of) & withdrawn


VIOLATIONS = Tally(
    name="violations", model="disclosure.Violation", table="disclosure_violation", born=DateOf("decided_on"), dates={},
    dims={
        "region": Dim("region_path"), "sector": Dim("sector_path"), "agency": Dim("agency_id", "bigint"),
        "kind": Dim("topic"), "code": Dim("article"), "result": Dim("result"),
    },
    sums={"fine": "amount_fen"}, label="查处的违法行为", desk=False,
)  # fmt: skip
SCORED = Tally(
    name="supervision", model="enforcement.Case", table="enforcement_case", born=DateOf("decided_on"),
    dates={
        "timely": DateOf("decided_on", unless="decide_by IS NOT NULL AND decided_on > decide_by"),
        "concluded": DateOf("concluded_on"), "archived": DateOf("archived_on"), "served": DateOf("served_on"),
    },
    dims={"region": Dim("region_path"), "agency": Dim("agency_id", "bigint"), "source": Dim("source")},
    sums={"held": """(NOT remedies @> '[{"result": "revoked"}]')::int"""},
    where="decided_on IS NOT NULL AND NOT voided", label="作出决定的案件",
)  # fmt: skip


def violated(period: Period, as_of: date) -> Q:
    """Violations of cases decided in the period and by the cut-off."""
    return Q(decided_on__gte=period.first, decided_on__lte=min(period.last, as_of))


def judged(period: Period, as_of: date) -> Q:
    """Cases decided in the period and by the cut-off, with or without a penalty."""
    return Q(voided=False, decided_on__gte=period.first, decided_on__lte=min(period.last, as_of))


def judged_in_time(period: Period, as_of: date) -> Q:
    """Decided within the limit as it was extended, or where none runs (the simple procedure)."""
    return judged(period, as_of) & (Q(decide_by=None) | Q(decided_on__lte=F("decide_by")))


def served(period: Period, as_of: date) -> Q:
    return judged(period, as_of) & Q(served_on__lte=as_of)


def concluded(period: Period, as_of: date) -> Q:
    return judged(period, as_of) & Q(concluded_on__lte=as_of)


def archived(period: Period, as_of: date) -> Q:
    """Concluded and its file closed by the cut-off: it was complete, or it could not have been closed."""
    return concluded(period, as_of) & Q(archived_on__lte=as_of)


def held(period: Period, as_of: date) -> Q:
    """No review, no court and not the agency itself ever revoked a decision of the case: one made anew stays told."""
    return judged(period, as_of) & ~Q(remedies__contains=[{"result": Outcome.REVOKED.value}])


registry.register(
    Figure("violations.found", "查处违法行为", "项", "count", VIOLATIONS, violated, plus=Measure()),
    Figure(
        "violations.fines", "违法行为罚款", "元", "sum", VIOLATIONS, violated, plus=Measure(amount="fine"),
        amount="amount_fen",
    ),
    Figure("supervision.judged", "作出决定的案件", "件", "count", SCORED, judged, plus=Measure()),
    Figure("supervision.in_time", "期限内作出决定", "件", "count", SCORED, judged_in_time, plus=Measure(("timely",))),
    Figure("supervision.served", "已送达", "件", "count", SCORED, served, plus=Measure(("served",))),
    Figure("supervision.concluded", "已结案", "件", "count", SCORED, concluded, plus=Measure(("concluded",))),
    Figure(
        "supervision.archived", "结案后归档", "件", "count", SCORED, archived, plus=Measure(("concluded", "archived")),
    ),
    Figure("supervision.held", "决定未曾被撤销", "件", "count", SCORED, held, plus=Measure(amount="held")),
    Figure("disclosure.due", "应公示处罚决定", "件", "count", PUBLISHED, due, plus=Measure()),
    Figure(
        "disclosure.published", "已公示处罚决定", "件", "count", PUBLISHED, published,
        plus=Measure(("published",)), minus=Measure(("published", "withdrawn")),
    ),
    Figure(
        "disclosure.rate", "公示率", "%", "ratio", PUBLISHED, due, of=("disclosure.published", "disclosure.due"),
    ),
)  # fmt: skip

name_codes("result", {one.value: one.label for one in Outcome})
