"""The annual summary: 双降 only where it is true, blank without a base, the graver accidents beside it (M257)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from bihuan.capabilities.accidents.models import Accident
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Heading, to_docx, to_pdf
from bihuan.kernel.figures import judging
from bihuan.kernel.figures.year_on_year import year_on_year
from bihuan.reporting import drafting, half_year, proofs
from bihuan.reporting.imprint import holder_of
from tests.accidents.test_figures import on
from tests.reporting.ledgers import found, prose
from tests.world import World

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2023")
CUT = date(2023, 12, 31)


def kept(world: World, year: int, deaths: tuple[int, ...]) -> None:
    """One accident a day from the second of April on, with so many dead each."""
    for place, dead in enumerate(deaths):
        on(world, f"{year}-04-{2 + place:02d}", dead)


@pytest.fixture(autouse=True)
def after_the_year() -> Iterator[datetime]:
    moment = datetime(2024, 1, 8, 9, 30, tzinfo=clock.SHANGHAI)
    with clock.frozen(moment):
        yield moment


def composed(world: World) -> half_year.Composition:
    return half_year.compose(drafting.ask(YEAR, CUT, holder_of(world.district), kind="annual"), {})


def test_both_fell_is_said_with_the_graver_ones_beside(world: World) -> None:
    kept(world, 2022, (2, 1, 1))
    kept(world, 2023, (3,))
    made = composed(world)
    text = prose(made)
    assert "全年登记生产安全事故1起、死亡3人，其中较大及以上事故1起、死亡3人。" in text
    assert "与上年相比，事故起数下降67%，死亡人数下降25%。" in text
    assert "2023年实现事故起数和死亡人数“双降”（较大及以上事故1起）。" in text
    assert Accident.objects.count() == 4
    made.citations.to_freeze()


@pytest.mark.parametrize(
    "before,now,why",
    [
        ((1, 1), (2,), "生产安全事故下降，事故死亡持平，没有实现双降"),
        ((3,), (1, 1), "生产安全事故上升，事故死亡下降，没有实现双降"),
        ((), (1,), "生产安全事故没有上年同期数，不作比较"),
    ],
)
def test_both_fell_is_blank_where_it_is_not_so(
    world: World, before: tuple[int, ...], now: tuple[int, ...], why: str
) -> None:
    kept(world, 2022, before)
    kept(world, 2023, now)
    made = composed(world)
    assert "双降" not in prose(made)
    assert any(why in flag.message for flag in made.flags if flag.code == "report.clause_dropped")


def test_both_fell_is_not_said_before_the_year_is_over(world: World) -> None:
    kept(world, 2022, (2, 1, 1))
    kept(world, 2023, (3,))
    asked = drafting.ask(YEAR, date(2023, 11, 22), holder_of(world.district), kind="annual")
    made = half_year.compose(asked, {})
    assert "双降" not in prose(made)
    assert any("时段还没有结束" in flag.message for flag in made.flags)
    typed = half_year.compose(asked, {"opening": "今年实现双降。"})
    assert [flag.text for flag in typed.flags if flag.code == "report.unsupported_claim"] == ["双降"]
    november = year_on_year(("accidents.count", "accidents.deaths"), YEAR, date(2023, 11, 22))
    assert judging.both_fell(*november.values()) == judging.Verdict(None, "不能判断：" + judging.UNFINISHED)


def test_without_any_accident_kept_nothing_is_claimed(world: World) -> None:
    text = prose(composed(world))
    assert "系统内没有本年度生产安全事故的登记，事故情况以事故统计直报数据为准。" in text
    assert "事故0起" not in text
    assert "与上年相比，事故" not in text


def test_it_is_a_paper_of_four_chapters(world: World) -> None:
    found(world, 6, 4, rectify_by=date(2023, 4, 1))
    made = composed(world)
    headings = [block.text for block in made.blocks if isinstance(block, Heading) and block.level == 1]
    assert headings == ["全年主要工作", "事故情况", "存在的主要问题", "下一年重点工作"]
    assert made.title == "关于2023年安全生产工作\n情况的报告"
    document = proofs.document(made, holder_of(world.district))
    assert document.appendix
    assert to_docx(document)
    assert to_pdf(document).startswith(b"%PDF-")
