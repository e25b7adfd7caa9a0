"""The numbers Word writes before paragraphs: 一、 and （1） stand in no text, they are counted from lists and styles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from bihuan.capabilities.dispatch.speeches.word_parts import Reader
from bihuan.kernel.documents.numerals import chinese_number

_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting",
     "chineseLegalSimplified", "ideographTraditional", "taiwaneseCountingThousand", "koreanCounting"}
)  # fmt: skip
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_NONE = frozenset({"bullet", "none"})
_MOST_LEVELS: Final = 9
_MOST_CIRCLED = 20
_HUNDRED = 100


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a paper and how far each has been counted."""

    def __init__(self) -> None:
        self.lists: dict[str, _List] = {}
        self.uses: dict[str, str] = {}
        """numId → the list it uses; several may go on counting in one."""
        self.restarts: dict[str, dict[int, int]] = {}
        self.styles: dict[str, dict[str, str]] = {}

    def read_numbers(self) -> Reader:
        """The reader for ``numbering.xml``."""
        return _Numbers(self)

    def read_styles(self) -> Reader:
        """The reader for ``styles.xml``."""
        return _Styles(self)

    def before(self, stated: dict[str, str]) -> str:
        """What stands before a paragraph whose properties state ``numId``, ``ilvl`` or a style; counts it.

        Nothing for bullets, unknown lists and ``numId`` 0 (numbering switched off).
        """
        styled = self.styles.get(stated.get("pStyle", ""), {})
        number = stated.get("numId", styled.get("numId", ""))
        level = stated.get("ilvl", styled.get("ilvl", "0"))
        known = self.lists.get(self.uses.get(number, ""))
        at = int(level) if level.isdigit() else 0
        if known is None or at not in known.levels:
            return ""
        self._count(known, number, at)
        shape = known.levels[at]
        if shape.form in _NONE:
            return ""
        return re.sub(r"%(\d)", lambda match: _said(known, int(match[1]) - 1), shape.text)

    def _count(self, known: _List, number: str, at: int) -> None:
        restart = self.restarts.get(number, {}).pop(at, None)
        if restart is not None:
            known.counts[at] = restart
        else:
            known.counts[at] = known.counts.get(at, known.levels[at].start - 1) + 1
        for deeper in [level for level in known.counts if level > at]:
            del known.counts[deeper]


def _said(known: _List, at: int) -> str:
    level = known.levels.get(at, _Level())
    count = known.counts.get(at, level.start)
    if level.form in _CHINESE:
        return chinese(count)
    if level.form in _CIRCLED and 1 <= count <= _MOST_CIRCLED:
        return chr(0x2460 + count - 1)
    if level.form == "upperLetter" and 1 <= count <= 26:
        return chr(ord("A") + count - 1)
    if level.form == "lowerLetter" and 1 <= count <= 26:
        return chr(ord("a") + count - 1)
    return str(count)


def chinese(count: int) -> str:
    """一 to 九十九; figures beyond, which no heading reaches."""
    return chinese_number(count) if 0 < count < _HUNDRED else str(count)


class _Numbers(Reader):
    def __init__(self, numbering: Numbering) -> None:
        super().__init__()
        self._to = numbering
        self._list = _List()
        self._level = 0
        self._number = ""
        self._overriding = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "abstractNum":
            self._list = self._to.lists.setdefault(attributes.get("abstractNumId", ""), _List())
        elif name == "num":
            self._number = attributes.get("numId", "")
        elif name == "abstractNumId":
            self._to.uses[self._number] = value
        elif name in ("lvl", "lvlOverride"):
            level = attributes.get("ilvl", "")
            self._level = int(level) if level.isdigit() else 0
            self._overriding += name == "lvlOverride"
        elif name == "startOverride" and value.isdigit():
            self._to.restarts.setdefault(self._number, {})[self._level] = int(value)
        elif not self._overriding and self._level < _MOST_LEVELS:
            self._shape(name, value)

    def _shape(self, name: str, value: str) -> None:
        if name == "start" and value.isdigit():
            self._of_level().start = int(value)
        elif name == "numFmt":
            self._of_level().form = value
        elif name == "lvlText":
            self._of_level().text = value

    def _of_level(self) -> _Level:
        return self._list.levels.setdefault(self._level, _Level())

    def end(self, name: str) -> None:
        self._overriding -= name == "lvlOverride"


class _Styles(Reader):
    """Which styles number their paragraphs (标题 1 → 一、)."""

    def __init__(self, numbering: Numbering) -> None:
        super().__init__()
        self._to = numbering
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self._style = attributes.get("styleId", "")
        elif name in ("numId", "ilvl") and self._style:
            self._to.styles.setdefault(self._style, {})[name] = attributes.get("val", "")

    def end(self, name: str) -> None:
        if name == "style":
            self._style = ""
