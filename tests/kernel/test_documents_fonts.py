"""No paper may show an empty box: the packaged fonts hold every standard character, anything else is refused."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from bihuan.kernel.documents import Column, Document, Paragraph, Table, to_docx, to_pdf
from bihuan.kernel.documents.fonts.subset import FOLDER, STANDARD, standard_characters
from bihuan.kernel.documents.printable import printable
from bihuan.kernel.documents.typefaces import OFFICIAL, PACKAGED, typefaces, uncovered
from bihuan.kernel.errors import Refused

OFFICE_SIGNS = "0123456789ABCxyz，。、；：？！“”‘’（）《》〈〉【】〔〕—…·①⑩⑳㎡㎥℃%‰＋－×÷≤≥±°№→■□▲●★◎〇"
RARE = "\U0002a6a5"


def fonts() -> list[Path]:
    return sorted(FOLDER.glob("*.ttf"))


def test_the_standard_table_is_complete() -> None:
    levels = STANDARD.read_text(encoding="utf-8").split("# ")[3:]
    counts = [len("".join(level.splitlines()[1:])) for level in levels]
    assert counts == [3500, 3000, 1605]
    assert len(standard_characters()) == 8105


@pytest.mark.parametrize("font", fonts(), ids=lambda path: path.stem)
def test_every_font_covers_the_standard_characters_and_office_signs(font: Path) -> None:
    glyphs = TTFont(font).getBestCmap()
    missing = [char for char in sorted(standard_characters()) + list(OFFICE_SIGNS) if ord(char) not in glyphs]
    assert missing == []


def test_fonts_are_small_listed_and_licensed() -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["fonts"]
    assert {entry["file"] for entry in manifest} == {font.name for font in fonts()}
    assert sum(font.stat().st_size for font in fonts()) <= 20_000_000
    for entry in manifest:
        assert hashlib.sha256((FOLDER / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
        assert "SIL OPEN FONT LICENSE" in (FOLDER / entry["licence_file"]).read_text(encoding="utf-8").upper()
        assert entry["version"]
        names = TTFont(FOLDER / entry["file"])["name"]
        assert names.getDebugName(1) == entry["family"]
        assert names.getDebugName(0)


def test_every_role_ends_in_a_packaged_font() -> None:
    chains = typefaces().chains
    assert set(chains) == set(OFFICIAL)
    assert all(set(PACKAGED) <= set(chain) for chain in chains.values())


def test_an_uncovered_character_is_refused_by_name_and_place() -> None:
    table = Table((Column("姓名"),), (("王明",), (f"李{RARE}",)), caption="名单")
    document = Document("list", "人员名单", (table,))
    for render in (to_pdf, to_docx):
        with pytest.raises(Refused) as refusal:
            render(document)
        failure = refusal.value.failures[0]
        assert failure.code == "document.uncovered_character"
        assert RARE in failure.message
        assert "U+2A6A5" in failure.message
        assert failure.field == "表1第2行"


def test_a_rare_standard_character_is_printed() -> None:
    assert to_pdf(Document("list", "人名", (Paragraph.of("𬉼、堃、喆、㛚、鿍、CO₂"),))).startswith(b"%PDF")


def test_invisible_marks_are_dropped_not_refused() -> None:
    assert printable("枣林\u200b镇\ufeff\x07\t甲\u2003乙") == "枣林镇 甲 乙"
    assert uncovered("枣林\u200b镇\x0b") == ()


def test_the_districts_own_font_comes_first(tmp_path: Path) -> None:
    font = TTFont(FOLDER / "BihuanKai.ttf")
    font["name"].setName("仿宋_GB2312", 1, 3, 1, 0x409)
    font.save(tmp_path / "own.ttf")
    ask = "from bihuan.kernel.documents.typefaces import typefaces; print(typefaces().chains['body'][0])"
    environment = {
        **os.environ,
        "BIHUAN_FONTS": str(tmp_path),
        "PYTHONPATH": "src",
        "PYTHONIOENCODING": "utf-8",
    }
    told = subprocess.run([sys.executable, "-c", ask], env=environment, check=True, capture_output=True)
    assert told.stdout.decode("utf-8").strip() == "仿宋_GB2312"


def test_a_process_that_only_shows_pages_does_not_load_the_press() -> None:
    ask = (
        "import sys; from bihuan.kernel.documents import Document, Paragraph, to_html; "
        "to_html(Document('note', '说明', (Paragraph.of('正文'),))); "
        "sys.exit(bool({'typst', 'docx', 'fontTools'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", ask], env={**os.environ, "PYTHONPATH": "src"}, check=True)
