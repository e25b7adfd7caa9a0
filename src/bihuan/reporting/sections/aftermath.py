"""What is still owed after accidents: replies, measures, and the looking of those whom warnings name (M104, M212, M217)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from bihuan.capabilities.accidents.figures import ACCIDENTS as TALLY
from bihuan.capabilities.accidents.models import Accident, LessonCheck
from bihuan.kernel.documents import Run
from bihuan.kernel.figures import answers
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.sentences import say


def _place(desk: Briefing) -> Q:
    """The report's scope over accidents and over the entities a warning lists: both carry the tally's columns."""
    return answers.in_scope(TALLY, desk.question.scope)


def _known(desk: Briefing) -> QuerySet[Accident]:
    asked = desk.question
    return Accident.objects.filter(
        _place(desk), dismissed=False, occurred_on__lte=min(asked.period.last, asked.as_of)
    )


def _roll(desk: Briefing, name: str, label: str, unit: str, keys: tuple[str, ...]) -> Roll:
    asked = desk.question
    return desk.offer(Roll(name, label, unit, f"{asked.until}，{asked.place}，含本期以前发生的事故", keys))


def unanswered(desk: Briefing) -> Roll:
    """Accidents whose report has no reply by the cut-off."""
    on = desk.question.as_of
    rows = _known(desk).filter(
        Q(replied_on=None) | Q(replied_on__gt=on), Q(closed_on=None) | Q(closed_on__gt=on)
    )
    keys = tuple(str(uid) for uid in rows.order_by("uid").values_list("uid", flat=True))
    return _roll(desk, "accidents.unanswered", "尚未批复的事故", "起", keys)


def measures(desk: Briefing) -> tuple[Roll, Roll, Roll]:
    """What reports on accidents demand: all, what is not executed, and what is past its day."""
    on = desk.question.as_of.isoformat()
    lines: list[tuple[str, dict[str, Any]]] = [
        (f"{no} {place}", line)
        for no, demanded in _known(desk).order_by("no").values_list("no", "recommendations")
        for place, line in enumerate(demanded, 1)
    ]
    left = [(key, line) for key, line in lines if not line["executed_on"] or line["executed_on"] > on]
    late = [(key, line) for key, line in left if line["due_on"] < on]

    def roll(name: str, label: str, of: list[tuple[str, dict[str, Any]]]) -> Roll:
        return _roll(desk, f"accidents.measures_{name}", label, "项", tuple(key for key, _ in of))

    return (
        roll("all", "事故整改和防范措施", lines), roll("left", "未落实的事故整改和防范措施", left),
        roll("late", "逾期未落实的事故整改和防范措施", late),
    )  # fmt: skip


def unchecked(desk: Briefing) -> tuple[Roll, Roll]:
    """Entities that warnings of the period list, and those past the day that have not looked."""
    asked = desk.question
    rows = LessonCheck.objects.filter(
        _place(desk), lesson__issued_on__range=(asked.period.first, min(asked.period.last, asked.as_of))
    )
    late = rows.filter(lesson__check_by__lt=asked.as_of).filter(
        Q(checked_on=None) | Q(checked_on__gt=asked.as_of)
    )
    caption = f"{asked.period.chinese()}发布的事故警示，{asked.until}，{asked.place}"
    made = [
        Roll(name, label, "家次", caption, tuple(str(pk) for pk in chosen.order_by("pk").values_list("pk", flat=True)))
        for name, label, chosen in (
            ("lessons.listed", "列入警示排查的单位", rows),
            ("lessons.late", "逾期未按警示排查的单位", late),
        )
    ]  # fmt: skip
    return desk.offer(made[0]), desk.offer(made[1])


def handled(desk: Briefing) -> tuple[Run, ...]:
    """How far investigations and what they demand have come."""
    open_, (all_, left, late) = unanswered(desk), measures(desk)
    told: tuple[Run, ...] = ()
    if open_.count:
        told += say(
            "{until}，调查报告尚未批复的事故{open}起（含本期以前发生的）。",
            until=desk.question.until, open=desk.count(open_),
        )  # fmt: skip
    if not all_.count:
        return told
    told += say("事故调查报告提出整改和防范措施{all}项，", all=desk.count(all_))
    if not left.count:
        return told + say("已全部落实。")
    rest = say("尚未落实{left}项", left=desk.count(left))
    if not late.count:
        return told + rest + say("，均未到期。")
    return told + rest + say("，其中{late}项已经逾期。", late=desk.count(late))


def lessons(desk: Briefing) -> tuple[Run, ...]:
    """Whether similar entities looked after the warnings of the period."""
    all_, late = unchecked(desk)
    if not all_.count:
        return ()
    told = say("以事故警示部署同类单位对照排查{all}家次，", all=desk.count(all_))
    if not late.count:
        return told + say("没有超过排查期限的。")
    return told + say("超过排查期限仍未反馈结果的{late}家次。", late=desk.count(late))
