"""How the packaged fonts were made, so that anyone can make them again from the same sources.

Official papers must never show an empty box, yet whole CJK fonts weigh 15 MB each. Each source is cut to one
repertoire (the 8,105 characters of 通用规范汉字表, the rest of GB/T 2312, punctuation, units, forms used in
offices) and renamed: a modified font may not carry a reserved name (SIL OFL 1.1, 3), and a family of our own
is never mistaken for one that the machine happens to have.

    python -m bihuan.kernel.documents.fonts.subset SOURCE_FOLDER
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent
STANDARD = FOLDER / "standard_characters.txt"

SOURCES: dict[str, dict[str, str]] = {
    "BihuanSong.ttf": {
        "family": "Bihuan Song",
        "source": "NotoSerifSC_400Regular.ttf",
        "from": "Noto Serif SC Regular, npm @expo-google-fonts/noto-serif-sc 0.4.3",
        "licence": "OFL-1.1",
        "licence_file": "OFL-BihuanSong.txt",
        "use": "正文、表格、页码",
    },
    "BihuanTitle.ttf": {
        "family": "Bihuan Title",
        "source": "NotoSerifSC_600SemiBold.ttf",
        "from": "Noto Serif SC SemiBold, npm @expo-google-fonts/noto-serif-sc 0.4.3",
        "licence": "OFL-1.1",
        "licence_file": "OFL-BihuanSong.txt",
        "use": "标题、发文机关标志（代小标宋）",
    },
    "BihuanHei.ttf": {
        "family": "Bihuan Hei",
        "source": "NotoSansSC_500Medium.ttf",
        "from": "Noto Sans SC Medium, npm @expo-google-fonts/noto-sans-sc 0.4.3",
        "licence": "OFL-1.1",
        "licence_file": "OFL-BihuanHei.txt",
        "use": "一级标题、表头、图",
    },
    "BihuanKai.ttf": {
        "family": "Bihuan Kai",
        "source": "LXGWWenKai-Regular.ttf",
        "from": "LXGW WenKai Regular 1.250, Debian fonts-lxgw-wenkai 1.250+repack-1",
        "licence": "OFL-1.1",
        "licence_file": "OFL-BihuanKai.txt",
        "use": "二级标题、签发人",
    },
}
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x391, 0x3C9), (0x410, 0x44F), (0x2000, 0x206F),
    (0x2070, 0x209C), (0x20AC, 0x20AC), (0x2100, 0x214F), (0x2160, 0x217F), (0x2190, 0x2199),
    (0x2200, 0x22FF), (0x2460, 0x249B), (0x2500, 0x257F), (0x25A0, 0x25FF), (0x2605, 0x2642),
    (0x2713, 0x2717), (0x3000, 0x303F), (0x3041, 0x30FF), (0x3105, 0x312F), (0x3200, 0x33FF),
    (0xFE30, 0xFE6B), (0xFF01, 0xFF9F), (0xFFE0, 0xFFE6),
)  # fmt: skip


def standard_characters() -> frozenset[str]:
    """The characters of 通用规范汉字表 (2013), all three levels."""
    lines = STANDARD.read_text(encoding="utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("#")))


def repertoire() -> frozenset[int]:
    """Code points a packaged font is asked to cover; sources lack a few of the symbols."""
    national = {
        bytes((high, low)).decode("gb2312", "ignore")
        for high in range(0xA1, 0xF8)
        for low in range(0xA1, 0xFF)
    }
    symbols = {point for first, last in RANGES for point in range(first, last + 1)}
    return frozenset({ord(char) for char in standard_characters() | national if char} | symbols)


def cut(source: Path, target: Path, family: str) -> None:
    """Write ``source`` reduced to the repertoire and renamed to ``family``; the copyright notice stays."""
    font = TTFont(source)
    options = subset.Options(hinting=False, glyph_names=False, layout_features=[], notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG", "DSIG"]
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=repertoire())
    cutter.subset(font)
    rename(font, family)
    font["OS/2"].usWeightClass = 400
    font.save(target)


def rename(font: Any, family: str) -> None:
    """Give the font one family with one regular face, keeping copyright, version, designers and licence."""
    table = font["name"]
    kept = {number: table.getDebugName(number) for number in (0, 5, 9, 10, 11, 13, 14)}
    table.names = []
    names = {
        1: family,
        2: "Regular",
        3: f"{family} Regular",
        4: f"{family} Regular",
        6: family.replace(" ", ""),
    }
    for number, text in {**kept, **names}.items():
        if text:
            table.setName(text, number, 3, 1, 0x409)


def main(folder: Path) -> None:
    """Cut every source found below ``folder`` and write ``manifest.json`` beside the results."""
    entries = []
    for name, facts in SOURCES.items():
        source = next(folder.rglob(facts["source"]))
        cut(source, FOLDER / name, facts["family"])
        made = (FOLDER / name).read_bytes()
        entry = {"file": name, **facts, "version": TTFont(source)["name"].getDebugName(5)}
        entry |= {"source_sha256": hashlib.sha256(source.read_bytes()).hexdigest()}
        entry |= {"sha256": hashlib.sha256(made).hexdigest(), "bytes": str(len(made))}
        entries.append(entry)
    manifest = {"made_by": "python -m bihuan.kernel.documents.fonts.subset", "fonts": entries}
    (FOLDER / "manifest.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
