"""What Word keeps outside the text: list numbers, text boxes, merged cells of a task table."""

from __future__ import annotations

import io

import docx
import pytest

from bihuan.capabilities.dispatch.speeches import sources, word_files
from bihuan.capabilities.dispatch.speeches.extraction import extract
from bihuan.capabilities.dispatch.speeches.word_numbers import chinese
from tests.dispatch.test_speech_sources import W, word

_LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def numbering(*, restart: bool = False) -> bytes:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(_LEVELS)
    )
    bullets = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>'
    override = '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="8">{bullets}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
        f'<w:num w:numId="3"><w:abstractNumId w:val="7"/>{override}</w:num></w:numbering>'
    ).encode()


STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="H1"><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    '</w:style><w:style w:styleId="Plain"/></w:styles>'
).encode()


def paragraph(text: str, level: int | None = None, number: int = 1, style: str = "") -> str:
    listed = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        if level is not None
        else ""
    )
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def read(*paragraphs: str, **parts: bytes) -> str:
    body = f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
    named = {word_files.NUMBERS: parts.get("numbers", numbering()), word_files.STYLES: STYLES}
    return sources.read_bytes(word(body, parts=named)).text


def test_automatic_numbers_stand_before_their_paragraphs() -> None:
    text = read(
        paragraph("重点任务", style="H1"),
        paragraph("旅游", 1),
        paragraph("检查栈道。", 2),
        paragraph("培训救生员。", 2),
        paragraph("水务", 1),
        paragraph("加固溢洪道。", 2),
        paragraph("工作要求", 0),
        paragraph("圆点不算编号", 0, number=2),
        paragraph("取消编号", 0, number=0),
        paragraph("没有编号", style="Plain"),
    )
    assert text.split("\n") == [
        "一、重点任务", "（一）旅游", "1.检查栈道。", "2.培训救生员。", "（二）水务", "1.加固溢洪道。", "二、工作要求",
        "圆点不算编号", "取消编号", "没有编号",
    ]  # fmt: skip


@pytest.mark.parametrize(("restart", "number"), [(True, "1."), (False, "3.")])
def test_a_list_goes_on_counting_unless_it_starts_anew(restart: bool, number: str) -> None:
    text = read(
        paragraph("检查栈道。", 2), paragraph("培训救生员。", 2), paragraph("加固溢洪道。", 2, number=3),
        numbers=numbering(restart=restart),
    )  # fmt: skip
    assert text.split("\n")[-1] == f"{number}加固溢洪道。"


def test_numbers_word_writes_lay_out_the_paper() -> None:
    text = read(
        paragraph("上半年工作开展情况", style="H1"),
        paragraph("组织排查景区玻璃栈道。"),
        paragraph("下一步工作", style="H1"),
        paragraph("县文旅局要检查漂流河段。", 2),
    )
    (one,) = extract(text)
    assert (one.anchor, one.heading) == ("县文旅局要检查漂流河段", "二、1.")


def test_a_text_box_is_a_paragraph_of_its_own() -> None:
    box = f'<w:txbxContent xmlns:w="{W}">{paragraph("县水务局要加固溢洪道。")}</w:txbxContent>'
    around = f"<w:p><w:r><w:t>县文旅局要</w:t></w:r><w:r>{box}</w:r><w:r><w:t>检查栈道。</w:t></w:r></w:p>"
    assert read(around).split("\n") == ["县水务局要加固溢洪道。", "县文旅局要检查栈道。"]


def test_cells_merged_downwards_hold_for_every_row() -> None:
    paper = docx.Document()
    table = paper.add_table(rows=3, cols=2)
    for row, (task, unit) in zip(
        table.rows, (("任务", "责任单位"), ("检查玻璃栈道。", "县文旅局"), ("培训救生员。", "")), strict=True
    ):
        row.cells[0].text, row.cells[1].text = task, unit
    table.cell(1, 1).merge(table.cell(2, 1))
    buffer = io.BytesIO()
    paper.save(buffer)
    found = extract(sources.read_bytes(buffer.getvalue()).text)
    assert [[unit.name for unit in one.lead_units] for one in found] == [["县文旅局"], ["县文旅局"]]


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (47, "四十七"), (0, "0"), (120, "120")],
)
def test_chinese_numbers(count: int, said: str) -> None:
    assert chinese(count) == said
