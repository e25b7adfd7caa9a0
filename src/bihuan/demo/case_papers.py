"""Cases of the demo whose papers the others have no need of: evidence kept and tested, persons, no penalty, the court."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bihuan.capabilities.enforcement import papers
from bihuan.capabilities.enforcement.inputs import deciding, executing, filing, investigation
from bihuan.demo.case_acting import DAY, EXIT, GUARD, TRAINING, Play, Troupe, play_of
from bihuan.demo.casting import Casting
from bihuan.demo.places import NAME
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.registers.instruments import issuing

DUTY = (
    "wsl-94-p-first", "未履行主要负责人安全生产管理职责", "未组织制定并实施本单位安全生产教育和培训计划。",
    "《安全生产法》第二十一条第三项",
)  # fmt: skip
SHARED = (
    "wsl-104-p-first", "未签订安全生产管理协议", "两家单位在同一作业区域施工，未签订安全生产管理协议。",
    "《安全生产法》第四十八条",
)  # fmt: skip
VALVE = "安全阀｜A42Y-16C｜2｜只"


def case_papers(casting: Casting, troupe: Troupe) -> Iterator[Story]:
    """The stories, each with its own enterprise as far as there are any."""
    yield _contested(casting, troupe)
    yield _manager(casting, troupe)
    yield _fined_person(casting, troupe)
    yield _spared(casting, troupe)
    yield _withdrawn(casting, troupe)
    yield _overturned(casting, troupe)
    yield _redone(casting, troupe)


def _contested(casting: Casting, troupe: Troupe) -> Story:
    """Evidence kept, sampled and tested; the party speaks, does not correct, loses its review and does not pay."""
    play = play_of(troupe, GUARD)
    yield casting.moment(165)
    play.file()
    play.approve_opening()
    _summoned(play)
    yield casting.moment(163)
    _looked_at(play)
    yield casting.moment(160)
    disposal = investigation.PreservationDisposal(disposal="鉴定后返还当事人")
    play.do("dispose_preserved", troupe.head, disposal)
    tested = investigation.Appraisal(
        institution="省特种设备检验研究院", subject="安全阀性能", goods=VALVE, requirement="是否符合国家标准",
        due_on=clock.today() + 20 * DAY,
    )  # fmt: skip
    play.do("appraise", troupe.lead, tested)
    yield casting.moment(140)
    play.investigate()
    more = investigation.Extension(days=20, reason="等待鉴定意见，案情复杂。")
    asked = filing.Asking(what="extend", words="鉴定意见预计还需二十日，提请延长办案期限。")
    play.do("ask", troupe.lead, asked)
    play.do("extend", troupe.head, more)
    play.conclude_investigation()
    play.propose()
    yield casting.moment(138)
    play.notify()
    yield casting.moment(136)
    now = clock.now()
    said = deciding.Statement(
        started_at=now - timedelta(minutes=30), place="询问室", person=play.case.principal or "安全管理员",
        recorder=troupe.second.person.name, statement="已经购置光电保护装置，请求从轻处罚。", adopted=False,
        answer="整改尚未完成，已按一般档次处罚，不予采纳。",
    )  # fmt: skip
    play.do("hear_statement", troupe.lead, said)
    yield casting.moment(122)
    play.judge()
    yield casting.moment(120)
    play.serve()
    play.publish()
    yield from _unpaid(casting, play)


def _summoned(play: Play) -> None:
    """询问通知书, written on its own page."""
    case, by = play.case, play.troupe.lead.actor()
    facts: dict[str, Any] = {
        **papers.common(case), "person": case.principal or case.party, "subject": case.cause,
        "interview_at": clock.now() + 2 * DAY, "place": f"{play.troupe.bureau.agency.name}询问室",
        "materials": ["身份证件", "设备维护保养记录"],
    }  # fmt: skip
    issuing.issue("interview_notice", case, facts, on=clock.today(), actor=by, organ=case.agency)


def _looked_at(play: Play) -> None:
    """On the spot: what was seen, a sample taken, and two valves kept as evidence."""
    troupe, now = play.troupe, clock.now()
    seen = investigation.Scene(
        started_at=now - timedelta(hours=1), ended_at=now, place="冲压车间", subject="冲床保护装置", invited="车间主任",
        scene="冲床光电保护装置未接线，两只安全阀铅封缺失。",
    )  # fmt: skip
    play.do("examine_scene", troupe.lead, seen)
    sample = {
        "name": "液压油",
        "model": "L-HM46",
        "quantity": "1瓶",
        "batch": "20260301",
        "condition": "常温避光",
    }
    facts = {
        **papers.common(play.case), "sampled_at": now, "place": "冲压车间", "samples": [sample], "method": "随机抽取",
    }  # fmt: skip
    case = play.case
    issuing.issue(
        "sampling_receipt", case, facts, on=clock.today(), actor=troupe.lead.actor(), organ=case.agency
    )
    kept = investigation.Preservation(
        goods=VALVE, reasons="安全阀可能被更换，以后难以取得。", storage="就地封存，由当事人保管"
    )
    play.do("preserve", troupe.head, kept)


def _unpaid(casting: Casting, play: Play) -> Story:
    """按日连续处罚 told beforehand, a review that upholds the decision, demand, and the application to the court."""
    troupe = play.troupe
    yield casting.moment(104)
    again = executing.DailyPenalty(
        order_number=f"（{NAME.removesuffix('区')}）应急责改〔{clock.today().year}〕1号", ordered_on=clock.today() - 5 * DAY,
        rechecked_on=clock.today(), refusal="复查时冲床光电保护装置仍未接线，继续开机生产。",
    )  # fmt: skip
    play.do("announce_daily", troupe.lead, again)
    play.do("serve_notice", troupe.lead, play.service())
    play.waive()
    play.discuss()
    yield casting.moment(102)
    play.do("punish_daily", troupe.head, executing.DailyDecision())
    play.do("serve_daily", troupe.lead, play.service())
    play.publish()
    begun = executing.Remedy(kind="reconsideration", begun_on=clock.today(), organ=f"{NAME}人民政府")
    play.do("begin_remedy", troupe.second, begun)
    yield casting.moment(60)
    ended = executing.RemedyResult(ended_on=clock.today(), result="upheld", words="维持原行政处罚决定")
    play.do("end_remedy", troupe.second, ended)
    yield casting.moment(58)
    play.do("demand", troupe.lead)
    play.do("serve_demand", troupe.lead, play.service())
    yield casting.moment(38)
    asked = executing.CourtApplication(court=f"{NAME}人民法院", applied_on=clock.today())
    play.do("apply_court", troupe.head, asked)


def _manager(casting: Casting, troupe: Troupe) -> Story:
    """A principal is fined as a person and pays in two parts."""
    play = play_of(troupe, DUTY)
    yield casting.moment(66)
    play.file(
        party_kind="person", party="周德海", party_code="370400197103050019", party_address=f"{NAME}府前路3号"
    )
    play.approve_opening()
    yield casting.moment(62)
    play.investigate()
    play.conclude_investigation()
    play.propose()
    yield casting.moment(60)
    play.notify()
    yield casting.moment(59)
    play.waive()
    play.judge()
    yield casting.moment(56)
    play.serve()
    play.publish()
    yield casting.moment(48)
    half = play.case.fine_fen // 200
    days = clock.today() + 30 * DAY, clock.today() + 60 * DAY
    rest = play.case.fine_fen // 100 - half
    plan = f"{days[0]}｜{half}\n{days[1]}｜{rest}"
    given = executing.Deferral(instalments=plan, reasons="家庭困难，申请分两期缴纳。")
    play.do("defer", troupe.head, given)
    yield casting.moment(20)
    play.pay(half * 100)


def _fined_person(casting: Casting, troupe: Troupe) -> Story:
    """A foreman is fined two hundred yuan where he stands."""
    play = play_of(troupe, SHARED)
    yield casting.moment(31)
    clause, cause, facts, violated = play.kind
    given = filing.OnTheSpot(
        object=play.site.object.uid, party_kind="person", party="吴长河", clause=clause, cause=cause, facts=facts,
        violated=violated, evidence="现场照片2张", fine=20_000, place="二号厂房", second=troupe.second.person.pk,
    )  # fmt: skip
    play.acting.open("punish_on_the_spot", troupe.lead, given)
    yield casting.moment(29)
    play.publish()
    play.pay()


def _spared(casting: Casting, troupe: Troupe) -> Story:
    """首违不罚: corrected at once, no harm; educated, served, and in the archive."""
    play = play_of(troupe, TRAINING)
    yield casting.moment(52)
    play.file()
    play.approve_opening()
    yield casting.moment(49)
    play.investigate(lighter="corrected")
    play.conclude_investigation()
    given = deciding.NoPenalty(
        ground="first", reasons="初次违法，检查当日即补齐培训记录，没有造成危害后果。",
        education="组织主要负责人和安全管理人员学习《安全生产法》。",
    )  # fmt: skip
    play.do("decide_no_penalty", troupe.head, given)
    yield casting.moment(46)
    play.serve()
    yield casting.moment(44)
    play.signed()
    asked = filing.Asking(what="conclude", words="不予处罚决定书已送达，教育已完成，提请结案。")
    play.do("ask", troupe.lead, asked)
    play.do("conclude", troupe.head, executing.Conclusion(execution="不予处罚决定书已送达，教育已完成。"))
    play.do("archive", troupe.lead, executing.Archiving(retention="10年"))


def _withdrawn(casting: Casting, troupe: Troupe) -> Story:
    """The facts did not hold: withdrawn with its record, and archived."""
    play = play_of(troupe, EXIT)
    yield casting.moment(26)
    play.file()
    play.approve_opening()
    yield casting.moment(22)
    reason = filing.Reason(reason="经查，该仓库由另一单位承租使用，当事人不是违法主体。")
    play.do("withdraw", troupe.head, reason)
    play.signed()
    play.do("archive", troupe.lead, executing.Archiving(retention="10年"))


def _overturned(casting: Casting, troupe: Troupe) -> Story:
    """Paid and in the archive, then lowered by a review: paid back, taken down, published anew, bound in a further volume."""
    play = play_of(troupe, TRAINING)
    yield casting.moment(130)
    play.file()
    play.approve_opening()
    yield casting.moment(127)
    play.investigate()
    play.conclude_investigation()
    play.propose()
    play.notify()
    yield casting.moment(126)
    play.waive()
    play.judge()
    play.serve()
    play.publish()
    yield casting.moment(116)
    play.pay()
    play.finish()
    play.do("archive", troupe.lead, executing.Archiving())
    yield casting.moment(88)
    begun = executing.Remedy(kind="reconsideration", begun_on=clock.today(), organ=f"{NAME}人民政府")
    play.do("begin_remedy", troupe.second, begun)
    yield casting.moment(50)
    fine = play.case.fine_fen // 2
    ended = executing.RemedyResult(
        ended_on=clock.today(), result="changed", fine=fine, number=f"云政复决〔{clock.today().year}〕7号",
        words="裁量未考虑及时改正的情节，变更罚款数额。",
    )  # fmt: skip
    play.do("end_remedy", troupe.second, ended)
    withdrawn = executing.Withdrawal(withdrawn_on=clock.today(), reason="复议决定变更罚款数额")
    play.do("unpublish", troupe.second, withdrawn)
    play.publish()
    play.do("approve_refund", troupe.head, executing.RefundApproval())
    yield casting.moment(46)
    back = executing.Refund(
        paid_on=clock.today(), amount=play.case.refunds[0]["fen"], interest=3_260, receipt="退库2026-0012"
    )
    play.do("pay_back", troupe.second, back)
    play.signed()
    play.do("supplement", troupe.lead, executing.Archiving())


def _redone(casting: Casting, troupe: Troupe) -> Story:
    """Spared, and the court found the facts wanting: revoked, to be decided anew; investigated again, the review is next."""
    play = play_of(troupe, GUARD)
    yield casting.moment(96)
    play.file()
    play.approve_opening()
    yield casting.moment(93)
    play.investigate(lighter="corrected")
    play.conclude_investigation()
    given = deciding.NoPenalty(ground="minor", reasons="违法行为轻微并及时改正，没有造成危害后果。")
    play.do("decide_no_penalty", troupe.head, given)
    yield casting.moment(90)
    play.serve()
    yield casting.moment(60)
    begun = executing.Remedy(kind="litigation", begun_on=clock.today(), organ=f"{NAME}人民法院")
    play.do("begin_remedy", troupe.second, begun)
    yield casting.moment(12)
    ended = executing.RemedyResult(
        ended_on=clock.today(), result="revoked", ground="facts", again=True, again_by=clock.today() + 60 * DAY,
        number=f"（{clock.today().year}）鲁04行初21号", words="未查明设备停用时间，判决撤销并责令重新作出处理决定。",
    )  # fmt: skip
    play.do("end_remedy", troupe.second, ended)
    yield casting.moment(9)
    play.do("begin_again", troupe.head, filing.Reason(reason="按行政判决重新调查处理。"))
    yield casting.moment(5)
    play.investigate()
    play.conclude_investigation()
