"""Whose numbers a report may name: what lies outside its place is neither printed nor counted, whatever a template asks for."""

from __future__ import annotations

import pytest

from bihuan.kernel.figures import answers
from bihuan.kernel.figures.scope import Scope
from bihuan.reporting import drafting, half_year
from bihuan.reporting.imprint import holder_of
from bihuan.reporting.templating.built_in import Template
from tests.reporting.ledgers import CUT, H1, found, prose
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
