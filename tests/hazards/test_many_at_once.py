"""A thousand hazards by one statement are guarded like one: no entry, no hazard; one wrong, none."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from bihuan.capabilities.hazards.inputs import Claim
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import HazardState
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.crowds import crowd
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record import entries_of
from bihuan.kernel.search import containing
from bihuan.kernel.uid import uuid7
from tests.world import World

SYSTEM = Actor.system("import")


def _claims(count: int, *, key: bytes | None = None) -> list[Claim]:
    return [
        Claim(
            state=HazardState.REPORTED,
            description=f"第{number}处配电箱未上锁\\t\t\n",
            place=f"{number}号车间",
            source="routine",
            grade="general",
            found_on=date(2023, 3, 1),
            found_by="周岚",
            row_key=key or number.to_bytes(16),
            row_facts={"measures": '上"锁\\'},
        )
        for number in range(count)
    ]


def _open(world: World, given: list[Claim]) -> list[Any]:
    columns = [{"object": world.factory, "sector_path": world.factory.sector_path} for _ in given]
    with crowd("hazard") as many:
        return engine.open_many(
            "hazard", "claim_from_ledger", given, actor=SYSTEM, columns=columns, within=many
        )


def test_a_crowd_is_written_like_everything_else(world: World) -> None:
    opened = _open(world, _claims(1200))
    assert Hazard.objects.count() == 1200
    last = Hazard.objects.get(no=opened[-1].no)
    (entry,) = entries_of(last.uid)
    assert (entry.digest, entry.payload["description"]) == (bytes(last.head), last.description)
    assert (last.description, last.row_facts) == ("第1199处配电箱未上锁\\t\t\n", {"measures": '上"锁\\'})
    assert Hazard.objects.filter(containing("hazards_hazard.search", "1199处配电箱")).get() == last


def test_one_wrong_row_takes_the_whole_crowd_with_it(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _open(world, [*_claims(700), *_claims(1, key=(5).to_bytes(16))])
    assert not Hazard.objects.exists()


def test_what_is_said_meanwhile_comes_after_what_was_handed_over(world: World) -> None:
    columns = [{"object": world.factory, "sector_path": world.factory.sector_path}] * 600
    with crowd("hazard") as many:
        engine.open_many(
            "hazard", "claim_from_ledger", _claims(600), actor=SYSTEM, columns=columns, within=many
        )
        assert Hazard.objects.count() == 600


def test_the_database_refuses_many_hazards_of_which_one_has_no_entry(world: World) -> None:
    _open(world, _claims(3))
    strangers = [copy.copy(hazard) for hazard in Hazard.objects.all()]
    for number, one in enumerate(strangers):
        one.pk, one.no, one.row_key = uuid7(), f"370403-H2023-90000{number}", None
    with pytest.raises(IntegrityError, match="without an entry"), transaction.atomic():
        Hazard.objects.bulk_create(strangers)
    assert Hazard.objects.count() == 3


def test_the_application_may_settle_and_nothing_more(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT loops_settle('hazards_hazard'::regclass)")
        assert cursor.fetchone()[0] >= 0
