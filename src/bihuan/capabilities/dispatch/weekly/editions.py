"""Each filing as it was signed, and what differs from the one before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from bihuan.capabilities.dispatch.weekly.computing import key_of
from bihuan.capabilities.dispatch.weekly.layouts import SINCE, WEEK, Layout
from bihuan.capabilities.dispatch.weekly.models import Edition, FormEdition, WeeklyForm
from bihuan.kernel.crypto import sm3
from bihuan.kernel.figures.freezing import thawed
from bihuan.kernel.figures.models import FrozenFigure
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.record.entries import canonical
from bihuan.kernel.web.figures.cards import shown

Frozen = dict[tuple[str, str, str], FigureValue]
Values = Mapping[tuple[str, str], FigureValue]
"""The answers by row and column."""
NAMED = {WEEK: "本周", SINCE: "累计"}


def digest_of(form: Any, frozen: Iterable[FrozenFigure]) -> str:
    """SM3 over unit, week, every frozen value with the digest of its records, and the words."""
    about = {
        "no_of_edition": form.edition, "unit": form.unit_name, "period": form.period,
        "as_of": form.as_of.isoformat(),
        "figures": [
            [row.name, row.period, row.scope, row.value, row.records, bytes(row.records_digest).hex()]
            for row in frozen
        ],
        "words": form.words, "stated": form.stated, "zeros": form.zeros, "nil": form.nil_reason,
        "suspicions": form.suspicions,
    }  # fmt: skip
    return sm3.digest(canonical(about).encode()).hex()


def keep_edition(form: WeeklyForm) -> None:
    """Write down the edition just filed, beside those before it."""
    before = FormEdition.objects.filter(form=form, edition=form.edition - 1).first()
    kept = FormEdition(form=form, **_carried(form))
    kept.changes = differences(form, before, kept) if before else []
    kept.save()


def mark_approved(form: WeeklyForm) -> None:
    """The edition that was approved says so."""
    FormEdition.objects.filter(form=form, edition=form.edition).update(
        approved_at=form.approved_at, approved_by=form.approved_by, approved_post=form.approved_post,
        opinion=form.opinion,
    )  # fmt: skip


def _carried(form: WeeklyForm) -> dict[str, Any]:
    return {field.name: getattr(form, field.name) for field in Edition._meta.local_fields}


def frozen_of(reports: Sequence[UUID | None]) -> dict[UUID, Frozen]:
    """The frozen answers of editions, one statement for all of them."""
    found: dict[UUID, Frozen] = {report: {} for report in reports if report is not None}
    for row in FrozenFigure.objects.filter(report__in=list(found)):
        value = thawed(row)
        found[row.report][key_of(value)] = value
    return found


def of_frozen(layout: Layout, campaign: str, week: str, frozen: Iterable[FigureValue]) -> Values:
    """Frozen answers, found again by figure, narrowing and period."""
    answers = list(frozen)
    found: dict[tuple[str, str], FigureValue] = {}
    for _, row in layout.rows:
        for value in answers:
            tag = campaign if row.campaign else ""
            if (value.figure, value.scope.grade, value.scope.campaign) == (row.figure, row.grade, tag):
                found[row.key, WEEK if value.period.label == week else SINCE] = value
    return found


def differences(form: Any, before: Edition, after: Edition) -> list[dict[str, str]]:
    """What another edition of a form says otherwise: cell, before and after, as pages print them."""
    layout, campaign = form.template.asks, form.template.campaign
    frozen = frozen_of([before.figures, after.figures])
    was, now = (
        of_frozen(layout, campaign, form.period, frozen[side.figures].values() if side.figures else ())
        for side in (before, after)
    )
    changes = []
    for block, row in layout.rows:
        for column, words in NAMED.items():
            label = f"{block.title}：{row.label.removeprefix('其中：')}（{words}）"
            changes += _changed(label, *(_said(side.get((row.key, column))) for side in (was, now)))
    for one in layout.judgements:
        changes += _changed(one.label, before.words.get(one.key, ""), after.words.get(one.key, ""))
    for number in layout.stated:
        changes += _changed(
            number.label, before.stated.get(number.key, "—"), after.stated.get(number.key, "—")
        )
    return changes


def _said(value: FigureValue | None) -> str:
    return "—" if value is None else f"{shown(value)}"


def _changed(label: str, was: Any, now: Any) -> list[dict[str, str]]:
    return [{"label": label, "was": str(was) or "—", "now": str(now) or "—"}] if was != now else []
