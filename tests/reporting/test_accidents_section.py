"""生产安全事故 in a report: nothing claimed where nobody keeps count, last year only where it was kept, what is still owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Table
from bihuan.kernel.documents.outline import plain as cell_text
from bihuan.reporting import drafting, half_year
from bihuan.reporting.imprint import holder_of
from tests.accidents import steps
from tests.accidents.test_figures import on
from tests.reporting.ledgers import composed, found, prose
from tests.web.conftest import sign_in
from tests.world import World

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
H2 = Period.parse("2026H2")
SAID = date(2026, 12, 31)


@pytest.fixture
def after_the_year() -> Iterator[None]:
    with clock.frozen(datetime(2027, 1, 5, 9, 30, tzinfo=clock.SHANGHAI)):
        yield


def report(world: World, as_of: date = SAID) -> half_year.Composition:
    return half_year.compose(drafting.ask(H2, as_of, holder_of(world.district)), {})


@pytest.mark.usefixtures("after_the_half")
def test_without_any_record_nothing_is_claimed(world: World) -> None:
    text = prose(composed(world))
    assert "系统内没有生产安全事故登记，本报告对事故情况不作统计和结论" in text
    assert "没有较大及以上" not in text
    assert text.startswith("现将薛河区")


@pytest.mark.usefixtures("after_the_year")
def test_zero_is_said_where_accidents_are_kept(world: World) -> None:
    on(world, "2026-03-02", 1)
    text = prose(report(world))
    assert text.startswith("截至2026年12月31日，薛河区2026年下半年登记的生产安全事故为0起。")


@pytest.mark.usefixtures("after_the_year")
def test_last_year_is_blank_without_records_and_said_with_them(world: World) -> None:
    on(world, "2026-08-02", 1)
    assert "系统内没有上年同期的事故登记" in prose(report(world))
    for day in ("2025-07-05", "2025-09-09"):
        on(world, day, 2, wan=100)
    text = prose(report(world))
    assert "事故起数上年同期2起，同比减少1起，下降50%" in text
    assert "死亡人数上年同期4人，同比减少3人，下降75%" in text
    table = next(b for b in report(world).blocks if isinstance(b, Table) and "统计行业" in b.caption)
    assert [cell_text(cell) for cell in table.rows[-1]][-2:] == ["2", "4"]


@pytest.mark.usefixtures("after_the_year")
def test_what_was_known_at_the_cut_off_is_what_is_said(world: World) -> None:
    accident = on(world, "2026-11-02", 2, missing=1)
    with clock.frozen(steps.at("2026-11-12 10:00")):
        steps.do(world, accident, "further_report", steps.further(accident, deaths=3, missing=0), "office")
    early = prose(report(world, date(2026, 11, 11)))
    assert "死亡2人，另有失踪1人尚未确认、不计入死亡" in early
    assert "没有较大及以上生产安全事故的登记（0起）" in early
    late = prose(report(world))
    assert "按等级看，较大及以上事故1起、死亡3人" in late
    assert "较大事故没有得到有效遏制" in late


@pytest.mark.usefixtures("after_the_year")
def test_what_is_owed_after_accidents_is_told_with_what_is_late(world: World) -> None:
    with clock.frozen(steps.NIGHT.replace(hour=9)):
        steps.executing(world)
        steps.reported(world, object=world.site.uid, reported_at=steps.at("2026-11-10 03:50"), by="office")
    composition = report(world)
    text = prose(composition)
    assert "调查报告尚未批复的事故1起（含本期以前发生的）" in text
    assert "事故调查报告提出整改和防范措施2项，尚未落实2项，其中1项已经逾期。" in text
    assert "有1起事故超过法定时限报告" in text
    assert "抓好事故查处" in "".join(composition.next_steps)


@pytest.mark.usefixtures("after_the_year")
def test_the_lists_behind_its_numbers_open(world: World, sign_in) -> None:  # type: ignore[no-untyped-def]
    with clock.frozen(steps.NIGHT.replace(hour=9)):
        accident = steps.executing(world)
    client = sign_in("office")
    query = "?period=2026H2&as_of=2026-12-31"
    page = client.get(f"/reports/counted/accidents.measures_late/{query}")
    assert page.status_code == 200
    assert "加装联锁装置" in page.content.decode()
    assert accident.no in page.content.decode()
    assert client.get(f"/reports/counted/accidents.unanswered/{query}").status_code == 200


@pytest.mark.usefixtures("after_the_half")
def test_a_town_reads_its_own_accidents(world: World) -> None:
    found(world, 2, 1)
    on(world, "2023-05-06", 1)
    on(world, "2023-05-16", 1, region=world.west.pk)
    holder = drafting.own_holder(world.actor("clerk_west"))
    assert holder is not None
    text = prose(half_year.compose(drafting.ask(Period.parse("2023H1"), date(2023, 6, 30), holder), {}))
    assert text.startswith("2023年上半年，西岭街道发生生产安全事故1起、死亡1人")
