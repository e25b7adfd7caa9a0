"""The Word file: opened again, with the styles, fields, headings and links an office expects."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from bihuan.kernel.documents import Document, Paragraph, to_docx
from tests.kernel.documents_paper import paper


@pytest.fixture(scope="module")
def opened() -> Any:
    return docx.Document(BytesIO(to_docx(paper())))


def styled(opened: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in opened.paragraphs if paragraph.style.name == style]


def test_headings_are_real_styles(opened: Any) -> None:
    assert styled(opened, "Heading 1") == ["一、总体情况", "二、挂牌督办情况", "报告所引数据明细"]
    assert styled(opened, "Heading 2") == ["（一）按行业领域统计", "（二）按月份统计", "（一）下一步安排"]
    assert styled(opened, "Heading 3") == ["1.上半年走势"]
    assert styled(opened, "Heading 4") == ["（1）逐月情况"]
    assert styled(opened, "Title") == ["关于2023年上半年全区隐患\n排查治理情况的报告"]


def test_styles_name_the_official_fonts(opened: Any) -> None:
    expected = {
        "Title": ("方正小标宋简体", 22), "Heading 1": ("黑体", 16), "Heading 2": ("楷体_GB2312", 16),
        "Heading 3": ("仿宋_GB2312", 16), "Body Text": ("仿宋_GB2312", 16), "公文页码": ("宋体", 14),
    }  # fmt: skip
    for name, (font, size) in expected.items():
        style = opened.styles[name]
        fonts = style.element.rPr.find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) == font
        assert style.font.size.pt == size


def test_the_page_is_the_official_one(opened: Any) -> None:
    section = opened.sections[0]
    measures = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(value / Mm(1)) for value in measures] == [210, 297, 37, 28, 26]
    body = opened.styles["Body Text"].element.pPr
    assert body.find(qn("w:spacing")).get(qn("w:lineRule")) == "exact"
    assert int(body.find(qn("w:spacing")).get(qn("w:line"))) == 579
    assert body.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_page_numbers_are_fields_outside_on_odd_and_even_pages(opened: Any) -> None:
    section = opened.sections[0]
    assert opened.settings.odd_and_even_pages_header_footer
    for foot, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        fields = [element.text.strip() for element in foot._element.iter(qn("w:instrText"))]
        assert fields == ["PAGE", "NUMPAGES"]
        assert foot.paragraphs[0]._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert "370403-R2023-000012" in foot.paragraphs[1].text
        assert "3f9a1c07d2b84e55" in foot.paragraphs[1].text


def test_demo_papers_are_marked_on_every_page(opened: Any) -> None:
    section = opened.sections[0]
    assert all("演示" in head.paragraphs[0].text for head in (section.header, section.even_page_header))
    real = docx.Document(BytesIO(to_docx(paper(demo=False))))
    assert "演示" not in real.sections[0].header.paragraphs[0].text


def test_table_headings_repeat_and_rows_stay_whole(opened: Any) -> None:
    grouped, listing = opened.tables[0], opened.tables[1]
    assert [len(list(table._tbl.iter(qn("w:tblHeader")))) for table in (grouped, listing)] == [2, 1]
    assert len(list(listing._tbl.iter(qn("w:cantSplit")))) == 61
    assert grouped.cell(0, 1).text == "隐患（处）"
    assert grouped.cell(0, 1)._tc is grouped.cell(0, 2)._tc
    assert [cell.text for cell in grouped.rows[-1].cells] == ["合计", "526", "518", "98.5", "236.42"]


def test_the_last_row_of_a_table_stays_with_its_totals(opened: Any) -> None:
    rows = opened.tables[0].rows
    kept = [bool(row._tr.findall(f".//{qn('w:keepNext')}")) for row in rows]
    assert rows[-1].cells[0].text == "合计"
    assert kept == [False] * (len(rows) - 2) + [True, False]


def test_figures_jump_to_their_row_or_address(opened: Any) -> None:
    body = opened.element.body
    marks = {element.get(qn("w:name")) for element in body.iter(qn("w:bookmarkStart"))}
    targets = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    assert targets == ["figure_figure_found", "figure_figure_done"]
    assert set(targets) <= marks
    assert "figure_row_0" in marks
    outside = [relation.target_ref for relation in opened.part.rels.values() if relation.is_external]
    assert outside == ["https://example.gov.cn/figures/3/"]


def test_the_chart_is_a_picture_told_in_words(opened: Any) -> None:
    assert len(opened.inline_shapes) == 1
    assert round(opened.inline_shapes[0].width / Mm(1)) == 156
    assert opened.inline_shapes[0]._inline.docPr.get("descr") == "六个行业的排查数与完成数"


def test_user_text_is_escaped_and_control_characters_do_not_break_the_file() -> None:
    hostile = '</w:t><w:br/>&amp;"枣林\x0b镇\x00'
    opened = docx.Document(BytesIO(to_docx(Document("note", hostile, (Paragraph.of(hostile),)))))
    assert [paragraph.text for paragraph in opened.paragraphs if paragraph.text] == [
        '</w:t><w:br/>&amp;"枣林镇'
    ] * 2


@pytest.mark.slow
def test_libreoffice_opens_it_and_keeps_every_page(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    source = tmp_path / "paper.docx"
    source.write_bytes(to_docx(paper()))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = [page.extract_text() for page in PdfReader(tmp_path / "paper.pdf").pages]
    said = "".join(pages).replace("\n", "").replace(" ", "")
    assert all(f"（编号{n:03d}）" in said for n in range(1, 61))
    assert all("企业名称" in page for page in pages if "机械厂" in page)
    assert "市应急管理局" in pages[-1]
    assert [f"— {number} —" in text for number, text in enumerate(pages, 1)] == [True] * len(pages)
