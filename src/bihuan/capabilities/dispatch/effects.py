"""What each deed means for the task's own columns. State, deadline, signature and record are the engine's."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.dispatch.models import Task
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Post, Tenure
from bihuan.kernel.responsibility.chain import Level, titled, unit_chain
from bihuan.kernel.search import pairs_literal
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force


def place(task: Task, given: Any, actor: Any) -> None:
    """Before a task is dispatched: whose it is. A town's task lies in the town, a department's in the district."""
    lead = Agency.objects.select_related("region").filter(pk=given.lead).first()
    if lead is None:
        raise Refused.because("task.lead_unknown", "牵头单位不存在或已撤并，请重新选择", "lead")
    task.agency = lead
    task.region_path = lead.region.path


def dispatch(task: Task, given: Any, context: Any) -> None:
    """交办."""
    task.title = given.title
    task.requirement = given.requirement
    task.kind = given.kind
    task.supporting = sorted(set(given.supporting))
    task.due_on = given.due_on
    task.source_title = given.source_title
    task.source_on = given.source_on
    task.quote = given.quote
    task.campaign = given.campaign
    task.dispatched_on = context.day
    context.facts["origin"] = task.origin or None
    _bind_leader(task, given.leader_post, context)
    index(task)


def _bind_leader(task: Task, post_id: int | None, context: Any) -> None:
    """有人抓: the leader named, or the one whose portfolio covers the lead unit's field."""
    if post_id is None:
        rung = next(
            holder
            for holder in unit_chain(task.agency_id, task.region_path, task.sector_path, context.day)
            if holder.level is Level.LEADER
        )
        task.leader_post = rung.post_id
        task.leader_name = f"{rung.title} {rung.name}".strip()[:120]
        return
    post = Post.objects.filter(pk=post_id).select_related("agency").first()
    if post is None or post.role in ADMIN_ROLES | ENTERPRISE_ROLES:
        raise Refused.because("task.leader_unknown", "分管（督促）领导不存在，请重新选择", "leader_post")
    holder = Tenure.objects.filter(in_force(context.day), post=post).select_related("person").first()
    task.leader_post = post.pk
    task.leader_name = (f"{titled(post)} {holder.person.name}" if holder else titled(post))[:120]
    context.facts["leader"] = task.leader_name


def index(task: Task) -> None:
    """The words by which the task is found again."""
    task.search = pairs_literal(task.title, task.requirement, task.source_title)


def receive(task: Task, given: Any, context: Any) -> None:
    """签收."""
    task.responsible_person = given.responsible_person
    task.measures = given.measures
    task.declined = ""


def due_as_set(task: Task, given: Any, context: Any) -> Deadline:
    """The day set when the task was dispatched, or set anew since."""
    return Deadline(task.due_on, "交办时确定的完成期限", context.day)


def decline(task: Task, given: Any, context: Any) -> None:
    """不属本单位职责: kept until the office answers; the clock goes on."""
    task.declined = given.reason


def uphold(task: Task, given: Any, context: Any) -> None:
    """The office says that it stays theirs."""
    task.declined = ""


def reassign(task: Task, given: Any, context: Any) -> None:
    """改派: another unit leads from now on; the former one stays in the record."""
    context.facts["former_lead"] = task.agency.name
    place(task, given, context.actor)
    task.supporting = sorted(set(given.supporting))
    task.due_on = given.due_on
    task.responsible_person = ""
    task.measures = ""
    task.declined = ""
    task.extension = None


def report_progress(task: Task, given: Any, context: Any) -> None:
    """报进展."""
    task.progress = given.progress
    task.progress_on = context.day


def complete(task: Task, given: Any, context: Any) -> None:
    """上报完成."""
    task.finished_on = given.finished_on
    task.result = given.result
    task.extension = None


def accept(task: Task, given: Any, context: Any) -> None:
    """验收办结."""
    task.accepted_on = given.accepted_on
    task.accepted_by = context.actor.name


def send_back(task: Task, given: Any, context: Any) -> None:
    """退回: it counts, and the deadline is set anew."""
    task.sent_back += 1
    task.finished_on = None
    task.due_on = given.due_on
    context.facts["sent_back"] = task.sent_back


def reopen(task: Task, given: Any, context: Any) -> None:
    """What was closed too early goes back to work; the former acceptance stays in the record."""
    context.facts["former_acceptance"] = {"on": task.accepted_on, "by": task.accepted_by}
    task.accepted_on = None
    task.accepted_by = ""
    send_back(task, given, context)


def request_extension(task: Task, given: Any, context: Any) -> None:
    task.extension = {"until": given.until.isoformat(), "reason": given.reason, "by": context.actor.name}


def grant_extension(task: Task, given: Any, context: Any) -> None:
    """同意延期: the day asked for becomes the deadline."""
    assert task.extension is not None
    until = date.fromisoformat(task.extension["until"])
    context.facts |= {"from": task.due_on, "until": until}
    task.due_on = until
    task.extension = None


def refuse_extension(task: Task, given: Any, context: Any) -> None:
    assert task.extension is not None
    context.facts["until"] = task.extension["until"]
    task.extension = None


def supervise(task: Task, given: Any, context: Any) -> None:
    """挂牌督办: the office's own day binds from now on."""
    task.supervised_on = context.day
    task.due_on = given.due_on


def withdraw(task: Task, given: Any, context: Any) -> None:
    """撤回: counted nowhere, forgotten nowhere."""
    task.withdrawn = True
