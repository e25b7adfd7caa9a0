"""One record taken back: exactly the figures that count it change, and the difference names it (M256)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from bihuan.capabilities.accidents.inputs import Reason as AccidentReason
from bihuan.capabilities.accidents.models import Accident
from bihuan.capabilities.enforcement.inputs.filing import Reason as CaseReason
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.tipoffs.inputs import Refusal
from bihuan.capabilities.tipoffs.models import Item
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.reporting import differences, drafting, issuing
from bihuan.reporting.models import Issue
from tests.accidents.test_figures import on as accident_on
from tests.enforcement import steps as case_steps
from tests.reporting.ledgers import H1, found, prose
from tests.tipoffs import steps as tipoff_steps
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_half")]
TODAY = date(2023, 7, 3)


def in_june(day: int) -> datetime:
    return datetime(2023, 6, day, 10, tzinfo=clock.SHANGHAI)


@pytest.fixture
def half(world: World) -> World:
    """Hazards, two accidents, two cases, a batch of two items."""
    found(world, 4, 3)
    accident_on(world, "2023-05-06", 1)
    accident_on(world, "2023-06-07", 2, sector="建筑施工", wan=300)
    with clock.frozen(in_june(13)):
        cast = case_steps.cast(world)
        case_steps.investigating(cast)
        case_steps.investigating(cast, cause="未在有较大危险因素的设备上设置警示标志")
    with clock.frozen(in_june(14)):
        batch = tipoff_steps.registered(world)
        tipoff_steps.another(world, batch)
    return world


def issued(world: World) -> Issue:
    report = drafting.begin("half-year", H1, TODAY, world.district, world.actor("office"))
    return issuing.issue(report.uid, world.actor("office"), version=report.version, mark="薛安办")


def moved(made: Issue) -> tuple[Mapping[str, tuple[str, str]], Mapping[str, tuple[str, str]]]:
    """Numbers that changed, and records named."""
    changes = differences.since(made)
    numbers = {one.label: (one.was, one.now) for one in changes if not one.record}
    return numbers, {one.label: (one.was, one.now) for one in changes if one.record}


def perform(world: World, kind: str, verb: str, row: Any, given: Any, by: str) -> None:
    engine.perform(kind, verb, row.no, given, actor=world.actor(by), version=row.version)


def test_an_accident_that_was_none(half: World) -> None:
    made = issued(half)
    assert moved(made) == ({}, {})
    gone = Accident.objects.get(deaths=2)
    perform(half, "accident", "dismiss", gone, AccidentReason(reason="经核实为非生产安全事故"), "leader")
    numbers, named = moved(made)
    assert numbers == {
        "生产安全事故": ("2", "1"), "事故死亡": ("3", "1"), "工矿商贸（含建筑施工）事故": ("2", "1"),
        "工矿商贸（含建筑施工）事故死亡": ("3", "1"), "建筑施工事故": ("1", "0"), "建筑施工事故死亡": ("2", "0"),
        "事故直接经济损失": ("3000000.00元", "0.00元"), "生产安全事故（一般）": ("2", "1"),
        "生产安全事故（建筑施工）": ("1", "0"), "事故死亡（建筑施工）": ("2", "0"),
        "事故直接经济损失（建筑施工）": ("3000000.00元", "0.00元"),
        "事故重伤（含急性工业中毒）": ("0", "0（构成有变化）"), "事故重伤（含急性工业中毒）（建筑施工）": ("0", "0（构成有变化）"),
    }  # fmt: skip
    assert set(named.values()) == {("计入", "不再计入")}
    assert {label.split("：")[1].split(" ")[0] for label in named} == {gone.no}


def test_a_case_taken_back(half: World) -> None:
    made = issued(half)
    gone = Case.objects.order_by("no").first()
    assert gone is not None
    perform(half, "case", "withdraw", gone, CaseReason(reason="违法事实不能成立"), "regulator")
    numbers, named = moved(made)
    assert numbers == {"立案": ("2", "1")}
    assert list(named.values()) == [("计入", "不再计入")]
    assert gone.no in next(iter(named))


def test_a_tip_off_that_is_not_admitted_is_closed_at_its_level_and_no_other(half: World) -> None:
    made = issued(half)
    one = Item.objects.order_by("ordinal").first()
    assert one is not None
    given = Refusal(rejection="not_safety", reason="反映事项不属于安全生产范围，请向物业反映。")
    perform(half, "tipoff", "reject", one, given, "office")
    numbers, named = moved(made)
    assert numbers == {
        "办结举报投诉（件）": ("0", "1"), "在办举报投诉（件）": ("2", "1"), "举报投诉办结率（件）": ("0.0%", "50.0%"),
    }  # fmt: skip
    assert [one.no in label for label in named] == [True, True], "closed counts it, open no more"
    assert set(named.values()) == {("计入", "不再计入"), ("未计入", "计入")}


def test_the_report_says_both_levels_and_names_the_rate(half: World) -> None:
    report = drafting.begin("half-year", H1, TODAY, half.district, half.actor("office"))
    text = prose(drafting.compose(report))
    assert "收到群众投诉举报1批次2件" in text
    assert "按批次计的办结率为0.0%、按件计的办结率为0.0%" in text
    assert "有2件投诉举报还没有回复举报人" in text
