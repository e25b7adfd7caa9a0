"""A speech becomes tasks: read, corrected, dispatched at once, closed when all of them are."""

from __future__ import annotations

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.papers.models import Proposal
from bihuan.kernel import clock
from bihuan.kernel.record.reading import entries_of
from tests.dispatch import paper_steps as steps
from tests.world import World


def test_a_speech_becomes_tasks_that_lead_back_to_it(world: World) -> None:
    paper = steps.decomposed(world)
    tasks = list(Task.objects.filter(origin=paper.no).order_by("no"))
    assert paper.state == "decomposed"
    assert len(tasks) == paper.kept == Proposal.objects.filter(paper=paper, task__isnull=False).count() >= 5
    assert {task.source_title for task in tasks} == {paper.title}
    assert all(task.source_on == paper.issued_on and task.quote in paper.text for task in tasks)
    assert next(entry.verb for entry in entries_of(paper.uid)) == "take_in"
    assert (paper.answered_on, paper.decomposed_on) == (clock.today(), clock.today())
