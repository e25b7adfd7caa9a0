"""The facts a step of the task loop rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bihuan.kernel import campaigns, clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import Told, gone_by, photos_not_here
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force


def units_exist(task: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """One lead, in force today; a unit cannot support itself (一项任务只有一个牵头单位)."""
    asked = {given.lead, *given.supporting}
    known = set(Agency.objects.filter(in_force(clock.today()), pk__in=asked).values_list("pk", flat=True))
    if given.lead not in known:
        yield Failure("task.lead_unknown", "牵头单位不存在或已撤并，请重新选择", "lead")
    if not set(given.supporting) <= known:
        yield Failure("task.supporting_unknown", "有配合单位不存在或已撤并，请重新选择", "supporting")
    if given.lead in given.supporting:
        yield Failure(
            "task.lead_supports_itself", "牵头单位不必再列为配合单位，请从配合单位中去掉", "supporting"
        )


def due_ahead(task: Any, given: Any, actor: Any) -> Failure | None:
    """Nobody can be asked for yesterday's work."""
    return gone_by(given.due_on, "due_on", "完成期限", "task.due_in_past")


def campaign_going_on(task: Any, given: Any, actor: Any) -> Failure | None:
    """A task is counted under a campaign that is on today."""
    return campaigns.objection(given.campaign, clock.today())


def source_not_ahead(task: Any, given: Any, actor: Any) -> Failure | None:
    if given.source_on is not None and given.source_on > clock.today():
        return Failure("task.source_in_future", f"来源日期 {given.source_on} 晚于今天，请核对", "source_on")
    return None


def finished_in_time_order(task: Any, given: Any, actor: Any) -> Failure | None:
    """交办 → 完成 → 今天."""
    told = Told(given.finished_on, "finished_on", "完成日期", ahead="task.finished_in_future")
    return told.follows(task.dispatched_on, "交办日期", "task.finished_before_dispatch")


def accepted_in_time_order(task: Any, given: Any, actor: Any) -> Failure | None:
    """完成 → 验收 → 今天."""
    told = Told(given.accepted_on, "accepted_on", "验收日期", ahead="task.accepted_in_future")
    return told.follows(task.finished_on, "完成日期", "task.accepted_before_finished")


def evidence_is_here(task: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Pictures named are pictures received."""
    for field in photos_not_here(task, given):
        yield Failure("task.photo_unknown", "有照片没有上传成功，请重新上传", field)


def extension_asked(task: Any, given: Any, actor: Any) -> Failure | None:
    return None if task.extension else Failure("task.no_extension_asked", "没有待批的延期申请")


def no_extension_pending(task: Any, given: Any, actor: Any) -> Failure | None:
    return Failure("task.extension_pending", "已有一份延期申请待批，请等批复") if task.extension else None


def extension_later(task: Any, given: Any, actor: Any) -> Failure | None:
    day: date = given.until
    if day <= max(task.due_on, clock.today()):
        return Failure(
            "task.extension_not_later", f"申请的日期 {day} 应晚于原期限 {task.due_on} 和今天", "until"
        )
    return None


def not_supervised_yet(task: Any, given: Any, actor: Any) -> Failure | None:
    if task.supervised_on is not None:
        return Failure("task.supervised_already", f"已于 {task.supervised_on} 挂牌督办")
    return None


def was_declined(task: Any, given: Any, actor: Any) -> Failure | None:
    return None if task.declined else Failure("task.not_declined", "牵头单位没有提出异议")


def not_declined(task: Any, given: Any, actor: Any) -> Failure | None:
    if task.declined:
        return Failure("task.declined_already", "牵头单位已提出不属本单位职责，等安委办答复")
    return None
