"""GB/T 4754-2017 industries: licences give an enterprise's trade as a code, and the code has a section.

All 20 sections are carried, and those divisions and classes that supervision asks for; 1,381 classes exist.
A class not carried is still known by its division's section.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bihuan.kernel.territory.names import name_key
from bihuan.registers.catalogue_files import rows

_WRITTEN = re.compile(r"([A-T]?)(\d{2,4})?")


@dataclass(frozen=True, slots=True)
class Industry:
    """A section (A-T), division (2 digits) or class (4 digits); ``mark`` is V2 (二手) or K (待核对)."""

    level: str
    section: str
    code: str
    name: str
    division_range: str
    supervision_tag: str
    mark: str


def industry(code: str) -> Industry | None:
    """The entry for exactly this code, written ``C``, ``26``, ``2611`` or ``C2611``."""
    bare = _bare(code)
    return _by_code().get(bare) if bare else None


def section_of(code: str) -> Industry | None:
    """The section a code belongs to, also for classes that are not carried; ``None`` for what is no code."""
    bare = _bare(code)
    if bare is None:
        return None
    if bare.isalpha():
        return _by_code().get(bare)
    division = int(bare[:2])
    return next((section for section in sections() if division in _divisions(section)), None)


def check(code: str) -> str | None:
    """``None`` when ``code`` can be an industry of GB/T 4754-2017, else the reason in Chinese."""
    section = section_of(code)
    if section is None:
        return f"“{code}”不是国民经济行业分类（GB/T 4754-2017）代码，应为门类字母或2至4位数字"
    letter = code.strip().upper()[:1]
    if letter.isalpha() and letter != section.section:
        return f"行业代码“{code}”的门类应为{section.section}（{section.name}）"
    return None


def industry_named(text: str) -> Industry | None:
    """The industry with this name."""
    return _by_name().get(name_key(text))


def sections() -> tuple[Industry, ...]:
    """The 20 sections in order."""
    return tuple(entry for entry in _all() if entry.level == "section")


def industries() -> tuple[Industry, ...]:
    """Everything carried, in the order of the standard."""
    return _all()


def _bare(code: str) -> str | None:
    written = _WRITTEN.fullmatch(name_key(code))
    if written is None or not written.group(0):
        return None
    return written.group(2) or written.group(1)


def _divisions(section: Industry) -> range:
    first, _, last = section.division_range.partition("-")
    return range(int(first), int(last or first) + 1)


@cache
def _all() -> tuple[Industry, ...]:
    return tuple(
        Industry(
            row["level"],
            row["section"],
            row["code"],
            row["name"],
            row["division_range"],
            row["supervision_tag"],
            row["status"],
        )
        for row in rows("industries.csv")
    )


@cache
def _by_code() -> dict[str, Industry]:
    return {entry.code: entry for entry in _all()}


@cache
def _by_name() -> dict[str, Industry]:
    return {name_key(entry.name): entry for entry in _all()}
