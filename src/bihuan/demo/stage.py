"""Where the demo's matters are acted out: every deed goes through the engine, by a person who may, at its own moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.demo import pictures
from bihuan.demo.findings import Finding
from bihuan.demo.hours import later, next_working
from bihuan.demo.objects import Site
from bihuan.demo.people import Seat, Staff
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import store_image
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.notices import tell
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.uid import uuid7

HAZARD = "hazard"
TOLD = timedelta(days=12)
"""Notices older than this would long have been read; they are not written at all."""


@dataclass(slots=True)
class Course:
    """One hazard as it is going to run: what, where, by whom found, who handles it."""

    site: Site
    finding: Finding
    source: str
    found_at: datetime
    finder: Seat
    grade: str = "general"
    criterion: str = ""
    campaign: str = ""
    voluntary: bool = False
    reporter: str = ""
    before: bool = False
    uid: UUID = field(default_factory=uuid7)
    no: str = ""
    due: date = date.min
    rectifier: Seat | None = None

    @property
    def own(self) -> bool:
        """Whether the enterprise itself may accept it."""
        return self.source == "self_check" and self.grade == "general"


@dataclass(slots=True)
class Stage:
    """The people, the chance and the deeds."""

    staff: Staff
    rng: Random
    now: datetime

    def at(self, moment: datetime, days: int) -> datetime:
        """A working moment about ``days`` after ``moment``."""
        return later(moment, days, self.rng)

    def supervisor(self, course: Course, besides: Sequence[Seat] = ()) -> Seat:
        """A regulator of the hazard's bureau or the town's office, other than ``besides``."""
        site = course.site.object
        near = self.staff.bureau.get(site.agency_id or 0, [])
        if course.source in ("grid", "routine", "tip_off") or self.rng.random() < 0.2:
            near = self.staff.town[course.site.town.region.path]
        others = {id(seat.person) for seat in besides}
        fitting = [seat for seat in near if id(seat.person) not in others]
        return fitting[0] if self.rng.random() < 0.45 else self.rng.choice(fitting)

    def rectifier(self, course: Course) -> Seat:
        """Somebody of the enterprise; where nobody there has an account, the town's clerk fills it in for them.

        Whoever did it once does it again, so that there is somebody left to accept it.
        """
        if course.rectifier is None:
            course.rectifier = self._chosen(course)
        return course.rectifier

    def _chosen(self, course: Course) -> Seat:
        inside = self.staff.inside.get(course.site.object.uid)
        if inside:
            return inside[1] if self.rng.random() < 0.6 else inside[2]
        return self.staff.town[course.site.town.region.path][1 + self.rng.randrange(2)]

    def accepter(self, course: Course, rectifier: Seat) -> Seat:
        """Whoever may accept and did not rectify."""
        inside = self.staff.inside.get(course.site.object.uid)
        if course.own and inside:
            return inside[2] if inside[1] is rectifier else inside[1]
        return self.supervisor(course, [rectifier])

    def uid_of(self, no: str) -> UUID:
        """The hazard that another deed has reported."""
        return Hazard.objects.values_list("uid", flat=True).get(no=no)

    def report(self, course: Course) -> None:
        """上报."""
        photos = (self.photo(course, course.finder, "before_photos", mended=False),) if course.before else ()
        given = inputs.Finding(
            object=course.site.object.uid,
            place=course.finding.place,
            description=course.finding.description,
            before_photos=photos,
            source=course.source,
            found_on=clock.today(),
            grade=course.grade,
            criterion=course.criterion,
            campaign=course.campaign,
            voluntary=course.voluntary,
            reporter=course.reporter,
        )
        made = engine.open_matter(
            HAZARD,
            "report",
            given,
            actor=course.finder.actor(),
            uid=course.uid,
            object=course.site.object,
        )
        course.no = made.no
        self._tell("report", made)

    def assign(self, course: Course, by: Seat, days: int = 0) -> None:
        """交办, with the five elements."""
        course.due = next_working(clock.today() + timedelta(days=days or course.finding.days))
        inside = self.staff.inside.get(course.site.object.uid)
        person = inside[1].person.name if inside else self.charged(course)
        given = inputs.FiveElements(
            responsible_person=person,
            measures=course.finding.measures,
            funds_planned=course.finding.planned,
            rectify_by=course.due,
            contingency_plan=course.finding.interim,
        )
        self.do("assign", course, by, given)

    def charged(self, course: Course) -> str:
        """The name of whoever is to rectify where nobody has an account."""
        return self.principal(course.site) or "单位负责人"

    def principal(self, site: Site) -> str:
        """The name of the first person of a unit, if one is known."""
        heads = [seat for seat in self.staff.seats if seat.post.object == site.object.uid]
        return heads[0].person.name if heads else ""

    def submit(self, course: Course, by: Seat, photo: bytes | None = None) -> None:
        """上报整改完成, with a photo."""
        given = inputs.Rectification(
            rectified_on=clock.today(),
            result=course.finding.result,
            funds_spent=course.finding.spent,
            after_photos=(self.photo(course, by, "after_photos", mended=True, ready=photo),),
        )
        self.do("submit_rectification", course, by, given)

    def accept(self, course: Course, by: Seat) -> None:
        """验收销号."""
        words = self.rng.choice(
            (
                "经现场核查，隐患已消除，同意销号。",
                "现场复查，整改到位，同意销号。",
                "已按要求完成整改，资料齐全，同意销号。",
                "现场抽查试验合格，同意销号。",
            )
        )
        self.do("accept", course, by, inputs.Acceptance(accepted_on=clock.today(), opinion=words))

    def send_back(self, course: Course, by: Seat, reason: str) -> None:
        """退回整改, with a new deadline."""
        course.due = next_working(clock.today() + timedelta(days=self.rng.randrange(3, 8)))
        self.do("send_back", course, by, inputs.SendingBack(reason=reason, rectify_by=course.due))

    def do(self, deed: str, course: Course, by: Seat | Actor, given: Any) -> None:
        """Any deed on the course's matter."""
        actor = by.actor() if isinstance(by, Seat) else by
        (done,) = engine.perform(HAZARD, deed, course.uid, given, actor=actor)
        self._tell(deed, done)

    def _tell(self, deed: str, done: engine.Outcome) -> None:
        """The notices the deed would have caused, at its own moment rather than all of them today."""
        if clock.now() > self.now - TOLD:
            tell(HAZARD, done.uid, deed, done.seq)

    def photo(self, course: Course, by: Seat, kind: str, *, mended: bool, ready: bytes | None = None) -> UUID:
        """A picture taken on the spot a little while ago."""
        site = course.site.object
        place = (site.latitude, site.longitude) if site.latitude and site.longitude else None
        taken = clock.now() - timedelta(minutes=self.rng.randrange(5, 90))
        shown = ready or pictures.photo(course.finding.description, mended, self.rng, taken, place)
        return store_image(course.uid, kind, shown, by.actor()).uid
