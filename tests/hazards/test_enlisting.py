"""Major hazards a ledger brings already assigned come on the list with it; what lacks a term waits for the office."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.hazards import inputs, pages
from bihuan.capabilities.hazards.models import Hazard, Listing
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.permits import possibilities
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Tenure
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.workbooks import importing
from tests.hazards.ledgers import HEAD, book, line
from tests.hazards.steps import fresh, rectifying, reported
from tests.world import World

CRITERION = "GM-03-01"
JULY = datetime(2023, 7, 10, 9, tzinfo=clock.SHANGHAI)
AHEAD = {"等级": "重大", "整改期限": "2023-08-15"}


def _import(path: Path, *rows: dict[str, Any]) -> dict[str, Hazard]:
    lines = [line(序号=no, **changes) for no, changes in enumerate(rows, 1)]
    with clock.frozen(JULY):
        importing.run("hazards", book(path, ["2023年1-6月隐患台账"], HEAD, *lines), Actor.system("import"))
    return {hazard.description: hazard for hazard in Hazard.objects.all()}


def _lead(world: World, since: date = date(2020, 1, 1)) -> None:
    Tenure.objects.update(since=since)


def test_what_a_ledger_claims_as_under_way_is_listed_with_it(world: World, tmp_path: Path) -> None:
    found = _import(
        tmp_path / "a.xlsx",
        {**AHEAD, "隐患描述": "罐区无可燃气体报警"},
        {**AHEAD, "隐患描述": "反应釜无联锁", "完成日期": "2023-03-10"},
        {
            **AHEAD,
            "隐患描述": "已验收的",
            "完成日期": "2023-03-10",
            "验收日期": "2023-03-12",
            "验收人": "王五",
        },
        {"隐患描述": "一般的", "整改期限": "2023-08-15"},
        {**AHEAD, "隐患描述": "没有往后的期限", "整改期限": "2023-03-15"},
    )
    listed = {one.hazard.description: one for one in Listing.objects.select_related("hazard", "lead")}
    assert set(listed) == {"罐区无可燃气体报警", "反应釜无联锁"}
    one = listed["罐区无可燃气体报警"]
    assert (one.level, one.lead.name, one.due_on, one.listed_on) == (
        "district", "区应急管理局", date(2023, 8, 15), date(2023, 7, 10),
    )  # fmt: skip
    assert one.leader_post == world.actor("leader").scopes[0].post_id
    assert one.leader_name == world.actor("leader").name
    entry = entries_of(found["罐区无可燃气体报警"].uid)[0]
    assert entry.payload["listing"] == {
        "level": "district", "lead": "区应急管理局", "lead_id": one.lead_id, "leader": one.leader_name,
        "leader_post": one.leader_post, "due": "2023-08-15",
    }  # fmt: skip
    assert "listing" not in entries_of(found["一般的"].uid)[0].payload
    assert entry.payload["owed"]["listing"] == "2023-08-15"
    assert "propose_listing" not in entry.payload["owed"]
    owed = {name: set((hazard.duties or {}).get("open", {})) for name, hazard in found.items()}
    assert {name for name, duties in owed.items() if "propose_listing" in duties} == {"没有往后的期限"}
    assert {name for name, duties in owed.items() if "listing" in duties} == set(listed)


def test_without_a_leader_nobody_is_bound_and_the_page_says_so(world: World, tmp_path: Path) -> None:
    Tenure.objects.filter(post__role="leader").update(until=date(2023, 1, 1))
    hazard = _import(tmp_path / "a.xlsx", {**AHEAD, "隐患描述": "罐区无可燃气体报警"})["罐区无可燃气体报警"]
    assert not Listing.objects.exists()
    facts = dict(pages.more_facts(hazard, world.actor("office")))["重大隐患"]
    assert any("待挂牌" in str(fact.value) for fact in facts)


def test_a_ledger_costs_no_more_statements_for_its_majors(world: World, tmp_path: Path) -> None:
    counts = []
    for book_no, majors in enumerate((0, 0, 2, 40)):
        rows = [
            {"隐患描述": f"第{book_no}册第{no}条", **(AHEAD if no < majors else {"整改期限": "2023-08-15"})}
            for no in range(60)
        ]
        with CaptureQueriesContext(connection) as asked:
            _import(tmp_path / f"{book_no}.xlsx", *rows)
        counts.append(len(asked))
    assert Listing.objects.count() == 42
    assert counts[3] <= counts[2] <= counts[1] + 10


def test_a_ledger_does_not_close_what_is_listed_here(world: World, tmp_path: Path) -> None:
    row = {**AHEAD, "隐患描述": "罐区无可燃气体报警"}
    _import(tmp_path / "a.xlsx", row)
    hazard = _import(
        tmp_path / "b.xlsx", {**row, "完成日期": "2023-06-10", "验收日期": "2023-06-12", "验收人": "王五"}
    )["罐区无可燃气体报警"]
    assert hazard.state == "rectifying"
    assert hazard.listings.filter(delisted_on=None).count() == 1


def test_the_office_lists_what_waits_by_signing_what_is_filled_in(world: World, tmp_path: Path) -> None:
    hazard = reported(world, grade="major", criterion=CRITERION)
    engine.perform("hazard", "assign", hazard.no, _elements(), actor=world.actor("regulator"), version=1)
    filled = pages.prefill("list_supervision", fresh(hazard), world.actor("office"))
    terms = inputs.ListingTerms(**filled)
    engine.perform("hazard", "list_supervision", hazard.no, terms, actor=world.actor("office"), version=2)
    facts = dict(pages.more_facts(fresh(hazard), world.actor("office")))["重大隐患"]
    assert [fact.label for fact in facts if "挂牌" in fact.label] == ["区级挂牌督办", "挂牌经过"]
    (history,) = [str(fact.value) for fact in facts if fact.label == "挂牌经过"]
    assert "接续" in history
    assert "摘牌" not in history


def _elements() -> inputs.FiveElements:
    from tests.hazards.steps import elements

    return elements()


def test_the_double_report_is_asked_once_and_its_day_corrected(world: World) -> None:
    hazard = rectifying(world, grade="major", criterion=CRITERION)
    told = inputs.DoubleReport(reported_on=clock.today(), content="现状和治理方案")

    def asked() -> set[str]:
        from bihuan.capabilities.hazards.loop import HAZARD

        found = possibilities(HAZARD, fresh(hazard), world.actor("principal"))
        return {item.deed.name for item in found} & {"report_to_regulator", "report_to_workers"}

    def take(deed: str, given: object, by: str = "principal") -> None:
        engine.perform("hazard", deed, hazard.no, given, actor=world.actor(by), version=fresh(hazard).version)

    assert asked() == {"report_to_regulator", "report_to_workers"}
    early = inputs.Correction(reported_to_workers_on=clock.today(), reason="写错")
    with pytest.raises(Refused) as refusal:
        take("correct", early, "regulator")
    assert [failure.code for failure in refusal.value.failures] == ["hazard.not_reported_yet"]
    take("report_to_regulator", told)
    assert asked() == {"report_to_workers"}
    with pytest.raises(Refused) as refusal:
        take("report_to_regulator", told)
    assert [failure.code for failure in refusal.value.failures] == ["hazard.reported_to_regulator"]
    before = clock.today() - timedelta(days=1)
    take("correct", inputs.Correction(reported_to_regulator_on=before, reason="写错"), "regulator")
    assert fresh(hazard).reported_to_regulator_on == before
