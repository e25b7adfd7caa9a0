"""The demo's papers: one speech dispatched, fifteen measures with fifteen leads, one idle, one on the desk."""

from __future__ import annotations

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.demo.building import Size
from bihuan.kernel import clock


def test_every_page_of_papers_is_alive(district: Size) -> None:
    papers = {paper.title: paper for paper in Paper.objects.all()}
    measures = papers["关于进一步强化安全生产责任落实的十五条措施"]
    assert (measures.kept, measures.state) == (15, "decomposed")
    assert Proposal.objects.filter(paper=measures, leads__len=1, task__isnull=False).count() == 15
    speech = papers["在全区安全生产攻坚推进会议上的讲话"]
    assert speech.kept >= 12
    states = set(Task.objects.filter(origin__in=[speech.no, measures.no]).values_list("state", flat=True))
    assert states == {"closed", "awaiting_acceptance", "under_way", "dispatched"}
    idle = papers["关于做好冬季城镇燃气安全工作的通知"]
    assert (idle.state, idle.deadline is not None and idle.deadline < clock.today()) == ("splitting", True)
    fresh = papers["在全区冬季安全防范视频会议上的讲话"]
    assert (fresh.state, fresh.kept >= 4) == ("splitting", True)
    assert papers["区十五条措施落实情况月报制度"].superior_id == measures.pk
