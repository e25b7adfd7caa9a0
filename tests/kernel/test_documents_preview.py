"""The page shows the same paper, escaped, its figures as links."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from bihuan.kernel.documents import Chart, Document, FigureRef, Paragraph, to_html, to_pdf
from tests.kernel.documents_paper import paper


class Words(HTMLParser):
    """Text outside pictures, in order."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside_picture = False
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.inside_picture |= tag == "svg"

    def handle_endtag(self, tag: str) -> None:
        self.inside_picture &= tag != "svg"

    def handle_data(self, data: str) -> None:
        if not self.inside_picture:
            self.words.append(data)


def test_page_and_paper_say_the_same_in_the_same_order() -> None:
    said = "\n".join(Words(to_html(paper())).words)
    marks = re.findall(r"[一二]、\w+|（[一二]）\w+|表\d　\w+", said)
    assert marks == [
        "一、总体情况", "（一）按行业领域统计", "表1　各行业领域隐患整改情况", "（二）按月份统计", "二、挂牌督办情况",
        "表2　未销号重大事故隐患清单", "（一）下一步安排",
    ]  # fmt: skip
    assert "图1　各行业领域对比" in said
    assert "共排查隐患\n526\n处" in said


def test_figures_are_links_to_their_records() -> None:
    markup = to_html(paper())
    assert '<a class="figure-ref" href="/figures/1/" data-figure="figure-found">526</a>' in markup
    assert 'id="figure-figure-found"' in markup


def test_everything_a_user_wrote_is_escaped() -> None:
    hostile = "<script>alert(1)</script>"
    figure = FigureRef("1", '"><b>', "javascript:alert(1)")
    slashes = FigureRef("2", "x", "//evil.example/")
    chart = Chart(f"<svg >{hostile}</svg>", hostile)
    document = Document(
        hostile, hostile, (Paragraph.of(hostile, figure, slashes), chart), recipients=(hostile,)
    )
    markup = to_html(document)
    assert "<script" not in markup
    assert "javascript:" not in markup
    assert "//evil" not in markup
    assert "<b>" not in markup
    assert 'src="data:image/svg+xml;base64,' in markup


def test_grouped_headings_span_and_demo_is_marked() -> None:
    markup = to_html(paper())
    assert '<th scope="colgroup" colspan="2">隐患（处）</th>' in markup
    assert '<th scope="col" rowspan="2">行业领域</th>' in markup
    assert "演示文件" in markup
    assert "演示" not in to_html(paper(demo=False))


def test_a_paper_without_red_head_shows_its_number_under_the_title() -> None:
    plain = replace(
        paper(red_head=False, demo=False), appendix=(), copy_to=None, signature=None, recipients=()
    )
    markup = to_html(plain)
    assert "paper-red-head" not in markup
    assert markup.index("排查治理情况的报告") < markup.index("青安办〔2023〕18号")
    assert to_pdf(plain).startswith(b"%PDF")
