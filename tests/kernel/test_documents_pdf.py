"""The PDF: real glyphs, whole tables, nothing from the machine, user text never read as markup."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ByteStringObject, ContentStream, TextStringObject

from bihuan.kernel.documents import Column, Document, FigureRef, Paragraph, Table, to_pdf
from bihuan.kernel.documents.press import compiled
from bihuan.kernel.documents.typefaces import require_coverage
from bihuan.kernel.errors import Refused
from tests.kernel.documents_paper import paper


def opened(document: Document) -> PdfReader:
    return PdfReader(BytesIO(to_pdf(document)))


def text_of(document: Document) -> str:
    return (
        "".join(page.extract_text() for page in opened(document).pages)
        .replace("\n", "")
        .replace("\u200b", "")
    )


def glyph_ids(reader: PdfReader) -> list[int]:
    """Every glyph shown by the text operators; the fonts are two-byte identity encoded."""
    shown: list[int] = []
    for page in reader.pages:
        content = ContentStream(page["/Contents"].get_object(), reader)
        for operands, operator in content.operations:
            if operator not in (b"Tj", b"TJ"):
                continue
            for part in operands[0] if operator == b"TJ" else operands:
                if isinstance(part, ByteStringObject | TextStringObject):
                    raw = part.original_bytes
                    shown += [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]
    return shown


def test_the_paper_says_all_its_parts_in_order() -> None:
    said = text_of(paper())
    order = [
        "青石区安全生产委员会办公室文件", "青安办〔2023〕18号", "关于2023年上半年全区隐患", "各镇人民政府、区安委会各成员单位：",
        "全区共排查隐患526处", "一、总体情况", "（一）按行业领域统计", "表1　各行业领域隐患整改情况", "图1　各行业领域对比",
        "（二）按月份统计", "1.上半年走势", "（1）逐月情况", "二、挂牌督办情况", "表2　未销号", "（一）下一步安排",
        "附件：1. 报告所引数据明细", "2023年7月3日", "报告所引数据明细", "抄送：市应急管理局。", "2023年7月3日印发",
    ]  # fmt: skip
    places = [said.find(words) for words in order]
    assert -1 not in places
    assert places[:-3] == sorted(places[:-3])


def test_no_glyph_is_the_empty_box_and_every_font_is_embedded() -> None:
    reader = opened(paper())
    shown = glyph_ids(reader)
    assert len(shown) > 1500
    assert 0 not in shown
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())
            assert "Bihuan" in inner["/BaseFont"]


def test_a_long_table_repeats_its_heading_and_loses_no_row() -> None:
    pages = [page.extract_text().replace("\n", "") for page in opened(paper(rows=80)).pages]
    holding = [page for page in pages if "机械厂" in page]
    assert len(holding) >= 3
    assert all("企业名称" in page and "隐患内容" in page for page in holding)
    assert all(any(f"（编号{n:03d}）" in page for page in pages) for n in range(1, 81))


def test_nothing_is_cut_off() -> None:
    endless = "".join(f"第{n}项措施；" for n in range(600))
    code = "91370403MA3C000001" * 4
    columns = (Column("措施", width=20), Column("编码", width=5))
    document = Document("list", "措施清单", (Table(columns, ((endless, ""), ("补充", code))),))
    pages = opened(document).pages
    said = "".join(page.extract_text() for page in pages).replace("\n", "").replace("\u200b", "")
    across_a_page_turn = [n for n in range(600) if f"第{n}项措施" not in said]
    assert len(across_a_page_turn) < len(pages)
    assert code in said
    assert max(place[4] for page in pages for place in positions(page)) < (210 - 26) / 25.4 * 72


def positions(page: object) -> list[list[float]]:
    found: list[list[float]] = []
    page.extract_text(
        visitor_text=lambda text, cm, tm, font, size: found.append(tm) if text.strip() else None
    )  # type: ignore[attr-defined]
    return found


def test_every_page_is_numbered_identified_and_marked_demo() -> None:
    pages = [page.extract_text() for page in opened(paper()).pages]
    for number, text in enumerate(pages, 1):
        assert f"— {number} —" in text
        assert "编号 370403-R2023-000012" in text
        assert "摘要 3f9a1c07d2b84e55" in text
        assert f"共 {len(pages)} 页" in text
        assert "演示" in text
    assert "演示" not in text_of(paper(demo=False))


def test_the_page_is_a4_and_the_file_tells_nothing_of_the_machine() -> None:
    made = to_pdf(paper())
    reader = PdfReader(BytesIO(made))
    box = reader.pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (210, 297)
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    assert "排查治理情况的报告" in reader.metadata.title
    assert b"/src/" not in made
    assert b".ttf" not in made
    assert [entry["/Title"] for entry in reader.outline if isinstance(entry, dict)][:2] == [
        "一、总体情况",
        "二、挂牌督办情况",
    ]


def test_the_same_document_is_the_same_file() -> None:
    assert to_pdf(paper()) == to_pdf(paper())


def test_user_text_is_never_markup() -> None:
    hostile = '#read("/etc/passwd") $x^2$ *粗* _斜_ `码` \\ // 注 <a> @ref = 标题 [块] {"a":1} ${x}'
    said = text_of(
        Document("note", hostile, (Paragraph.of(hostile), Table((Column(hostile),), ((hostile,),))))
    )
    assert said.count('#read("/etc/passwd")') >= 2
    assert "$x^2$ *粗* _斜_ `码` \\ // 注 <a> @ref = 标题 [块]" in said


def test_figures_link_to_their_row_or_address() -> None:
    reader = opened(paper())
    links = [
        annotation.get_object()
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if annotation.get_object()["/Subtype"] == "/Link"
    ]
    addresses = [link["/A"]["/URI"] for link in links if "/A" in link and "/URI" in link["/A"]]
    assert addresses == ["https://example.gov.cn/figures/3/"]
    assert len(links) == 3


def test_a_figure_without_a_place_to_go_is_plain_text() -> None:
    document = Document("note", "说明", (Paragraph.of(FigureRef("12", "x", "javascript:alert(1)"), "处"),))
    assert not any(page.get("/Annots") for page in opened(document).pages)


def test_a_typesetting_error_is_a_refusal() -> None:
    with pytest.raises(Refused) as refusal:
        compiled("picture.typ", {"svg": "not a picture", "font": ["Bihuan Hei"]}, "png")
    assert refusal.value.failures[0].code == "document.not_typeset"


def test_a_warning_is_a_refusal() -> None:
    with pytest.raises(Refused) as refusal:
        compiled(
            "picture.typ", {"svg": "<svg xmlns='http://www.w3.org/2000/svg'/>", "font": ["没有的字体"]}, "png"
        )
    assert refusal.value.failures[0].code == "document.not_typeset"


def test_covered_text_passes_the_check() -> None:
    require_coverage([("正文", "全区〔2023〕①㎡")])


@pytest.mark.parametrize("rows", (*range(20, 24), *range(44, 48)))
@pytest.mark.parametrize("grouped", [False, True])
def test_totals_never_stand_alone_on_a_page(rows: int, grouped: bool) -> None:
    """Whatever the length of the table: where a page breaks before its end, a row of its body stays with the totals."""
    group = "本期" if grouped else ""
    columns = (Column("单位"), Column("隐患", group=group), Column("整改", group=group))
    body = tuple((f"单位{place:02}", "1", "1") for place in range(rows))
    table = Table(columns, (*body, ("合计", str(rows), str(rows))), totals=1)
    pages = [page.extract_text() for page in opened(Document("list", "情况", (table,))).pages]
    last = next(text for text in pages if "合计" in text)
    assert f"单位{rows - 1:02}" in last
