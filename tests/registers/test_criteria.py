"""Which criteria judge a hazard on its day."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from bihuan.registers.criteria import choices, criteria, criterion, standards

LATER = date(2026, 11, 1)


def test_the_64_items_for_industry_and_trade() -> None:
    items = criteria("工贸", date(2023, 5, 15))
    assert Counter(item.category for item in items) == {"管理类": 3, "行业类": 47, "专项类": 14}
    first = items[0]
    assert first.basis == "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第三条（一）"
    assert (first.mark, first.mark_label, first.decides) == ("V2", "据二手材料，未见原件", True)


def test_a_day_earlier_the_old_standard_judges_as_a_whole() -> None:
    (only,) = criteria("工贸行业", date(2023, 5, 14))
    assert only.standard.number == "安监总管四〔2017〕129号"
    assert (only.kind, only.mark_label, only.decides) == ("standard", "待核对", True)


def test_a_trade_gets_the_items_for_all_its_own_and_the_special_ones() -> None:
    scopes = Counter(item.scope for item in criteria("冶金", LATER))
    assert scopes == {"": 3, "冶金": 8, "粉尘爆炸": 10, "液氨制冷": 2, "有限空间": 2}


def test_chemicals_before_and_after_the_new_standard() -> None:
    before = criteria("危化", date(2026, 9, 29))
    assert (len(before), {item.kind for item in before}) == (20, {"item"})
    after = Counter(item.kind for item in criteria("危化", date(2026, 9, 30)))
    assert after == {"item": 20, "topic": 53, "standard": 1}
    assert not criterion("AQ3067-5.1.1").decides


def test_fireworks_and_coal() -> None:
    assert len(criteria("烟花爆竹", LATER)) == 20
    coal = criteria("煤矿", date(2026, 7, 1))
    assert Counter(item.kind for item in coal) == {"topic": 17, "standard": 1}
    assert [standard.number for standard in standards("煤矿", date(2026, 6, 30))] == ["应急管理部令第4号"]


def test_no_sector_no_criteria() -> None:
    assert criteria("航天发射", LATER) == []
    assert standards("航天发射", LATER) == []


def test_every_sector_can_name_a_ground_for_a_major_hazard() -> None:
    on_campus = choices("校园", LATER)
    assert [item.standard.number for item in on_campus] == [
        "GB 35181-2025",
        "GB 45067-2024",
        "建城规〔2023〕4号",
    ]
    assert all(item.decides for item in choices("煤矿", LATER))
    assert len({item.id for item in choices("消防", LATER)}) == len(choices("消防", LATER))


def test_an_unknown_criterion_is_said_to_be_unknown() -> None:
    with pytest.raises(KeyError):
        criterion("GM-99-01")
