"""The clerk's own words: numbers only by citation, praise only beside a figure, problems only with support."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bihuan.kernel import clock
from bihuan.reporting.wording import FOREIGN, UNSUPPORTED
from tests.reporting.ledgers import composed, expect_filings, file_all, found, prose
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_half")]


def codes(world: World, **texts: object) -> list[str]:
    return [flag.code for flag in composed(world, dict(texts)).flags]


def test_a_problem_without_a_figure_is_printed_as_unsupported(world: World) -> None:
    found(world, 4, 1, rectify_by=date(2023, 4, 1))
    composition = composed(world, {"problems": ["监管力量不足。", "逾期较多，有【逾期未整改】项。"]})
    text = prose(composition)
    assert f"一是监管力量不足。{UNSUPPORTED}" in text
    assert "二是逾期较多，有3项。" in text
    assert [flag.code for flag in composition.flags] == ["report.unsupported_problem"]


def test_proposed_problems_all_cite_figures(world: World) -> None:
    found(world, 4, 1, rectify_by=date(2023, 4, 1))
    found(world, 4, 4, sector_path=world.site.sector_path, accepted_claimed=True)
    composition = composed(world)
    assert [
        problem.count("【整改率】") + problem.count("【逾期未整改】") for problem in composition.problems
    ] == [1, 1]
    assert UNSUPPORTED not in prose(composition)
    assert composition.flags == ()


@pytest.mark.parametrize("phrase", ["实质好转", "成效显著", "工作到位"])
def test_praise_without_a_figure_is_flagged_with_its_position(world: World, phrase: str) -> None:
    found(world, 2, 1)
    text = f"各镇街扎实排查。全区安全形势{phrase}。"
    [flag] = composed(world, {"opening": text}).flags
    assert (flag.code, flag.place, flag.text) == ("report.praise_without_figure", "开头第1段", phrase)
    assert flag.position == text.index(phrase) + 1
    assert codes(world, opening=f"排查【发现隐患】项，{phrase}。") == []
    assert codes(world, opening=f"排查【发现隐患】项。{phrase}。") == ["report.praise_without_figure"]


def test_typed_numbers_are_marked_and_dates_are_not(world: World) -> None:
    found(world, 2, 1)
    composition = composed(world, {"done": "2023年6月7日组织培训，共检查849家次，罚款26.58万元，占９８％。"})
    marked = f"共检查849{FOREIGN}家次，罚款26.58{FOREIGN}万元，占９８％{FOREIGN}。"
    assert f"2023年6月7日组织培训，{marked}" in prose(composition)
    assert [flag.text for flag in composition.flags] == ["849", "26.58", "９８％"]


def test_numbers_typed_in_characters_are_marked_too(world: World) -> None:
    found(world, 2, 1)
    said = "共检查二十六家，下降百分之三十，罚款一百二十万元。第十三次会议议定十五条措施，一人一岗，一项一项销号。"
    composition = composed(world, {"done": said})
    assert [flag.text for flag in composition.flags] == ["二十六", "百分之三十", "一百二十万"]
    assert f"共检查二十六{FOREIGN}家" in prose(composition)
    assert "第十三次会议议定十五条措施，一人一岗，一项一项销号。" in prose(composition)


def test_a_citation_of_what_is_not_there_is_said(world: World) -> None:
    found(world, 2, 1)
    composition = composed(world, {"done": "【罚款】万元，【发现隐患：月球】项，【台账所载未完成整改】项。"})
    assert (
        "「无此数据：罚款」万元，「无此数据：发现隐患：月球」项，「无此数据：台账所载未完成整改」项。"
        in prose(composition)
    )
    assert codes(world, done="【罚款】") == ["report.unknown_figure"]


def test_citations_reach_lines_claims_and_counted_lists(world: World) -> None:
    found(world, 6, 4, accepted_claimed=True)
    expect_filings(on=datetime(2023, 1, 1, 9, tzinfo=clock.SHANGHAI))
    file_all()
    text = "【发现隐患：东湖镇】项在东湖镇，【台账所载完成整改】项凭台账，【未报送台账】期次未报，整改率【整改率:日常】。"
    assert "6项在东湖镇，4项凭台账，0期次未报，整改率66.7%。" in prose(composed(world, {"done": text}))


def test_markup_in_words_stays_words(world: World) -> None:
    from bihuan.kernel.documents import to_html
    from bihuan.reporting import proofs
    from bihuan.reporting.imprint import holder_of

    composition = composed(world, {"opening": '<script>alert(1)</script> #read("/etc/passwd")'})
    page = to_html(proofs.document(composition, holder_of(world.district)))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_silence_cannot_be_cited_as_zero(world: World) -> None:
    """Without any filing due there is no such number, not a reassuring nought."""
    found(world, 6, 4)
    assert codes(world, done="【未报送台账】期次未报。") == ["report.unknown_figure"]
