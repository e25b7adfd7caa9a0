"""Internal papers stay in the agencies, and what a loop leaves to a document's own page ends when its matter does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.registers.instruments import dossiers, issuing, shelf, signing_places
from tests.enforcement import measure_steps, steps
from tests.registers.instrument_steps import bound, issued
from tests.web.conftest import SignIn
from tests.web.conftest import sign_in as sign_in
from tests.web.conftest import world as world
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning(world: World) -> Iterator[None]:
    with clock.frozen(measure_steps.MORNING):
        yield


def test_the_party_reads_what_is_served_on_it_and_no_approval(world: World, sign_in: SignIn) -> None:
    measure_steps.ready(world)
    measure = measure_steps.seized(world)
    approval = shelf.latest(measure.uid, "coercion_approval")
    decision = shelf.latest(measure.uid, "seizure_decision")
    assert approval is not None
    assert decision is not None
    party = world.actor("safety")
    seen = set(shelf.visible_instruments(party).values_list("kind", flat=True))
    assert "seizure_decision" in seen
    assert "coercion_approval" not in seen
    assert shelf.access_instrument(party, decision.uid) == decision
    with pytest.raises(Absent):
        shelf.access_instrument(party, approval.uid)
    assert shelf.access_instrument(world.actor("officer"), approval.uid) == approval
    client = sign_in("safety")
    page = client.get(f"/measures/{measure.no}/").content.decode()
    assert f"/instruments/{decision.uid}/" in page
    assert f"/instruments/{approval.uid}/" not in page
    for address in ("", "paper.pdf", "paper.docx"):
        assert client.get(f"/instruments/{approval.uid}/{address}").status_code == 404


def test_a_dossier_is_no_paper_for_the_party(world: World) -> None:
    measure_steps.ready(world)
    measure = measure_steps.ordered(world)
    dossier = bound(measure, world.actor("officer"))
    assert dossiers.access_dossier(world.actor("officer"), dossier.uid) == dossier
    with pytest.raises(Absent):
        dossiers.access_dossier(world.actor("safety"), dossier.uid)


def test_a_closed_file_is_not_changed_through_a_documents_page(world: World, sign_in: SignIn) -> None:
    cast = steps.cast(world)
    case = steps.concluded(cast)
    paper = issued(case, world.bureau, world.actor("officer"))
    client = sign_in("officer")
    assert client.get(f"/instruments/{paper.uid}/void/").status_code == 200
    from bihuan.capabilities.enforcement.inputs import executing

    for place in signing_places.open_places(paper):
        signing_places.draw(paper, place.key, steps.HAND, f"{place.label}某", world.actor("officer"))
    steps.do(cast, case, "archive", executing.Archiving())
    for deed in ("void", "serve"):
        assert client.get(f"/instruments/{paper.uid}/{deed}/").status_code == 404
    page = client.get(f"/instruments/{paper.uid}/").content.decode()
    assert f"/instruments/{paper.uid}/void/" not in page
    assert issuing.digest_of(paper) == bytes(paper.digest)


def test_a_supplier_reads_its_decision_and_nothing_officials_wrote_of_the_unit(
    world: World, sign_in: SignIn
) -> None:
    measure_steps.ready(world)
    measure = measure_steps.sent(
        world, measure_steps.notified(world, measure_steps.approved(world, measure_steps.proposed_cutoff(world, account=True)))
    )  # fmt: skip
    page = sign_in("supplier").get(f"/measures/{measure.no}/")
    assert page.status_code == 200
    assert "钱厂长" not in page.content.decode()
    kinds = set(shelf.visible_instruments(world.actor("supplier")).values_list("kind", flat=True))
    assert "coercion_approval" not in kinds
    assert sign_in("safety").get(f"/measures/{measure.no}/").status_code == 200


def test_no_document_is_older_than_its_matter(world: World, sign_in: SignIn) -> None:
    cast = steps.cast(world)
    case = steps.investigating(cast)
    given = {
        "receiver_organ": "薛河区住建局", "problem": "占道堆放", "found_at": "2026-03-10T09:00", "found_place": "厂区门前",
        "issued_on": "2025-12-31",
    }  # fmt: skip
    page = sign_in("officer").post(f"/instruments/new/cases/{case.no}/out_of_scope_transfer/", given)
    assert page.status_code == 422
    assert "早于事项的登记日期" in page.content.decode()
    assert not shelf.has(case.uid, "out_of_scope_transfer")
    given["issued_on"] = clock.today().isoformat()
    page = sign_in("officer").post(f"/instruments/new/cases/{case.no}/out_of_scope_transfer/", given)
    assert page.status_code == 302
