"""Each filing as it was signed, and what differs from the one before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from bihuan.capabilities.dispatch.weekly.computing import key_of
from bihuan.capabilities.dispatch.weekly.models import Edition, FormEdition, WeeklyForm
from bihuan.kernel.crypto import sm3
from bihuan.kernel.figures.freezing import thawed
from bihuan.kernel.figures.models import FrozenFigure
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.record.entries import canonical
from bihuan.kernel.web.figures.cards import shown

Frozen = dict[tuple[str, str, str], FigureValue]


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
    kept.changes = differences(form.template.asks, before, kept) if before else []
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


def differences(layout: Any, before: Edition, after: Edition) -> list[dict[str, str]]:
    """What another edition says otherwise: cell, before and after, as pages print them."""
    frozen = frozen_of([before.figures, after.figures])
    was, now = frozen.get(before.figures or UUID(int=0), {}), frozen.get(after.figures or UUID(int=0), {})
    changes = []
    for key in dict.fromkeys([*was, *now]):
        old, new = (_said(side.get(key)) for side in (was, now))
        if old != new:
            value = now.get(key) or was[key]
            changes.append({"label": f"{value.label}（{value.period.chinese()}）", "was": old, "now": new})
    for one in layout.judgements:
        changes += _changed(one.label, before.words.get(one.key, ""), after.words.get(one.key, ""))
    for one in layout.stated:
        changes += _changed(one.label, before.stated.get(one.key, "—"), after.stated.get(one.key, "—"))
    return changes


def _said(value: FigureValue | None) -> str:
    return "—" if value is None else f"{shown(value)}"


def _changed(label: str, was: Any, now: Any) -> list[dict[str, str]]:
    return [{"label": label, "was": str(was) or "—", "now": str(now) or "—"}] if was != now else []
