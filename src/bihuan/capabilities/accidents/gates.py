"""The facts a deed of an accident rests on; every failure says what is missing and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from bihuan.capabilities.accidents import clocks, law, lines
from bihuan.capabilities.accidents.models import COUNTS
from bihuan.capabilities.accidents.states import Condition, Grade, Level, Offence, Told
from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping as attachments
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops.checks import Told as ToldDay
from bihuan.kernel.loops.checks import photos_not_here
from bihuan.kernel.loops.inputs import Kind, fields_of

AHEAD = timedelta(minutes=5)
MOST_PEOPLE = 100_000


def _ahead(moment: datetime | None, field: str, label: str) -> Iterator[Failure]:
    if moment is not None and moment > clock.now() + AHEAD:
        yield Failure("accident.in_future", f"{label} {clocks.words(moment)} 晚于现在，请核对", field)


def times_in_order(accident: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """发生 → 知悉 → 接报, none of them ahead of now."""
    occurred = getattr(given, "occurred_at", None) or accident.occurred_at
    yield from _ahead(getattr(given, "occurred_at", None), "occurred_at", "事故发生时间")
    yield from _ahead(given.reported_at, "reported_at", "接到报告时间")
    if given.reported_at < occurred:
        yield Failure(
            "accident.reported_before", f"接到报告时间早于事故发生时间 {clocks.words(occurred)}，请核对", "reported_at"
        )  # fmt: skip
    if given.knew_at is not None and given.knew_at < occurred:
        yield Failure(
            "accident.knew_before", f"单位负责人知悉时间早于事故发生时间 {clocks.words(occurred)}，请核对", "knew_at"
        )  # fmt: skip
    yield from _ahead(given.knew_at, "knew_at", "单位负责人知悉时间")


def numbers_possible(accident: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """No negative people, and no more than there can be."""
    for name in COUNTS:
        if not 0 <= getattr(given, name) <= MOST_PEOPLE:
            label = next(field.label for field in fields_of(type(given)) if field.name == name)
            yield Failure("accident.bad_number", f"「{label}」应为 0 或正整数，请核对", name)


def whose_known(accident: Any, given: Any, actor: Any) -> Failure | None:
    if given.object is None and not given.unit:
        return Failure("accident.no_unit", "请选择事故发生单位；不在台账的，填写单位名称", "object")
    return None


def known_in_order(accident: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """A later version was known later: what stood before is kept, so its time must stay before as well."""
    yield from _ahead(given.known_at, "known_at", "确认时间")
    former = accident.versions.order_by("-number").first()
    if former is not None and given.known_at < former.known_at:
        says = f"确认时间早于上一版的 {clocks.words(former.known_at)}，版本只能向后追加，请核对"
        yield Failure("accident.version_before", says, "known_at")


def something_changed(accident: Any, given: Any, actor: Any) -> Failure | None:
    """A version says something new."""
    same = all(getattr(given, name) == getattr(accident, name) for name in COUNTS)
    if same and given.loss == accident.loss_fen:
        return Failure("accident.nothing_new", "各项数字与上一版相同，没有可追加的内容", "deaths")
    return None


def loss_alone(accident: Any, given: Any, actor: Any) -> Failure | None:
    """损失评估修订 changes the loss and nobody's fate."""
    moved = any(getattr(given, name) != getattr(accident, name) for name in COUNTS)
    if given.cause == Told.LOSS and moved:
        return Failure(
            "accident.loss_alone", "损失评估修订只改直接经济损失；伤亡有变化的，请选续报或补报", "cause"
        )
    return None


def type_in_force(accident: Any, given: Any, actor: Any) -> Failure | None:
    """The type is one of the edition in force on the day of the accident."""
    occurred = getattr(given, "occurred_at", None) or accident.occurred_at
    day = clock.day_of(occurred)
    fitting = law.kinds_on(day)
    code = given.type or accident.type
    if not code or any(kind.code == code for kind in fitting):
        return None
    edition = fitting[0].edition if fitting else "GB 6441"
    return Failure(
        "accident.type_not_in_force", f"事故发生于 {day}，适用 {edition}，请从该版的类型中选择", "type"
    )


def something_corrected(accident: Any, given: Any, actor: Any) -> Iterator[Failure]:
    if not any((given.occurred_at, given.sector, given.type, given.place)):
        yield Failure("accident.nothing_corrected", "没有填写任何要更正的内容")
    yield from _ahead(given.occurred_at, "occurred_at", "事故发生时间")
    if given.occurred_at and given.occurred_at > accident.reported_at:
        yield Failure("accident.reported_before", "更正后的发生时间晚于接到报告时间，请核对", "occurred_at")
    if given.occurred_at and accident.knew_at and given.occurred_at > accident.knew_at:
        yield Failure("accident.knew_before", "更正后的发生时间晚于单位负责人知悉时间，请核对", "occurred_at")


