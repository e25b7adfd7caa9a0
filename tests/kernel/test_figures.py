"""What a figure's value says about itself, and which values may be added."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import registry, wording
from bihuan.kernel.figures.declarations import DateOf, Dim, Figure, Tally
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import Coverage, FigureValue, add, half_up
from bihuan.kernel.territory.models import Region, RegionLevel, Sector
from bihuan.kernel.territory.trees import found_district, plant

H1, H2, Q2 = (Period.parse(label) for label in ("2023H1", "2023H2", "2023Q2"))


def value(period: Period = H1, scope: Scope = Scope(), **set_to: object) -> FigureValue:
    parts: dict[str, object] = {"kind": "count", "amount": 10, **set_to}
    coverage = (Coverage(period, period.last, scope),)
    return FigureValue("trial.found", "发现", "项", coverage=coverage, **parts)  # type: ignore[arg-type]


def rate(numerator: int, denominator: int, scope: Scope = Scope()) -> FigureValue:
    return value(scope=scope, kind="ratio", amount=None, numerator=numerator, denominator=denominator)


@pytest.mark.parametrize(
    "numerator,denominator,digits,shown",
    [
        (518, 526, 1, "98.5"),
        (35, 38, 0, "92"),
        (35, 38, 1, "92.1"),
        (1, 8, 0, "13"),
        (1, 200, 0, "1"),
        (1, 1, 1, "100.0"),
        (0, 7, 1, "0.0"),
        (2, 3, 2, "66.67"),
    ],
)
def test_percent_rounds_half_up(numerator: int, denominator: int, digits: int, shown: str) -> None:
    assert rate(numerator, denominator).percent(digits) == shown
    assert rate(numerator, denominator).text(digits) == f"{shown}%"


def test_nothing_to_divide_by_is_no_number() -> None:
    empty = rate(0, 0)
    assert empty.value is None
    assert empty.text() == "—"
    assert empty.json() == {"value": None, "numerator": 0, "denominator": 0, "unit": "项"}


def test_money_is_exact_to_the_fen() -> None:
    spent = value(kind="sum", amount=123_456_789_01)
    assert spent.value == "123456789.01"
    assert spent.wan() == "12345.68"
    assert half_up(5, 1000, 2) == "0.01"


def test_a_count_tells_how_much_is_only_claimed() -> None:
    assert value(claimed=3).json() == {"value": 10, "claimed": 3}
    assert value().json() == {"value": 10}


TOWN, OTHER, VILLAGE = Scope(regions=("1.5.",)), Scope(regions=("1.6.",)), Scope(regions=("1.5.33.",))


@pytest.mark.parametrize(
    "a,b",
    [
        (value(H1), value(H2)),
        (value(scope=TOWN), value(scope=OTHER)),
        (value(scope=Scope(sectors=("3.",))), value(scope=Scope(sectors=("4.",)))),
        (value(scope=Scope(source="expert")), value(scope=Scope(source="grid"))),
        (value(scope=Scope(grade="major")), value(scope=Scope(grade="general"))),
        (value(scope=Scope(regions=("1.",), exactly=("regions",))), value(scope=TOWN)),
    ],
)
def test_figures_that_cannot_meet_are_added(a: FigureValue, b: FigureValue) -> None:
    both = add(a, b)
    assert both.amount == 20
    assert both.coverage == a.coverage + b.coverage


@pytest.mark.django_db
@pytest.mark.parametrize(
    "a,b",
    [
        (value(), value()),
        (value(H1), value(Q2)),
        (value(scope=TOWN), value(scope=VILLAGE)),
        (value(scope=TOWN), value()),
        (value(scope=TOWN), value(scope=Scope(sectors=("3.",)))),
        (value(scope=Scope(source="leader_led")), value(scope=Scope(campaign="百日攻坚"))),
        (value(scope=Scope(regions=("1.", "1.5."), exactly=("regions",))), value(scope=TOWN)),
    ],
)
def test_overlapping_figures_are_never_added(a: FigureValue, b: FigureValue) -> None:
    with pytest.raises(Refused) as refusal:
        add(a, b)
    assert refusal.value.failures[0].code == "figure.overlap"
    flagged = add(a, b, overlap="两项来源不同，仅供参考")
    assert flagged.amount == 20
    assert "口径有重叠：两项来源不同" in flagged.caption()


@pytest.mark.django_db
def test_a_sum_keeps_out_what_overlaps_either_part() -> None:
    both = add(value(scope=TOWN), value(scope=OTHER))
    with pytest.raises(Refused):
        add(both, value(scope=VILLAGE))


def test_different_figures_are_not_added_and_rates_are_pooled() -> None:
    with pytest.raises(Refused) as refusal:
        add(value(), FigureValue("trial.open", "未整改", "项", "count", value().coverage, amount=1))
    assert refusal.value.failures[0].code == "figure.not_alike"
    pooled = add(rate(1, 2, TOWN), rate(1, 4, OTHER))
    assert (pooled.numerator, pooled.denominator, pooled.value) == (2, 6, "33.3")


def test_a_scope_survives_being_written_down() -> None:
    scope = Scope(regions=("1.5.", "1.6."), sectors=("3.",), source="expert", agency=4, exactly=("regions",))
    assert Scope.of(scope.json()) == scope
    assert Scope.of(Scope().json()) == Scope()


def test_a_line_never_reaches_beyond_its_total() -> None:
    assert VILLAGE.within("regions", ("1.5.",)) == VILLAGE
    assert TOWN.within("regions", ("1.5.33.",)).regions == ("1.5.33.",)
    assert Scope().within("regions", ("1.5.",)) == TOWN
    assert Scope().within("regions", ("1.",), exactly=True).exactly == ("regions",)


@pytest.fixture
def tree() -> dict[str, str]:
    district = found_district("370499", "临河区").region
    paths = {"": district.path}
    for order, name in enumerate(["东关街道", "石桥镇"]):
        town = plant(Region, district, name, level=RegionLevel.TOWN, order=order)
        paths[name] = town.path
        paths[name + "村"] = plant(Region, town, "前村", level=RegionLevel.VILLAGE).path
    sector = plant(Sector, None, "工贸", code="gm")
    paths["工贸"], paths["冶金"] = sector.path, plant(Sector, sector, "冶金", code="gm.yj").path
    return paths


@pytest.mark.django_db
def test_every_figure_says_period_cut_off_and_scope(tree: dict[str, str]) -> None:
    assert value().caption() == "2023年上半年，截至2023年6月30日，全区"
    both = Scope(regions=(tree["石桥镇"],), sectors=(tree["工贸"],), campaign="百日攻坚")
    assert value(Q2, both).caption() == "2023年第二季度，截至2023年6月30日，石桥镇，工贸，百日攻坚"


@pytest.mark.django_db
def test_what_lies_above_or_outside_the_towns_keeps_a_line(tree: dict[str, str]) -> None:
    paths = [tree[""], tree["石桥镇村"], tree["东关街道"], tree["东关街道村"], "99."]
    lines = wording.town_of(paths, Scope())
    assert [line.name for line in lines.values()] == [
        "东关街道",
        "东关街道",
        "石桥镇",
        "临河区（本级）",
        "未注明",
    ]
    assert lines[tree["东关街道村"]].scope == Scope(regions=(tree["东关街道"],))
    assert lines[tree[""]].scope == Scope(regions=(tree[""],), exactly=("regions",))


@pytest.mark.django_db
def test_sub_sectors_count_under_their_root(tree: dict[str, str]) -> None:
    lines = wording.sector_of([tree["冶金"], tree["工贸"]], Scope())
    assert {line.name for line in lines.values()} == {"工贸"}


TALLY = Tally("other", "none.None", "none", DateOf("found_on"), {}, {"region": Dim("region_path")})


def test_a_name_is_declared_once_and_an_unknown_one_is_refused_in_words() -> None:
    def none(period: Period, as_of: date) -> Q:
        return Q()

    with pytest.raises(Refused) as refusal:
        registry.figure("hazards.guessed")
    assert "hazards.guessed" in refusal.value.failures[0].message
    with pytest.raises(ValueError, match="not declared"):
        registry.register(Figure("other.rate", "率", "%", "ratio", TALLY, none, of=("other.a", "other.b")))
    first = Figure("other.count", "数", "项", "count", TALLY, none)
    try:
        registry.register(first)
        with pytest.raises(ValueError, match="twice"):
            registry.register(Figure("other.count", "又", "项", "count", TALLY, none))
    finally:
        registry._figures.pop("other.count")
