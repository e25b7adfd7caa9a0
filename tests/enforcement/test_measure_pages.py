"""The pages of measures: what is in force, what is missing, who supplies; and the section on a unit's own page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.enforcement.measures import suppliers
from bihuan.capabilities.enforcement.measures.models import Supplier
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from tests.enforcement import measure_steps as steps
from tests.web.conftest import SignIn
from tests.world import World


@pytest.fixture(autouse=True)
def ready(world: World) -> Iterator[None]:
    with clock.frozen(steps.MORNING):
        steps.ready(world)
        yield


def test_the_board_says_what_is_stopped_and_what_is_missing(world: World, sign_in: SignIn) -> None:
    stop, seizure = steps.ordered(world), steps.proposed_seizure(world)
    page = sign_in("officer").get("/measures/?tab=all").content.decode()
    for words in (stop.no, seizure.no, "整改后申请恢复并验收合格", "部门主要负责人批准", "责令暂时停产停业"):
        assert words in page


@pytest.mark.parametrize("name", ["stop", "seizure", "closure", "cutoff"])
def test_every_kind_of_measure_has_its_page(world: World, sign_in: SignIn, name: str) -> None:
    makers: dict[str, Any] = {
        "stop": steps.lifted, "seizure": steps.seized, "closure": steps.verified, "cutoff": steps.sent,
    }  # fmt: skip
    measure = makers[name](world)
    answer = sign_in("regulator").get(f"/measures/{measure.no}/")
    assert answer.status_code == 200
    assert world.factory.name in answer.content.decode()


def test_the_units_page_shows_what_is_in_force_on_it(world: World, sign_in: SignIn) -> None:
    measure = steps.ordered(world)
    page = sign_in("clerk_east").get(f"/enterprises/{world.factory.uid}/").content.decode()
    assert "停产与强制措施" in page
    assert measure.no in page


def test_a_hazards_page_says_what_is_in_force_on_its_unit(world: World, sign_in: SignIn) -> None:
    hazard, measure = steps.major_hazard(world), steps.ordered(world)
    page = sign_in("clerk_east").get(f"/hazards/{hazard.no}/").content.decode()
    assert "该单位执行中的停产与强制措施" in page
    assert measure.no in page


def test_the_board_takes_as_many_statements_for_many_as_for_few(world: World, sign_in: SignIn) -> None:
    client = sign_in("officer")
    steps.ordered(world)
    client.get("/measures/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/measures/?tab=all")
        counts.append(len(asked))
        for number in range(3):
            steps.ordered(world, scope=f"第 {len(counts)}{number} 车间")
    assert counts[0] == counts[1]


def test_suppliers_are_registered_ended_and_kept_apart_from_measures_going_on(
    world: World, sign_in: SignIn
) -> None:
    client = sign_in("regulator")
    said = {
        "supply": "power",
        "name": "薛河供电公司",
        "answerable": world.builders.pk,
        "contact": "王某",
        "phone": "0632",
    }
    assert client.post("/measures/suppliers/new/", said).status_code == 302
    assert client.post("/measures/suppliers/new/", said).status_code == 422
    one = Supplier.objects.get()
    assert one.name in client.get("/measures/suppliers/").content.decode()
    assert client.post(f"/measures/suppliers/{one.pk}/end/").status_code == 302
    one.refresh_from_db()
    assert one.until == clock.today()
    assert sign_in("clerk_east").get("/measures/suppliers/new/").status_code == 403
    measure = steps.proposed_cutoff(world)
    with pytest.raises(Refused) as refusal:
        suppliers.end(measure.supplier_id or 0, world.actor("office"))
    assert [failure.code for failure in refusal.value.failures] == ["supplier.in_use"]


def test_the_list_is_exported(world: World, sign_in: SignIn) -> None:
    steps.ordered(world)
    answer = sign_in("officer").get("/measures/export.xlsx?tab=all")
    assert answer.status_code == 200
    answer.close()
