"""The district's key periods as the calendar proposes them, and the tasks each usually opens (M048).

Proposals only: the office takes them over with its own days. What falls on the lunar calendar follows the announced
days off of the year, or the computed festivals of a year not announced yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bihuan.capabilities.dispatch.windows.states import Reporting, To, WindowKind
from bihuan.kernel.calendar import why_not_working
from bihuan.kernel.calendar.festivals import SPRING, festivals

DAY = timedelta(days=1)
BY_HOLIDAY, AFTER_HOLIDAY = "按放假安排", "春节假期后 20 天"
Span = tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Template:
    """One task that entering a window opens; ``days`` from its first day, None for its last."""

    title: str
    kind: str
    to: To
    requirement: str = ""
    days: int | None = None

    def json(self, window: str) -> dict[str, object]:
        return {
            "title": self.title.format(window=window), "requirement": self.requirement, "kind": self.kind,
            "to": self.to.value, "unit": None, "days": self.days,
        }  # fmt: skip


ROSTER = Template(
    "报送{window}值班安排", "report", To.EACH_TOWN, "领导带班和值班人员名单、联系电话，变动及时更新", 0
)
CHECK = Template(
    "开展{window}安全专项检查", "inspect", To.EACH_TOWN, "重点单位逐家检查，发现的隐患当场登记交办"
)
TRADES = Template(
    "组织{window}行业领域安全检查", "inspect", To.EACH_DEPARTMENT, "按职责组织本行业领域检查并督促整改"
)
FLOOD = Template(
    "排查{window}积水、山洪和地质灾害风险点", "prevent", To.EACH_TOWN, "逐点落实责任人、物资和转移路线", 15
)
CRACKDOWN = Template("打击非法生产、储存、销售烟花爆竹", "enforce", To.EACH_TOWN, "摸排线索，联合公安查处")


@dataclass(frozen=True, slots=True)
class Usual:
    """How a kind of window usually lies in a year. ``begins`` is the year it is counted under."""

    kind: WindowKind
    days: Callable[[int], Span]
    templates: tuple[Template, ...] = (ROSTER, CHECK)
    ahead: int = 3
    reporting: Reporting = Reporting.TOWNS
    note: str = ""

    @property
    def by_holiday(self) -> bool:
        """Whether its days follow those the State Council announces; until then they are an estimate."""
        return self.note in (BY_HOLIDAY, AFTER_HOLIDAY)


def _off(name: str) -> Callable[[int], Span]:
    """The days off of a festival, with the weekend days that join them.

    The last days of December belong to the New Year that follows.
    """

    def days(year: int) -> Span:
        around = (date(year, 1, 1) + offset * DAY for offset in range(-7, 350))
        found = [day for day in around if why_not_working(day) == name]
        return (found[0], found[-1]) if found else None

    return days


def new_years_day(year: int) -> date | None:
    """正月初一; None beyond the years whose lunar festivals are known."""
    days = [day for day, name in festivals(year).items() if name == SPRING]
    return min(days) + DAY if days else None


def _around(before: int, after: int) -> Callable[[int], Span]:
    """So many days before 正月初一 and after it."""

    def days(year: int) -> Span:
        first = new_years_day(year)
        return None if first is None else (first - before * DAY, first + after * DAY)

    return days


def _after_spring(length: int) -> Callable[[int], Span]:
    def days(year: int) -> Span:
        holiday = _off(SPRING)(year)
        return None if holiday is None else (holiday[1] + DAY, holiday[1] + length * DAY)

    return days


def _fixed(first: tuple[int, int], last: tuple[int, int]) -> Callable[[int], Span]:
    """The same days every year; one that ends earlier in the year than it begins ends in the next."""

    def days(year: int) -> Span:
        return date(year, *first), date(year + (last < first), *last)

    return days


USUAL: Sequence[Usual] = (
    Usual(WindowKind.NEW_YEAR, _off("元旦"), note=BY_HOLIDAY),
    Usual(WindowKind.SPRING_RUSH, _around(15, 25), (TRADES,), 5, Reporting.NOBODY, "节前 15 天至节后 25 天"),
    Usual(WindowKind.FIREWORKS, _around(8, 15), (CRACKDOWN,), 3, Reporting.NOBODY, "腊月下旬至正月十六"),
    Usual(WindowKind.SPRING_FESTIVAL, _off(SPRING), (ROSTER, CHECK, TRADES), 7, Reporting.ALL, BY_HOLIDAY),
    Usual(WindowKind.RESUMPTION, _after_spring(20), (CHECK, TRADES), 1, Reporting.NOBODY, AFTER_HOLIDAY),
    Usual(
        WindowKind.TWO_SESSIONS,
        _fixed((3, 1), (3, 15)),
        (ROSTER, CHECK, TRADES),
        3,
        Reporting.ALL,
        "会期公布后核对",
    ),
    Usual(WindowKind.TOMB_SWEEPING, _off("清明节"), note=BY_HOLIDAY),
    Usual(WindowKind.LABOUR_DAY, _off("劳动节"), note=BY_HOLIDAY),
    Usual(
        WindowKind.FLOOD_SEASON,
        _fixed((6, 1), (9, 30)),
        (ROSTER, FLOOD),
        7,
        Reporting.NOBODY,
        "6 月 1 日至 9 月 30 日",
    ),
    Usual(WindowKind.NATIONAL_DAY, _off("国庆节"), (ROSTER, CHECK, TRADES), 5, Reporting.ALL, BY_HOLIDAY),
    Usual(
        WindowKind.WINTER,
        _fixed((11, 15), (3, 15)),
        (CHECK,),
        5,
        Reporting.NOBODY,
        "11 月 15 日至次年 3 月 15 日",
    ),
    Usual(
        WindowKind.YEAR_END,
        _fixed((12, 1), (1, 31)),
        (CHECK, TRADES),
        5,
        Reporting.NOBODY,
        "12 月至次年 1 月",
    ),
)


def usual(kind: str) -> Usual | None:
    """How windows of ``kind`` usually are; None for events of their own."""
    return next((one for one in USUAL if one.kind == kind), None)
