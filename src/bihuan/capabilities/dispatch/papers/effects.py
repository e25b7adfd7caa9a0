"""What each deed means for the paper and its items. State, deadline, signature and record are the engine's."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.dispatch.inputs import Dispatching
from bihuan.capabilities.dispatch.papers import items, texts
from bihuan.capabilities.dispatch.papers.inputs import MOST_QUOTED
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.capabilities.dispatch.papers.reading import read_items
from bihuan.capabilities.dispatch.papers.states import ItemState, PaperKind, PaperState
from bihuan.kernel.crypto import sm3
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.deadlines import Deadline, counted
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.policies import values as policies
from bihuan.kernel.search import pairs_literal
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.trees import the_district
from bihuan.kernel.uid import uuid7


def place(paper: Paper, given: Any, actor: Any) -> None:
    """Before it is taken in: it lies with the committee office, over the whole district; and what it says."""
    post = next((scope for scope in actor.scopes if scope.role == Role.OFFICE), None)
    office = Agency.objects.filter(kind=AgencyKind.COMMITTEE_OFFICE).order_by("id").first()
    district = the_district()
    paper.agency_id = post.agency_id if post and post.agency_id else office.pk if office else None
    paper.region_path = post.region_path if post else district.region.path if district else ""
    paper.text, paper.form = texts.text_of(paper, given)
    paper.digest = sm3.digest(paper.text.encode())


def take_in(paper: Paper, given: Any, context: Any) -> None:
    """登记: the rules read the text; what they propose is kept as they proposed it."""
    paper.kind, paper.title, paper.issuer = given.kind, given.title, given.issuer
    paper.number, paper.issued_on = given.number, given.issued_on
    paper.received_on = context.day
    paper.act_by = act_by(paper, given, context).due
    paper.search = pairs_literal(paper.title, paper.issuer, paper.number)
    read = read_items(paper)
    paper.proposed = paper.kept = len(read)
    context.facts |= {"proposed": len(read), "characters": len(paper.text), "digest": paper.digest.hex()}
    _carry_out(paper, given, context)
    context.afterwards.append(lambda: Proposal.objects.bulk_create(read))


def act_by(paper: Paper, given: Any, context: Any) -> Deadline:
    """By when the district has to act: on its own papers by splitting them, on a superior document by any act (M047)."""
    superior = paper.kind == PaperKind.SUPERIOR
    key = "paper.action_days" if superior else "paper.split_days"
    rule = "上级文件登记后应在规定的工作日内落实" if superior else "登记后应在规定的工作日内拆分交办"
    days = int(policies.recent(key, on=context.began(paper)).value)
    return counted(context.day, days, "working", rule)


def link(paper: Paper, given: Any, context: Any) -> None:
    """贯彻: this paper is how a superior document is carried out here."""
    _carry_out(paper, given, context)


def _carry_out(paper: Paper, given: Any, context: Any) -> None:
    if not given.superior:
        return
    superior = Paper.objects.get(no=given.superior.strip())
    paper.superior = superior
    context.facts["carries_out"] = superior.no
    context.afterwards.append(lambda: _answer(superior))


def _answer(superior: Paper) -> None:
    held = Paper.objects.select_for_update().get(pk=superior.pk)
    if held.state == PaperState.SPLITTING:
        engine.perform("paper", "answer", held.uid, Nothing(), actor=Actor.system("papers"))


def answer(paper: Paper, given: Any, context: Any) -> None:
    """已有落实文件: a paper of the district carries it out."""
    paper.answered_on = paper.answered_on or context.day


def edit_item(paper: Paper, given: Any, context: Any) -> None:
    items.edit(items.kept_item(paper, given.item), given)
    items.recount(paper)


def merge_item(paper: Paper, given: Any, context: Any) -> None:
    former = items.merge(paper, items.kept_item(paper, given.item))
    context.facts["into"] = former.number
    items.recount(paper)


def split_item(paper: Paper, given: Any, context: Any) -> None:
    item = items.kept_item(paper, given.item)
    made = (
        items.split_by_units(paper, item, given.units)
        if given.units
        else items.split_at(paper, item, given.at or 0)
    )
    context.facts["pieces"] = [piece.number for piece in made]
    items.recount(paper)


def drop_item(paper: Paper, given: Any, context: Any) -> None:
    items.drop(items.kept_item(paper, given.item), given.reason)
    items.recount(paper)


def restore_item(paper: Paper, given: Any, context: Any) -> None:
    items.restore(items.item_of(paper, given.item))
    items.recount(paper)


def add_item(paper: Paper, given: Any, context: Any) -> None:
    context.facts["number"] = items.add(paper, given.quote, given.start, given.summary).number
    items.recount(paper)


def set_day(paper: Paper, given: Any, context: Any) -> None:
    context.facts["items"] = items.set_day(paper, given.due_on)


def decompose(paper: Paper, given: Any, context: Any) -> None:
    """分解交办: what was left untouched was right as read; every kept item becomes a task in the same transaction."""
    Proposal.objects.filter(paper=paper, state=ItemState.PROPOSED.value).update(
        state=ItemState.ACCEPTED.value
    )
    Proposal.objects.filter(paper=paper).update(settled_on=context.day)
    items.recount(paper)
    paper.decomposed_on = context.day
    paper.answered_on = paper.answered_on or context.day
    context.facts |= {
        name: getattr(paper, name) for name in ("kept", "accepted", "changed", "dropped", "added")
    }
    context.afterwards.append(lambda: _dispatch(paper, context.actor))


def _dispatch(paper: Paper, actor: Actor) -> None:
    kept = items.kept_items(paper)
    uids = [uuid7() for _ in kept]
    given = [_asked(paper, item) for item in kept]
    columns: list[dict[str, Any]] = [{"origin": paper.no} for _ in kept]
    tasks = engine.open_many("task", "dispatch", given, actor=actor, uids=uids, columns=columns)
    for item, task in zip(kept, tasks, strict=True):
        item.task_id = task.uid
    Proposal.objects.bulk_update(kept, ["task"])


def _asked(paper: Paper, item: Proposal) -> Dispatching:
    assert item.lead is not None, "the gates let nothing else through"
    assert item.due_on is not None, "the gates let nothing else through"
    return Dispatching(
        title=item.summary,
        requirement=item.requirement,
        kind=item.kind,
        lead=item.lead,
        supporting=tuple(item.supporting),
        due_on=item.due_on,
        leader_post=item.leader_post,
        source_title=paper.title,
        source_on=paper.issued_on,
        quote=item.anchor[:MOST_QUOTED],
    )


def close(paper: Paper, given: Any, context: Any) -> None:
    paper.closed_on = context.day


def resume(paper: Paper, given: Any, context: Any) -> None:
    """A task of it is open again, so the paper is not done."""
    paper.closed_on = None


def file_without_tasks(paper: Paper, given: Any, context: Any) -> None:
    """不需分解: a decision too; the items are no tasks, and nobody judged them one by one."""
    paper.answered_on = paper.answered_on or context.day
    Proposal.objects.filter(paper=paper).update(voided=True)


def void(paper: Paper, given: Any, context: Any) -> None:
    """作废: taken in by mistake; counted nowhere."""
    paper.voided = True
    Proposal.objects.filter(paper=paper).update(voided=True)
