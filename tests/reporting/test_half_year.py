"""The half-year report: every number a figure, every sentence true, also where there is nothing to tell."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.kernel import clock
from bihuan.kernel.documents import Paragraph, Table, to_docx, to_html
from bihuan.kernel.documents.outline import figure_refs
from bihuan.kernel.documents.outline import plain as cell_text
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import require_district
from bihuan.reporting import drafting, half_year, proofs, sections
from bihuan.reporting.citing import Roll, printed
from bihuan.reporting.imprint import holder_of
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sentences import say
from tests.reporting.ledgers import CUT, H1, composed, expect_filings, file_all, found, hazard, keep, prose
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_half")]
YEAR = datetime(2023, 1, 1, 9, tzinfo=clock.SHANGHAI)


def mixed(world: World) -> None:
    """Two towns, two sectors, a few sources, some late, one major."""
    day = date(2023, 2, 1)
    keep(
        [hazard(world, day, accepted_on=date(2023, 3, 1)) for _ in range(5)]
        + [hazard(world, day, rectify_by=date(2023, 3, 1), source="leader_led") for _ in range(2)]
        + [hazard(world, day, accepted_on=date(2023, 2, 9), source="leader_led", campaign="百日攻坚")]
        + [
            hazard(
                world, day, object=world.site, region_path=world.west.path, sector_path=world.site.sector_path,
                accepted_on=date(2023, 4, 1), accepted_claimed=True, funds_spent_fen=12_345_600,
            )
            for _ in range(3)
        ]
        + [hazard(world, day, grade="major", rectify_by=date(2023, 12, 1), description="除尘系统未设泄爆装置")]
    )  # fmt: skip


def test_every_number_is_the_figure_it_says(world: World) -> None:
    mixed(world)
    composition = composed(world)
    totals = answers.values(registry.names("hazards"), H1, CUT)
    for cited in composition.citations.all():
        if isinstance(cited.source, Roll):
            continue
        asked = cited.source
        fresh = answers.value(asked.figure, asked.period, asked.as_of, asked.scope)
        assert (fresh.amount, fresh.numerator, fresh.denominator, fresh.claimed) == (
            asked.amount, asked.numerator, asked.denominator, asked.claimed,
        )  # fmt: skip
    text = prose(composition)
    for name in ("found", "rectified", "open", "overdue", "rectification_rate", "major_found"):
        assert printed(totals[f"hazards.{name}"]) in text
    assert "共排查登记事故隐患12项" in text
    assert "完成整改并经验收销号9项，整改率75.0%，尚未完成整改3项，其中2项已超过整改期限" in text
    assert "登记的整改资金投入为37.04万元" in text


def test_every_cited_number_has_its_row_and_opens_its_records(world: World) -> None:
    mixed(world)
    composition = composed(world)
    document = proofs.document(composition, holder_of(world.district))
    table = next(block for block in document.appendix if isinstance(block, Table))
    refs = list(figure_refs(document))
    assert {ref.anchor for ref in refs} <= set(table.row_anchors)
    assert len(table.rows) == len(composition.citations.all())
    figures = [ref for ref in refs if ref.uri.startswith("/figures/")]
    assert figures
    assert all("period=2023H1" in ref.uri and "as_of=2023-06-30" in ref.uri for ref in figures)
    page = to_html(document)
    assert 'href="/figures/hazards.found/records/?period=2023H1&amp;as_of=2023-06-30"' in page


def test_no_digit_of_the_body_is_typed(world: World) -> None:
    """Digits are figures, or belong to dates and to what a record itself says in a list."""
    mixed(world)
    with pytest.raises(ValueError, match="typed"):
        say("共排查526项")
    whole = proofs.document(composed(world), holder_of(world.district))
    for block in whole.blocks:
        if not isinstance(block, Paragraph):
            continue
        said = "".join(run.text for run in block.runs if type(run).__name__ == "Text")
        bare = said.replace("2023年上半年", "").replace("截至2023年6月30日", "")
        assert not any(char.isdigit() for char in bare), bare


@pytest.mark.parametrize(
    "counts,digits,rate",
    [((526, 518), 1, "98.5%"), ((38, 35), 0, "92%"), ((38, 35), 1, "92.1%"), ((38, 35), 2, "92.11%")],
)
def test_rates_round_half_up_to_the_digits_asked(
    world: World, counts: tuple[int, int], digits: int, rate: str
) -> None:
    found(world, *counts)
    text = prose(composed(world, digits=digits))
    assert f"共排查登记事故隐患{counts[0]}项" in text
    assert f"完成整改并经验收销号{counts[1]}项，整改率{rate}" in text


def test_one_sentence_may_ask_for_other_digits(world: World) -> None:
    found(world, 38, 35)
    composition = composed(world, {"done": "工贸专项整改率为【整改率：0】，即【整改率：工贸：2】。"})
    assert "工贸专项整改率为92%，即92.11%。" in prose(composition)


def test_what_only_ledgers_claim_is_said(world: World) -> None:
    mixed(world)
    assert "完成整改的隐患中，3项仅由报送单位的台账载明已经验收" in prose(composed(world))


def test_leader_led_findings_say_how_many_are_closed(world: World) -> None:
    mixed(world)
    assert (
        "领导带队检查发现隐患3项，已验收销号1项，其中按期整改0项，销号率33.3%，未销号2项，其中逾期2项。"
        in prose(composed(world))
    )


def test_tables_sum_to_their_totals(world: World) -> None:
    mixed(world)
    tables = [block for block in composed(world).blocks if isinstance(block, Table) and block.totals]
    assert [table.caption for table in tables] == ["各行业领域隐患排查治理情况", "各镇街隐患排查治理情况"]
    for table in tables:
        rows = [[cell_text(cell) for cell in row] for row in table.rows]
        for column in range(1, 5):
            assert sum(int(row[column]) for row in rows[:-1]) == int(rows[-1][column])
    assert "各组之间不得相加" in "".join(tables[1].notes)


def test_open_majors_are_listed_with_who_answers(world: World) -> None:
    mixed(world)
    old = hazard(world, date(2022, 11, 1), grade="major", description="锅炉超期未检")
    keep([old])
    composition = composed(world)
    table = next(
        b for b in composition.blocks if isinstance(b, Table) and "未销号的重大事故隐患" in b.caption
    )
    assert [cell_text(row[1]) for row in table.rows] == [
        "东湖纺织有限公司：除尘系统未设泄爆装置", "东湖纺织有限公司：锅炉超期未检",
    ]  # fmt: skip
    text = prose(composition)
    assert "共发现重大事故隐患1项" in text
    assert "另有本期以前发现、仍未销号的重大事故隐患1项" in text
    assert "有2项未销号的重大事故隐患还没有挂牌督办" in text


def test_no_major_hazard_is_only_said_when_everybody_filed(world: World) -> None:
    found(world, 3, 3)
    assert "对是否存在重大事故隐患不作结论" in prose(composed(world))
    expect_filings(on=YEAR)
    file_all(but=[world.builders])
    doubtful = prose(composed(world))
    assert "未发现重大事故隐患" not in doubtful
    assert "还有5期次台账未报送，现有报送情况不足以得出没有重大事故隐患的结论" in doubtful
    assert "没有报送的单位和月份：区住房和城乡建设局（1月、2月、3月、4月、5月）。" in doubtful
    file_all()
    late = Expectation.objects.filter(holder=world.builders)
    assert late.exclude(met_at=None).count() == late.count()
    sure = prose(composed(world))
    assert "未发现重大事故隐患（登记数为0项）。这一结论以各单位报送的" in sure


def test_a_period_without_anything_reads_well(world: World) -> None:
    composition = composed(world)
    text = prose(composition)
    assert "登记的事故隐患为0项，不计算整改率" in text
    assert "不能判断各单位是否都已报送" in text
    assert "从本期数据看，没有需要单独列出的突出问题。" in text
    assert "—%" not in text
    assert "一是抓实日常排查" in text
    document = proofs.document(composition, holder_of(world.district))
    assert to_docx(document)


def test_repeats_are_told(world: World) -> None:
    first = hazard(world)
    keep([first])
    keep([hazard(world, date(2023, 4, 1), recurs=first, recurrence=1)])
    composition = composed(world)
    assert "有1项属于反复发生，涉及1家单位" in prose(composition)
    table = next(b for b in composition.blocks if isinstance(b, Table) and b.caption == "反复发生的隐患")
    assert cell_text(table.rows[0][5]) == first.no


def test_another_capability_plugs_its_section_in(world: World) -> None:
    def compose(desk: object) -> Part:
        return Part((Paragraph.of("事故情况另行说明。"),), ("事故调查进度偏慢。",), ("加快事故调查。",))

    sections.register(Section("another", 15, compose))
    try:
        composition = composed(world)
    finally:
        sections.withdraw("another")
    text = prose(composition)
    assert text.index("事故情况另行说明") < text.index("重大事故隐患为")
    assert "事故调查进度偏慢。「无数据支撑」" in text
    assert "加快事故调查。" in text


def test_a_town_sees_its_own(world: World) -> None:
    mixed(world)
    holder = drafting.own_holder(world.actor("clerk_west"))
    assert holder is not None
    text = prose(half_year.compose(drafting.ask(H1, CUT, holder), {}))
    assert "西岭街道共排查登记事故隐患3项" in text
    holder = drafting.own_holder(world.actor("regulator"))
    assert holder is not None
    assert holder.agency == Agency.objects.get(name="区应急管理局").pk
    text = prose(half_year.compose(drafting.ask(H1, CUT, holder), {}))
    assert "区应急管理局监管领域共排查登记事故隐患9项" in text


def test_statements_do_not_grow_with_the_district(world: World) -> None:
    mixed(world)
    with CaptureQueriesContext(connection) as few:
        composed(world)
    found(world, 60, 40, source="grid", sector_path=world.site.sector_path)
    with CaptureQueriesContext(connection) as many:
        composed(world)
    assert len(few) == len(many) <= 54


def test_demo_marks_its_papers(world: World) -> None:
    district = require_district()
    district.demo = True
    district.save()
    document = proofs.document(composed(world), holder_of(world.district))
    assert document.demo
    assert "演示" in to_html(document)


def test_rare_characters_are_refused_by_name(world: World) -> None:
    odd = chr(0x2FFFF - 2)
    keep([hazard(world, grade="major", description=f"{odd}号罐区未设围堰")])
    document = proofs.document(composed(world), holder_of(world.district))
    with pytest.raises(Refused) as refusal:
        to_docx(document)
    assert refusal.value.failures[0].code == "document.uncovered_character"
    assert odd in refusal.value.failures[0].message
