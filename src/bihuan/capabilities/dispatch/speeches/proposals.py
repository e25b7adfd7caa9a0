"""What is proposed: a task with its place in the text, its reasons and how sure the rules are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bihuan.capabilities.dispatch.speeches.deadlines import Deadline
from bihuan.capabilities.dispatch.speeches.units import Unit


class Kind(StrEnum):
    """How a task ends: once done, never, or it forbids."""

    ONE_OFF = "one-off"
    STANDING = "standing"
    PROHIBITION = "prohibition"


class LeadSource(StrEnum):
    """Where the lead units were read."""

    EXPLICIT = "explicit"
    CARRIED = "carried"
    NONE = "none"


KIND_LABELS = {Kind.ONE_OFF: "一次性", Kind.STANDING: "经常性", Kind.PROHIBITION: "禁止性"}

RULES = {
    "lead.named": "点名单位",
    "lead.class": "某类主体",
    "lead.carried": "承前文主体",
    "lead.column": "责任单位栏",
    "duty.modal": "义务词",
    "duty.imperative": "祈使句",
    "duty.prohibition": "禁止句",
    "duty.assigned": "由某单位牵头或负责",
    "time.deadline": "有时限",
    "time.wording": "有时间要求",
    "time.recurrence": "有频次",
    "matter.concrete": "有具体事项",
    "place.item": "分项列举",
    "doubt.no_lead": "未写明责任单位",
    "doubt.many_leads": "多个单位并列，须定一个牵头",
    "doubt.awareness": "所在部分讲认识",
    "doubt.vague": "措辞笼统",
    "doubt.conditional": "附条件",
    "doubt.year": "年份系推定",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed task. ``start`` and ``end`` are offsets into the text as given; ``anchor`` is that run, verbatim."""

    anchor: str
    start: int
    end: int
    line: int
    heading: str
    summary: str
    lead_units: tuple[Unit, ...]
    lead_text: str | None
    lead_source: LeadSource
    support_units: tuple[Unit, ...]
    deadline: Deadline
    kind: Kind
    rules: tuple[str, ...]
    confidence: float

    @property
    def many_leads(self) -> bool:
        """Several units or kinds of units are named; a clerk settles on exactly one."""
        return len(self.lead_units) > 1

    @property
    def why(self) -> str:
        """The rules in words."""
        return "、".join(RULES[rule] for rule in self.rules)

    def json(self) -> dict[str, Any]:
        """As the interface ``bihuan tasks extract --json`` gives it."""
        day = self.deadline.day
        return {
            "anchor": self.anchor,
            "start": self.start,
            "end": self.end,
            "line": self.line,
            "heading": self.heading,
            "summary": self.summary,
            "lead_units": [unit.name for unit in self.lead_units],
            "lead_units_text": self.lead_text,
            "lead_source": self.lead_source.value,
            "lead_agencies": [unit.agency for unit in self.lead_units],
            "many_leads": self.many_leads,
            "support_units": [unit.name for unit in self.support_units],
            "deadline": {
                "text": self.deadline.text,
                "date": day.isoformat() if day else None,
                "recurrence": self.deadline.recurrence,
                "year_assumed": self.deadline.assumed,
            },
            "kind": self.kind.value,
            "rules": list(self.rules),
            "why": self.why,
            "confidence": self.confidence,
        }
