"""The sections of accidents, fire and enforcement over the golden half: each scope named, nothing divided that must not be."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.kernel.documents import Heading, Table
from bihuan.kernel.documents.outline import plain as cell_text
from bihuan.reporting.citing import Roll
from bihuan.reporting.half_year import Composition
from tests.reporting.golden import half
from tests.reporting.golden.people import Golden
from tests.reporting.ledgers import composed, prose

_made: list[Composition] = []


@pytest.fixture
def composition(golden: Golden) -> Composition:
    """The report of the half, composed once."""
    if not _made:
        _made.append(composed(golden.world))
    return _made[0]


@pytest.fixture
def text(composition: Composition) -> str:
    return prose(composition)


def test_the_chapters_stand_in_the_order_of_the_genre(composition: Composition) -> None:
    told = [block.text for block in composition.blocks if isinstance(block, Heading)]
    assert told[0] == "工作推进情况"
    order = [
        "生产安全事故情况", "会议部署和领导督导", "专项行动", "隐患排查治理", "重大事故隐患治理", "周调度填报",
        "上级部署措施分解落实", "重点行业领域安全监管", "消防安全治理", "安全生产执法检查", "隐患台账报送", "存在的主要问题",
        "下半年重点工作",
    ]  # fmt: skip
    assert [heading for heading in told if heading in order] == order
    assert len(told) == len(set(told)), "no section twice"


def test_n07_the_opening_says_the_scope_and_the_section_the_other_one(text: str) -> None:
    assert text.startswith(
        "2023年上半年，薛河区发生生产安全事故4起、死亡4人，其中工矿商贸事故4起、死亡4人（含建筑施工事故1起、死亡1人）；"
        "没有较大及以上生产安全事故的登记（0起）。"
    )
    assert "工矿商贸事故不含建筑施工的为3起、死亡3人，与前述含建筑施工的数口径不同，不得相加。" in text
    assert "事故7起" not in text
    assert "事故8起" not in text


def test_the_parts_of_the_table_of_accidents_are_its_total(composition: Composition) -> None:
    table = next(
        b for b in composition.blocks if isinstance(b, Table) and b.caption == "各统计行业生产安全事故情况"
    )
    rows = [[cell_text(cell) for cell in row] for row in table.rows]
    assert [row[:3] for row in rows] == [
        ["建筑施工", "1", "1"], ["工矿商贸（不含建筑施工）", "3", "3"], ["合计", "4", "4"],
    ]  # fmt: skip


def test_a_base_of_zero_is_said_and_nothing_is_divided_by_it(text: str) -> None:
    """Accidents are kept since 2016, so nothing in the first half of 2022 is a zero and not an unknown."""
    assert "事故起数上年同期0起，同比增加4起（上年同期为0，不计算增减幅度）" in text


def test_n03_n05_n06_the_brigades_counters_stand_apart(text: str) -> None:
    assert "区消防救援大队检查单位849家次，责令停产停业、停止使用3次，罚款26.58万元。" in text
    assert "监管的单位登记火灾隐患和消防安全问题1116项，督促整改（已下达期限）1042项" in text
    assert "督促整改与完成整改分别统计，督促数不代表完成数" in text
    for wrong in ("93.4", "1.31", "8.86", "0.35"):
        assert wrong not in text, "no rate of what was urged, no visits per hazard, no fine per unit"


def test_visits_and_enterprises_of_inspections_are_two_counters(text: str) -> None:
    assert "完成安全生产检查849家次" in text
    assert "涉及企业283家（家次与家数是两个口径）" in text


def test_hazards_of_the_brigade_are_counted_by_who_supervises(golden: Golden) -> None:
    """A unit of another trade that the brigade supervises is among its hazards."""
    from bihuan.capabilities.hazards.models import Hazard

    other = Hazard.objects.filter(agency=golden.fire.bureau).order_by("no").first()
    assert other is not None
    Hazard.objects.filter(pk=other.pk).update(sector_path=golden.world.factory.sector_path)
    assert "登记火灾隐患和消防安全问题1116项" in prose(composed(golden.world))


def test_every_number_of_the_new_sections_opens(composition: Composition) -> None:
    for cited in composition.citations.all():
        if isinstance(cited.source, Roll):
            assert cited.source.href.startswith("/reports/counted/"), cited.label
        else:
            assert cited.source.period.last <= date(2023, 12, 31)
    assert half.FINES
