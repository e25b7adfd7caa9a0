"""Cases of the demo: one in every stage, one whole to the archive, one with a hearing, one paid late, one on the spot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bihuan.capabilities.enforcement.inputs import deciding, executing, filing, investigation
from bihuan.capabilities.enforcement.models import Case
from bihuan.demo.agencies import Agencies, Bureau
from bihuan.demo.campaigns import Acting
from bihuan.demo.case_signing import sign_papers
from bihuan.demo.casting import Casting
from bihuan.demo.objects import Site
from bihuan.demo.organs import certify, name_organ
from bihuan.demo.people import Seat
from bihuan.demo.places import NAME
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.calendar import is_working_day
from bihuan.kernel.loops.declaration import Nothing

TRAINING = (
    "wsl-97-e-first",
    "未如实记录安全生产教育和培训情况",
    "新入厂工人三级安全教育记录为事后补造。",
    "《安全生产法》第二十八条第四款",
)
GUARD = (
    "wsl-99-e-first",
    "安全设备未进行经常性维护、保养",
    "冲床光电保护装置失效，维护保养记录缺失。",
    "《安全生产法》第三十六条第二款",
)
RISK = (
    "wsl-101-e-first",
    "未建立安全风险分级管控制度",
    "未开展风险辨识，没有风险分级管控清单。",
    "《安全生产法》第四十一条第一款",
)
EXIT = (
    "wsl-105-e-first",
    "疏散通道占用锁闭",
    "二层仓库疏散门上锁，通道堆放货物。",
    "《安全生产法》第四十二条第二款",
)
DAY = timedelta(days=1)
ASKED = {
    "preserve": "证据可能灭失，建议先行登记保存。", "extend": "案情复杂，建议延长办案期限。",
    "transfer": "案件不属于本机关处理范围，建议移送。", "defer": "当事人申请属实，建议准予分期缴纳。",
    "conclude": "处理决定已执行完毕，案卷材料齐全，建议结案。",
}  # fmt: skip
"""What the investigator writes on the head's form (提请审批)."""


@dataclass
class Troupe:
    """Who plays in a case: two officers, the head, the reviewer; and the enterprises, one a case."""

    bureau: Bureau
    office: Seat
    lead: Seat
    second: Seat
    head: Seat
    lawyer: Seat
    reviewer: Seat | None
    sites: list[Site]
    colleagues: list[Seat]

    def site(self) -> Site:
        return self.sites.pop(0) if len(self.sites) > 1 else self.sites[0]


