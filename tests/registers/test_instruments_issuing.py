"""Documents are issued with every fact they need, a number without gaps, and a digest nobody changes unseen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.kernel.documents import to_docx, to_pdf
from bihuan.kernel.documents.freezing import thawed
from bihuan.kernel.errors import Absent, Refused
from bihuan.registers.instruments import issuing, kinds, shelf
from bihuan.registers.instruments.models import Instrument
from bihuan.registers.instruments.wording.composing import title_of
from tests.hazards import steps
from tests.registers.instrument_steps import facts_for, profile
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def issued(world: World, slug: str = "rectification_order", **more: Any) -> Instrument:
    hazard = more.pop("matter", None) or steps.reported(world)
    facts = {**facts_for(kinds.kind(slug)), **more.pop("facts", {})}
    more.setdefault("organ", world.bureau)
    with transaction.atomic():
        return issuing.issue(slug, hazard, facts, on=clock.today(), actor=world.actor("officer"), **more)


def test_an_organ_nobody_has_told_of_issues_nothing_and_says_where_to_tell(world: World) -> None:
    with pytest.raises(Refused) as refused:
        issued(world)
    assert refused.value.failures[0].code == "instrument.no_organ_profile"
    assert "机关信息" in refused.value.failures[0].message


def test_the_number_bears_organ_mark_year_and_no_leading_zeros(world: World) -> None:
    profile(world.bureau)
    made = [issued(world) for _ in range(2)]
    year = clock.today().year
    assert [each.number for each in made] == [f"（薛）应急责改〔{year}〕1号", f"（薛）应急责改〔{year}〕2号"]


def test_everything_missing_is_told_at_once(world: World) -> None:
    profile(world.bureau)
    with pytest.raises(Refused) as refused, transaction.atomic():
        issuing.issue(
            "rectification_order", steps.reported(world), {}, on=clock.today(), actor=world.actor("officer"),
            organ=world.bureau,
        )  # fmt: skip
    fields = {failure.field for failure in refused.value.failures}
    assert fields == {"problems", "basis", "officers"}


def test_what_the_register_knows_is_not_asked_again(world: World) -> None:
    profile(world.bureau)
    hazard = steps.reported(world)
    facts = facts_for(kinds.kind("rectification_order"))
    facts.pop("party")
    made = issued(world, matter=hazard)
    with transaction.atomic():
        made = issuing.issue(
            "rectification_order", hazard, facts, on=clock.today(), actor=world.actor("officer"),
            organ=world.bureau,
        )  # fmt: skip
    assert made.facts["party"] == world.factory.name


def test_a_mistyped_fact_is_the_callers_mistake(world: World) -> None:
    profile(world.bureau)
    with pytest.raises(ValueError, match="no kind of document"):
        issued(world, facts={"parti": "x"})


def test_no_day_to_come(world: World) -> None:
    profile(world.bureau)
    with pytest.raises(Refused) as refused, transaction.atomic():
        issuing.issue(
            "rectification_order", steps.reported(world), {}, on=clock.today() + timedelta(days=1),
            actor=world.actor("officer"), organ=world.bureau,
        )  # fmt: skip
    assert refused.value.failures[0].code == "instrument.day_to_come"


def test_a_draft_shows_everything_and_keeps_nothing(world: World) -> None:
    profile(world.bureau)
    draft = issued(world, draft=True)
    assert not Instrument.objects.exists()
    assert draft.number == ""
    assert issued(world).ordinal == 1


@pytest.mark.parametrize("each", [pytest.param(each, id=each.slug) for each in kinds.all_kinds()])
def test_every_kind_prints(world: World, each: kinds.Kind) -> None:
    profile(world.bureau)
    made = issued(world, each.slug)
    document = thawed(made.paper)
    assert title_of(each) in document.title
    assert to_pdf(document).startswith(b"%PDF")
    assert to_docx(document).startswith(b"PK")


def test_voiding_says_why_and_the_next_names_it(world: World) -> None:
    profile(world.bureau)
    made = issued(world)
    with pytest.raises(Refused):
        issuing.void(made, "错", world.actor("officer"))
    issuing.void(made, "整改期限写错", world.actor("officer"))
    with pytest.raises(Refused):
        issuing.void(made, "整改期限写错", world.actor("officer"))
    again = issued(world, replaces=made)
    assert again.replaces_id == made.pk
    assert again.ordinal == 2
    assert not shelf.has(made.matter, "rectification_order")
    assert shelf.latest(again.matter, "rectification_order") == again


@pytest.mark.parametrize(
    ("column", "value"), [("number", "X"), ("facts", {}), ("signings", [{}]), ("digest", b"")]
)
def test_the_database_lets_nobody_change_what_was_issued(world: World, column: str, value: Any) -> None:
    profile(world.bureau)
    made = issued(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Instrument.objects.filter(pk=made.pk).update(**{column: value})
    with pytest.raises(IntegrityError), transaction.atomic():
        Instrument.objects.filter(pk=made.pk)._raw_delete(using="default")


def test_it_is_seen_where_its_matter_is_seen(world: World) -> None:
    profile(world.bureau)
    made = issued(world)
    assert shelf.access_instrument(world.actor("regulator"), made.uid) == made
    with pytest.raises(Absent):
        shelf.access_instrument(world.actor("clerk_west"), made.uid)
    assert made in shelf.visible_instruments(world.actor("clerk_east"))
    assert made not in shelf.visible_instruments(world.actor("clerk_west"))
