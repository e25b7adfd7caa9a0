"""上级部署措施分解: how many measures were broken down, each to one lead unit (M040); silent where none came in."""

from __future__ import annotations

from bihuan.kernel.documents import Heading, Paragraph
from bihuan.kernel.figures import answers, registry
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sentences import say

MEASURES, ASSIGNED, UNASSIGNED = (
    "papers.measures", "papers.measures_assigned", "papers.measures_unassigned",
)  # fmt: skip
CLOSED = "papers.measures_closed"


def compose(desk: Briefing) -> Part:
    """The section, made only where papers are counted and the report's scope can tell them apart."""
    asked, known = desk.question, registry.names()
    if not {MEASURES, ASSIGNED, UNASSIGNED} <= set(known):
        return Part()
    if asked.scope.dims() - registry.figure(MEASURES).tally.dims.keys():
        return Part()
    names = [name for name in (MEASURES, ASSIGNED, UNASSIGNED, CLOSED) if name in known]
    found = answers.values(names, asked.period, asked.as_of, asked.scope, digits=asked.digits)
    if not found[MEASURES].amount:
        return Part()
    cite = desk.cite.figure
    told = say(
        "对上级文件部署的措施逐项分解，共{all}条，{until}，已交办{assigned}条，每条明确一个牵头责任单位",
        all=cite(found[MEASURES]), until=asked.until, assigned=cite(found[ASSIGNED]),
    )  # fmt: skip
    if CLOSED in found:
        told += say("，已办结{closed}条", closed=cite(found[CLOSED]))
    if not found[UNASSIGNED].amount:
        return Part(
            (Heading(2, "上级部署措施分解落实"), Paragraph(told + say("，没有未落实牵头单位的措施。")))
        )
    told += say("，尚有{left}条没有落实牵头单位。", left=cite(found[UNASSIGNED]))
    step = "加快分解上级部署。对没有落实牵头单位的措施限期明确，逐项交办、跟踪办结。"
    return Part((Heading(2, "上级部署措施分解落实"), Paragraph(told)), next_steps=(step,))


SECTION = Section("measures", 25, compose)