def cases(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """The stories; nothing where no bureau has officers enough."""
    from bihuan.demo.case_papers import case_papers

    troupe = _troupe(stage, casting, agencies)
    if troupe is None:
        return
    yield _equipped(casting, troupe)
    yield _whole(casting, troupe)
    yield _hearing(casting, troupe)
    yield _late(casting, troupe)
    yield _on_the_spot(casting, troupe)
    for number, upto in enumerate(
        ("file", "approve_opening", "conclude_investigation", "notify", "decide", "transfer")
    ):
        yield _until(casting, troupe, (TRAINING, GUARD, RISK, EXIT)[number % 4], upto, 12 + 3 * number)
    yield from case_papers(casting, troupe)


def _troupe(stage: Stage, casting: Casting, agencies: Agencies) -> Troupe | None:
    bureaus = [one for one in agencies.bureaus if one.officers >= 2] or [
        one for one in agencies.bureaus if one.officers
    ]
    bureau = next((one for one in bureaus if "应急" in one.agency.name), next(iter(bureaus), None))
    seats = stage.staff.bureau[bureau.agency.pk] if bureau else []
    own = [
        site
        for site in casting.sites
        if bureau and site.object.agency_id == bureau.agency.pk and site.object.credit_code
    ]
    if bureau is None or len(seats) < 4 or not own:
        return None
    officers = [*seats[3:], seats[2]]
    lawyer = seats[1]
    return Troupe(
        bureau,
        stage.staff.office[0],
        officers[0],
        officers[1],
        seats[0],
        lawyer,
        next(iter(officers[2:]), None),
        own[:14],
        [officers[0], officers[1], *seats],
    )


def _equipped(casting: Casting, troupe: Troupe) -> Story:
    """Certificates and what papers say of the bureau, before anything else."""
    yield casting.moment(170)
    office, agency = troupe.office.actor(), troupe.bureau.agency
    certify((troupe.lead, troupe.second, troupe.head, troupe.lawyer), agency, office)
    name_organ(agency, office)


@dataclass
class Play:
    """One case being acted, deed by deed."""

    troupe: Troupe
    acting: Acting
    site: Site
    kind: tuple[str, str, str, str]

    @property
    def case(self) -> Case:
        return Case.objects.get(uid=self.acting.uid)

    def file(self, **more: Any) -> None:
        _, cause, brief, _ = self.kind
        given = filing.Filing(
            object=self.site.object.uid, source=more.pop("source", "inspection"), cause=cause, brief=f"检查发现：{brief}",
            acted_on=clock.today() - 3 * DAY, second=self.troupe.second.person.pk, **more,
        )  # fmt: skip
        self.acting.open("file", self.troupe.lead, given)

    def do(self, deed: str, by: Seat, given: Any = None) -> None:
        if deed in ASKED and deed not in self.case.review.get("asked", {}):
            self.acting.do("ask", self.troupe.lead, filing.Asking(what=deed, words=ASKED[deed]))
        self.acting.do(deed, by, Nothing() if given is None else given)

    def approve_opening(self) -> None:
        self.do("approve_opening", self.troupe.head, filing.Approval(opinion="同意立案。"))

    def investigate(self, **more: Any) -> None:
        clause, _, facts, violated = self.kind
        now = clock.now()
        talk = investigation.Interview(
            started_at=now - timedelta(minutes=50), ended_at=now, place=f"{self.troupe.bureau.agency.name}询问室",
            person=self.case.principal or "安全管理员", recorder=self.troupe.second.person.name,
            dialogue=f"问：检查发现的情况是否属实？\n答：属实，{facts}\n问：什么时候整改？\n答：已经安排整改，下周完成。",
        )  # fmt: skip
        self.do("record_interview", self.troupe.lead, talk)
        evidence = "现场检查记录\n询问笔录\n现场照片4张"
        given = investigation.Assessment(
            clause=clause, facts=facts, violated=violated, evidence=evidence, **more
        )
        self.do("assess_violation", self.troupe.lead, given)

    def conclude_investigation(self) -> None:
        words = "违法事实清楚，证据确实充分，建议给予行政处罚。"
        self.do(
            "conclude_investigation", self.troupe.lead,
            investigation.Closing(course="立案后开展询问、调取资料、现场核实。", finding=words),
        )  # fmt: skip

    def propose(self, **more: Any) -> None:
        self.do("propose", self.troupe.lead, deciding.Proposal(proposal="建议依法给予行政处罚。", **more))
        looked = deciding.ProposalReview(agreed=True, opinion="事实清楚、证据充分、适用依据正确，同意报批。")
        self.do("review_proposal", self.troupe.lawyer, looked)
        self.do("approve_proposal", self.troupe.head, filing.Approval())

    def notify(self) -> None:
        self.do("notify", self.troupe.lead)
        self.do("serve_notice", self.troupe.lead, self.service())

    def service(self) -> deciding.Service:
        case = self.case
        return deciding.Service(
            served_on=clock.today(),
            place=case.party_address or "当事人住所",
            receiver=case.principal or "安全管理员",
        )

    def waive(self) -> None:
        self.do("waive", self.troupe.lead, deciding.Waiver(told_on=clock.today()))

    def discuss(self) -> None:
        now = clock.now()
        head, lawyer = self.troupe.head.person.name, self.troupe.lawyer.person.name
        talk = deciding.Discussion(
            started_at=now - timedelta(minutes=40), ended_at=now, place="三楼会议室", host=head,
            reporter=self.troupe.lead.person.name, recorder=lawyer,
            attendees=f"{head}｜负责人\n{lawyer}｜法制审核\n{self.troupe.second.person.name}｜执法人员",
            discussion="对违法事实、证据、依据和裁量逐项讨论。", conclusion="同意拟处罚意见。",
        )  # fmt: skip
        self.do("discuss", self.troupe.head, talk)

    def judge(self) -> None:
        if self.case.proposal["fine"] >= 5_000_000 or self.case.hearing:
            self.do(
                "legal_review", self.troupe.lawyer,
                deciding.LegalReview(
                    situation="hearing" if self.case.hearing else "own", passed=True, opinion="程序合法，适用依据正确，裁量适当。",
                ),
            )  # fmt: skip
            self.discuss()
        ticked: dict[str, Any] = {
            kind: True for kind in self.case.proposal["measures"] if kind != "confiscation"
        }
        words = "事实清楚、证据充分，按裁量基准在建议档次内处罚。"
        given = deciding.Decision(fine=self.case.proposal["fine"] or None, discretion=words, **ticked)
        self.do("decide", self.troupe.head, given)

    def serve(self) -> None:
        self.do("serve", self.troupe.lead, self.service())

    def publish(self) -> None:
        given = executing.Publication(published_on=clock.today(), where=f"{NAME}人民政府网站")
        self.do("publish", self.troupe.second, given)

    def pay(self, amount: int | None = None, what: str = "fine") -> None:
        given = executing.Payment(
            paid_on=clock.today(),
            amount=self.case.fine_fen if amount is None else amount,
            what=what,
            receipt="鲁罚2026-00731",
        )
        self.do("pay", self.troupe.second, given)

    def signed(self) -> None:
        """Every hand the file still waits for."""
        case = self.case
        sign_papers([case.uid, *case.linked], self.troupe.colleagues)

    def finish(self) -> None:
        self.signed()
        self.do("conclude", self.troupe.head, executing.Conclusion(execution="罚款已缴清，违法行为已改正。"))


def _play(troupe: Troupe, kind: tuple[str, str, str, str]) -> Play:
    return Play(troupe, Acting("case"), troupe.site(), kind)


def _whole(casting: Casting, troupe: Troupe) -> Story:
    """From an inspection, where there is one, to the archive."""
    play = _play(troupe, TRAINING)
    yield casting.moment(120)
    play.file(origin=_inspected(troupe))
    yield casting.moment(119)
    play.approve_opening()
    yield casting.moment(115)
    play.investigate(lighter="corrected")
    play.conclude_investigation()
    yield casting.moment(110)
    play.propose(warning=True)
    yield casting.moment(109)
    play.notify()
    yield casting.moment(108)
    play.waive()
    play.judge()
    yield casting.moment(106)
    play.serve()
    play.publish()
    yield casting.moment(98)
    play.pay()
    yield casting.moment(95)
    play.finish()
    play.do("archive", troupe.lead, executing.Archiving())


def _inspected(troupe: Troupe) -> str:
    """The latest finished inspection of the bureau by then; its documents belong into the file."""
    from bihuan.capabilities.inspections.models import Inspection

    rows = Inspection.objects.filter(agency=troupe.bureau.agency, finished_on__lte=clock.today())
    return rows.order_by("-finished_on").values_list("no", flat=True).first() or ""


def _hearing(casting: Casting, troupe: Troupe) -> Story:
    """A fine above the threshold, a hearing asked for in time, review and discussion after it."""
    play = _play(troupe, RISK)
    yield casting.moment(80)
    play.file()
    play.approve_opening()
    yield casting.moment(74)
    play.investigate(heavier="refused")
    play.conclude_investigation()
    play.propose(suspension=True, complex=True)
    yield casting.moment(72)
    play.notify()
    yield casting.moment(70)
    request = deciding.HearingRequest(requested_on=clock.today(), words="认为罚款数额过高，要求听证。")
    play.do("request_hearing", troupe.second, request)
    day = _after(clock.today(), 9)
    play.do("call_hearing", troupe.lawyer, _called(troupe, day))
    play.do("serve_hearing_notice", troupe.lead, play.service())
    yield casting.moment((casting.today - day).days)
    now = clock.now()
    report = deciding.HearingReport(
        started_at=now - timedelta(hours=2), ended_at=now, applicant=play.case.party, agents="",
        course="主持人核对到会人员、告知权利，当事人未申请回避；双方举证、质证、辩论后作最后陈述。",
        investigators_said="陈述违法事实、证据和处罚建议。",
        defence="对事实没有异议，请求从轻。", last_words="请求从轻处罚。", opinion="违法事实成立，裁量适当，建议维持。",
    )  # fmt: skip
    play.do("conclude_hearing", troupe.lawyer, report)
    play.do("review_hearing", troupe.head, deciding.HearingReview(opinion="同意主持人意见。"))
    yield casting.moment((casting.today - day).days - 3)
    _review_after(play, troupe)
    if troupe.reviewer is None:
        return
    yield casting.moment((casting.today - day).days - 5)
    play.serve()
    play.publish()


def _review_after(play: Play, troupe: Troupe) -> None:
    """Who presided does not review: another of the bureau does, or the case waits for one."""
    if troupe.reviewer is None:
        return
    presider, troupe.lawyer = troupe.lawyer, troupe.reviewer
    play.judge()
    troupe.lawyer = presider


def _called(troupe: Troupe, day: date) -> deciding.HearingCall:
    moment = datetime(day.year, day.month, day.day, 9, 0, tzinfo=clock.SHANGHAI)
    return deciding.HearingCall(
        hearing_at=moment, place="二楼听证室", public="公开", presider=troupe.lawyer.person.pk,
        recorder=troupe.second.person.name,
    )  # fmt: skip


def _after(day: date, count: int) -> date:
    """So many working days after a day."""
    while count:
        day += DAY
        count -= is_working_day(day)
    return day


def _late(casting: Casting, troupe: Troupe) -> Story:
    """Unpaid when it fell due: pressed, paid late with the additional fine, concluded."""
    play = _play(troupe, GUARD)
    yield casting.moment(100)
    play.file()
    play.approve_opening()
    yield casting.moment(96)
    play.investigate()
    play.conclude_investigation()
    play.propose(exposure=True)
    yield casting.moment(94)
    play.notify()
    yield casting.moment(93)
    play.waive()
    play.judge()
    yield casting.moment(91)
    play.serve()
    play.publish()
    yield casting.moment(70)
    play.do("press", troupe.lead, executing.Press())
    yield casting.moment(62)
    play.pay()
    play.do("add_fine", troupe.head, executing.AdditionalFine(until=clock.today()))
    yield casting.moment(58)
    play.pay(play.case.additional_fen, "additional")
    done = executing.Execution(kind="exposure", done_on=clock.today(), words="在区政府网站公开曝光")
    play.do("carry_out", troupe.second, done)
    yield casting.moment(55)
    play.finish()


def _on_the_spot(casting: Casting, troupe: Troupe) -> Story:
    """简易程序: decided, served and paid within a day."""
    play = _play(troupe, GUARD)
    yield casting.moment(40)
    clause, cause, facts, violated = play.kind
    given = filing.OnTheSpot(
        object=play.site.object.uid, clause=clause, cause=cause, facts=facts, violated=violated, evidence="现场照片2张",
        fine=200_000, place="冲压车间", second=troupe.second.person.pk,
    )  # fmt: skip
    play.acting.open("punish_on_the_spot", troupe.lead, given)
    yield casting.moment(36)
    play.publish()
    play.pay()
    yield casting.moment(33)
    play.finish()
    play.do("archive", troupe.lead, executing.Archiving(retention="10年"))


def _until(casting: Casting, troupe: Troupe, kind: tuple[str, str, str, str], upto: str, ago: int) -> Story:
    """A case that stands where it stands today."""
    play = _play(troupe, kind)
    yield casting.moment(ago)
    play.file(source="tip_off" if upto == "file" else "inspection")
    if upto == "file":
        return
    play.approve_opening()
    yield casting.moment(ago - 3)
    if upto == "approve_opening":
        return
    play.investigate()
    if upto == "transfer":
        _referred(play, troupe)
        return
    play.conclude_investigation()
    if upto == "conclude_investigation":
        return
    play.propose()
    yield casting.moment(ago - 5)
    play.notify()
    if upto == "notify":
        return
    yield casting.moment(ago - 7)
    play.waive()
    play.judge()


def _referred(play: Play, troupe: Troupe) -> None:
    given = deciding.Transfer(
        kind="crime", receiver=f"{NAME}公安分局", reasons="当事人拒不执行停产决定，具有发生重大伤亡事故的现实危险，涉嫌危险作业罪。",
        basis="《行政处罚法》第二十七条；《刑法》第一百三十四条之一", materials="现场检查记录\n询问笔录\n现场照片",
    )  # fmt: skip
    play.do("transfer", troupe.head, given)
    play.do(
        "acknowledge", troupe.second, deciding.Receipt(received_on=clock.today(), receiver="治安大队值班民警")
    )
