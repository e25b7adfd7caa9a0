"""The demo shows each kind of measure where it matters: answered and unanswered, running out, lifted, closed again."""

from __future__ import annotations

import pytest

from bihuan.capabilities.enforcement.measures.models import Measure, SupplyFailure
from bihuan.capabilities.enforcement.measures.showing.listing import expired, unanswered
from bihuan.demo.building import Size
from bihuan.registers.instruments import shelf

pytestmark = pytest.mark.django_db


def test_every_state_that_tells_something_is_there(district: Size) -> None:
    assert Measure.objects.filter(family="cutoff", state="in_force", replied_at__isnull=False).exists()
    assert Measure.objects.filter(unanswered()).exists()
    assert Measure.objects.filter(expired()).exists()
    assert Measure.objects.filter(family="seizure", until=None, state="in_force").exists()
    assert Measure.objects.filter(kind="suspension", state="lifted", sent_back=1).exists()
    closed = Measure.objects.get(family="closure")
    assert (closed.reopened, closed.rechecked) == (1, 1)


def test_supply_inside_the_stop_names_who_handled_it(district: Size) -> None:
    failure = SupplyFailure.objects.select_related("measure", "agency").get()
    assert "王某" in failure.handlers
    assert shelf.has(failure.measure.uid, "cutoff_decision")
