"""Inspections of the demo: one of every mode, found, ordered and looked at again; one unannounced that nobody may know yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from bihuan.capabilities.inspections import inputs, modes, sheets
from bihuan.capabilities.inspections.models import Inspection
from bihuan.demo.agencies import Agencies, Bureau
from bihuan.demo.campaigns import Acting
from bihuan.demo.casting import Casting
from bihuan.demo.objects import Site
from bihuan.demo.orders import INTERIM, mended
from bihuan.demo.organs import certify, name_organ
from bihuan.demo.people import Seat
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.registers.officers import advisors

DAY = timedelta(days=1)
LISTS = ("fire", "confined_space")
FREE = (
    ("配电室", "配电箱门敞开，未设警示标志", "《安全生产法》第三十五条"),
    ("仓库东侧", "疏散通道堆放原料，宽度不足一米", "《消防法》第二十八条"),
    ("一车间", "砂轮机防护罩缺失", "《安全生产法》第三十六条第一款"),
    ("锅炉房", "压力表超过检定有效期", "《安全生产法》第三十六条第二款"),
    ("危化品暂存间", "酸碱混放，没有泄漏收集措施", "《安全生产法》第三十九条"),
)  # fmt: skip


@dataclass
class Crew:
    """Who inspects for a bureau: two certified officers, somebody who approves, and where they go."""

    bureau: Bureau
    lead: Seat
    second: Seat
    head: Seat
    sites: list[Site]
    stage: Stage

    def names(self) -> str:
        return f"{self.lead.person.name}\n{self.second.person.name}"


class Visit(Acting):
    """One inspection as it is made."""

    def __init__(self, crew: Crew, site: Site, mode: str, number: int) -> None:
        super().__init__("inspection")
        self.crew, self.site, self.mode, self.number = crew, site, mode, number

    @property
    def row(self) -> Inspection:
        return Inspection.objects.get(uid=self.uid)

    def arrange(self, **more: Any) -> None:
        said = {
            "object": self.site.object.uid, "mode": self.mode, "planned_on": clock.today(),
            "content": "消防设施、危险作业和安全教育培训", "officers": self.crew.names(),
            "checklist": LISTS[self.number % len(LISTS)],
        }  # fmt: skip
        self.open("arrange", self.crew.lead, inputs.Arrangement(**{**said, **more}))
        self.do("approve_scheme", self.crew.head, inputs.Approval())

    def arrive(self) -> None:
        self.do(
            "arrive",
            self.crew.lead,
            inputs.Arrival(place="生产车间和仓库", shown=True, device_at=clock.now()),
        )

    def look(self, found: int, handling: str = "rectify", days: int = 12) -> None:
        """Some items fail, some things no list asks for; the rest holds."""
        for place, item in enumerate(sheets.items_of(self.row)[:found]):
            said = inputs.Tick(
                item=item.pk, outcome="fail", note=f"现场查看：{item.violation}"[:200], place=f"{place + 1}号车间",
                due_on=clock.today() + days * DAY,
            )  # fmt: skip
            self.do("tick", self.crew.second, said)
        if found:
            place_, words, basis = FREE[self.number % len(FREE)]
            said_ = inputs.Found(
                place=place_, words=words, violated=basis, handling=handling, due_on=clock.today() + days * DAY,
                measure="责令暂时停止使用相关设备" if handling == "measure" else "",
            )  # fmt: skip
            self.do("find", self.crew.lead, said_)
        self.do("pass_rest", self.crew.lead, inputs.RestPassed(said=True))

    def finish(self, **more: Any) -> None:
        person = self.crew.stage.principal(self.site) or "单位负责人"
        known = {} if self.number % 4 == 1 else {"funds": 120_000, "interim": INTERIM}
        said = {
            "party_name": "现场负责人", "party_post": "安全总监", "responsible_person": person, **known, **more,
        }  # fmt: skip
        self.do("finish", self.crew.lead, inputs.Ending(**said))

    def recheck(self, unmet: int = 0) -> None:
        from bihuan.capabilities.inspections import finding

        found = list(finding.standing(self.row))
        rows = [one for one in found if one.to_be_rectified]
        failed = rows[len(rows) - unmet :]
        self._mended([one.hazard_no for one in found if one not in failed])
        lines = [f"{one.order}｜{'未整改' if one in failed else '已整改'}｜现场复查" for one in rows]
        again = clock.today() + 10 * DAY if unmet else None
        said = inputs.Rechecked(rechecked_on=clock.today(), results="\n".join(lines), next_due=again)
        self.do("recheck", self.crew.lead, said)

    def _mended(self, numbers: list[str]) -> None:
        """Reported by the unit before the officers come back, with a chance of its own so that it moves nobody else's."""
        stage = self.crew.stage
        own = Stage(stage.staff, Random(self.row.no), stage.now)  # noqa: S311 - the same district every time
        mended(own, self.site, self.crew.lead, numbers)


