"""Who finds what, where and when: the half year of the demo laid out, before any of it is acted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from bihuan.demo.findings import found_at
from bihuan.demo.hours import at_work, next_working
from bihuan.demo.objects import Site
from bihuan.demo.people import Seat, Staff
from bihuan.demo.stage import Course
from bihuan.kernel.calendar import is_working_day

DAYS = 190
SOURCES = {
    "self_check": 24, "routine": 18, "special": 24, "grid": 9, "joint": 6, "expert": 9, "supervision_visit": 7,
    "undercover": 4, "tip_off": 7, "transfer": 3, "congress": 3,
}  # fmt: skip
CAMPAIGNS = (("厂房仓库消防安全专项整治", 165, 80), ("特殊作业安全专项整治", 70, 2))
REPORTERS = ("周某，139****2046，要求回复", "附近居民，137****8815", "匿名职工，电话登记在案")


@dataclass(slots=True)
class Casting:
    """Draws courses over the half year that ends on ``today``."""

    staff: Staff
    sites: Sequence[Site]
    rng: Random
    today: date
    rows: set[bytes] = field(default_factory=set)
    used: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    _peopled: list[Site] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._peopled = [site for site in self.sites if site.object.uid in self.staff.inside]

    def courses(self, count: int) -> Iterator[Course]:
        """``count`` ordinary courses, a visit at a time."""
        made = 0
        while made < count:
            source = self.rng.choices(list(SOURCES), list(SOURCES.values()))[0]
            for course in self._visit(source):
                yield course
                made += 1

    def course(self, site: Site, source: str, day: date, finder: Seat | None = None) -> Course:
        """One finding on a site."""
        rng = self.rng
        moment = at_work(next_working(day), rng)
        chosen = finder or self._finder(source, site)
        return Course(
            site=site,
            finding=found_at(site.findings, rng, self.used[site.object.uid]),
            source=source,
            found_at=moment,
            finder=chosen,
            voluntary=source == "self_check" and rng.random() < 0.18,
            reporter=rng.choice(REPORTERS) if source == "tip_off" else "",
            before=rng.random() < 0.12,
        )

    def _visit(self, source: str) -> Iterator[Course]:
        rng = self.rng
        day, campaign = self._day(source)
        peopled = source == "self_check" or rng.random() < 0.22
        site = rng.choice(self._peopled if peopled else list(self.sites))
        finder = self._finder(source, site)
        for _ in range(rng.choices((1, 2, 3), (52, 33, 15))[0]):
            course = self.course(site, source, day, finder)
            course.campaign = campaign
            yield course

    def _day(self, source: str) -> tuple[date, str]:
        """Most days alike, somewhat more of late."""
        first, last, campaign = DAYS, 0, ""
        if source == "special":
            campaign, first, last = self.rng.choice(CAMPAIGNS)
        back = round(last + (first - last) * self.rng.random() ** 1.4)
        day = self.today - timedelta(days=back)
        while not is_working_day(day):
            day -= timedelta(days=1)
        return day, campaign

    def _finder(self, source: str, site: Site) -> Seat:
        rng, staff = self.rng, self.staff
        bureau = staff.bureau.get(site.object.agency_id or 0, [])
        town = staff.town[site.town.region.path]
        match source:
            case "self_check":
                return rng.choice(staff.inside[site.object.uid][1:])
            case "grid":
                return rng.choice(staff.grid[site.town.region.path])
            case "expert":
                return rng.choice(staff.experts)
            case "routine":
                return rng.choice([*bureau[1:], *town])
            case "special" | "joint":
                return rng.choice(bureau[-3:])
            case "supervision_visit" | "undercover" | "tip_off" | "congress":
                return rng.choice(staff.office)
            case _:
                return bureau[0]

    def moment(self, days_ago: int) -> datetime:
        """A working moment so many days ago, or shortly before where that was a day of rest."""
        day = self.today - timedelta(days=days_ago)
        while not is_working_day(day):
            day -= timedelta(days=1)
        return at_work(day, self.rng)
