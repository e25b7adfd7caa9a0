"""The kinds of report: what each is called, about which periods, and under which headings its sections stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.models import Frequency
from bihuan.reporting.models import Kind

OPENING = (
    "现将{place}{period}安全生产工作推进落实情况和下一步重点工作报告如下。文中数据均由系统按登记记录统计，{until}；"
    "每项数据的口径、所数记录和摘要见附件。"
)
FACTS = "文中数据均由系统按登记记录统计，{until}；每项数据的口径、所数记录和摘要见附件。"


@dataclass(frozen=True, slots=True)
class Genre:
    """One kind of report.

    ``marks`` are the fifth characters of the period labels it may be about (``-`` a month, ``Q`` a quarter, ``H`` a half,
    empty a year). ``due`` says how often one is expected: a month without its pack shows as missing (M033, M034).
    """

    kind: str
    marks: tuple[str, ...]
    title: Callable[[Period], str]
    opening: str
    done: str
    problems: str
    next_heading: Callable[[Period], str]
    due: Frequency | None = None
    subject: str = ""

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
_RESTS = {"H1": "下半年", "H2": "下一年", "": "下一年"}


def next_half(period: Period) -> str:
    """下半年 after a first half, the next year after a second, else simply what comes next."""
    when = _RESTS.get(period.label[4:], "下一步")
    return f"{when}重点工作" if when != "下一步" else "下一步工作"


def following(period: Period) -> Period:
    """The month or quarter after a month or quarter."""
    first = period.last + timedelta(days=1)
    if period.label[4:5] == "Q":
        return Period.parse(f"{first.year}Q{(first.month + 2) // 3}")
    return Period.month_of(first)


GENRES: dict[str, Genre] = {
    genre.kind: genre
    for genre in (
        Genre(
            Kind.HALF_YEAR.value, ("H", "", "Q", "-"),
            lambda period: f"关于{period.chinese()}安全生产工作\n推进落实情况的报告",
            OPENING, "工作推进情况", "存在的主要问题", next_half,
        ),
        Genre(
            Kind.MONTHLY_PACK.value, ("-",), lambda period: f"{period.chinese()}安全生产调度材料",
            "{place}{period}安全生产调度材料如下。" + FACTS, "本月情况", "需要会议研究的问题",
            lambda period: "建议议定事项", Frequency.MONTH, "月调度材料",
        ),
        Genre(
            Kind.QUARTERLY_PLAN.value, ("Q",),
            lambda period: f"{period.chinese()}安全生产工作统筹\n和{following(period).chinese()}工作安排",
            "{place}{period}安全生产工作统筹情况和下一阶段安排如下。" + FACTS, "本季情况", "需要统筹解决的问题",
            lambda period: f"{following(period).chinese()}重点安排", Frequency.QUARTER, "季统筹计划",
        ),
        Genre(
            Kind.BULLETIN.value, ("-", "Q"), lambda period: f"关于{period.chinese()}安全生产形势的通报",
            "现将{place}{period}安全生产形势通报如下。" + FACTS, "基本情况", "存在的突出问题",
            lambda period: "工作要求",
        ),
    )
}  # fmt: skip
PACKS = frozenset({Kind.MONTHLY_PACK.value, Kind.QUARTERLY_PLAN.value, Kind.BULLETIN.value})


def genre_of(kind: str) -> Genre:
    """The genre of a kind.

    Raises:
        Refused: there is none of that name.
    """
    if kind not in GENRES:
        raise Refused.because("report.unknown_kind", "没有这种报告，请重新选择。", "kind")
    return GENRES[kind]
