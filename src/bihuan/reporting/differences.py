"""What has changed since an issue: which numbers, and which records came or went, by name (M256)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, UUIDField
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents.numerals import money, percent
from bihuan.kernel.figures import answers, freezing, registry
from bihuan.kernel.figures.models import FrozenFigure
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import NOTHING
from bihuan.kernel.loops.registry import all_running
from bihuan.reporting.citing import Citations, Roll, identity, key_of, packed, printed, unpacked
from bihuan.reporting.models import CountedRecords, Issue

NAMED_AT_MOST = 50
OWNERS = ("object", "paper", "case")
"""What a row that is no matter belongs to, and is known by."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a difference: what, what it was, what it is, where to look; ``record`` names a single record."""

    label: str
    was: str
    now: str
    href: str = ""
    record: bool = False

    def json(self) -> dict[str, Any]:
        return asdict(self)


def since(issue: Issue) -> list[Change]:
    """The same questions asked again: numbers that changed, numbers made up of other records, and those records."""
    frozen = list(FrozenFigure.objects.filter(report=issue.uid).order_by("id"))
    changes = []
    for found in freezing.difference(frozen):
        was, now = _worded(found.name, found.issued), _worded(found.name, found.now)
        changes.append(
            Change(_label(found.name, found.line), was, now if now != was else f"{now}（构成有变化）")
        )
    return changes + records_moved(issue)


def between(issue: Issue, citations: Citations) -> list[Change]:
    """An issue against what a new one would print: also after a later cut-off, and for lists that are no figures."""
    before = {_key(row): row for row in FrozenFigure.objects.filter(report=issue.uid).order_by("id")}
    changes = []
    for cited in citations.all():
        if isinstance(cited.source, Roll):
            continue
        name, period, _, scope = key_of(cited.source)
        row = before.pop((name, period, scope), None)
        was, now = (shown(row) if row else NOTHING), printed(cited.source, _digits(row))
        if was != now:
            changes.append(
                Change(_label(name, cited.line), was, now, citations.figure(cited.source, cited.line).uri)
            )
    changes += [Change(_label(row.name, row.line), shown(row), NOTHING) for row in before.values()]
    return changes + _rolls(issue, citations.rolls())


def records_moved(issue: Issue) -> list[Change]:
    """Records that a total counted at the issue and counts no more, or counts only since."""
    totals = {
        _kept_as(row.name, row.period, issue): row
        for row in FrozenFigure.objects.filter(report=issue.uid, line="")
    }
    changes = []
    for kept in CountedRecords.objects.filter(issue=issue).order_by("id"):
        row = totals.get(kept.figure)
        if row is None:
            continue
        rows = answers.records(row.name, Period.parse(row.period), row.as_of, Scope.of(row.scope))
        now, was = set(map(identity, rows.values_list("pk", flat=True))), unpacked(bytes(kept.uids))
        changes += _named(row.name, was - now, left=True) + _named(row.name, now - was, left=False)
    return changes


def _kept_as(figure: str, period: str, issue: Issue) -> str:
    """A figure of the report's own period by its name; one of another period, as packs cite, with that."""
    return figure if period == issue.report.period else f"{figure}@{period}"


def keep_records(issue: Issue, citations: Citations) -> None:
    """Keep which records each cited total counts, so that :func:`records_moved` can name them later."""
    kept = []
    for cited in citations.all():
        value = cited.source
        if isinstance(value, Roll) or cited.line or value.kind != "count":
            continue
        rows = answers.records(value.figure, value.period, value.as_of, value.scope)
        uids = packed(rows.values_list("pk", flat=True).iterator(chunk_size=10_000))
        kept.append(
            CountedRecords(issue=issue, figure=_kept_as(value.figure, value.period.label, issue), uids=uids)
        )
    CountedRecords.objects.bulk_create(kept)


def shown(row: FrozenFigure) -> str:
    """A frozen figure in the words of a paper."""
    if row.numerator is not None:
        return percent(row.numerator, row.denominator or 0, _digits(row) or 0)
    return money(row.amount or 0) if registry.figure(row.name).kind == "sum" else str(row.amount or 0)


def _worded(name: str, value: str) -> str:
    """A frozen value with the unit that a bare number lacks."""
    unit = {"ratio": "%", "sum": "元"}.get(registry.figure(name).kind, "")
    return value if value == NOTHING else value + unit


def _digits(row: FrozenFigure | None) -> int | None:
    if row is None or not row.denominator:
        return None
    return len(row.value.partition(".")[2])


def _key(row: FrozenFigure) -> tuple[str, str, str]:
    return row.name, row.period, repr(sorted(Scope.of(row.scope).json().items()))


def _label(name: str, line: str) -> str:
    label = registry.figure(name).label
    return f"{label}（{line}）" if line else label


def _rolls(issue: Issue, rolls: Sequence[Roll]) -> list[Change]:
    before: dict[str, Mapping[str, Any]] = {kept["name"]: kept for kept in issue.rolls}
    changes = []
    for roll in rolls:
        kept = before.get(roll.name)
        was = str(kept.get("told") or kept["count"]) if kept else NOTHING
        if was != roll.text:
            changes.append(Change(roll.label, was, roll.text, roll.href))
        elif kept and kept["digest"] != roll.digest.hex():
            changes.append(Change(roll.label, was, f"{roll.text}（构成有变化）", roll.href))
    return changes


def _named(figure: str, uids: set[UUID], *, left: bool) -> list[Change]:
    if not uids:
        return []
    model = apps.get_model(registry.figure(figure).tally.model)
    loop = next((running.loop for running in all_running() if running.model is model), None)
    label = registry.figure(figure).label
    was, now = ("计入", "不再计入") if left else ("未计入", "计入")
    changes = []
    own = isinstance(model._meta.pk, UUIDField)
    keys = [uid if own else uid.int for uid in sorted(uids)[:NAMED_AT_MOST]]
    rows = model._default_manager.filter(pk__in=keys).order_by("pk")
    if loop is None:
        held = [name for name in OWNERS if isinstance(getattr(model, name, None), ForwardManyToOneDescriptor)]
        changes = [
            Change(f"{label}：{_titled(row, held)}", was, now, record=True)
            for row in rows.select_related(*held)
        ]
    else:
        for no, state in rows.values_list("no", "state"):
            word = f"{label}：{no}（{loop.states(state).label}）"
            changes.append(Change(word, was, now, f"/{loop.plural}/{no}/", record=True))
    if gone := len(keys) - len(changes):
        changes.append(Change(f"{label}：已不在系统中的记录{gone}条", was, now, record=True))
    if len(uids) > NAMED_AT_MOST:
        changes.append(Change(f"{label}：另有{len(uids) - NAMED_AT_MOST}项", was, now, record=True))
    return changes


def _titled(row: Model, owners: Sequence[str]) -> str:
    """A row by its own words, where it has any, and by what it belongs to."""
    own = "" if type(row).__str__ is Model.__str__ else str(row)
    of = "，".join(str(held) for name in owners if (held := getattr(row, name)) is not None)
    return f"{own}（{of}）" if own and of else own or of
