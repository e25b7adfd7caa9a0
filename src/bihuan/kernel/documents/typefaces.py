"""Which typefaces a paper is set in on this machine, and whether they hold every character of it.

A PDF made with a font that lacks a character shows an empty box where a person's name should be, and every
text test still passes. So the district's own official fonts (方正小标宋, 仿宋_GB2312 …) come first when they
are installed, the packaged ones stand behind them, and a character none of them has is refused by name before
anything is set.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from bihuan.kernel.documents.printable import printable
from bihuan.kernel.errors import Failure, Refused

FOLDER = Path(__file__).parent / "fonts"
PACKAGED = ("Bihuan Song", "Bihuan Title", "Bihuan Hei", "Bihuan Kai")
OFFICIAL: Mapping[str, tuple[str, ...]] = {
    "body": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "Bihuan Song"),
    "title": (
        "方正小标宋简体",
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05S",
        "FZXiaoBiaoSong-B05",
        "Bihuan Title",
    ),
    "hei": ("黑体", "SimHei", "方正黑体_GBK", "Bihuan Hei"),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "Bihuan Kai"),
    "song": ("宋体", "SimSun", "Bihuan Song"),
}


@dataclass(frozen=True, slots=True)
class Typefaces:
    """Fonts loaded once per process: ``chains`` gives for each role the families to try in order."""

    fonts: typst.Fonts
    chains: Mapping[str, tuple[str, ...]]
    files: tuple[tuple[str, int], ...]


@cache
def typefaces() -> Typefaces:
    """The fonts of this machine and this package (``BIHUAN_FONTS`` names one more folder), loaded on first
    use."""
    own = os.environ.get("BIHUAN_FONTS", "")
    folders = [FOLDER, *([Path(own)] if own and Path(own).is_dir() else [])]
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=folders)
    installed = {info.family.casefold(): info for info in fonts.fonts() if info.path}
    wanted = {
        role: [name for name in names if name.casefold() in installed] for role, names in OFFICIAL.items()
    }
    used = dict.fromkeys([name for names in wanted.values() for name in names] + list(PACKAGED))
    chains = {role: (*names, *(name for name in used if name not in names)) for role, names in wanted.items()}
    found = [installed[name.casefold()] for name in sorted(used, key=lambda name: name not in PACKAGED)]
    return Typefaces(fonts, chains, tuple((info.path or "", info.index) for info in found))


@cache
def characters(path: str, index: int) -> frozenset[int]:
    """Code points a font file has a glyph for."""
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap())


def uncovered(text: str) -> tuple[str, ...]:
    """Characters of ``text`` that no font in use has, in order, each once."""
    wanted = {ord(char): char for char in printable(text) if char != "\n"}
    for path, index in typefaces().files:
        if not wanted:
            break
        have = characters(path, index)
        wanted = {point: char for point, char in wanted.items() if point not in have}
    return tuple(wanted.values())


def require_coverage(texts: Iterable[tuple[str, str]]) -> None:
    """Refuse, naming character and place, when a text cannot be printed; ``texts`` are (place, text)
    pairs."""
    items = list(texts)
    missing = set(uncovered("".join(text for _, text in items)))
    if not missing:
        return
    failures = []
    for place, text in items:
        for char in dict.fromkeys(char for char in text if char in missing):
            sentence = (
                f"{place}中的“{char}”字（U+{ord(char):04X}）没有可用的字体，无法打印；"
                "请改用其他写法，或把含有该字的字体放入字体目录（BIHUAN_FONTS）后重试"
            )
            failures.append(Failure("document.uncovered_character", sentence, place))
    raise Refused(*failures)
