"""The facts a deed of a visit rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bihuan.capabilities.dispatch.meetings import lines
from bihuan.capabilities.dispatch.meetings.hands import keeps
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import gone_by
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force


def leader_known(visit: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """A leader's post; a leader records the own visits only."""
    if not Post.objects.filter(pk=given.leader_post, role=Role.LEADER).exists():
        yield Failure("visit.leader_unknown", "领导不存在，请重新选择", "leader_post")
    elif not keeps(actor, visit) and all(scope.post_id != given.leader_post for scope in actor.scopes):
        yield Failure(
            "visit.of_another_leader", "只能登记本人的督导检查，其他领导的请由安委办登记", "leader_post"
        )


def visited_not_in_future(visit: Any, given: Any, actor: Any) -> Failure | None:
    if given.visited_on > clock.today():
        return Failure("visit.in_future", f"日期 {given.visited_on} 还没有到，请核对", "visited_on")
    return None


def went_somewhere(visit: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """A place, a unit or an object: a visit to nowhere is none."""
    if not (given.place or given.unit or given.objects.strip()):
        yield Failure("visit.went_nowhere", "请写明到了哪里：受督导单位、企业场所或地点，至少一项", "objects")
    if given.unit and not Agency.objects.filter(in_force(given.visited_on), pk=given.unit).exists():
        yield Failure("visit.unit_unknown", "受督导单位不存在或已撤并，请重新选择", "unit")
    yield from lines.read_objects(given.objects, actor, "objects").failures


def findings_read(visit: Any, given: Any, actor: Any) -> Iterable[Failure]:
    return lines.read_findings(given.findings, actor).failures


def task_ahead(visit: Any, given: Any, actor: Any) -> Failure | None:
    return gone_by(given.due_on, "due_on", "完成期限", "visit.due_in_past")


def nothing_found(visit: Any, given: Any, actor: Any) -> Failure | None:
    """What became hazards and tasks goes on by itself; only a visit without any may be voided."""
    if visit.findings.exists():
        return Failure(
            "visit.has_findings", "这次督导检查已有隐患或任务，不能作废；有误的请先作废隐患或撤回任务"
        )
    return None
