"""How the rows of violations show themselves when a figure opens them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from bihuan.capabilities.enforcement.access import visible_cases
from bihuan.capabilities.enforcement.disclosure.models import Violation
from bihuan.capabilities.enforcement.states import Outcome
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.figures.kinds import Kind, show_kept
from bihuan.kernel.web.paging import Keyset

COLUMNS = (
    parts.Column("违法行为", "title"), parts.Column("处罚依据"), parts.Column("当事人", phone=False),
    parts.Column("处理结果"), parts.Column("罚款", "money", "万元"), parts.Column("决定", "day"),
)  # fmt: skip


def visible_violations(actor: Actor) -> QuerySet[Violation]:
    """Violations are seen where their case is."""
    rows = Violation.objects.select_related("case")
    return rows if actor.all_seeing else rows.filter(case__in=visible_cases(actor).order_by().values("pk"))


def row(one: Any) -> parts.Row:
    return parts.Row(
        [one.topic, one.article, one.case.party, Outcome(one.result).label, parts.Money(one.amount_fen), one.decided_on],
        href=f"/cases/{one.case.no}/",
        sub=one.case.no,
    )  # fmt: skip


def install() -> None:
    """Let figures of violations open their records."""
    show_kept(
        "disclosure.Violation",
        Kind(
            label="违法行为", visible=visible_violations, columns=COLUMNS, row=row, order=Keyset(("decided_on", "pk"), descending=True),
            export=(
                ("案件编号", lambda one: one.case.no), ("违法行为", lambda one: one.topic), ("处罚依据", lambda one: one.article),
                ("当事人", lambda one: one.case.party), ("处理结果", lambda one: Outcome(one.result).label),
                ("罚款（元）", lambda one: one.amount_fen / 100), ("决定日期", lambda one: one.decided_on),
            ),
        ),
    )  # fmt: skip
