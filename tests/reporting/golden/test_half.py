"""N01–N16: the numbers of a half-year, as figures over records and as the report prints them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bihuan.capabilities.dispatch.campaigns import inputs as campaign_inputs
from bihuan.capabilities.dispatch.campaigns.models import Campaign, Target
from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.papers.models import Proposal
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.inspections.planning.pages.fire import fire_path
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.figures import answers, checking
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue, add, half_up
from tests.dispatch import campaign_steps
from tests.reporting.golden import half
from tests.reporting.golden.people import Golden, moment
from tests.reporting.ledgers import CUT, H1, composed, prose


def value(name: str, **scope: object) -> FigureValue:
    """One figure of the half, which the records themselves confirm."""
    asked = Scope(**scope)  # type: ignore[arg-type]
    found = answers.value(name, H1, CUT, asked)
    again = answers.recounted([name], H1, CUT, asked)[name]
    assert (found.amount, found.numerator, found.denominator) == (
        again.amount,
        again.numerator,
        again.denominator,
    )
    return found


def amounts(*names: str, **scope: object) -> tuple[int | None, ...]:
    return tuple(value(name, **scope).amount for name in names)


@pytest.fixture(scope="module")
def _text() -> list[str]:
    return []


@pytest.fixture
def text(golden: Golden, _text: list[str]) -> str:
    """What the report of the half says, composed once."""
    if not _text:
        _text.append(prose(composed(golden.world)))
    return _text[0]


def test_the_tallies_say_what_the_records_say(golden: Golden) -> None:
    assert checking.check(1, 1).ok


def test_n01_526_found_518_rectified(golden: Golden, text: str) -> None:
    assert amounts("hazards.found", "hazards.rectified", "hazards.open", campaign=half.WINTER) == (
        526,
        518,
        8,
    )
    assert value("hazards.rectification_rate", campaign=half.WINTER).percent(1) == "98.5"
    assert f"开展“{half.WINTER}”。共排查各类隐患526项，整改完成518项，整改完成率98.5%" in text


def test_n02_38_found_35_rectified_to_one_digit_and_to_none(golden: Golden, text: str) -> None:
    assert amounts("hazards.found", "hazards.rectified", "hazards.open", campaign=half.BELTS) == (38, 35, 3)
    rate = value("hazards.rectification_rate", campaign=half.BELTS)
    assert (rate.percent(0), rate.percent(1)) == ("92", "92.1")
    assert "共排查各类隐患38项，整改完成35项，整改完成率92.1%" in text
    own = composed(golden.world, {"done": f"联合整治整改率【整改率：{half.BELTS}：0】。"})
    assert "联合整治整改率92%。" in prose(own)


def test_n03_urged_is_not_rectified(golden: Golden, text: str) -> None:
    fire = {"sectors": (fire_path(),)}
    assert amounts("hazards.found", "hazards.urged", "hazards.rectified", **fire) == (1116, 1042, 0)
    assert value("hazards.rectification_rate", **fire).percent(1) == "0.0", "no acceptance, no completion"
    assert (
        "火灾隐患和消防安全问题1116项，督促整改（已下达期限）1042项，截至2023年6月30日尚无验收销号的" in text
    )
    assert "93.4" not in text


def test_n04_batches_and_items_each_with_its_own_rate(golden: Golden, text: str) -> None:
    for level, counts, rate in (("batches", (7, 5, 2), "71.4"), ("items", (19, 10, 9), "52.6")):
        names = [f"tipoffs.{level}_{what}" for what in ("received", "closed", "open")]
        assert amounts(*names) == counts
        assert half_up(counts[1] * 100, counts[0], 1) == rate
    assert "收到群众投诉举报7批次19件" in text
    assert "已办结5批次10件" in text
    assert "正在办理2批次9件，按批次计的办结率为71.4%、按件计的办结率为52.6%" in text


def test_n05_n06_visits_hazards_stops_and_fines(golden: Golden, text: str) -> None:
    fire = {"sectors": (fire_path(),)}
    assert amounts("inspections.done", "hazards.found", **fire) == (849, 1116)
    assert value("inspections.enterprises", **fire).amount == 283, "visits are not enterprises"
    assert amounts("measures.stop_orders", "measures.enterprises_stopped", **fire) == (3, 3)
    fines = value("cases.fines_decided", **fire)
    assert (fines.amount, fines.value, fines.wan()) == (26_580_000, "265800.00", "26.58")
    assert "区消防救援大队检查单位849家次，责令停产停业、停止使用3次，罚款26.58万元" in text
    assert "8.86" not in text, "no fine is divided by stops"


def test_n07_construction_lies_inside_and_the_report_says_so(golden: Golden, text: str) -> None:
    assert amounts("accidents.count", "accidents.deaths", "accidents.major") == (4, 4, 0)
    assert amounts("accidents.industrial", "accidents.industrial_deaths") == (4, 4)
    assert amounts("accidents.construction", "accidents.construction_deaths") == (1, 1)
    assert "含建筑施工" in value("accidents.industrial").label
    assert "其中工矿商贸事故4起、死亡4人（含建筑施工事故1起、死亡1人）" in text
    assert "工矿商贸事故不含建筑施工的为3起、死亡3人，与前述含建筑施工的数口径不同，不得相加" in text


def test_n08_meetings_and_two_counters_of_visits(golden: Golden, text: str) -> None:
    assert amounts("meetings.held", kind="plenary", body="committee") == (2,)
    assert amounts("meetings.held", kind="special_meeting") == (8,)
    assert amounts("visits.supervision", "visits.led_inspections") == (24, 8)
    assert "专题会8次，全体会议2次" in text
    assert "督导检查24次、带队排查8次" in text
    assert "32次" not in text, "24 visits and 8 led inspections are never one number"


def test_n09_tags_and_distinct_firms(golden: Golden, text: str) -> None:
    assert amounts("campaigns.targets", campaign=half.BELT_FIRMS) == (11,)
    assert amounts("campaigns.targets", campaign=half.TANK_FIRMS) == (7,)
    both = Target.objects.filter(campaign_name__in=(half.BELT_FIRMS, half.TANK_FIRMS))
    assert both.count() == 18
    assert both.values("object").distinct().count() == 16
    assert value("campaigns.targets").amount == 11 + 7 + 80 + 26
    assert value("campaigns.enterprises").amount == 16 + 80 + 26
    assert "涉及不同单位122家" in text


def test_n10_no_percentage_without_the_subset(golden: Golden, text: str) -> None:
    assert amounts("campaigns.targets", "campaigns.checked", campaign=half.TOWERS) == (80, 0)
    assert amounts("campaigns.targets", "campaigns.checked", campaign=half.MIXED) == (26, 26)
    assert "32.5%" not in text
    campaign = Campaign.objects.get(name=half.TOWERS)
    some = Target.objects.filter(campaign=campaign).order_by("id").values_list("object__name", flat=True)[:26]
    with clock.frozen(moment(date(2023, 6, 20))):
        given = campaign_inputs.Checks(checked_on=clock.today(), objects="\n".join(some))
        campaign_steps.taken(golden.world, campaign, "log_checks", given, "office")
    assert "列入检查对象80家，已检查26家，覆盖率32.5%" in prose(composed(golden.world))


def test_n11_fifteen_measures_each_one_lead(golden: Golden, text: str) -> None:
    assert amounts("papers.measures", "papers.measures_assigned", "papers.measures_unassigned") == (15, 15, 0)
    assert Proposal.objects.filter(kept=True, lead=None).count() == 0
    assert "共15条" in text
    assert "已交办15条，每条明确一个牵头责任单位，没有未落实牵头单位的措施" in text


def test_n12_zero_rests_on_filings_and_else_is_unknown(golden: Golden, text: str) -> None:
    assert amounts("hazards.major_found") == (0,)
    assert (
        Expectation.objects.filter(kind="weekly_form")
        .exclude(met_at=None)
        .values("holder")
        .distinct()
        .count()
        == 6
    )
    assert "未发现重大事故隐患（登记数为0项）" in text
    assert "未排查出重大事故隐患（登记数为0项），以各单位报送的24期次周调度表为据，没有欠报" in text
    Expectation.objects.filter(kind="weekly_form", holder=golden.units[4]).update(met_at=None, met_by=None)
    Expectation.objects.filter(kind="hazard_ledger", holder=golden.units[0], period="2023-03").update(
        met_at=None
    )
    doubtful = prose(composed(golden.world))
    assert "未发现重大事故隐患（登记数为0项）" not in doubtful
    assert "不足以得出没有重大事故隐患的结论" in doubtful


def test_n13_a_market_rebuilt_for_1_200_000_yuan(golden: Golden, text: str) -> None:
    assert value("hazards.funds_spent").value == "1200000.00"
    market = Hazard.objects.get(funds_spent_fen__gt=0)
    assert (market.funds_spent_fen, market.accepted_on) == (120_000_000, date(2023, 3, 2))
    assert "登记的整改资金投入为120万元" in text


def test_n14_hazards_of_different_scopes_are_never_added(golden: Golden, text: str) -> None:
    winter = value("hazards.found", campaign=half.WINTER)
    fire = value("hazards.found", sectors=(fire_path(),))
    with pytest.raises(Refused) as refused:
        add(winter, fire)
    assert {failure.code for failure in refused.value.failures} == {"figure.overlap"}
    assert value("hazards.found").amount == Hazard.objects.filter(voided=False).count() == 1697
    assert "1696" not in text
    assert "1595" not in text


def test_n15_trainings_lie_inside_the_half(golden: Golden) -> None:
    trained = Task.objects.filter(kind="train", finished_on__isnull=False)
    days = trained.order_by("finished_on").values_list("finished_on", flat=True)
    assert list(days) == [date(2023, 3, 9), date(2023, 6, 7)]
    assert amounts("tasks.closed", kind="train") == (2,)


def test_n16_closed_of_sixteen(golden: Golden, text: str) -> None:
    assert amounts("hazards.found", "hazards.urged", "hazards.rectified", source="leader_led") == (16, 16, 5)
    assert "领导带队检查发现隐患16项，已验收销号5项" in text


def test_a_rate_is_exact_before_it_is_rounded(golden: Golden) -> None:
    rate = value("hazards.rectification_rate", campaign=half.WINTER)
    assert rate.numerator is not None
    assert rate.denominator is not None
    assert Decimal(rate.numerator) / Decimal(rate.denominator) < Decimal("0.985"), (
        "98.4791 %: half up, not cut off"
    )
