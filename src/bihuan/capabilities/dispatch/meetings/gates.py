"""The facts a deed of a meeting rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from bihuan.capabilities.dispatch.meetings import lines
from bihuan.capabilities.dispatch.meetings.hands import units_of
from bihuan.capabilities.dispatch.meetings.models import Deployment
from bihuan.capabilities.dispatch.meetings.states import MeetingKind
from bihuan.capabilities.dispatch.models import Task
from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping as attachments
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import gone_by
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force


def chaired(meeting: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Somebody led it, and that post is a leader's."""
    if given.chair_post is None and not given.chair:
        yield Failure("meeting.without_chair", "请选择主持领导，或填写其他主持人", "chair_post")
    elif (
        given.chair_post is not None
        and not Post.objects.filter(pk=given.chair_post, role=Role.LEADER).exists()
    ):
        yield Failure("meeting.chair_unknown", "主持领导不存在，请重新选择", "chair_post")


def units_exist(meeting: Any, given: Any, actor: Any) -> Failure | None:
    known = Agency.objects.filter(in_force(clock.today()), pk__in=given.invited).count()
    if known != len(set(given.invited)):
        return Failure("meeting.invited_unknown", "有参会单位不存在或已撤并，请重新选择", "invited")
    return None


def enterprises_known(meeting: Any, given: Any, actor: Any) -> Iterable[Failure]:
    return lines.read_objects(given.summoned, actor, "summoned").failures


def task_known(meeting: Any, given: Any, actor: Any) -> Failure | None:
    """A meeting on site may close a pilot: then the task is one of ours."""
    if not given.task_no:
        return None
    if given.kind != MeetingKind.SITE:
        return Failure(
            "meeting.task_of_site_only", "只有现场会可以关联试点任务，请改会议类型或清空此项", "task_no"
        )
    if not Task.objects.filter(no=given.task_no.strip().upper()).exists():
        return Failure("meeting.task_unknown", f"没有查到任务 {given.task_no}，请核对编号", "task_no")
    return None


def day_ahead(meeting: Any, given: Any, actor: Any) -> Failure | None:
    """What has been is recorded, not planned."""
    if given.held_on < clock.today():
        says = f"召开日期 {given.held_on} 已经过去，已开过的会请用“补录会议”"
        return Failure("meeting.planned_in_past", says, "held_on")
    return None


def day_come(meeting: Any, given: Any, actor: Any) -> Failure | None:
    """Nobody records what is still to come."""
    if given.held_on > clock.today():
        return Failure("meeting.held_in_future", f"召开日期 {given.held_on} 还没有到，请核对", "held_on")
    return None


def attendance_told(meeting: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Who stayed away, or sent somebody, was asked to come; nobody did both."""
    invited = set(getattr(given, "invited", None) or meeting.invited)
    read = {
        name: lines.read_units(getattr(given, name), given.held_on, name)
        for name in ("absent", "substitutes")
    }
    for name, found in read.items():
        yield from found.failures
        strangers = set(found.found) - invited
        if strangers:
            says = f"{_called(strangers)}不在参会单位中，请先列为参会单位，或从此项去掉"
            yield Failure("meeting.not_invited", says, name)
    both = set(read["absent"].found) & set(read["substitutes"].found)
    if both:
        yield Failure(
            "meeting.absent_and_substituted",
            f"{_called(both)}不能既缺席又派人代会，请去掉一处",
            "substitutes",
        )


def _called(keys: set[int]) -> str:
    return "、".join(
        Agency.objects.filter(pk__in=keys).order_by("order", "id").values_list("name", flat=True)
    )


def enterprises_told(meeting: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Of the enterprises, only those that were called can have stayed away."""
    called = lines.read_objects(getattr(given, "summoned", ""), actor, "summoned").found
    summoned = {str(each.uid) for each in called} or set(meeting.summoned)
    read = lines.read_objects(given.summoned_absent, actor, "summoned_absent")
    yield from read.failures
    for each in read.found:
        if str(each.uid) not in summoned:
            says = f"“{each.name}”不在通知到会的企业中，请核对"
            yield Failure("meeting.not_summoned", says, "summoned_absent")


def decisions_read(meeting: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """One lead each, with a day that has not gone by (一项任务只有一个牵头单位)."""
    read = lines.read_decisions(given.decisions, _day(meeting, given))
    past = [
        Failure(
            "meeting.decision_due_past",
            f"第 {each.number} 条决定的期限 {each.due_on} 已经过去，请重新确定，或只写入纪要正文",
            "decisions",
        )
        for each in read.found
        if each.due_on < clock.today()
    ]
    return [*read.failures, *past]


def _day(meeting: Any, given: Any) -> date:
    day: date = getattr(given, "held_on", None) or meeting.held_on
    return day


def has_minutes(meeting: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """A text or a paper, and the paper has come."""
    if not given.minutes and not given.files:
        yield Failure("meeting.without_minutes", "请填写纪要正文，或上传纪要文件", "minutes")
    if len(attachments.here(meeting.uid, set(given.files))) != len(set(given.files)):
        yield Failure("meeting.file_unknown", "有文件没有上传成功，请重新上传", "files")


def minuted_in_time_order(meeting: Any, given: Any, actor: Any) -> Failure | None:
    if not meeting.held_on <= given.minuted_on <= clock.today():
        says = f"印发日期 {given.minuted_on} 应在召开日期 {meeting.held_on} 与今天之间，请核对"
        return Failure("meeting.minuted_out_of_order", says, "minuted_on")
    return None


def due_ahead(meeting: Any, given: Any, actor: Any) -> Failure | None:
    return gone_by(given.due_on, "due_on", "期限", "meeting.due_in_past")


def somebody_invited(meeting: Any, given: Any, actor: Any) -> Failure | None:
    if not meeting.invited:
        return Failure("meeting.nobody_invited", "这次会议没有登记参会单位，不能要求会后部署")
    return None


def not_asked_yet(meeting: Any, given: Any, actor: Any) -> Failure | None:
    if meeting.deploy_by is not None:
        return Failure("meeting.deployment_asked", f"已要求各参会单位在 {meeting.deploy_by} 前报送会后部署")
    return None


def deployment_asked(meeting: Any, given: Any, actor: Any) -> Failure | None:
    return None if meeting.deploy_by else Failure("meeting.deployment_not_asked", "这次会议没有要求会后部署")


def somebody_owes(meeting: Any, given: Any, actor: Any) -> Failure | None:
    if meeting.deployments.count() >= len(meeting.invited):
        return Failure("meeting.all_deployed", "各参会单位都已报送会后部署")
    return None


def not_filed_yet(meeting: Any, given: Any, actor: Any) -> Failure | None:
    own = units_of(actor) & set(meeting.invited)
    if own and Deployment.objects.filter(meeting=meeting, agency__in=own).count() == len(own):
        return Failure("meeting.deployed_already", "本单位已经报送会后部署")
    return None


def deployed_in_time_order(meeting: Any, given: Any, actor: Any) -> Iterator[Failure]:
    if not meeting.held_on <= given.deployed_on <= clock.today():
        says = f"部署日期 {given.deployed_on} 应在召开日期 {meeting.held_on} 与今天之间，请核对"
        yield Failure("meeting.deployed_out_of_order", says, "deployed_on")
    if len(attachments.here(meeting.uid, set(given.files))) != len(set(given.files)):
        yield Failure("meeting.file_unknown", "有文件没有上传成功，请重新上传", "files")
