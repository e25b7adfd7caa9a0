"""Accidents of the demo: one reported late and under investigation, one whose numbers grew, one closed, one just called in,
and the warning of one elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import docx

from bihuan.capabilities.accidents import inputs, law
from bihuan.capabilities.accidents.lessons.inputs import Check, Issuing
from bihuan.capabilities.accidents.models import Accident, LessonCheck
from bihuan.capabilities.accidents.states import Condition
from bihuan.demo.agencies import Agencies
from bihuan.demo.campaigns import Acting
from bihuan.demo.casting import Casting
from bihuan.demo.objects import Site
from bihuan.demo.people import Seat
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import store_paper
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.territory.models import Sector

ACCIDENT = "accident"
LATE = timedelta(minutes=95)
"""Between the principal's knowledge and the report of the accident that is reported late."""


def accidents(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """Four, far enough apart that each is seen for itself, and a warning."""
    factory = next(site for site in casting.sites if site.object.uid in stage.staff.inside)
    builder = next(site for site in casting.sites if _sector_name(site) == "建筑施工")
    trader = next(site for site in casting.sites if site is not factory and _sector_name(site) == "工贸")
    yield _closed(stage, casting, trader)
    yield _late(stage, casting, factory)
    yield _growing(stage, casting)
    yield _called_in(stage, casting, builder)
    yield _warning(stage, casting, factory)


def _sector_name(site: Site) -> str:
    sector = site.object.sector
    return "" if sector is None else (sector.parent or sector).name


def _investigator(stage: Stage, site: Site) -> Seat:
    return stage.staff.bureau[site.object.agency_id or 0][0]


class _File(Acting):
    """One accident as it is handled."""

    @property
    def row(self) -> Accident:
        return Accident.objects.get(uid=self.uid)

    def type(self, name: str) -> str:
        """The code of a type in the edition of the day of the accident; the editions call some by other words."""
        return next(
            (kind.code for kind in law.kinds_on(self.row.occurred_on) if kind.name.startswith(name)),
            law.kinds_on(self.row.occurred_on)[-1].code,
        )

    def numbers(self, evidence: str, **changes: int) -> dict[str, Any]:
        row = self.row
        stands = {name: getattr(row, name) for name in ("deaths", "missing", "serious", "poisoned", "slight")}
        told = {"loss": row.loss_fen, "known_at": clock.now(), "evidence": evidence}
        return {**stands, **told, **changes}

    def paper(self, by: Seat, title: str, text: str) -> UUID:
        """A short paper of the file."""
        document = docx.Document()
        document.add_heading(title, 1)
        document.add_paragraph(text)
        held = io.BytesIO()
        document.save(held)
        return store_paper(self.uid, "papers", held.getvalue(), by.actor()).uid

    def onward(self, by: Seat, *addressees: str) -> None:
        for number, to in enumerate(addressees):
            sent = clock.now() - timedelta(minutes=20 - number)
            given = inputs.Sending(
                to=to,
                sent_at=sent,
                means="电话并值班系统",
                receiver="值班室",
                received_at=sent + timedelta(minutes=3),
            )
            self.do("send_onward", by, given)


def _authorisation(stage: Stage, number: int, level: str = "county") -> inputs.Authorisation:
    year = clock.today().year
    return inputs.Authorisation(
        level=level, document=f"云政安委〔{year}〕{number}号", leader=f"副区长{stage.staff.leaders[0].person.name}",
        members="区应急管理局、公安分局、人社局、总工会各一名；邀请区检察院派员参加", experts="李工，机械安全",
        authorised_on=clock.today(),
    )  # fmt: skip


def _late(stage: Stage, casting: Casting, site: Site) -> Story:
    """Told an hour and thirty-five minutes after the principal knew; the papers one unit owes do not come."""
    file, watch = _File(ACCIDENT), _investigator(stage, site)
    moment = casting.moment(24)
    yield moment
    occurred = clock.now() - LATE - timedelta(minutes=12)
    given = inputs.Receiving(
        object=site.object.uid, occurred_at=occurred, place="一车间 3 号生产线", serious=1, deaths=1, loss=85_000_000,
        summary="检修人员未断电上锁进入设备内部作业，设备被误启动，两人被卷入，其中一人经抢救无效死亡。",
        knew_at=clock.now() - LATE, knew_who="总经理", reported_at=clock.now(), time_evidence="120 出警记录、总经理通话清单、值班电话录音",
        measures="现场已停产封存，伤员送区人民医院。",
    )  # fmt: skip
    file.open("receive", watch, given)
    yield moment + timedelta(minutes=25)
    file.onward(watch, "government_office", "committee_office", "government", "city")
    called = clock.now() - timedelta(minutes=24)
    leader = f"副区长{stage.staff.leaders[0].person.name}"
    call = inputs.LeaderCall(leader=leader, called_at=called, replied_at=called + timedelta(minutes=2))
    file.do("call_leader", watch, call)
    yield moment + timedelta(minutes=70)
    file.do("leader_came", watch, inputs.LeaderCame(number=1, arrived_at=clock.now() - timedelta(minutes=20)))
    yield stage.at(moment, 1)
    numbers = file.numbers("区人民医院死亡医学证明、伤情诊断", loss=92_000_000)
    file.do("verify", watch, inputs.Verification(type=file.type("机械"), **numbers))
    yield stage.at(clock.now(), 1)
    file.do("authorise", stage.staff.leaders[0], _authorisation(stage, 7))
    yield stage.at(clock.now(), 1)
    day = clock.today()
    asked = (
        f"{site.object.name}；设备检修规程和上锁挂牌记录；{day + timedelta(days=5)}\n"
        f"{site.object.name}；三级安全教育档案；{day + timedelta(days=5)}\n区社保中心；参保名册；{day + timedelta(days=7)}"
    )
    file.do("request_documents", watch, inputs.Requests(documents=asked))
    yield stage.at(clock.now(), 5)
    answered = inputs.Answer(number=2, answered_on=clock.today(), words="已提供，缺 2 人")
    file.do("documents_answered", watch, answered)


def _growing(stage: Stage, casting: Casting) -> Story:
    """A crash on a county road: one of two missing is found dead, and the grade rises."""
    file, office = _File(ACCIDENT), stage.staff.office[0]
    town = casting.sites[0].town.region
    moment = casting.moment(9)
    yield moment
    road = Sector.objects.get(code="road_traffic")
    given = inputs.Receiving(
        unit="外地牌照重型货车（无登记单位）", region=town.pk, sector=road.pk, place="县道 17 号临河弯道",
        occurred_at=clock.now() - timedelta(minutes=50), deaths=2, missing=1, serious=2, loss=46_000_000,
        summary="重型货车与面包车相撞，两车坠入路侧河道，二人当场死亡，一人落水失踪。", knew_at=clock.now() - timedelta(minutes=40),
        knew_who="承运车队负责人", reported_at=clock.now(), time_evidence="110 接处警单",
    )  # fmt: skip
    file.open("receive", office, given)
    yield moment + timedelta(minutes=30)
    file.onward(office, "government_office", "committee_office", "city")
    yield stage.at(moment, 1)
    numbers = file.numbers("交警现场勘查笔录")
    file.do("verify", office, inputs.Verification(type=file.type("道路"), **numbers))
    yield stage.at(clock.now(), 2)
    found = file.numbers("打捞确认，公安机关死亡证明", deaths=3, missing=0)
    file.do("further_report", office, inputs.FurtherReport(cause="follow_up", **found))


def _called_in(stage: Stage, casting: Casting, site: Site) -> Story:
    """This week's: nobody has established yet when the project's manager knew."""
    watch = stage.staff.town[site.town.region.path][0]
    yield casting.moment(1)
    given = inputs.Receiving(
        object=site.object.uid, occurred_at=clock.now() - timedelta(minutes=35), place="2 号楼东侧外架", serious=1,
        summary="外架拆除时一名工人从二层坠落，已送医。", reported_at=clock.now(), time_evidence="项目部来电",
    )  # fmt: skip
    _File(ACCIDENT).open("receive", watch, given)


def _warning(stage: Stage, casting: Casting, factory: Site) -> Story:
    """An accident elsewhere: the factory's town looks at all alike, some have confirmed, one has a problem."""
    acting, office = Acting("lesson"), stage.staff.office[0]
    town = factory.town
    yield casting.moment(12)
    given = Issuing(
        title="外省某机械厂受限空间中毒窒息 4 人死亡", occurred_on=clock.today() - timedelta(days=2), place="外省某县工业园",
        kind="中毒窒息", deaths=4, lesson="清理污水池未检测气体、未专人监护，盲目施救致伤亡扩大。",
        requirement="一查受限空间台账，二查检测和监护，三查应急器材和演练。",
        sectors=(Sector.objects.get(code="industry_trade").pk,), towns=(town.region.pk,), channel="企业微信群、书面通报",
        check_by=clock.today() + timedelta(days=25),
    )  # fmt: skip
    acting.open("issue", office, given)
    yield casting.moment(10)
    listed = set(LessonCheck.objects.filter(lesson=acting.uid).values_list("object", flat=True))
    for object, seats in stage.staff.inside.items():
        if object in listed:
            acting.do("confirm_receipt", seats[0], Nothing())
    yield casting.moment(6)
    clerk = stage.staff.town[town.region.path][0]
    for number, object in enumerate(sorted(listed, key=str)[:4]):
        said = (
            "污水池无警示标志，未配气体检测仪，已责令停止清理作业。"
            if number == 1
            else "受限空间已上锁，台账和器材齐全。"
        )
        check = Check(object=object, checked_on=clock.today(), problem=number == 1, finding=said)
        acting.do("record_check", clerk, check)


def _closed(stage: Stage, casting: Casting, site: Site) -> Story:
    """From the call to the closed file, with the evidence of all four conditions."""
    file, watch, leader = _File(ACCIDENT), _investigator(stage, site), stage.staff.leaders[0]
    office = stage.staff.office
    moment = casting.moment(150)
    yield moment
    given = inputs.Receiving(
        object=site.object.uid, occurred_at=clock.now() - timedelta(minutes=70), place="成品库装卸平台", deaths=1, loss=130_000_000,
        summary="叉车转弯时货物滑落，砸中作业人员，经抢救无效死亡。", knew_at=clock.now() - timedelta(minutes=50),
        knew_who="生产副总", reported_at=clock.now(), time_evidence="值班电话记录",
    )  # fmt: skip
    file.open("receive", watch, given)
    yield moment + timedelta(minutes=30)
    file.onward(
        watch, "government_office", "committee_office", "government", "city", "public_security", "trade_union"
    )
    yield stage.at(moment, 1)
    file.do(
        "verify",
        watch,
        inputs.Verification(type=file.type("车辆"), **file.numbers("死亡医学证明、损失初步评估")),
    )
    yield stage.at(clock.now(), 2)
    file.do("authorise", leader, _authorisation(stage, 3))
    yield stage.at(clock.now(), 30)
    loss = file.numbers("直接经济损失评估报告", loss=146_500_000)
    file.do("further_report", watch, inputs.FurtherReport(cause="loss", **loss))
    yield stage.at(clock.now(), 5)
    _reported(file, watch, site)
    yield stage.at(clock.now(), 8)
    reply = inputs.Reply(
        replied_on=clock.today(),
        document=f"云政复〔{clock.today().year}〕11号",
        opinion="同意调查报告的认定和处理建议。",
    )
    file.do("reply", leader, reply)
    yield stage.at(clock.now(), 25)
    _settled(file, watch)
    yield stage.at(clock.now(), 6)
    given_back = inputs.Evaluation(
        evaluated_on=clock.today(),
        conclusion="两项防范措施均已落实，处理决定执行完毕。",
        published_on=clock.today(),
    )
    file.do("evaluate", office[0], given_back)
    yield stage.at(clock.now(), 3)
    file.do(
        "close", office[0], inputs.Closing(closed_on=clock.today(), opinion="四不放过落实到位，同意结案。")
    )


def _reported(file: _File, by: Seat, site: Site) -> None:
    due = clock.today() + timedelta(days=30)
    given = inputs.Report(
        nature="liable", direct_cause="叉车超高载货且未固定，转弯时货物失稳滑落。",
        indirect_cause="装卸区人车未分流；叉车司机无证上岗；日常检查流于形式。",
        liability="企业对事故发生负有责任；主要负责人未履行安全生产管理职责。",
        sanctions=f"{site.object.name}；行政处罚；建议罚款六十万元；{due}\n企业主要负责人；行政处罚；建议处上年收入百分之四十罚款；{due}",
        recommendations=f"{site.object.name}；装卸区人车分流并划线；{due}\n{site.object.name}；叉车司机全员持证复核；{due}",
        submitted_on=clock.today(), papers=(file.paper(by, "事故调查报告", "经过、原因、责任认定和防范措施。"),),
    )  # fmt: skip
    file.do("submit_report", by, given)


def _settled(file: _File, by: Seat) -> None:
    """Measures and sanctions carried out, what lay before judged, each condition proven by a paper of its own."""
    for verb in ("execute_recommendation", "execute_sanction"):
        for number in (1, 2):
            said = "现场复核已完成" if verb == "execute_recommendation" else "罚款已缴清，缴款书附卷"
            given = inputs.Execution(number=number, executed_on=clock.today(), words=said)
            file.do(verb, by, given)
    for number in range(1, len(file.row.reviews) + 1):
        decided = inputs.Review(number=number, decision="blameless", opinion="与事故原因无关，按期办结")
        file.do("review", by, decided)
    for condition in Condition:
        paper = file.paper(by, condition.label, "证据材料。")
        given_proof = inputs.Proof(condition=condition.value, words="已落实，材料附卷", papers=(paper,))
        file.do("prove", by, given_proof)
