"""What an inspection writes against a checklist: one answer an item, none forgotten, a failing one explained.

The rows belong to the inspection; only their shape and what makes them whole stand here, so that every room judges alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.declaration import State
from bihuan.registers.checklists.models import ChecklistItem


class Outcome(State):
    """符合、不符合、不适用."""

    PASS = "pass", "符合"
    FAIL = "fail", "不符合"
    NA = "na", "不适用"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item. ``item`` is its primary key; ``photos`` are attachments of the inspection."""

    item: int
    outcome: str
    note: str = ""
    photos: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items passed, failed and did not apply."""

    passed: int = 0
    failed: int = 0
    not_applicable: int = 0
    major: int = 0

    @property
    def answered(self) -> int:
        return self.passed + self.failed + self.not_applicable

    @property
    def words(self) -> str:
        """One line for pages and instruments."""
        majors = f"（其中重大事故隐患判定项 {self.major} 项）" if self.major else ""
        return f"符合 {self.passed} 项、不符合 {self.failed} 项{majors}、不适用 {self.not_applicable} 项"


def unanswered(items: Sequence[ChecklistItem], answers: Iterable[Answer]) -> Sequence[ChecklistItem]:
    """The items of the sheet nobody has answered yet, in order."""
    given = {one.item for one in answers}
    return [item for item in items if item.pk not in given]


def objections(
    items: Sequence[ChecklistItem], answers: Sequence[Answer], field: str = "answers"
) -> Iterable[Failure]:
    """What keeps a sheet from being finished, all of it: foreign items, unknown words, gaps, failures without a note."""
    known: Mapping[int, ChecklistItem] = {item.pk: item for item in items}
    words = {one.value for one in Outcome}
    for answer in answers:
        item = known.get(answer.item)
        if item is None:
            yield Failure("checklist.foreign_item", "有一项不在本次使用的检查表里，请刷新页面重填", field)
        elif answer.outcome not in words:
            yield Failure(
                "checklist.unknown_outcome", f"第 {item.no} 项请选“符合、不符合、不适用”之一", field
            )
        elif answer.outcome == Outcome.FAIL.value and not answer.note.strip():
            yield Failure(
                "checklist.no_note", f"第 {item.no} 项不符合，请写明现场情况（在哪里、是什么样）", field
            )
    missing = unanswered(items, answers)
    if missing:
        some = "、".join(str(item.no) for item in missing[:12]) + ("…" if len(missing) > 12 else "")
        yield Failure(
            "checklist.unanswered", f"还有 {len(missing)} 项没有填写结果：第 {some} 项", field
        )  # fmt: skip


def tally(items: Sequence[ChecklistItem], answers: Iterable[Answer]) -> Tally:
    """Count the answers; a failed item with a criterion counts as a major one too."""
    majors = {item.pk for item in items if item.is_major}
    counted = {one.value: 0 for one in Outcome}
    major = 0
    for answer in answers:
        counted[answer.outcome] = counted.get(answer.outcome, 0) + 1
        major += answer.outcome == Outcome.FAIL.value and answer.item in majors
    return Tally(counted["pass"], counted["fail"], counted["na"], major)