def inspections(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """The stories; nothing where no bureau has officers enough."""
    crew = _crew(stage, casting, agencies)
    if crew is None:
        return
    yield _equipped(stage, casting, crew)
    for number, mode in enumerate(modes.modes()):
        yield _ordinary(casting, crew, mode, number)
    yield _refused(casting, crew)
    yield _unmet(casting, crew)
    yield _overdue(casting, crew)
    yield _extended(casting, crew, agencies)
    yield _joint(casting, crew, agencies)
    yield _on_site_now(casting, crew)
    yield _secret(casting, crew)
    yield _town(stage, casting)


def _crew(stage: Stage, casting: Casting, agencies: Agencies) -> Crew | None:
    for bureau in sorted(agencies.bureaus, key=lambda one: (-one.officers, "应急" not in one.agency.name)):
        seats = stage.staff.bureau[bureau.agency.pk]
        own = [
            site
            for site in casting.sites
            if site.object.agency_id == bureau.agency.pk and site.object.credit_code
        ]
        if bureau.officers >= 1 and len(seats) >= 3 and len(own) >= 3:
            officers = [*seats[-bureau.officers :], seats[1]]
            return Crew(bureau, officers[0], officers[1], seats[0], own, stage)
    return None


def _site(crew: Crew, number: int) -> Site:
    return crew.sites[number % len(crew.sites)]


def _equipped(stage: Stage, casting: Casting, crew: Crew) -> Story:
    """Certificates, what papers say of the bureau, experts and what one was engaged for."""
    yield casting.moment(172)
    office, agency = stage.staff.office[0].actor(), crew.bureau.agency
    certify((crew.lead, crew.second), agency, office)
    name_organ(agency, office)
    today = clock.today()
    told = (
        ("expert", "方志安", "化工工艺安全", "高级工程师", 700),
        ("expert", "庄明", "电气安全", "注册安全工程师", 120),
        ("testing", "云湖特种设备检验中心", "锅炉、压力容器、电梯", "检验检测机构资质", 500),
        ("service", "松岭安全技术服务有限公司", "隐患排查、双重预防", "", 60),
    )
    rows = [
        advisors.register(
            advisors.Told(kind, name, field, today - 300 * DAY, today + days * DAY, paper), office
        )
        for kind, name, field, paper, days in told
    ]
    site = _site(crew, 1)
    asked = advisors.Asked(
        rows[0], agency, "诊断重点企业危险工艺", 1_200_000, today, today + 20 * DAY, site.object
    )  # fmt: skip
    work = advisors.engage(asked, office)
    yield casting.moment(158)
    found = [advisors.Found("反应釜区", "超温报警联锁未投用")]
    advisors.finish(
        work.pk, clock.today(), "完成诊断，提出整改建议 6 条，其中隐患 1 处", found, crew.head.actor()
    )


def _ordinary(casting: Casting, crew: Crew, mode: str, number: int) -> Story:
    """Every mode once: every third finds nothing, the others are put right in time."""
    one = Visit(crew, _site(crew, number), mode, number)
    yield casting.moment(150 - 9 * number)
    one.arrange()
    yield clock.now() + timedelta(hours=1)
    one.arrive()
    yield clock.now() + timedelta(hours=2)
    found = number % 3
    one.look(found, "measure" if number == 5 else "rectify")
    one.finish()
    if found:
        yield casting.moment(max(0, 150 - 9 * number - 12))
        one.recheck()


def _refused(casting: Casting, crew: Crew) -> Story:
    """The party would not sign; the witness is on every paper."""
    one = Visit(crew, _site(crew, 4), "four_no_two_straight", 20)
    yield casting.moment(40)
    one.arrange()
    one.arrive()
    one.look(1)
    one.finish(party_refused=True, refusal="不认可检查情况，拒绝签字", witness="村委会 田永")
    yield casting.moment(24)
    one.recheck()


def _unmet(casting: Casting, crew: Crew) -> Story:
    """Not put right by the day: rechecked, a new day, and the case that was proposed by itself."""
    one = Visit(crew, _site(crew, 6), "special_spot", 21)
    yield casting.moment(34)
    one.arrange()
    one.arrive()
    one.look(2)
    one.finish()
    yield casting.moment(18)
    one.recheck(unmet=1)


def _overdue(casting: Casting, crew: Crew) -> Story:
    """The day of the order has passed: the recheck has opened by itself and waits."""
    one = Visit(crew, _site(crew, 8), "open", 22)
    yield casting.moment(16)
    one.arrange()
    one.arrive()
    one.look(1, days=10)
    one.finish()


def _extended(casting: Casting, crew: Crew, agencies: Agencies) -> Story:
    """More time asked for and granted; what belongs to another department was handed to it."""
    other = next(one for one in agencies.bureaus if one is not crew.bureau)
    one = Visit(crew, _site(crew, 1), "open", 26)
    yield casting.moment(15)
    one.arrange()
    one.arrive()
    one.look(1, days=25)
    one.finish()
    said = inputs.Transfer(
        receiver=other.agency.pk, problem="厂区门前占道堆放影响通行",
        place=one.site.object.address or "厂区门前", materials="现场照片2张",
    )  # fmt: skip
    one.do("transfer_out", crew.lead, said)
    yield casting.moment(8)
    until = (one.row.deadline or clock.today()) + 10 * DAY
    asked = inputs.ExtensionAsked(
        until=until, reasons="配件供货延迟，无法按期更换。", safeguards="停用该设备，专人看守。"
    )
    one.do("ask_extension", crew.second, asked)
    yield casting.moment(7)
    one.do("grant_extension", crew.head, inputs.ExtensionReply(opinion="情况属实，措施可行，同意延期。"))


def _joint(casting: Casting, crew: Crew, agencies: Agencies) -> Story:
    """Two bureaus together, counted once."""
    other = next(one for one in agencies.bureaus if one is not crew.bureau)
    one = Visit(crew, _site(crew, 3), "comprehensive", 23)
    yield casting.moment(9)
    one.arrange(units=(other.agency.pk,))
    one.arrive()
    one.look(2)
    one.finish()


def _on_site_now(casting: Casting, crew: Crew) -> Story:
    """They are there at this very moment."""
    one = Visit(crew, _site(crew, 2), "open", 24)
    yield casting.moment(1)
    one.arrange()
    one.arrive()
    item = sheets.items_of(one.row)[0]
    one.do("tick", crew.lead, inputs.Tick(item=item.pk, outcome="pass"))


def _secret(casting: Casting, crew: Crew) -> Story:
    """Approved and not yet arrived: neither the enterprise nor its town may see it anywhere."""
    one = Visit(crew, _site(crew, 0), "covert", 25)
    yield casting.moment(1)
    one.arrange(planned_on=clock.today() + 2 * DAY)


def _town(stage: Stage, casting: Casting) -> Story:
    """A town inspects and reports hazards; documents are the department's."""
    seats = next(iter(stage.staff.town.values()))
    seat = seats[0]
    site = next(site for site in casting.sites if site.object.region_path.startswith(seat.post.region_path))
    yield casting.moment(6)
    act = Acting("inspection")
    said = inputs.Arrangement(
        object=site.object.uid, mode="open", nature="supervision", planned_on=clock.today(), content="宿舍、食堂用电用气",
        officers=seat.person.name, checklist="fire",
    )  # fmt: skip
    act.open("arrange", seat, said)
    act.do("arrive", seat, inputs.Arrival(place="宿舍区", shown=False))
    act.do("find", seat, inputs.Found(place="二楼宿舍", words="私拉电线给电动自行车充电"))
    act.do("pass_rest", seat, inputs.RestPassed(said=True))
    act.do("finish", seat, inputs.Ending(party_name="行政主管"))
