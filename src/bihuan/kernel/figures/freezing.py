"""An issued number stays issued: freezing the figures of a report, and saying what has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.crypto import sm3
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.models import FrozenFigure
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import NOTHING, Coverage, FigureValue


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that no longer says what was issued; ``records_changed``: other records make it up now."""

    name: str
    line: str
    caption: str
    issued: str
    now: str
    records_changed: bool


def freeze(report: UUID, values: Iterable[FigureValue]) -> list[FrozenFigure]:
    """Keep the values of one issued report, with every line of their breakdowns.

    Raises:
        Refused: a value put together by :func:`~bihuan.kernel.figures.values.add`; its parts are to be
        frozen.
    """
    moment = clock.now()
    rows = []
    captions: dict[object, str] = {}  # a form has many cells of few scopes
    for line, value in _flat(values):
        count, digest = _records(value.figure, value.period, value)
        if value.coverage not in captions:
            captions[value.coverage] = value.caption()
        rows.append(
            FrozenFigure(
                report=report,
                name=value.figure,
                line=line,
                period=value.period.label,
                as_of=value.as_of,
                scope=value.scope.json(),
                caption=captions[value.coverage],
                value=_shown(value),
                amount=value.amount,
                numerator=value.numerator,
                denominator=value.denominator,
                claimed=value.claimed,
                records=count,
                records_digest=digest,
                computed_at=moment,
            )
        )
    return FrozenFigure.objects.bulk_create(rows)


def thawed(row: FrozenFigure) -> FigureValue:
    """The answer as it was frozen, to be shown, compared and added like any other; nothing is counted anew."""
    figure = registry.figure(row.name)
    coverage = Coverage(Period.parse(row.period), row.as_of, Scope.of(row.scope))
    return FigureValue(
        figure.name, figure.label, figure.unit, figure.kind, (coverage,),
        amount=row.amount, numerator=row.numerator, denominator=row.denominator, claimed=row.claimed,
    )  # fmt: skip


def difference(frozen: Sequence[FrozenFigure]) -> list[Difference]:
    """What the same questions answer now, where the answer or the records behind it differ from the issue."""
    found = []
    for row in frozen:
        digits = len(row.value.partition(".")[2])
        period, scope = Period.parse(row.period), Scope.of(row.scope)
        now = answers.value(row.name, period, row.as_of, scope, digits=digits)
        _, digest = _records(row.name, period, now)
        changed = digest != bytes(row.records_digest)
        if changed or _parts(now) != (row.amount, row.numerator, row.denominator, row.claimed):
            found.append(Difference(row.name, row.line, row.caption, row.value, _shown(now), changed))
    return found


def _flat(values: Iterable[FigureValue]) -> Iterator[tuple[str, FigureValue]]:
    for value in values:
        if len(value.coverage) > 1:
            raise Refused.because(
                "figure.not_single", f"“{value.label}”由几个口径相加而成，请分别定稿各部分。"
            )
        yield "", value
        yield from value.by.items()


def _records(name: str, period: Period, value: FigureValue) -> tuple[int, bytes]:
    """How many records a figure counts, and SM3 over their ids in order."""
    running, count = sm3.new(), 0
    rows = answers.records(name, period, value.as_of, value.scope).order_by("pk").values_list("pk", flat=True)
    for key in rows.iterator(chunk_size=10_000):
        running.update(f"{key}\n".encode())
        count += 1
    return count, running.digest()


def _shown(value: FigureValue) -> str:
    return NOTHING if value.value is None else str(value.value)


def _parts(value: FigureValue) -> tuple[int | None, int | None, int | None, int | None]:
    return value.amount, value.numerator, value.denominator, value.claimed
