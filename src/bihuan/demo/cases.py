"""Cases of the demo: one in every stage, one whole to the archive, one with a hearing, one paid late, one on the spot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bihuan.capabilities.enforcement.inputs import deciding, executing, filing
from bihuan.capabilities.enforcement.reading import unpaid_days
from bihuan.demo.agencies import Agencies
from bihuan.demo.case_acting import EXIT, GUARD, RISK, TRAINING, Play, Troupe, play_of
from bihuan.demo.case_papers import case_papers
from bihuan.demo.casting import Casting
from bihuan.demo.hours import next_working
from bihuan.demo.organs import certify, name_organ
from bihuan.demo.places import NAME
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.calendar import is_working_day


def cases(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """The stories; nothing where no bureau has officers enough."""
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


def _whole(casting: Casting, troupe: Troupe) -> Story:
    """From an inspection, where there is one, to the archive."""
    play = play_of(troupe, TRAINING)
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
    play = play_of(troupe, RISK)
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
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def _morning_after(deadline: date) -> datetime:
    """When somebody notices that a day has passed; one that falls into a holiday lasts until after it."""
    return datetime.combine(next_working(deadline + timedelta(days=1)), time(9, 30), clock.SHANGHAI)


def _late(casting: Casting, troupe: Troupe) -> Story:
    """Unpaid when it fell due: pressed, paid late with the additional fine, concluded."""
    play = play_of(troupe, GUARD)
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
    yield max(casting.moment(70), _morning_after(min(unpaid_days(play.case).values())))
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
    play = play_of(troupe, GUARD)
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
    play = play_of(troupe, kind)
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
