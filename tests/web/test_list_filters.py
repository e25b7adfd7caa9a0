"""The filters of every list: what cannot be read is refused, what is chosen stands on the page under its name."""

from __future__ import annotations

import pytest

from bihuan.kernel.web.matters.pages import all_pages
from tests.hazards.steps import reported
from tests.web.conftest import SignIn
from tests.world import World


def lists_by_object() -> list[str]:
    """The lists that can be narrowed to one enterprise."""
    return [one.loop.plural for one in all_pages() if any(item.name == "object" for item in one.filters)]


def test_a_key_that_is_none_is_refused_on_every_list(world: World, sign_in: SignIn) -> None:
    office, lists = sign_in("office"), lists_by_object()
    assert {"hazards", "accidents", "measures", "inspections"} <= set(lists)
    answers = {plural: office.get(f"/{plural}/", {"object": "abc"}).status_code for plural in lists}
    assert set(answers.values()) == {422}, answers


@pytest.mark.parametrize(("name", "called"), [("office", "{name}"), ("clerk_west", "指定单位")])
def test_an_enterprise_stands_in_the_chip_by_its_name_for_whoever_may_know_it(
    world: World, sign_in: SignIn, name: str, called: str
) -> None:
    hazard = reported(world)
    assert hazard.object is not None
    page = sign_in(name).get("/hazards/", {"object": str(hazard.object.uid)}).content.decode()
    chip = page.split('class="chip-label">单位</span>')[1].split("<")[0]
    assert chip == called.format(name=hazard.object.name)
