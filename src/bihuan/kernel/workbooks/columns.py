"""Every unit names its columns in its own way; what a heading means is kept in one table that a clerk can extend."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bihuan.kernel.workbooks.text import heading_key

_LONGEST_HEADING = 24
_REMARK = re.compile(r"\((?!.*(?:人|签|章|电话|联系|时间|日期|数))[^()]*\)?$")
_NO = ("序号", "编号", "序列", "序", "NO", "NO.", "行号", "项次", "台账编号", "隐患编号", "问题编号", "号")
GENERIC = frozenset(
    heading_key(word)
    for word in (
        "时间", "日期", "人员", "人", "姓名", "签字", "签名", "责任人", "负责人", "单位", "名称", "结果", "情况", "内容",
        "意见", "状态", "部门", "责任单位", "电话", "类别", "类型", "一般", "重大", "期限", "时限", "描述", "来源",
    )
)  # fmt: skip
"""Headings that say too little alone: under a group heading (验收情况 → 时间) the two are read together."""


@dataclass(frozen=True, slots=True)
class Column:
    """One meaning a column can have.

    ``headings`` are known wordings, the most telling first; ``patterns`` (on ``heading_key`` text) catch the rest;
    ``looks`` decides by the values when a heading could mean two things; ``money`` columns carry a unit.
    """

    name: str
    label: str
    headings: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    looks: Callable[[str], bool] | None = None
    money: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of one kind of workbook.

    ``essential``: a line with none of these filled is no row; ``needed``: a line is a heading only if it names one
    of each group; ``ignored`` headings are known to carry nothing (电话, 附件, 错误).
    """

    kind: str
    columns: tuple[Column, ...]
    essential: tuple[str, ...]
    needed: tuple[tuple[str, ...], ...]
    ignored: tuple[str, ...] = ()
    least: int = 3


@dataclass(frozen=True, slots=True)
class Match:
    """What one heading may mean: candidate names with their rank, 0 for a clerk's own row."""

    names: tuple[tuple[str, int], ...] = ()
    ignored: bool = False


@dataclass(slots=True)
class Synonyms:
    """The table in use: the capability's columns plus what clerks added as (field, heading)."""

    columns: Columns
    extra: Sequence[tuple[str, str]] = ()
    by_name: Mapping[str, Column] = field(init=False)
    _exact: dict[str, dict[str, int]] = field(init=False)
    _patterns: list[tuple[re.Pattern[str], str, int]] = field(init=False)
    _ignored: frozenset[str] = field(init=False)
    _cache: dict[str, Match] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_name = {column.name: column for column in self.columns.columns}
        self._exact = {}
        for word in _NO:
            self._exact.setdefault(heading_key(word), {})["no"] = 1
        for column in self.columns.columns:
            for rank, heading in enumerate((column.label, *column.headings), 1):
                self._exact.setdefault(heading_key(heading), {}).setdefault(column.name, rank)
        for name, heading in self.extra:
            self._exact[heading_key(heading)] = {name: 0}
        self._patterns = [
            (re.compile(pattern), column.name, 1000 + place)
            for place, column in enumerate(self.columns.columns)
            for pattern in column.patterns
        ]
        self._ignored = frozenset(heading_key(word) for word in self.columns.ignored)

    def match(self, text: str) -> Match:
        """What the heading ``text`` means; an unknown one matches nothing."""
        key = heading_key(text)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._look_up(key)
        return found

    def _look_up(self, key: str) -> Match:
        """The whole heading first; one that says nothing so, without the remark in brackets behind it (年/月/日)."""
        found = self._meaning(key)
        if found.names or found.ignored:
            return found
        bare = _REMARK.sub("", key)
        return self._meaning(bare) if bare != key else found

    def _meaning(self, key: str) -> Match:
        if not key or len(key) > _LONGEST_HEADING:
            return Match()
        if exact := self._exact.get(key):
            return Match(tuple(exact.items()))
        if key in self._ignored:
            return Match(ignored=True)
        return Match(tuple((name, rank) for pattern, name, rank in self._patterns if pattern.search(key)))


def match_column(synonyms: Synonyms, group: str, heading: str) -> Match:
    """The meaning of a heading beneath a group heading (which may be empty)."""
    if not group or not heading:
        return synonyms.match(heading or group)
    stem = re.sub(r"(基本)?(情况|信息|内容|栏)$", "", heading_key(group))
    together = [f"{stem}{heading}", f"{group}{heading}"]
    order = [*together, heading] if heading_key(heading) in GENERIC else [heading, *together]
    return next((match for text in order if (match := synonyms.match(text)).names or match.ignored), Match())


def assign(
    matches: Sequence[Match], looks: Callable[[int, Column], bool | None], by_name: Mapping[str, Column]
) -> dict[str, int]:
    """Give each meaning its column: sure headings first, then the doubtful ones by rank and by their values."""
    taken: dict[str, int] = {}
    used: set[int] = set()
    for several in (False, True):
        options = sorted(_options(matches, looks, by_name, several=several, used=used))
        for _, index, name in options:
            if name in taken or index in used:
                continue
            taken[name] = index
            used.add(index)
    return taken


def _options(
    matches: Sequence[Match],
    looks: Callable[[int, Column], bool | None],
    by_name: Mapping[str, Column],
    *,
    several: bool,
    used: set[int],
) -> list[tuple[int, int, str]]:
    """Rank, column and meaning of what is still open; values that speak for a meaning put it first."""
    options: list[tuple[int, int, str]] = []
    for index, match in enumerate(matches):
        if index in used or (len(match.names) > 1) != several:
            continue
        for name, rank in match.names:
            verdict = looks(index, by_name[name]) if several and name in by_name else None
            if verdict is not False:
                options.append((rank - 10_000 if verdict else rank, index, name))
    return options
