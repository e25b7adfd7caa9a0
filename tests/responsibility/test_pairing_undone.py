"""A visit that was voided, and a pairing that ended: neither leaves behind what is no longer so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.capabilities.dispatch.meetings import visit_inputs
from bihuan.capabilities.dispatch.meetings.models import Visit
from bihuan.capabilities.responsibility.naming import keeping, pairing
from bihuan.capabilities.responsibility.naming.keeping import Given
from bihuan.capabilities.responsibility.naming.models import Naming
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.loops import engine
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.verification import verify
from tests.dispatch import meeting_steps as steps
from tests.world import World

pytestmark = pytest.mark.django_db


def paired(world: World, **changes: Any) -> Naming:
    given: dict[str, Any] = {
        "kind": "pairing", "since": clock.today() - timedelta(days=90), "post": steps.leader_post(world),
        "object": world.factory.pk, "frequency": "month",
    }  # fmt: skip
    return keeping.name(Given(**{**given, **changes}), world.actor("office"))


def voided(world: World, visit: Visit) -> Visit:
    reason = visit_inputs.Reason(reason="重复登记")
    engine.perform("visit", "void", visit.no, reason, actor=world.actor("office"), version=visit.version)
    return Visit.objects.get(uid=visit.uid)


def due() -> Expectation:
    return Expectation.objects.get(kind=pairing.VISIT)


def test_a_voided_visit_is_due_again(world: World) -> None:
    paired(world)
    visit = steps.visited(world)
    assert due().met_by == visit.uid
    voided(world, visit)
    now = due()
    assert (now.met_at, now.met_by, now.met_by_name) == (None, None, "")
    assert [entry.verb for entry in entries_of(now.uid)] == ["file", "undo"]
    assert entries_of(now.uid)[-1].payload["met_by"] == str(visit.uid)
    assert verify().ok


def test_another_visit_of_the_period_takes_its_place(world: World) -> None:
    paired(world)
    first, second = steps.visited(world), steps.visited(world)
    assert due().met_by == first.uid
    voided(world, second)
    assert due().met_by == first.uid, "what met nothing is voided without a trace here"
    third = steps.visited(world)
    voided(world, first)
    assert due().met_by == third.uid
    voided(world, third)
    assert due().met_at is None


def test_what_an_ended_pairing_asked_for_later_is_due_no_more(world: World) -> None:
    row = paired(world)
    pairing.expect_visits(clock.today() - timedelta(days=62))
    pairing.expect_visits()
    before, now = Expectation.objects.filter(kind=pairing.VISIT).order_by("due_on")
    keeping.end(row.pk, clock.today(), "分工调整", world.actor("office"))
    assert list(Expectation.objects.filter(kind=pairing.VISIT)) == [before], (
        "what was due while it held stays due"
    )
    assert before.due_on < now.due_on
    assert pairing.expect_visits() == 0


def test_what_was_met_once_keeps_its_trace(world: World) -> None:
    row = paired(world)
    voided(world, steps.visited(world))
    keeping.end(row.pk, clock.today(), "分工调整", world.actor("office"))
    left = due()
    assert left.standing(clock.today()) == Standing.WAIVED
    assert left.waiver_reason == f"包联已于 {clock.today()} 结束：分工调整"
    assert [entry.verb for entry in entries_of(left.uid)] == ["file", "undo", "drop"]
    assert verify().ok


def test_a_visit_made_stays_made_when_the_pairing_ends(world: World) -> None:
    row = paired(world)
    visit = steps.visited(world)
    keeping.end(row.pk, clock.today(), "分工调整", world.actor("office"))
    assert due().met_by == visit.uid


def test_the_last_days_of_a_pairing_still_ask_for_a_visit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2026, 9, 3)
    moment = clock.now().replace(year=2026, month=9, day=3)
    row = paired(world, since=day - timedelta(days=40))
    monkeypatch.setattr(clock, "now", lambda: moment)
    pairing.expect_visits()
    assert due().due_on == Period.parse("2026-09").last
    keeping.end(row.pk, date(2026, 9, 20), "分工调整", world.actor("office"))
    assert due().due_on == date(2026, 9, 19)
    pairing.expect_visits(date(2026, 9, 10))
    assert due().due_on == date(2026, 9, 19)
