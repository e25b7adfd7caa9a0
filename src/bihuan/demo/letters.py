"""Responsibility letters of the demo: last year's appraised, this year's handed down within what the city gave, one unit
that has not signed, one letter revised, and caps that are nearly used up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from bihuan.capabilities.dispatch.meetings.inputs import Recording
from bihuan.capabilities.responsibility.letters import inputs
from bihuan.capabilities.responsibility.letters.alarms import watch
from bihuan.capabilities.responsibility.letters.bulk import draft_all
from bihuan.capabilities.responsibility.letters.conference import of_year
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.responsibility.letters.states import LetterState
from bihuan.capabilities.responsibility.letters.wording import MEASURES, REWARDS
from bihuan.demo.agencies import Agencies
from bihuan.demo.casting import DAYS, Casting
from bihuan.demo.hours import next_working
from bihuan.demo.people import Seat
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.people.models import Tenure, User
from bihuan.kernel.territory.models import Agency

LETTER = "letter"
CITY = """\
生产安全事故起数 ≤ 20 起
生产安全事故死亡人数 ≤ 5 人
较大及以上事故起数 ≤ 0 起
道路交通事故死亡人数 比上年下降
隐患整改率 ≥ 90%
"""
TEMPLATE = """\
生产安全事故起数 ≤ 1 起
生产安全事故死亡人数 ≤ 0 人
较大及以上事故起数 ≤ 0 起
隐患整改率 ≥ 90%
逾期未整改隐患 ≤ 5 项
任务办结率 ≥ 90%
党政领导班子成员安全生产职责清单全部制定并公开
"""
EACH = "{}：生产安全事故起数 ≤ 2 起；生产安全事故死亡人数 ≤ 1 人"
ENTERPRISE = """\
生产安全事故起数 ≤ 0 起
生产安全事故死亡人数 ≤ 0 人
逾期未整改隐患 ≤ 1 项
主要负责人、安全生产管理人员全部持证
"""
MERITS = ("good", "passed", "excellent", "good", "passed", "passed")


def letters(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """Two years of letters, and what a town gives on to its enterprises."""
    yield _years(_Acting(stage, agencies), casting)


def _begins(casting: Casting) -> tuple[int, datetime]:
    """The year whose conference has been held, and the moment its record came."""
    opened = next_working(date(casting.today.year, 1, 18))
    if opened >= casting.today:
        opened = next_working(date(casting.today.year - 1, 1, 18))
    first = casting.today - timedelta(days=DAYS - 1)
    return opened.year, datetime.combine(next_working(max(opened, first)), time(8, 40), clock.SHANGHAI)


def _years(acting: _Acting, casting: Casting) -> Story:
    year, moment = _begins(casting)
    stage = acting.stage
    yield max(stage.at(moment, 1), casting.moment(184))
    acting.last_conference(year - 1)
    acting.superior(year)
    acting.drafted(year - 1)
    acting.issued(year - 1)
    acting.all_signed(year - 1, skip=())
    acting.drafted(year)
    yield stage.at(clock.now(), 1)
    acting.issued(year)
    yield stage.at(clock.now(), 3)
    reluctant = acting.units[-1]
    acting.all_signed(year, skip=(reluctant.pk,))
    yield stage.at(clock.now(), 6)
    acting.appraised(year - 1)
    yield stage.at(clock.now(), 5)
    yield from _enterprises(acting, casting, year)
    yield casting.moment(24)
    yield from _revision(acting, year, acting.agencies.governments[1])
    yield casting.moment(1)
    watch()


def _enterprises(acting: _Acting, casting: Casting, year: int) -> Story:
    """The first town gives letters to three of its enterprises; the principal of the last has not signed."""
    town = acting.agencies.governments[0]
    inside = [
        site
        for site in casting.sites
        if site.object.region_path.startswith(town.region.path)
        and site.object.uid in acting.stage.staff.inside
    ]
    clerk = acting.stage.staff.town[town.region.path][1]
    for site in inside[:3]:
        given = inputs.DraftingEnterprise(
            enterprise=site.object.uid, year=year, targets=ENTERPRISE, measures=MEASURES, rewards=REWARDS
        )
        engine.open_matter(LETTER, "draft_enterprise", given, actor=clerk.actor())
    yield acting.stage.at(clock.now(), 1)
    drafted = list(_of(year, LetterState.DRAFTED).filter(issuer=town).order_by("no"))
    for letter in drafted:
        acting.do("issue", letter, acting.seat(letter.issuer_post))
    yield acting.stage.at(clock.now(), 2)
    for letter in drafted[:-1]:
        acting.do("sign", letter, acting.seat(letter.receiver_post))


def _revision(acting: _Acting, year: int, unit: Agency) -> Story:
    """A town's caps are tightened; both sides sign again."""
    letter = Letter.objects.filter(year=year, agency=unit, state=LetterState.IN_FORCE.value).first()
    if letter is None:
        return
    text = TEMPLATE.replace("逾期未整改隐患 ≤ 5 项", "逾期未整改隐患 ≤ 3 项")
    given = inputs.Revising(
        reason="下半年逾期隐患上升，经区安委会研究收紧控制数。",
        targets=text,
        measures=MEASURES,
        rewards=REWARDS,
    )
    acting.do("revise", letter, acting.office, given)
    yield acting.stage.at(clock.now(), 1)
    acting.do("issue", letter, acting.seat(letter.issuer_post))
    yield acting.stage.at(clock.now(), 2)
    acting.do("sign", letter, acting.seat(letter.receiver_post))


