"""The targets of a letter as people write them, one a line, and as they are kept.

``生产安全事故死亡人数 ≤ 2 人`` is a cap, ``隐患整改率 ≥ 98%`` a floor, ``道路交通事故死亡人数 比上年下降`` must shrink, anything
else is done or not. What is printed is what was written, so nothing gets lost between the clerk and the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bihuan.capabilities.responsibility.letters.indicators import indicator
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.declaration import State

MOST = 30
LONGEST = 80


class TargetKind(State):
    CAP = "cap", "控制数"
    FLOOR = "floor", "比率下限"
    SHRINK = "shrink", "比上年下降"
    DONE = "done", "完成与否"


@dataclass(frozen=True, slots=True)
class Target:
    """One target. ``limit`` is a whole number for a cap and hundredths of a percent for a floor, else None."""

    label: str
    kind: TargetKind
    limit: int | None = None
    unit: str = ""
    figure: str = ""

    def kept(self) -> dict[str, Any]:
        """As it lies on the letter and in the record."""
        return {
            "label": self.label, "kind": self.kind.value, "limit": self.limit, "unit": self.unit, "figure": self.figure,
        }  # fmt: skip

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Target:
        return cls(kept["label"], TargetKind(kept["kind"]), kept["limit"], kept["unit"], kept["figure"])

    @property
    def amount(self) -> str:
        """The limit in words: 不超过 2 人、不低于 98%."""
        match self.kind:
            case TargetKind.CAP:
                return f"不超过 {self.limit} {self.unit}".rstrip()
            case TargetKind.FLOOR:
                return f"不低于 {percent(self.limit or 0)}%"
            case TargetKind.SHRINK:
                return "比上年下降"
            case _:
                return "完成"

    def words(self) -> str:
        """The line as a form shows it again."""
        match self.kind:
            case TargetKind.CAP:
                return f"{self.label} ≤ {self.limit} {self.unit}".rstrip()
            case TargetKind.FLOOR:
                return f"{self.label} ≥ {percent(self.limit or 0)}%"
            case TargetKind.SHRINK:
                return f"{self.label} 比上年下降"
            case _:
                return self.label

    def sentence(self) -> str:
        """The target as a paper says it."""
        return self.label if self.kind is TargetKind.DONE else f"{self.label}{self.amount}".replace(" ", "")


def percent(hundredths: int) -> str:
    """9850 as 98.5."""
    return (
        f"{Decimal(hundredths) / 100:f}".rstrip("0").rstrip(".")
        if hundredths % 100
        else str(hundredths // 100)
    )


_NUMBERING = re.compile(r"^\s*(?:[(（]?\d{1,2}[)）.．、](?!\d)|[一二三四五六七八九十]+、)\s*")
_LIMIT = re.compile(
    r"^(?P<label>.+?)\s*(?P<op><=|>=|≤|≥|不超过|不高于|控制在|不低于|不少于|达到)\s*"
    r"(?P<number>\d{1,6}(?:\.\d{1,2})?)\s*(?P<unit>%|[起人项次家个处])?\s*(?P<end>以内|以下|以上)?$"
)
_SHRINK = re.compile(r"^(?P<label>.+?)\s*(?:比|较)上年(?:同期)?(?:下降|减少)$")
_CAPPING = {"<=", "≤", "不超过", "不高于", "控制在"}
_COMPARING = re.compile(r"[≤≥<>＜＞]|不超过|不高于|不低于")


def read(text: str, field: str = "targets") -> tuple[list[Target], list[Failure]]:
    """The targets of ``text``, one a line, and what stands against them; every line at fault is told."""
    found: list[Target] = []
    failures: list[Failure] = []
    for place, line in enumerate(_lines(text), 1):
        target = _target(line)
        if isinstance(target, str):
            failures.append(Failure("letter.target_unreadable", f"第 {place} 项目标“{line}”{target}", field))
        elif any(other.label == target.label for other in found):
            failures.append(
                Failure("letter.target_twice", f"第 {place} 项目标“{target.label}”重复，请只保留一项", field)
            )
        else:
            found.append(target)
    if not found and not failures:
        failures.append(Failure("letter.no_targets", "请至少写明一项目标，一行一项", field))
    if len(found) > MOST:
        failures.append(
            Failure("letter.too_many_targets", f"目标有 {len(found)} 项，最多 {MOST} 项，请合并", field)
        )
    return found, failures


_PLAIN = str.maketrans("０１２３４５６７８９％＜＞＝．　", "0123456789%<>=. ")


def _lines(text: str) -> Iterable[str]:
    for line in text.splitlines():
        plain = _NUMBERING.sub("", line.translate(_PLAIN)).strip().rstrip("。;；,，")
        if plain:
            yield plain


def _target(line: str) -> Target | str:
    """The target of one line, or what is wrong with it."""
    if len(line) > LONGEST:
        return f"有 {len(line)} 字，请精简到 {LONGEST} 字以内，做法写在保障措施里"
    shrinking = _SHRINK.match(line)
    if shrinking:
        known = indicator(shrinking["label"])
        if known is None:
            return "没有对应的统计指标，无法与上年比较；请改用指标全称"
        return Target(known.label, TargetKind.SHRINK, None, known.unit, known.figure)
    limited = _LIMIT.match(line)
    if limited:
        return _limited(limited)
    if _COMPARING.search(line):
        return "看不懂数量，请写成“生产安全事故死亡人数 ≤ 2 人”或“隐患整改率 ≥ 98%”这样的形式"
    return Target(line, TargetKind.DONE)


def _limited(found: re.Match[str]) -> Target | str:
    known = indicator(found["label"])
    label = known.label if known else found["label"]
    unit = found["unit"] or (known.unit if known else "")
    number = Decimal(found["number"])
    capping = found["op"] in _CAPPING
    if known and found["unit"] and found["unit"] != known.unit:
        return f"的单位应为“{known.unit}”"
    if unit == "%":
        if capping or number > 100:
            return "是比率，请写成不低于某个百分比，例如“隐患整改率 ≥ 98%”"
        return Target(label, TargetKind.FLOOR, int(number * 100), "%", known.figure if known else "")
    if not capping:
        return "是数量，请写成不超过某个数，例如“生产安全事故起数 ≤ 3 起”"
    if number != number.to_integral_value():
        return "的控制数应为整数"
    return Target(label, TargetKind.CAP, int(number), unit, known.figure if known else "")


def kept(targets: Sequence[Target]) -> list[dict[str, Any]]:
    return [target.kept() for target in targets]


def of(rows: Iterable[Mapping[str, Any]]) -> list[Target]:
    """The targets a letter keeps."""
    return [Target.of(row) for row in rows]


def text_of(targets: Iterable[Target]) -> str:
    """Targets as a form shows them, one a line."""
    return "\n".join(target.words() for target in targets)
