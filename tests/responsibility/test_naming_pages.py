"""The pages: naming somebody, who was responsible on a day, the matrix, who approved and signed; each to whom it belongs."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import DatabaseError, transaction

from bihuan.capabilities.responsibility.naming import approvals, keeping, pairing
from bihuan.capabilities.responsibility.naming.keeping import Given
from bihuan.capabilities.responsibility.naming.models import Approval, Naming
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.people.models import Person, Role, Tenure
from bihuan.kernel.territory.models import Region, RegionLevel
from bihuan.kernel.territory.trees import plant
from bihuan.kernel.uid import uuid7
from bihuan.registers.models import DatedDetail
from tests.hazards import steps
from tests.responsibility.test_naming import leader
from tests.web.conftest import SignIn
from tests.world import World

PAGES = (
    "/responsibility/", "/responsibility/who/", "/responsibility/network/", "/responsibility/regulators/",
    "/responsibility/regulators/construction/", "/responsibility/gaps/", "/responsibility/gaps/no_principal/",
    *(f"/responsibility/naming/{kind}/" for kind in ("area", "sector", "portfolio", "pairing", "zone", "grid", "claim")),
)  # fmt: skip


@pytest.mark.parametrize("who", ["office", "leader", "regulator", "clerk_east"])
def test_units_open_every_page(world: World, sign_in: SignIn, who: str) -> None:
    client = sign_in(who)
    for address in PAGES:
        if "gaps" in address or "grid" not in address:
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("who", ["principal", "expert", "auditor"])
def test_others_open_none(world: World, sign_in: SignIn, who: str) -> None:
    client = sign_in(who)
    for address in PAGES:
        assert client.get(address).status_code == 403, address


def test_naming_by_form_and_ending_it(world: World, sign_in: SignIn) -> None:
    one, client = leader(world, "副区长甲", "甲"), sign_in("office")
    said = {"region": world.east.pk, "post": one.pk, "since": "2024-03-01", "document": "区委办〔2024〕1 号"}
    page = client.get("/responsibility/naming/area/").content.decode()
    assert "还没有确定的" in page
    assert client.post("/responsibility/naming/area/new/", said).status_code == 302
    row = Naming.objects.get()
    refused = client.post("/responsibility/naming/area/new/", said)
    assert refused.status_code == 422
    assert "这个片区这段时间已有包保领导" in refused.content.decode()
    shown = client.get(f"/responsibility/naming/area/{row.pk}/").content.decode()
    assert "确定责任" in shown
    assert "甲" in client.get("/responsibility/naming/area/").content.decode()
    assert "副区长甲" not in client.get("/responsibility/naming/area/?on=2024-02-01").content.decode()
    ended = {"until": "2024-06-01", "reason": "分工调整"}
    assert client.post(f"/responsibility/naming/area/{row.pk}/end/", ended).status_code == 302
    assert client.get("/responsibility/naming/nothing/").status_code == 404
    assert client.get("/responsibility/naming/area/?on=x").status_code == 422


def test_only_keepers_name(world: World, sign_in: SignIn) -> None:
    one = leader(world, "副区长甲", "甲")
    said = {"region": world.east.pk, "post": one.pk, "since": "2024-03-01"}
    assert sign_in("regulator").post("/responsibility/naming/area/new/", said).status_code == 422
    assert not Naming.objects.exists()
    assert sign_in("regulator").get("/responsibility/regulators/construction/new/").status_code == 403


def test_who_was_responsible_names_that_days_holders(world: World, sign_in: SignIn) -> None:
    post = world.actor("regulator").scopes[0].post_id
    Tenure.objects.filter(post=post).update(until=date(2024, 1, 1))
    Tenure.objects.create(post_id=post, person=Person.objects.create(name="新科长"), since=date(2024, 1, 1))
    client = sign_in("office")
    base = f"/responsibility/who/?object={world.factory.uid}"
    then, now = (client.get(f"{base}&on={day}").content.decode() for day in ("2023-12-31", "2024-01-01"))
    former = world.actor("regulator").name
    assert former in then
    assert "新科长" not in then
    assert "新科长" in now
    wrong = client.get("/responsibility/who/?object=没有这家")
    assert wrong.status_code == 422
    west = sign_in("clerk_west").get(base)
    assert west.status_code in (404, 422)
    assert world.factory.name not in west.content.decode().replace(str(world.factory.uid), "")


def test_the_matrix_names_or_tells_where_to_name(world: World, sign_in: SignIn) -> None:
    client = sign_in("office")
    page = client.get("/responsibility/network/").content.decode()
    assert world.actor("clerk_east").name in page
    assert "空缺，去补" in page
    assert "/responsibility/naming/sector/new/?sector=" not in page
    answer = client.get("/responsibility/network/export.xlsx")
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row]  # type: ignore[union-attr]
    assert any(world.actor("leader").name in cell for cell in cells)
    assert "（空缺）" in cells


def test_who_approved_and_who_signed(world: World, sign_in: SignIn) -> None:
    hazard = steps.closed(world)
    DatedDetail.objects.create(
        object=hazard.object, kind="permit", code="work_safety", name="市应急管理局", number="安许证 12 号",
        since=date(2024, 1, 5), at=clock.now(), said_by="李",
    )  # fmt: skip
    given = approvals.Signed(
        what="licence", title="安全生产许可证换证", approver="王局长", approver_post="区应急管理局局长", signer="李科长",
        signer_post="行政审批科科长", on=date(2024, 1, 4),
    )  # fmt: skip
    row = approvals.note(hazard.object_id, given, world.actor("regulator"))
    page = sign_in("office").get(f"/enterprises/{hazard.object_id}/").content.decode()
    assert "谁审批、谁签字" in page
    for words in ("王局长", "李科长", "市应急管理局", hazard.no, "本人签名"):
        assert words in page, words
    with pytest.raises(DatabaseError), transaction.atomic():
        Approval.objects.filter(pk=row.pk).update(approver="别人")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
    with pytest.raises(Absent):
        approvals.note(hazard.object_id, given, world.actor("clerk_west"))
    ahead = approvals.Signed(
        what="x", title="", approver="", approver_post="", signer="", signer_post="",
        on=clock.today() + timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        approvals.note(hazard.object_id, ahead, world.actor("regulator"))
    assert len(refusal.value.failures) == 7


def test_a_matters_page_leads_to_that_days_chain(world: World, sign_in: SignIn) -> None:
    hazard = steps.reported(world)
    page = sign_in("office").get(f"/hazards/{hazard.no}/").content.decode()
    assert f"/responsibility/who/?object={hazard.object_id}&amp;on={clock.today()}" in page
    assert "/responsibility/who/" not in sign_in("principal").get(f"/hazards/{hazard.no}/").content.decode()


def test_visits_of_pairings_are_expected_and_met(world: World, sign_in: SignIn) -> None:
    one, office = leader(world, "副区长甲", "甲"), world.actor("office")
    DatedDetail.objects.create(object=world.factory, kind="process", code="dust", at=clock.now())
    DatedDetail.objects.create(object=world.site, kind="process", code="dust", at=clock.now())
    today = clock.today()
    given = Given(kind="pairing", since=today, post=one.pk, object=world.factory.uid, frequency="month")
    keeping.name(given, office)
    assert list(pairing.unpaired(today)) == [world.site]
    assert pairing.expect_visits() == pairing.expect_visits() == 1
    due = Expectation.objects.get(kind=pairing.VISIT)
    assert (due.object, due.met_at, due.due_on.month) == (world.factory.uid, None, today.month)
    uid = uuid7()
    assert not pairing.visited(world.factory.uid, today, uid, office, agency=world.bureau.pk)
    assert pairing.visited(world.factory.uid, today, uid, office, post=one.pk)
    due.refresh_from_db()
    assert due.met_by == uid
    Expectation.objects.filter(pk=due.pk).update(met_at=None, due_on=today - timedelta(days=1))
    assert list(pairing.overdue(today)) == [due]
    page = sign_in("office").get("/responsibility/naming/pairing/").content.decode()
    assert "逾期未走访" in page
    assert world.site.name in page


def test_a_grids_page_shows_what_was_found_there(world: World, sign_in: SignIn) -> None:
    cell = plant(Region, world.east, "东湖第一网格", level=RegionLevel.GRID_CELL)
    post = world.actor("grid").scopes[0].post_id
    row = keeping.name(
        Given(kind="grid", since=clock.today(), post=post, region=cell.pk), world.actor("clerk_east")
    )
    page = sign_in("clerk_east").get(f"/responsibility/naming/grid/{row.pk}/").content.decode()
    assert "本年发现和整改" in page
    elsewhere = sign_in("clerk_west").get(f"/responsibility/naming/grid/{row.pk}/")
    assert elsewhere.status_code == 200
    assert "本年发现和整改" not in elsewhere.content.decode()
    assert row.post.role == Role.GRID  # type: ignore[union-attr]


def test_leaders_who_never_went_to_look_stand_out(world: World, sign_in: SignIn) -> None:
    one = leader(world, "副区长甲", "甲")
    keeping.name(
        Given(kind="area", since=clock.today(), post=one.pk, region=world.east.pk), world.actor("office")
    )
    assert "0 次" in sign_in("office").get("/responsibility/naming/area/").content.decode()
