"""What a task's end means for the paper it came from."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.dispatch.models import OPEN_STATES
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.capabilities.dispatch.papers.states import PaperState
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.people.actors import Actor


def task_ended(task: Any, given: Any, context: Any) -> None:
    """The last open task closes the paper. It is locked first: of two tasks accepted at once, the later one sees both."""
    paper = _paper_of(task, PaperState.DECOMPOSED)
    if paper is not None and not _open(paper):
        engine.perform("paper", "close", paper.uid, Nothing(), actor=Actor.system("papers"))


def task_reopened(task: Any, given: Any, context: Any) -> None:
    paper = _paper_of(task, PaperState.CLOSED)
    if paper is not None:
        engine.perform("paper", "resume", paper.uid, Nothing(), actor=Actor.system("papers"))


def _paper_of(task: Any, state: PaperState) -> Paper | None:
    if not task.origin:
        return None
    return Paper.objects.select_for_update().filter(no=task.origin, state=state.value).first()


def _open(paper: Paper) -> bool:
    open_states = [state.value for state in OPEN_STATES]
    return Proposal.objects.filter(paper=paper, task__state__in=open_states).exists()
