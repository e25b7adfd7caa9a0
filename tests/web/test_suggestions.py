"""Names offered while somebody types: by what was typed, in characters or in pinyin, within the jurisdiction."""

from __future__ import annotations

import pytest

from tests.web.conftest import SignIn
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["{name}", "{spelt}", "{joined}", "{start}"])
def test_names_are_found_as_people_type_them(world: World, sign_in: SignIn, typed: str) -> None:
    spelt = world.factory.name_pinyin
    forms = {
        "name": world.factory.name[:4],
        "spelt": spelt,
        "joined": spelt.replace(" ", ""),
        "start": spelt.replace(" ", "")[:5].upper(),
    }
    answer = sign_in("clerk_east").get("/objects/suggest/", {"q": typed.format(**forms)})
    assert world.factory.name in answer.content.decode()


def test_another_town_is_not_offered(world: World, sign_in: SignIn) -> None:
    answer = sign_in("clerk_west").get("/objects/suggest/", {"q": world.factory.name[:4]})
    assert world.factory.name not in answer.content.decode()
