"""The facts a step of a project rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from bihuan.capabilities.dispatch.windows.milestones.states import Stop, stop_of
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import Told, photos_not_here
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force

MOST = 40
TITLE = 100
_LINE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?[\s:：、，,]*(.+)")


def lines_of(text: str) -> list[tuple[date | None, str]]:
    """Day and title of each line, in the order of days; None where a line does not begin with a day."""
    found: list[tuple[date | None, str]] = []
    for line in (line.strip() for line in text.splitlines() if line.strip()):
        match = _LINE.fullmatch(line)
        try:
            day = date(*(int(part) for part in match.groups()[:3])) if match else None
        except ValueError:
            day = None
        found.append((day, match.group(4).strip() if match and day else line))
    return sorted(found, key=lambda one: (one[0] or date.min, one[1]))


def units_exist(project: Any, given: Any, actor: Any) -> Iterable[Failure]:
    asked = {unit for unit in (given.lead, given.urged_by) if unit is not None}
    known = set(Agency.objects.filter(in_force(clock.today()), pk__in=asked).values_list("pk", flat=True))
    if given.lead not in known:
        yield Failure("project.lead_unknown", "牵头单位不存在或已撤并，请重新选择", "lead")
    if given.urged_by is not None and given.urged_by not in known:
        yield Failure("project.urger_unknown", "督促单位不存在或已撤并，请重新选择", "urged_by")


def milestones_dated(project: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Every milestone has a day and says what is done by then."""
    lines = lines_of(given.milestones)
    undated = [title for day, title in lines if day is None]
    if undated:
        says = f"这一行没有以日期开头：“{undated[0][:30]}”，请写成“2026-12-15 主体工程验收”"
        yield Failure("project.milestone_undated", says, "milestones")
    if not 1 <= len(lines) <= MOST:
        yield Failure("project.milestone_count", f"节点应有 1 至 {MOST} 个", "milestones")
    if any(len(title) > TITLE for _, title in lines):
        yield Failure("project.milestone_long", f"每个节点最多 {TITLE} 字，请精简", "milestones")


def number_there(project: Any, given: Any, actor: Any) -> Failure | None:
    if not 1 <= given.number <= len(project.milestones):
        return Failure("project.no_such_milestone", f"没有第 {given.number} 个节点", "number")
    return None


def _stop(project: Any, given: Any) -> tuple[dict[str, Any], Stop] | None:
    if not 1 <= given.number <= len(project.milestones):
        return None
    one = project.milestones[given.number - 1]
    return one, stop_of(one, clock.today())


def not_reported(project: Any, given: Any, actor: Any) -> Failure | None:
    found = _stop(project, given)
    if found and found[1] in (Stop.REPORTED, Stop.ACCEPTED):
        return Failure("project.reported_already", f"第 {given.number} 个节点{found[1].label}", "number")
    return None


def reported(project: Any, given: Any, actor: Any) -> Failure | None:
    found = _stop(project, given)
    if found and found[1] is not Stop.REPORTED:
        return Failure(
            "project.not_reported", f"第 {given.number} 个节点{found[1].label}，还没有待验收的报告", "number"
        )
    return None


def another_accepts(project: Any, given: Any, actor: Any) -> Failure | None:
    """Whoever reported a milestone does not accept it; persons are compared for each milestone by itself."""
    found = _stop(project, given)
    if found and found[0]["reporter"] is not None and found[0]["reporter"] in actor.persons:
        return Failure(
            "project.same_person", "验收人不能是上报完成的同一人，请安委办其他人员或分管领导验收", "number"
        )
    return None


def reported_in_time_order(project: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.reported_on, "reported_on", "完成日期", ahead="project.reported_in_future")
    return told.follows(None, "", "")


def moved_ahead(project: Any, given: Any, actor: Any) -> Failure | None:
    if given.due < clock.today():
        return Failure("project.due_in_past", f"{given.due} 已经过去，请重新确定", "due")
    return None


def all_accepted(project: Any, given: Any, actor: Any) -> Failure | None:
    """A project is finished when each of its milestones was accepted."""
    left = sum(not one["accepted_on"] for one in project.milestones)
    return Failure("project.milestones_open", f"还有 {left} 个节点没有验收") if left else None


def accepted_in_time_order(project: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.accepted_on, "accepted_on", "竣工验收日期", ahead="project.accepted_in_future")
    return told.follows(project.planned_on, "列入日期", "project.accepted_before_planned")


def evidence_is_here(project: Any, given: Any, actor: Any) -> Iterable[Failure]:
    for field in photos_not_here(project, given):
        yield Failure("project.photo_unknown", "有照片没有上传成功，请重新上传", field)
