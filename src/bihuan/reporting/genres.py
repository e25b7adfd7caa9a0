"""The kinds of report: what each is called, about which periods, and how often one is expected.

What a report says and in which order is told by its template (:mod:`bihuan.reporting.templating`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.models import Frequency
from bihuan.reporting.models import Kind


@dataclass(frozen=True, slots=True)
class Genre:
    """One kind of report.

    ``marks`` are the fifth characters of the period labels it may be about (``-`` a month, ``Q`` a quarter, ``H`` a half,
    empty a year). ``due`` says how often one is expected: a month without its pack shows as missing (M033, M034).
    ``like`` is the kind whose sections it shares.
    """

    kind: str
    marks: tuple[str, ...]
    due: Frequency | None = None
    subject: str = ""
    like: str = ""

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)

    def about(self, period: Period) -> None:
        """Refuse a period this kind is not about; a day is written like a month and is none."""
        if not period.regular or period.label[4:5] not in self.marks:
            wanted = "、".join(_PERIODS[mark] for mark in self.marks)
            raise Refused.because(
                "report.wrong_period", f"{self.label}按{wanted}起草，请改选时段。", "period"
            )


_PERIODS = {"-": "月", "Q": "季度", "H": "半年", "": "年"}


def following(period: Period) -> Period:
    """The month, quarter, half or year after one of them."""
    first = period.last + timedelta(days=1)
    match period.label[4:5]:
        case "Q":
            return Period.parse(f"{first.year}Q{(first.month + 2) // 3}")
        case "H":
            return Period.parse(f"{first.year}H{1 if first.month < 7 else 2}")
        case "":
            return Period.parse(f"{first.year}")
    return Period.month_of(first)


GENRES: dict[str, Genre] = {
    genre.kind: genre
    for genre in (
        Genre(Kind.HALF_YEAR.value, ("H", "", "Q", "-")),
        Genre(Kind.ANNUAL.value, ("",), like=Kind.HALF_YEAR.value),
        Genre(Kind.SPEECH.value, ("", "H", "Q", "-"), like=Kind.HALF_YEAR.value),
        Genre(Kind.MONTHLY_PACK.value, ("-",), Frequency.MONTH, "月调度材料"),
        Genre(Kind.QUARTERLY_PLAN.value, ("Q",), Frequency.QUARTER, "季统筹计划"),
        Genre(Kind.BULLETIN.value, ("-", "Q")),
        Genre(Kind.LEGISLATURE.value, ("",), like=Kind.HALF_YEAR.value),
    )
}
PACKS = frozenset({Kind.MONTHLY_PACK.value, Kind.QUARTERLY_PLAN.value, Kind.BULLETIN.value})


def genre_of(kind: str) -> Genre:
    """The genre of a kind.

    Raises:
        Refused: there is none of that name.
    """
    if kind not in GENRES:
        raise Refused.because("report.unknown_kind", "没有这种报告，请重新选择。", "kind")
    return GENRES[kind]
