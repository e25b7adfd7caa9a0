"""How hazards of the demo go: each is a story that says when it goes on, and simply ends where today begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bihuan.capabilities.hazards import inputs
from bihuan.demo.people import Seat
from bihuan.demo.stage import Course, Stage
from bihuan.kernel import calendar, clock

Story = Iterator[datetime]
ASKED_AHEAD = 3
"""Working days before the day by which an extension is asked for, as the release proposes."""
SENT_BACK = (
    "现场复查仍有一处未整改，照片与现场不符。",
    "防护装置已装但未固定，试验时松动。",
    "只提供了照片，未见检测合格记录，请补齐。",
    "清理后又有新的物品堆放，长效措施没有落实。",
)
DELAYS = (
    "设备配件到货推迟，厂家确认延后发货。",
    "施工须停产配合，与订单交付期冲突。",
    "改造方案正在重新论证，施工单位尚未进场。",
)


def ordinary(stage: Stage, course: Course) -> Story:
    """上报、交办、整改、验收, with what usually comes between."""
    yield course.found_at
    stage.report(course)
    yield from onward(stage, course)


def onward(stage: Stage, course: Course) -> Story:
    """What becomes of a hazard that has been reported."""
    rng = stage.rng
    yield stage.at(clock.now(), rng.choices((0, 1, 2, 3, 6), (20, 40, 22, 12, 6))[0])
    superior = stage.supervisor(course)
    fate = rng.choices(
        ("prompt", "late", "failed", "extended", "refused", "stuck", "referred", "slow"),
        (56, 12, 8, 6, 2, 4, 1.3, 10),
    )[0]
    if fate == "referred":
        stage.do("refer", course, superior, _referral(stage))
        return
    stage.assign(course, superior)
    if rng.random() < 0.015:
        yield stage.at(clock.now(), 1)
        _correct(stage, course, superior)
    yield from _work(stage, course, fate, superior)
    yield from _acceptance(stage, course, fate)
    yield from _afterwards(stage, course)


def _work(stage: Stage, course: Course, fate: str, superior: Seat) -> Story:
    rng, began, days = stage.rng, clock.now(), course.finding.days
    if fate in ("extended", "refused"):
        yield from _extension(stage, course, superior, granted=fate == "extended")
    if fate == "stuck":
        yield from _stuck(stage, course, superior)
    elif fate == "late":
        if rng.random() < 0.5:
            yield stage.at(began, days + 1)
            _remind(stage, course, superior)
        yield stage.at(began, days + rng.randrange(1, 12))
    elif fate == "refused":
        yield stage.at(clock.now(), 2)
    else:
        left = max(1, (course.due - clock.today()).days)
        yield stage.at(clock.now(), max(0, round(left * rng.uniform(0.25, 0.95)) - 1))


def _stuck(stage: Stage, course: Course, superior: Seat) -> Story:
    """Overdue for weeks; what is recent enough still is."""
    days = course.finding.days
    for after in (days + 2, 10):
        yield stage.at(clock.now(), after)
        _remind(stage, course, superior)
    yield stage.at(clock.now(), stage.rng.randrange(12, 45))


def days_to_ask(due: date, at_most: int = 17) -> int:
    """In how many days an extension can still be asked for in time: sooner before a long holiday."""
    today = clock.today()
    while at_most > 0 and calendar.due(today + timedelta(days=at_most), ASKED_AHEAD + 1, "working").due > due:
        at_most -= 1
    return at_most


def _extension(stage: Stage, course: Course, superior: Seat, *, granted: bool) -> Story:
    rng = stage.rng
    yield stage.at(clock.now(), max(0, course.finding.days - rng.randrange(7, 10)))
    if calendar.due(clock.today(), ASKED_AHEAD, "working").due > course.due:
        return
    until = course.due + timedelta(days=rng.randrange(7, 21))
    asked = inputs.ExtensionRequest(
        until=until,
        reason=rng.choice(DELAYS[:: 1 if course.site.runs else 2]),
        interim_measures=course.finding.interim,
    )
    rectifier = stage.rectifier(course)
    stage.do("request_extension", course, rectifier, asked)
    yield stage.at(clock.now(), rng.randrange(1, 4))
    decider = stage.supervisor(course, [rectifier])
    if granted:
        course.due = until
        stage.do(
            "grant_extension",
            course,
            decider,
            inputs.Opinion(opinion="情况属实，同意延期，延期期间落实防范措施。"),
        )
    else:
        stage.do(
            "refuse_extension",
            course,
            decider,
            inputs.Opinion(opinion="风险较高且具备整改条件，不同意延期。"),
        )


def _acceptance(stage: Stage, course: Course, fate: str) -> Story:
    rectifier = stage.rectifier(course)
    stage.submit(course, rectifier)
    rounds = 2 if fate == "failed" and stage.rng.random() < 0.2 else 1 if fate == "failed" else 0
    for _ in range(rounds):
        yield stage.at(clock.now(), stage.rng.randrange(1, 4))
        stage.send_back(course, stage.accepter(course, rectifier), stage.rng.choice(SENT_BACK))
        yield stage.at(clock.now(), stage.rng.randrange(2, 7))
        rectifier = stage.rectifier(course)
        stage.submit(course, rectifier)
    wait = (
        stage.rng.randrange(9, 14)
        if fate == "slow"
        else stage.rng.choices((1, 2, 3, 4, 5), (30, 25, 20, 15, 10))[0]
    )
    yield stage.at(clock.now(), wait)
    stage.accept(course, stage.accepter(course, rectifier))


def _afterwards(stage: Stage, course: Course) -> Story:
    """A sample of what enterprises accepted by themselves is looked at again."""
    if not course.own or stage.rng.random() > 0.2:
        return
    yield stage.at(clock.now(), stage.rng.randrange(4, 20))
    superior = stage.supervisor(course)
    passed = stage.rng.random() < 0.8
    finding = "现场查看，整改措施保持有效。" if passed else "现场查看，问题重新出现，须重新整改。"
    given = inputs.SpotCheckResult(checked_on=clock.today(), passed=passed, finding=finding)
    stage.do("spot_check", course, superior, given)
    if passed:
        return
    course.due = clock.today() + timedelta(days=5)
    stage.do("reopen", course, superior, inputs.Reopening(reason="抽查发现未消除。", rectify_by=course.due))
    yield stage.at(clock.now(), 3)
    rectifier = stage.rectifier(course)
    stage.submit(course, rectifier)
    yield stage.at(clock.now(), 2)
    stage.accept(course, stage.accepter(course, rectifier))


def _referral(stage: Stage) -> inputs.Referral:
    seat = stage.rng.choice([seats[0] for seats in stage.staff.bureau.values()])
    assert seat.post.agency_id is not None
    return inputs.Referral(to=seat.post.agency_id, reason="不属于本单位监管职责，移送有管辖权的部门处理。")


def _correct(stage: Stage, course: Course, by: Seat) -> None:
    place = f"{course.finding.place}（东侧）"
    stage.do("correct", course, by, inputs.Correction(place=place, reason="上报时部位填写不准确。"))


def _remind(stage: Stage, course: Course, by: Seat) -> None:
    stage.do("remind", course, by, inputs.Reminder(message="已超过整改期限，请抓紧整改并上报完成情况。"))


def mistaken(stage: Stage, course: Course) -> Story:
    """Reported in error and voided by the office."""
    yield course.found_at
    stage.report(course)
    yield stage.at(clock.now(), 1)
    reason = stage.rng.choice(("现场核实为误报，不构成隐患。", "该单位已停业注销，场所腾空。"))
    stage.do("void", course, stage.staff.office[0], inputs.Reason(reason=reason))


def doubled(stage: Stage, course: Course, again: Course) -> Story:
    """Reported by two people within two days; the second report is merged into the first."""
    running = ordinary(stage, course)
    yield next(running)
    following = next(running)
    again.found_at = stage.at(clock.now(), 0)
    yield again.found_at
    stage.report(again)
    merging = stage.at(clock.now(), 0)
    yield merging
    into = inputs.MergeInto(into=course.no, reason="与已上报隐患为同一处，合并办理。")
    stage.do("merge", again, stage.supervisor(again), into)
    yield max(following, stage.at(clock.now(), 1))
    yield from running
