"""Papers left in each state, every one through the engine by a person who may."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bihuan.capabilities.dispatch.papers import inputs
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from tests.world import World

SPEECH = """在全区安全生产工作会议上的讲话

同志们：

一、认清形势
当前安全生产形势总体平稳，但是基础还不牢固。

二、突出重点
（一）区应急管理局要牵头开展有限空间作业专项检查。
（二）各镇街要建立村居网格员巡查制度，每月至少巡查一次。
（三）区住房和城乡建设局、区应急管理局要在{due}前对在建工地开展一次联合检查。
（四）严禁在厂房仓库违规住人。
（五）东湖镇人民政府要在{due}前完成沿街商铺电气线路改造。
"""


def far() -> date:
    return clock.today() + timedelta(days=20)


def speech() -> str:
    day = far()
    return SPEECH.format(due=f"{day.year}年{day.month}月{day.day}日")


def receiving(**changes: Any) -> inputs.Receiving:
    values: dict[str, Any] = {
        "kind": "speech",
        "title": "在全区安全生产工作会议上的讲话",
        "issuer": "区委书记",
        "issued_on": clock.today(),
        "text": speech(),
    }
    return inputs.Receiving(**{**values, **changes})


def taken_in(world: World, by: str = "office", **changes: Any) -> Paper:
    outcome = engine.open_matter("paper", "take_in", receiving(**changes), actor=world.actor(by))
    return Paper.objects.get(uid=outcome.uid)


def done(world: World, paper: Paper, step: str, given: Any, by: str = "office") -> Paper:
    engine.perform("paper", step, paper.no, given, actor=world.actor(by), version=paper.version)
    return Paper.objects.get(uid=paper.uid)


def item(paper: Paper, words: str) -> Proposal:
    """The item whose words hold ``words``; the first of several."""
    return Proposal.objects.filter(paper=paper, anchor__contains=words).order_by("start", "number")[0]


def editing(found: Proposal, **changes: Any) -> inputs.Editing:
    values: dict[str, Any] = {
        "item": found.number,
        "summary": found.summary,
        "requirement": found.requirement,
        "kind": found.kind,
        "lead": found.lead,
        "supporting": tuple(found.supporting),
        "due_on": found.due_on,
    }
    return inputs.Editing(**{**values, **changes})


def settled(world: World, **changes: Any) -> Paper:
    """Every item of the speech with one lead and a day."""
    paper = taken_in(world, **changes)
    for found in Proposal.objects.filter(paper=paper, kept=True):
        lead = found.lead or (found.leads[0] if found.leads else world.bureau.pk)
        paper = done(world, paper, "edit_item", editing(found, lead=lead, due_on=found.due_on or far()))
    return paper


def decomposed(world: World, **changes: Any) -> Paper:
    return done(world, settled(world, **changes), "decompose", inputs.Decomposing())
