"""A case of the demo as it is acted: who plays in it, what was found, and every deed with plausible words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bihuan.capabilities.enforcement.inputs import deciding, executing, filing, investigation
from bihuan.capabilities.enforcement.models import Case
from bihuan.demo.agencies import Bureau
from bihuan.demo.campaigns import Acting
from bihuan.demo.case_signing import sign_papers
from bihuan.demo.objects import Site
from bihuan.demo.people import Seat
from bihuan.demo.places import NAME
from bihuan.kernel import clock
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


def play_of(troupe: Troupe, kind: tuple[str, str, str, str]) -> Play:
    return Play(troupe, Acting("case"), troupe.site(), kind)
