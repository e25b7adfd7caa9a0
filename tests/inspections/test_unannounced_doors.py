"""Every address without exception, walked by the target and its town: an unannounced inspection stands on none (M108)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from bihuan.capabilities.inspections import inputs
from bihuan.capabilities.inspections.access import visible_inspections
from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.notices import tell
from bihuan.kernel.people.tokens import issue_token
from bihuan.kernel.territory.models import Region, RegionLevel
from bihuan.registers.instruments import shelf
from tests.inspections.steps import approved, arranged, certify, do, names
from tests.web.conftest import SignIn
from tests.world import World, plant

SECRET_WORDS = "密语：夜间突查配电室"
LEAVING = ("sign", "logout", "static", "metrics", "export", "events")


def addresses(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    """Every address that takes nothing or one number, as the resolver writes it."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield route.replace("^", "").replace("$", "")


def filled(route: str, one: Inspection, paper: Any) -> set[str]:
    """The address with everything a stranger could guess put in."""
    if "(?P" in route:
        return set()
    found = set()
    for value in (one.no, str(one.uid), str(paper.pk), str(one.object_id), paper.number):
        address = re.sub(r"<(?:\w+:)?\w+>", value, route)
        found.add("/" + address)
    return found


def test_no_address_tells_the_target_or_its_town(world: World, sign_in: SignIn) -> None:
    one = approved(world, mode="four_no_two_straight", content=SECRET_WORDS)
    for seq, verb in enumerate(("arrange", "approve_scheme"), start=1):
        tell("inspection", one.uid, verb, seq)
    paper = shelf.latest(one.uid, "inspection_scheme")
    assert paper is not None
    walked = 0
    for name in ("safety", "clerk_east"):
        client, token = sign_in(name), issue_token(world.user(name))
        for route in sorted(set(addresses())):
            if any(word in route for word in LEAVING):
                continue
            for address in filled(route, one, paper):
                headers = {"HTTP_AUTHORIZATION": f"Bearer {token}"} if "/api/" in address else {}
                answer = client.get(address, **headers)  # type: ignore[arg-type]
                if answer.status_code != 200:
                    continue
                walked += 1
                content = b"".join(answer.streaming_content) if answer.streaming else answer.content
                told = content.decode("utf-8", "replace")
                echoed = one.no in address or str(one.uid) in address
                assert SECRET_WORDS not in told, (name, address)
                assert echoed or (one.no not in told and str(one.uid) not in told), (name, address)
    assert walked > 100


def in_a_village(world: World) -> None:
    """The factory lies in a village of the town, as most do."""
    world.factory.region = plant(Region, world.east, "河东村", level=RegionLevel.VILLAGE)
    world.factory.save()


def test_the_town_of_a_village_is_no_member_of_it(world: World) -> None:
    in_a_village(world)
    with pytest.raises(Refused) as refused:
        arranged(world, mode="covert", units=(world.east_government.pk,))
    assert [one.code for one in refused.value.failures] == ["inspection.town_would_know"]
    assert arranged(world, mode="covert", units=(world.west_government.pk,)).secret
    assert not visible_inspections(world.actor("clerk_east")).exists()


def test_nobody_of_the_town_is_of_the_team(world: World) -> None:
    """By the number of a certificate anybody can be named, whichever unit they come from."""
    in_a_village(world)
    certify(world, "clerk_east")
    officers = f"{names(world, 'officer', 'regulator')}\n云执clerk_east"
    with pytest.raises(Refused) as refused:
        arranged(world, mode="covert", officers=officers)
    assert [one.code for one in refused.value.failures] == ["inspection.town_would_know"]
    one = arranged(world, mode="covert")
    with pytest.raises(Refused):
        do(world, one, "change_team", inputs.Team(officers=officers, reason="增加人员"))
    assert arranged(world, mode="open", officers=officers).officers


def test_a_town_may_go_unannounced_itself(world: World) -> None:
    one = arranged(
        world, "clerk_east", mode="covert", nature="supervision", officers=names(world, "clerk_east")
    )
    assert visible_inspections(world.actor("clerk_east")).filter(pk=one.pk).exists()
    assert not visible_inspections(world.actor("safety")).exists()
