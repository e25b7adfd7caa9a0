"""What a ledger says of campaigns is kept as it stands: never a reason to refuse a row, counted where it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bihuan.capabilities.dispatch.campaigns import inputs, reach
from bihuan.capabilities.dispatch.campaigns.models import Campaign, Target
from bihuan.capabilities.dispatch.campaigns.unknown import unknown_names
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.workbooks import importers, importing
from tests.dispatch import campaign_steps
from tests.hazards.ledgers import HEAD, book, line
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NAME = "百日攻坚行动"


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(datetime(2023, 7, 10, 9, tzinfo=clock.SHANGHAI)):
        yield


def ledger(path: Path, heading: str, *names: str) -> dict[str, Any]:
    rows = [[*line(序号=place, 隐患描述=f"第{place}处"), name] for place, name in enumerate(names, 1)]
    made = book(path, ["隐患台账"], [*HEAD, heading], *rows)
    return importing.run("hazards", made, Actor.system("import"))[1]


@pytest.mark.parametrize("heading", ["专项行动", "专项整治名称", "所属专项行动"])
def test_an_unknown_campaign_is_kept_and_refuses_nothing(world: World, tmp_path: Path, heading: str) -> None:
    answer = ledger(tmp_path / "a.xlsx", heading, NAME, "", NAME)
    assert (answer["accepted"], answer["rejected"]) == (3, [])
    assert sorted(Hazard.objects.values_list("campaign", flat=True)) == ["", NAME, NAME]
    listed = unknown_names(world.actor("office"))
    assert [(one.name, one.values["hazards.found"].amount) for one in listed] == [(NAME, 2)]
    assert unknown_names(world.actor("auditor")) == ()


def test_what_is_registered_is_counted_at_once_and_listed_no_more(world: World, tmp_path: Path) -> None:
    ledger(tmp_path / "a.xlsx", "专项行动", "百日攻坚", NAME)
    campaign = campaign_steps.under_way(
        world, name=NAME, first_day=date(2023, 1, 1), last_day=clock.today() + timedelta(days=9)
    )
    assert [one.name for one in unknown_names(world.actor("office"))] == ["百日攻坚"]
    given = inputs.Adoption(name="百日攻坚", reason="台账简称")
    campaign_steps.taken(world, campaign, "adopt", given, "office")
    assert unknown_names(world.actor("office")) == []
    found = answers.value("hazards.found", Period.parse("2023H1"), clock.today(), Scope(campaign=NAME))
    assert found.amount == 2


def test_where_a_ledger_tells_that_somebody_has_been_is_checked(world: World, tmp_path: Path) -> None:
    campaign = campaign_steps.under_way(
        world, name=NAME, first_day=date(2023, 1, 1), last_day=clock.today() + timedelta(days=9)
    )
    ledger(tmp_path / "a.xlsx", "专项行动", NAME)
    reached = Hazard.objects.get().object
    reach.enlist(campaign, [reached], clock.today())
    assert reach.catch_up(Campaign.objects.get()) == 1
    assert Target.objects.get().checked_on == Hazard.objects.get().found_on
    assert reach.catch_up(Campaign.objects.get()) == 0


def test_the_page_of_unknown_names_opens_what_carries_them(world: World, tmp_path: Path, client: Any) -> None:
    ledger(tmp_path / "a.xlsx", "专项行动", NAME)
    client.force_login(world.user("office"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/campaigns/names/").content.decode()
    assert NAME in page
    assert "/figures/hazards.found/records/" in page


def test_the_template_offers_the_campaigns_in_force(world: World, tmp_path: Path) -> None:
    import openpyxl

    campaign_steps.under_way(world, name=NAME)
    importers.write_template("hazards", tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert "专项行动" in [cell.value for cell in sheet[1]]