def sent_in_order(accident: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Reported onward after it was told, received after it was sent."""
    yield from _ahead(given.sent_at, "sent_at", "报出时间")
    if given.sent_at < accident.occurred_at:
        yield Failure("accident.sent_before", "报出时间早于事故发生时间，请核对", "sent_at")
    if given.received_at is not None and given.received_at < given.sent_at:
        yield Failure("accident.received_before_sent", "对方签收时间早于报出时间，请核对", "received_at")
    yield from _ahead(given.received_at, "received_at", "对方签收时间")


def leader_in_order(accident: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Called after it happened, answered and arrived after the call (M205)."""
    number = getattr(given, "number", None)
    if number is not None:
        if not 1 <= number <= len(accident.leaders):
            yield Failure("accident.no_such_line", f"没有第 {number} 项，请从列表中选择", "number")
            return
        if given.replied_at is None and given.arrived_at is None:
            yield Failure("accident.leader_nothing", "请填写答复时间或到场时间", "replied_at")
        called = datetime.fromisoformat(accident.leaders[number - 1]["called_at"])
    else:
        called = given.called_at
        yield from _ahead(called, "called_at", "通知时间")
        if called < accident.occurred_at:
            yield Failure("accident.leader_before", "通知时间早于事故发生时间，请核对", "called_at")
    for name, label in (("replied_at", "答复时间"), ("arrived_at", "到场时间")):
        moment = getattr(given, name)
        yield from _ahead(moment, name, label)
        if moment is not None and moment < called:
            yield Failure(
                "accident.leader_before", f"{label}早于通知时间 {clocks.words(called)}，请核对", name
            )


def offence_fits(accident: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Times decide on 迟报 and 瞒报; nobody is charged with being late whom the clock does not show late."""
    yield from _ahead(given.knew_at, "knew_at", "知悉时间")
    if given.knew_at < accident.occurred_at:
        yield Failure("accident.knew_before", "知悉时间早于事故发生时间，请核对", "knew_at")
    elif (
        given.kind in (Offence.LATE, Offence.CONCEALED)
        and clocks.unit_late(given.knew_at, accident.reported_at) == 0
    ):
        due = clocks.words(clocks.unit_due(given.knew_at))
        says = f"按所填知悉时间，报告期限为 {due}，接报时间 {clocks.words(accident.reported_at)} 没有超过，不能认定"
        yield Failure("accident.not_late", says + Offence(given.kind).label, "kind")
    if any(one["kind"] == given.kind and one["stands"] for one in accident.offences):
        yield Failure("accident.charged_already", "这一违法行为已经认定并提出立案建议", "kind")


def level_suffices(accident: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """The government that investigates is no lower than the grade asks for."""
    needed = level_needed(accident)
    ranked = list(Level)
    if ranked.index(Level(given.level)) < ranked.index(needed):
        says = f"{Grade(accident.grade).label}事故由{needed.label}组织调查（条例第十九条），请重新选择"
        yield Failure("accident.level_too_low", says, "level")
    told = ToldDay(given.authorised_on, "authorised_on", "成立日期", "accident.day_in_future")
    failure = told.follows(accident.occurred_on, "事故发生日期", "accident.day_before_accident")
    if failure:
        yield failure


def level_needed(accident: Any) -> Level:
    """The lowest level that may investigate; only a 一般事故 nobody was hurt in may be left to the unit."""
    if accident.grade == Grade.GENERAL and not any(getattr(accident, name) for name in COUNTS):
        return Level.ENTERPRISE
    return Level(law.terms("investigation")["level"][accident.grade])


def investigated_high_enough(accident: Any, given: Any, actor: Any) -> Failure | None:
    """After the grade rose the investigation must have been taken over by the level that is competent now."""
    ranked, needed = list(Level), level_needed(accident)
    here = Level(accident.team["level"])
    if ranked.index(here) < ranked.index(needed):
        says = f"事故等级现为{Grade(accident.grade).label}，应由{needed.label}组织调查，请先办理“变更调查组”"
        return Failure("accident.level_outgrown", says)
    return None


def within_extension(accident: Any, given: Any, actor: Any) -> Failure | None:
    most = int(law.terms("investigation")["extension_days"])
    left = most - accident.extension_days
    if not 1 <= given.days <= left:
        says = f"延长期限累计最长不超过 {most} 日，现还可延长 {left} 日"
        return Failure("accident.extension_too_long", says, "days")
    return None


def no_appraisal_open(accident: Any, given: Any, actor: Any) -> Failure | None:
    open_one = next((one for one in accident.appraisals if not one["to"]), None)
    return (
        Failure("accident.appraisal_open", f"技术鉴定“{open_one['what']}”尚未完成，请先登记鉴定完成")
        if open_one
        else None
    )


def appraisal_open(accident: Any, given: Any, actor: Any) -> Failure | None:
    if all(one["to"] for one in accident.appraisals):
        return Failure("accident.no_appraisal", "没有进行中的技术鉴定")
    return None


def appraisal_in_order(accident: Any, given: Any, actor: Any) -> Failure | None:
    told = ToldDay(given.started_on, "started_on", "委托日期", "accident.day_in_future")
    earlier = max(
        [accident.occurred_on, *(date.fromisoformat(one["to"]) for one in accident.appraisals if one["to"])]
    )
    return told.follows(earlier, "事故发生日期或上次鉴定完成日期", "accident.day_before_accident")


def appraised_in_order(accident: Any, given: Any, actor: Any) -> Failure | None:
    started = next((one["from"] for one in accident.appraisals if not one["to"]), None)
    told = ToldDay(given.finished_on, "finished_on", "鉴定完成日期", "accident.day_in_future")
    return (
        told.follows(date.fromisoformat(started), "委托日期", "accident.appraised_before")
        if started
        else None
    )


def requests_read(accident: Any, given: Any, actor: Any) -> Iterable[Failure]:
    return _read(lambda: lines.requests(given.documents))


def report_lines_read(accident: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Recommendations and proposals of sanctions can be read; a 责任事故 has somebody liable."""
    yield from _read(lambda: lines.recommendations(given.recommendations))
    yield from _read(lambda: lines.sanctions(given.sanctions))
    if given.nature == "liable" and not given.sanctions:
        yield Failure("accident.nobody_liable", "责任事故须有处理建议，请填写责任人或单位", "sanctions")


def _read(reading: Any) -> Iterable[Failure]:
    try:
        reading()
    except Refused as refused:
        return refused.failures
    return ()


def submitted_in_order(accident: Any, given: Any, actor: Any) -> Failure | None:
    told = ToldDay(given.submitted_on, "submitted_on", "提交日期", "accident.day_in_future")
    return told.follows(accident.occurred_on, "事故发生日期", "accident.day_before_accident")


def replied_in_order(accident: Any, given: Any, actor: Any) -> Failure | None:
    told = ToldDay(given.replied_on, "replied_on", "批复日期", "accident.day_in_future")
    return told.follows(
        date.fromisoformat(accident.report["submitted_on"]), "调查报告提交日期", "accident.replied_before"
    )


def number_there(column: str, done: str, verb: str) -> Any:
    """A gate: the line of that number exists and is not done yet."""

    def gate(accident: Any, given: Any, actor: Any) -> Failure | None:
        listed = getattr(accident, column)
        if not 1 <= given.number <= len(listed):
            return Failure("accident.no_such_line", f"没有第 {given.number} 项，请从列表中选择", "number")
        if listed[given.number - 1][done]:
            return Failure("accident.line_done", f"第 {given.number} 项已{verb}", "number")
        return None

    return gate


def something_in(column: str, what: str) -> Any:
    """A gate on the matter: there is anything in the list at all."""

    def gate(accident: Any, given: Any, actor: Any) -> Failure | None:
        return None if getattr(accident, column) else Failure("accident.nothing_listed", f"没有{what}")

    return gate


def done_in_order(field: str, label: str) -> Any:
    """A gate: the day lies between the accident and today."""

    def gate(accident: Any, given: Any, actor: Any) -> Failure | None:
        told = ToldDay(getattr(given, field), field, label, "accident.day_in_future")
        return told.follows(accident.occurred_on, "事故发生日期", "accident.day_before_accident")

    return gate


def own_evidence(accident: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Each of the four conditions has papers of its own: one file does not prove two of them."""
    if not given.papers:
        yield Failure("accident.no_evidence", "请上传证据材料；四个条件各有各的证据", "papers")
        return
    told = {str(one) for one in given.papers}
    for condition, proof in accident.proofs.items():
        if condition != given.condition and told & set(proof["papers"]):
            label = Condition(condition).label
            yield Failure("accident.evidence_used", f"所选材料已用于“{label}”，请为本条件另附证据", "papers")


def proofs_complete(accident: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """四不放过: closing names what is still open."""
    for condition in Condition:
        if condition.value not in accident.proofs:
            yield Failure(
                f"accident.open_{condition.value}", f"四不放过尚缺：{condition.label}（没有证据记录）"
            )


def all_executed(accident: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Recommendations stay open until executed (M212), sanctions as well (M217)."""
    for code, listed, label in (
        ("recommendations_open", accident.recommendations, "整改和防范措施"),
        ("sanctions_open", accident.sanctions, "处理决定"),
    ):
        left = [str(place) for place, one in enumerate(listed, 1) if not one["executed_on"]]
        if left:
            yield Failure(f"accident.{code}", f"{label}第 {'、'.join(left)} 项尚未落实")


def all_reviewed(accident: Any, given: Any, actor: Any) -> Failure | None:
    """Every earlier inspection and hazard that the accident points back to is decided on (M098)."""
    left = [str(place) for place, one in enumerate(accident.reviews, 1) if not one["decision"]]
    return Failure("accident.reviews_open", f"事故倒查第 {'、'.join(left)} 项尚未认定") if left else None


def papers_are_here(accident: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Every file named was received for this accident."""
    for field in photos_not_here(accident, given):
        yield Failure("accident.photo_unknown", "有照片没有上传成功，请重新上传", field)
    for item in fields_of(type(given)):
        named = set(getattr(given, item.name)) if item.kind is Kind.FILES else set()
        if named and len(attachments.here(accident.uid, named)) != len(named):
            yield Failure("accident.paper_unknown", "有材料没有上传成功，请重新上传", item.name)
