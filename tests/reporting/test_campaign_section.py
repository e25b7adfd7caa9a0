"""Campaigns in the half-year report: figures of each tag, side by side and never added (M041, M265)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from bihuan.capabilities.dispatch.campaigns import inputs
from bihuan.capabilities.dispatch.campaigns.models import Campaign
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Table
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.cadences import ensure
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue, add
from bihuan.reporting import drafting, half_year
from bihuan.reporting.citing import Roll
from bihuan.reporting.imprint import holder_of
from tests.dispatch import campaign_steps as steps
from tests.reporting.ledgers import CUT, H1, composed, found, prose
from tests.world import World

pytestmark = pytest.mark.django_db
WINTER, MAJOR = "岁末年初安全生产隐患集中排查整治", "重大事故隐患专项排查整治2023行动"
BEGUN = datetime(2023, 1, 5, 9, tzinfo=clock.SHANGHAI)
JULY = datetime(2023, 7, 3, 9, 30, tzinfo=clock.SHANGHAI)


def campaign(world: World, name: str, last: date = date(2023, 12, 31), **changes: Any) -> Campaign:
    with clock.frozen(BEGUN):
        return steps.under_way(world, name=name, first_day=date(2023, 1, 1), last_day=last, **changes)


def test_each_campaign_tells_its_own_and_nothing_adds_them(world: World) -> None:
    campaign(
        world,
        WINTER,
        date(2023, 4, 30),
        superior="关于开展岁末年初排查整治的通知",
        superior_no="安委办〔2022〕9号",
    )
    campaign(world, MAJOR)
    found(world, 526, 518, campaign=WINTER)
    found(world, 38, 35, campaign=MAJOR)
    with clock.frozen(JULY):
        composition = composed(world)
        text = prose(composition)
    assert "共排查各类隐患526项，整改完成518项，整改完成率98.5%" in text
    assert "共排查各类隐患38项，整改完成35项，整改完成率92.1%" in text
    assert "根据《关于开展岁末年初排查整治的通知》（安委办〔2022〕9号）部署，由区应急管理局牵头" in text
    assert "按专项行动分" not in text
    numbers = [value for value in composition.citations.all() if not isinstance(value.source, Roll)]
    by_campaign = {
        cited.source.scope.campaign: cited.source.amount
        for cited in numbers
        if isinstance(cited.source, FigureValue) and cited.source.figure == "hazards.found" and cited.source.scope.campaign
    }  # fmt: skip
    assert by_campaign == {WINTER: 526, MAJOR: 38}
    table = next(b for b in composition.blocks if isinstance(b, Table) and "专项行动" in b.caption)
    assert len(table.rows) == 2
    assert not table.totals
    assert "不得相加" in table.notes[0]


def test_what_a_tag_counts_never_joins_a_count_that_may_hold_it(world: World) -> None:
    campaign(world, WINTER)
    found(world, 5, 3, campaign=WINTER)
    tagged = answers.value("hazards.found", H1, CUT, Scope(campaign=WINTER))
    town = answers.value("hazards.found", H1, CUT, Scope(regions=(world.east.path,)))
    assert tagged.scope.meets(town.scope)
    with pytest.raises(Refused) as refused:
        add(tagged, town)
    assert refused.value.failures[0].code == "figure.overlap"


def test_what_was_renamed_is_told_under_its_present_name_with_all_it_marked(world: World) -> None:
    one = campaign(world, WINTER)
    found(world, 4, 2, campaign=WINTER)
    with clock.frozen(datetime(2023, 5, 4, 9, tzinfo=clock.SHANGHAI)):
        steps.taken(world, one, "rename", inputs.Renaming(name=MAJOR, reason="更名"), "office")
    found(world, 6, 6, campaign=MAJOR)
    with clock.frozen(JULY):
        text = prose(composed(world))
    assert "共排查各类隐患10项，整改完成8项，整改完成率80.0%" in text
    assert f"开展“{MAJOR}”" in text
    assert WINTER not in text


def test_a_name_nobody_registered_is_still_told_with_the_hazards(world: World) -> None:
    campaign(world, WINTER)
    found(world, 3, 3, campaign="百日攻坚")
    with clock.frozen(JULY):
        text = prose(composed(world))
    assert "按专项行动分，“百日攻坚”排查隐患3项" in text
    assert f"同期还组织开展“{WINTER}”，没有登记以其名称上报的隐患和任务。" in text


def test_who_reported_as_the_plan_asks_is_told(world: World) -> None:
    one = campaign(world, WINTER, date(2023, 2, 28), filing="month", forms="检查、整改情况", members=())
    with clock.frozen(datetime(2023, 1, 31, 9, tzinfo=clock.SHANGHAI)):
        given = inputs.Report(period="2023-01", work="检查 12 家")
        steps.taken(world, one, "report", given, "regulator")
    ensure(Period.parse("2023-02"))
    with clock.frozen(JULY):
        text = prose(composed(world))
    assert "每月应报送情况2期次，已报送1期次，未报送1期次" in text


def test_a_towns_report_tells_who_reported_among_its_own_units(world: World) -> None:
    units = (world.east_government.pk, world.west_government.pk)
    campaign(world, WINTER, date(2023, 2, 28), filing="month", forms="检查、整改情况", members=units)
    for label in ("2023-01", "2023-02"):
        ensure(Period.parse(label))
    with clock.frozen(JULY):
        assert "每月应报送情况6期次" in prose(composed(world))
        town = half_year.compose(drafting.ask(H1, CUT, holder_of(world.east)), {})
        assert "每月应报送情况2期次" in prose(town)


def test_a_half_without_campaigns_says_nothing_of_them(world: World) -> None:
    found(world, 2, 1)
    with clock.frozen(JULY):
        assert "专项行动" not in prose(composed(world))
