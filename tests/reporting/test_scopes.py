"""Whose numbers a report may name: what lies outside its place is neither printed nor counted, whatever a template asks for."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from bihuan.kernel import clock
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.people.models import Post, Role
from bihuan.reporting import drafting, half_year
from bihuan.reporting.imprint import holder_of
from bihuan.reporting.templating.built_in import Template
from tests.reporting.ledgers import CUT, H1, expect_filings, found, prose
from tests.world import World

pytestmark = pytest.mark.usefixtures("after_the_half")


def test_a_scope_never_grows_when_it_is_narrowed(world: World) -> None:
    found(world, 3, 1)
    east, west = Scope(regions=(world.east.path,)), (world.west.path,)
    assert answers.value("hazards.found", H1, CUT, east.within("regions", west)).amount == 0
    assert not east.within("regions", west).meets(east)


@pytest.mark.parametrize("token", ["发现隐患：东湖镇", "发现隐患：薛河区", "召开会议：东湖镇"])
def test_a_towns_report_cannot_name_the_number_of_another_place(world: World, token: str) -> None:
    found(world, 3, 1)
    question = drafting.ask(H1, CUT, holder_of(world.west))
    said = prose(half_year.compose(question, {}, Template("half-year", "报告", f"甲【{token}】乙。")))
    assert f"「无此数据：{token}」" in said


def test_a_leader_of_some_trades_previews_those_alone(world: World) -> None:
    found(world, 3, 1)
    building = Post.objects.get(title="质安科科长").sector_paths
    Post.objects.filter(role=Role.LEADER).update(sector_paths=building)
    holder = drafting.own_holder(world.actor("leader"))
    assert holder is not None
    assert (holder.place, holder.whole) == ("薛河区分管行业领域", False)
    said = prose(
        half_year.compose(
            drafting.ask(H1, CUT, holder), {}, Template("half-year", "报告", "共【发现隐患】项。")
        )
    )
    assert said == "共0项。"


def test_a_department_opens_lists_of_its_own_trades_alone(world: World) -> None:
    expect_filings(on=datetime(2023, 1, 1, 9, tzinfo=clock.SHANGHAI))
    client = Client()
    client.force_login(world.user("builder"), backend="django.contrib.auth.backends.ModelBackend")
    own, other = (Post.objects.get(title=title) for title in ("质安科科长", "工贸科科长"))
    place = f"period=2023H1&as_of=2023-06-30&region={world.district.path}&agency={own.agency_id}"

    def status(*sectors: str) -> int:
        trades = "".join(f"&sector={path}" for path in sectors)
        return client.get(f"/reports/counted/filings.due/?{place}{trades}").status_code

    assert status(*own.sector_paths) == 200
    assert [status(), status(*other.sector_paths), status(*own.sector_paths, *other.sector_paths)] == [
        404
    ] * 3
