"""What a weekly form asks: rows that figures answer, a few numbers no record carries, and judgement.

A layout is plain data, so that a district may choose its own from a day on; the standard one is our own wording for a
special investigation of major accident hazards (重大事故隐患专项排查整治).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WEEK, SINCE = "week", "since"
COLUMNS = (WEEK, SINCE)
ANSWER = "zero_answer"
"""The judgement that answers what was pointed out about a zero."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of figures, counted over the week and since the campaign began.

    ``grade`` narrows it; ``campaign`` counts only what carries the campaign's tag; ``agency`` counts what is the unit's
    own whatever its sectors.
    """

    key: str
    label: str
    figure: str
    grade: str = ""
    campaign: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that stand together; zeros in one are confirmed together."""

    key: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A number no record carries: the filer states it, and the form says so."""

    key: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Words only a person can add."""

    key: str
    label: str
    required: bool = True
    help: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole form."""

    blocks: tuple[Block, ...]
    stated: tuple[Stated, ...]
    judgements: tuple[Judgement, ...]

    @property
    def rows(self) -> tuple[tuple[Block, Row], ...]:
        return tuple((block, row) for block in self.blocks for row in block.rows)

    def share_computed(self) -> float:
        """Which part of all cells the system fills in."""
        computed = len(self.rows) * len(COLUMNS)
        asked = len(self.stated) + sum(1 for one in self.judgements if one.key != ANSWER)
        return computed / (computed + asked) if computed else 0.0

    def json(self) -> dict[str, Any]:
        """As a form template keeps it."""
        return {
            "blocks": [
                {"key": block.key, "title": block.title, "rows": [_row(row) for row in block.rows]}
                for block in self.blocks
            ],
            "stated": [{"key": one.key, "label": one.label, "unit": one.unit} for one in self.stated],
            "judgements": [
                {"key": one.key, "label": one.label, "required": one.required, "help": one.help}
                for one in self.judgements
            ],
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Layout:
        """What :meth:`json` wrote down."""
        return cls(
            tuple(
                Block(block["key"], block["title"], tuple(Row(**row) for row in block["rows"]))
                for block in kept["blocks"]
            ),
            tuple(Stated(**one) for one in kept["stated"]),
            tuple(Judgement(**one) for one in kept["judgements"]),
        )

    def of_rows(self, keys: frozenset[str]) -> Layout:
        """The layout with only these rows; a block without rows is left out."""
        blocks = [
            Block(block.key, block.title, tuple(row for row in block.rows if row.key in keys))
            for block in self.blocks
        ]
        return Layout(tuple(block for block in blocks if block.rows), self.stated, self.judgements)


def _row(row: Row) -> dict[str, Any]:
    kept: dict[str, Any] = {"key": row.key, "label": row.label, "figure": row.figure}
    if row.grade:
        kept["grade"] = row.grade
    if row.campaign:
        kept["campaign"] = True
    return kept


TITLE = "重大事故隐患专项排查整治周调度表"
STANDARD = Layout(
    blocks=(
        Block(
            "hazards", "隐患排查整治",
            (
                Row("found", "排查发现隐患", "hazards.found"),
                Row("rectified", "其中：已完成整改", "hazards.rectified"),
                Row("open", "其中：未完成整改", "hazards.open"),
                Row("overdue", "其中：逾期未整改", "hazards.overdue"),
                Row("rate", "整改率", "hazards.rectification_rate"),
                Row("funds", "投入整改资金", "hazards.funds_spent"),
            ),
        ),
        Block(
            "major", "重大事故隐患",
            (
                Row("major_found", "排查发现重大事故隐患", "hazards.major_found"),
                Row("major_rectified", "其中：已完成整改", "hazards.rectified", grade="major"),
                Row("major_open", "其中：未完成整改", "hazards.open", grade="major"),
            ),
        ),
        Block(
            "campaign", "专项行动排查整治",
            (
                Row("campaign_found", "专项行动排查发现隐患", "hazards.found", campaign=True),
                Row("campaign_open", "其中：未完成整改", "hazards.open", campaign=True),
            ),
        ),
        Block(
            "tasks", "调度任务落实",
            (
                Row("tasks", "交办本单位牵头的任务", "tasks.dispatched"),
                Row("tasks_closed", "其中：已办结", "tasks.closed"),
                Row("tasks_overdue", "其中：逾期未办结", "tasks.overdue"),
            ),
        ),
    ),
    stated=(Stated("sorties", "本周出动检查人次", "人次"),),
    judgements=(
        Judgement("problems", "存在的主要问题", help="写本周看出来的共性问题；没有的写明检查情况"),
        Judgement("next_steps", "下周工作措施", help="做什么、谁来做、哪天前完成"),
        Judgement(ANSWER, "零数据说明", required=False, help="系统指出零数据需要核实的，在这里说明核实情况"),
    ),
)  # fmt: skip
