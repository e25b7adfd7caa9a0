"""Sixteen issue at once and some fail: the numbers of a series have no gap and none twice; what is altered is named."""

from __future__ import annotations

import itertools
from typing import Any

import psycopg
import pytest
from django.db import transaction
from psycopg.types.json import Jsonb

from bihuan.kernel import clock
from bihuan.registers.instruments import issuing, kinds
from bihuan.registers.instruments import signing_places as places
from bihuan.registers.instruments.models import Instrument
from tests.faults.test_two_at_once import at_once
from tests.hazards import steps
from tests.kernel.test_record_commands import answered, run
from tests.registers.instrument_steps import facts_for, issued, profile
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 16


class Broken(Exception):
    """Something failed after the number was drawn."""


@pytest.fixture
def world() -> World:
    return build_world()


def test_sixteen_issuers_some_of_whom_fail_leave_no_gap(world: World) -> None:
    profile(world.bureau)
    matters = [steps.reported(world, place=f"{number}号位") for number in range(AT_ONCE)]
    facts, actor = facts_for(kinds.kind("rectification_order")), world.actor("officer")
    turns = itertools.count()

    def issue() -> int | None:
        turn = next(turns)
        try:
            with transaction.atomic():
                made = issuing.issue(
                    "rectification_order",
                    matters[turn],
                    facts,
                    on=clock.today(),
                    actor=actor,
                    organ=world.bureau,
                )
                if turn % 3 == 0:
                    raise Broken
                return made.ordinal
        except Broken:
            return None

    drawn = [number for number in at_once(*[issue] * AT_ONCE) if number is not None]
    assert sorted(drawn) == list(range(1, len(drawn) + 1))
    assert len(drawn) == AT_ONCE - len(range(0, AT_ONCE, 3))
    assert sorted(Instrument.objects.values_list("ordinal", flat=True)) == sorted(drawn)


def _set(connection: psycopg.Connection[Any], column: str, value: Any, uid: Any) -> None:
    connection.execute("SET session_replication_role = replica")
    connection.execute(f"UPDATE instruments_instrument SET {column} = %s WHERE uid = %s", [value, uid])
    connection.execute("SET session_replication_role = origin")


def test_a_verification_names_what_was_altered(
    world: World, owner_connection: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    owner_connection.execute(
        "INSERT INTO conf_installation (id, demo, district_code, district_name, made_at)"
        " VALUES (1, false, '370403', '薛河区', now())"
    )
    actor = world.actor("clerk_east")
    made = issued(steps.reported(world), world.east_government, actor)
    places.refuse(made, "receiver", actor, reason="接收单位拒绝签收", witness="韩青")

    def verify() -> list[dict[str, Any]]:
        capsys.readouterr()
        run("record", "verify")
        found: list[dict[str, Any]] = answered(capsys)["findings"]
        return [each for each in found if each["kind"] != "bad_seal"]

    made.refresh_from_db()
    assert verify() == []
    for column, altered in (
        ("number", "（薛）应急责改〔2026〕99号"), ("facts", Jsonb({**made.facts, "problem": "另一件事"})),
        ("signings", Jsonb([])), ("addressee", "另一家单位"),
    ):  # fmt: skip
        former = getattr(made, column)
        _set(owner_connection, column, altered, made.uid)
        assert [(each["kind"], each["matter"]) for each in verify()] == [("altered_matter", made.no)], column
        _set(owner_connection, column, Jsonb(former) if isinstance(former, dict | list) else former, made.uid)
    assert verify() == []
    owner_connection.execute("SET session_replication_role = replica")
    owner_connection.execute("DELETE FROM instruments_instrument WHERE uid = %s", [made.uid])
    owner_connection.execute("SET session_replication_role = origin")
    assert [(each["kind"], each["matter"]) for each in verify()] == [("missing_matter", made.no)]
