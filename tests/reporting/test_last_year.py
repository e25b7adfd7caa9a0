"""A report beside last year's of the same half as it was issued: on its page, from the command, and nowhere else."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import date, datetime
from pathlib import Path

import pytest

from bihuan.commands import report as command
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.reporting import drafting, issuing, last_year
from bihuan.reporting.models import Issue, Report
from tests.reporting.ledgers import found
from tests.web.conftest import sign_in
from tests.world import World

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
OLD, NEW = Period.parse("2022H1"), Period.parse("2023H1")


def july(year: int) -> datetime:
    return datetime(year, 7, 3, 9, 30, tzinfo=clock.SHANGHAI)


def issued_last_year(world: World, as_of: date = date(2022, 6, 30)) -> Issue:
    from tests.reporting.ledgers import hazard, keep

    day = date(2022, 3, 1)
    keep([hazard(world, day, accepted_on=day if n < 6 else None) for n in range(8)])
    with clock.frozen(july(2022)):
        report = drafting.begin("half-year", OLD, as_of, world.district, world.actor("office"))
        return issuing.issue(report.uid, world.actor("office"), version=report.version, mark="薛安办")


def begun(world: World, as_of: date = date(2023, 6, 30)) -> Report:
    return drafting.begin("half-year", NEW, as_of, world.district, world.actor("office"))


def test_numbers_stand_beside_those_that_were_issued(world: World) -> None:
    former = issued_last_year(world)
    found(world, 12, 6)
    with clock.frozen(july(2023)):
        report = begun(world)
        against, moved = last_year.told(report, drafting.compose(report).citations)
    assert against == f"{former}，截至 2022-06-30"
    rows = {one.label: (one.then, one.now, one.moved) for one in moved}
    assert rows["发现隐患"] == ("8项", "12项", "上升50%")
    assert rows["完成整改"] == ("6项", "6项", "持平")
    assert rows["未完成整改"] == ("2项", "6项", "增长2倍")
    assert rows["整改率"] == ("75.0%", "50.0%", ""), (
        "of rates only points are compared, never a rate of rates"
    )
    assert rows["发现隐患（东湖镇）"] == ("8项", "12项", "上升50%")


def test_last_years_numbers_are_those_that_went_out(world: World) -> None:
    """What was found out since about last year does not change what was said then."""
    from bihuan.capabilities.hazards.models import Hazard

    issued_last_year(world)
    Hazard.objects.filter(found_on__year=2022).update(voided=True)
    found(world, 4, 4)
    with clock.frozen(july(2023)):
        report = begun(world)
        _, moved = last_year.told(report, drafting.compose(report).citations)
    assert {one.label: one.then for one in moved}["发现隐患"] == "8项"


def test_another_day_of_cutting_off_is_said(world: World) -> None:
    issued_last_year(world, date(2022, 7, 1))
    with clock.frozen(july(2023)):
        against, _ = last_year.told(begun(world), drafting.compose(begun(world)).citations)
    assert "两个截止日不是同一天，增减只供参考" in against


def test_without_an_issue_last_year_there_is_nothing_to_compare(world: World) -> None:
    with clock.frozen(july(2023)):
        report = begun(world)
        assert last_year.told(report, drafting.compose(report).citations) == ("", ())


def test_the_page_shows_it_and_the_report_leads_there(world: World, sign_in) -> None:  # type: ignore[no-untyped-def]
    issued_last_year(world)
    found(world, 12, 6)
    with clock.frozen(july(2023)):
        report = begun(world)
        client = sign_in("office")
        assert f"/reports/{report.no}/last-year/" in client.get(f"/reports/{report.no}/").content.decode()
        page = client.get(f"/reports/{report.no}/last-year/").content.decode()
    assert "上升50%" in page
    assert "薛安办〔2022〕1号，截至 2022-06-30" in page


def test_the_command_tells_both_differences(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issued_last_year(world)
    found(world, 12, 6)
    given = {
        "period": "2023H1", "as_of": "2023-06-30", "out": tmp_path / "report.docx", "json": True,
        "report_kind": "half-year", "changes": True,
    }  # fmt: skip
    with clock.frozen(july(2023)):
        assert command.written(Namespace(**given)) == 0
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert answer["changes"] == []
    first = next(one for one in answer["last_year"]["figures"] if one["label"] == "发现隐患")
    assert (first["then"], first["now"], first["moved"]) == ("8项", "12项", "上升50%")
    assert "与上年同期签发稿相比" in told.err
