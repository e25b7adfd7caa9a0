"""各单位存在的问题: each unit by name with what stands against it in the records, the longest list first (M036).

Named are the units the records name: who regulates the hazard, who leads the task, who owed the ledger. Nobody is named
without a number that opens, and where nothing stands against anybody that is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from bihuan.kernel.documents import Block, FigureRef, Paragraph, Run
from bihuan.kernel.expectations.models import Standing
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.figures.wording import UNKNOWN
from bihuan.reporting import filings
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sentences import listed, say

OVERDUE, LATE = "hazards.overdue", "tasks.overdue"


def compose(desk: Briefing) -> Part:
    """The section; an agency's own report names nobody else."""
    if desk.question.agency is not None:
        return Part()
    against: dict[str, list[tuple[int, tuple[Run, ...]]]] = defaultdict(list)
    told = {
        OVERDUE: "逾期未整改隐患{count}项",
        LATE: "逾期未办结任务{count}项",
    }
    for name, words in told.items():
        for unit, line in _lines(desk, name).items():
            if line.amount and unit != UNKNOWN:
                against[unit].append((line.amount, say(words, count=_cited(desk, name, unit, line))))
    for unit, roll in _unfiled(desk).items():
        against[unit].append((roll.count, say("到期未报送隐患台账{count}期次", count=desk.count(roll))))
    until = desk.question.until
    if not against:
        says = "{until}，没有单位存在逾期未整改隐患、逾期未办结任务或者到期未报送台账。"
        return Part((Paragraph(say(says, until=until)),))
    ranked = sorted(against, key=lambda unit: (-sum(count for count, _ in against[unit]), unit))
    blocks: list[Block] = [Paragraph(say("按单位分，{until}有以下问题：", until=until))]
    blocks += [
        Paragraph(say("{unit}：{told}。", unit=unit, told=listed((runs for _, runs in against[unit]), "，")))
        for unit in ranked
    ]
    return Part(tuple(blocks))


SECTION = Section("unit-problems", 95, compose, frozenset())


def _lines(desk: Briefing, name: str) -> Mapping[str, FigureValue]:
    found = desk.memo.setdefault("unit problems", {})
    if name not in found:
        found.update(desk.ask((name,), "unit"))
    return found[name].by if name in found else {}


def _cited(desk: Briefing, name: str, unit: str, line: FigureValue) -> FigureRef:
    """A line is frozen under its total."""
    desk.cite.figure(desk.memo["unit problems"][name])
    return desk.tell(line, unit)


def _unfiled(desk: Briefing) -> Mapping[str, Roll]:
    """What each unit owed and did not file, as a counted list of its own."""
    asked = desk.question
    keys: dict[str, list[str]] = defaultdict(list)
    for filing in filings.filings_of(desk):
        if filing.standing is Standing.MISSING:
            keys[filing.holder].append(filing.key)
    caption = f"{asked.period.chinese()}，{asked.until}"
    return {
        unit: Roll(f"filings.missing-{unit}", f"{unit}未报送台账", "期次", f"{unit}，{caption}", tuple(found))
        for unit, found in keys.items()
    }