def _of(year: int, state: LetterState) -> Any:
    return Letter.objects.filter(year=year, state=state.value).order_by("no")


class _Acting:
    """The deeds of the letters, each by the very post that may."""

    def __init__(self, stage: Stage, agencies: Agencies) -> None:
        self.stage = stage
        self.agencies = agencies
        self.office = stage.staff.office[0]
        self.seats = {seat.post.pk: seat for seat in stage.staff.seats}
        self.units: Sequence[Agency] = [
            *agencies.governments,
            *(bureau.agency for bureau in agencies.bureaus if len(stage.staff.bureau[bureau.agency.pk]) > 1),
        ]

    def seat(self, post: int | None) -> Seat | None:
        """The holder of a post; heads of towns that nobody has given an account get theirs to sign."""
        if post in self.seats or post is None:
            return self.seats.get(post or 0)
        held = Tenure.objects.filter(post=post, until=None).select_related("post__agency", "person").first()
        if held is None:
            return None
        user, new = User.objects.get_or_create(
            person=held.person, defaults={"username": f"head-{post}", "must_change_password": False}
        )
        if new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        self.seats[post] = Seat(held.post, held.person, user.username, user)
        return self.seats[post]

    def do(self, deed: str, letter: Letter, seat: Seat | None, given: Any = None) -> None:
        """A deed by the holder of a post; where the post has no account, it waits."""
        if seat is not None and seat.user is not None:
            engine.perform(LETTER, deed, letter.uid, given or Nothing(), actor=seat.actor())

    def last_conference(self, year: int) -> None:
        """Last year's conference, entered late so that its letters have what they rest on."""
        if of_year(year) is not None:
            return
        given = Recording(
            title=f"全区{year}年安全生产工作会议", body="government", kind="annual",
            held_on=next_working(date(year, 1, 18)), place="区政府三楼会议室",
            chair_post=self.stage.staff.leaders[-1].post.pk, agenda="通报上年度情况\n签订安全生产目标责任书",
            invited=tuple(unit.pk for unit in self.units),
        )  # fmt: skip
        engine.open_matter("meeting", "record", given, actor=self.office.actor())

    def superior(self, year: int) -> None:
        """What the city gave to the district."""
        given = inputs.Registering(
            year=year, issuer_name="市人民政府", document_no=f"市安责〔{year}〕4 号",
            signed_on=next_working(date(year, 1, 12)), signers="市长、区长", targets=CITY,
        )  # fmt: skip
        engine.open_matter(LETTER, "register_superior", given, actor=self.office.actor())

    def drafted(self, year: int) -> None:
        """One template for everybody; the larger towns have caps of their own."""
        held = of_year(year)
        assert held is not None
        own = [EACH.format(unit.name) for unit in self.agencies.governments[:3]]
        data = {
            "year": year, "units": [str(unit.pk) for unit in self.units], "targets": TEMPLATE, "each": "\n".join(own),
            "measures": MEASURES, "rewards": REWARDS, "conference_title": held.title, "conference_on": held.on,
            "conference_no": held.no,
        }  # fmt: skip
        draft_all(data, self.office.actor())

    def issued(self, year: int) -> None:
        """The head of government signs them all in one call."""
        waiting = list(_of(year, LetterState.DRAFTED))
        seat = self.seat(waiting[0].issuer_post) if waiting else None
        if seat is not None:
            engine.perform(LETTER, "issue", [letter.no for letter in waiting], Nothing(), actor=seat.actor())

    def all_signed(self, year: int, skip: Sequence[int]) -> None:
        """Each head signs for the own unit."""
        for letter in _of(year, LetterState.AWAITING):
            if letter.agency_id not in skip:
                self.do("sign", letter, self.seat(letter.receiver_post))

    def appraised(self, year: int) -> None:
        """How the year before turned out; one unit failed."""
        for number, letter in enumerate(_of(year, LetterState.IN_FORCE)):
            merit = "failed" if number == 5 else MERITS[number % len(MERITS)]
            opinion = (
                "逾期隐患较多，考核不合格，约谈主要负责人。"
                if merit == "failed"
                else "完成责任书确定的主要目标。"
            )
            self.do("appraise", letter, self.office, inputs.Appraisal(merit=merit, opinion=opinion))
