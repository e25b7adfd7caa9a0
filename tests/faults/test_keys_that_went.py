"""A key this process still holds may be gone: undone with the deed that made it, or revoked elsewhere.

The entry names the key under its digest, so signing with another one would look like a forgery for ever.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.cadences import declare, ensure
from bihuan.kernel.expectations.filings import file_nil
from bihuan.kernel.expectations.models import Frequency
from bihuan.kernel.loops import engine
from bihuan.kernel.record.verification import verify
from bihuan.kernel.signatures import keyring
from bihuan.kernel.signatures.models import PersonKey, Signature
from tests.hazards.steps import finding, reported
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    keyring.forget()
    return build_world()


class Undone(Exception):
    pass


def undo(deed: Callable[[], object]) -> None:
    """Do a deed in a transaction that fails afterwards."""
    with pytest.raises(Undone), transaction.atomic():
        deed()
        raise Undone


def test_the_first_key_of_a_person_undone_with_its_deed(world: World) -> None:
    undo(lambda: engine.open_matter("hazard", "report", finding(world), actor=world.actor("grid")))
    assert not PersonKey.objects.exists()
    hazard = reported(world, "grid")
    assert verify().findings == ()
    assert Signature.objects.get(matter=hazard.uid).key_id == PersonKey.objects.get().pk


def test_a_key_revoked_by_another_process(world: World) -> None:
    reported(world, "grid")
    PersonKey.objects.update(revoked_at="2026-11-23T00:00:00+08:00", revoked_for="手机遗失")
    hazard = reported(world, "grid")
    assert Signature.objects.get(matter=hazard.uid).key.revoked_at is None
    assert PersonKey.objects.count() == 2
    assert {finding.kind for finding in verify().findings} <= {"bad_signature"}
    assert not [finding for finding in verify().findings if finding.matter_no == hazard.no]


def test_a_filing_signed_after_an_undone_one(world: World) -> None:
    period = Period.parse("2023-05")
    declare("hazard_ledger", "隐患台账", Frequency.MONTH, since=period.first)
    ensure(period)
    actor = world.actor("clerk_east")

    def nil() -> object:
        return file_nil("hazard_ledger", world.east_government, period, actor, "本月检查12家，未发现隐患")

    undo(nil)
    nil()
    assert verify().findings == ()
