"""Pages of documents: seen through the matter's door, signed, drawn, served and downloaded from there."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from bihuan.kernel import clock
from bihuan.kernel.people.tokens import issue_token
from bihuan.registers.instruments import dossiers, issuing, kinds, offering, organs
from bihuan.registers.instruments.models import Instrument, OrganProfile
from tests.hazards import steps
from tests.registers.instrument_steps import facts_for, profile
from tests.registers.test_instruments_dossiers import cover
from tests.registers.test_instruments_signing import hand
from tests.web.conftest import SignIn
from tests.web.conftest import sign_in as sign_in
from tests.web.conftest import world as world
from tests.world import World

pytestmark = pytest.mark.django_db
PNG = "data:image/png;base64," + base64.b64encode(hand()).decode()


@pytest.fixture
def offered() -> Iterator[None]:
    former = offering.of("hazard")
    free = ("out_of_scope_transfer",)
    offering.let("hazard", offering.Offer(fill=free, serve=("rectification_order", *free), void=free))
    yield
    offering.let("hazard", former)


@pytest.fixture
def order(world: World, offered: None) -> Instrument:
    profile(world.bureau)
    facts = facts_for(kinds.kind("rectification_order"))
    facts["officers"] = [
        (world.actor("officer").name, "鲁D0001"),
        (world.actor("regulator_two").name, "鲁D0002"),
    ]
    with transaction.atomic():
        return issuing.issue(
            "rectification_order", steps.reported(world), facts, on=clock.today(), actor=world.actor("officer"),
            organ=world.bureau,
        )  # fmt: skip


def test_the_page_shows_the_paper_and_what_may_be_done(
    world: World, order: Instrument, sign_in: SignIn
) -> None:
    page = sign_in("officer").get(f"/instruments/{order.uid}/").content.decode()
    assert order.number in page
    assert "责令你单位对上述问题按所列期限整改完毕" in page
    for deed in ("sign", "draw", "refuse", "serve", "consent"):
        assert f"/instruments/{order.uid}/{deed}/" in page
    assert f"/instruments/{order.uid}/void/" not in page
    assert "栏目待核对" in page
    matter = sign_in("officer").get(f"/hazards/{order.matter_no}/").content.decode()
    assert f"/instruments/{order.uid}/" in matter
    assert "待签3处" in matter


def test_others_find_nothing_there(world: World, order: Instrument, sign_in: SignIn) -> None:
    stranger = sign_in("clerk_west")
    for ending in ("", "paper.pdf", "paper.docx", "sign/", "draw/", "refuse/", "serve/", "void/", "consent/"):
        assert stranger.get(f"/instruments/{order.uid}/{ending}").status_code == 404
    assert order.number not in stranger.get("/instruments/").content.decode()
    enterprise = sign_in("principal")
    assert enterprise.get(f"/instruments/{order.uid}/").status_code == 200
    assert enterprise.get(f"/instruments/{order.uid}/draw/").status_code == 422


def test_both_files_come_down_with_the_digest(world: World, order: Instrument, sign_in: SignIn) -> None:
    client = sign_in("officer")
    for ending, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(f"/instruments/{order.uid}/paper.{ending}")
        assert answer.content.startswith(start)
        assert answer["X-Digest-SM3"] == bytes(order.digest).hex()


def test_signing_and_drawing_by_form(world: World, order: Instrument, sign_in: SignIn) -> None:
    client = sign_in("officer")
    here = f"/instruments/{order.uid}/"
    assert client.post(f"{here}sign/", {"place": "party"}).status_code == 422
    assert client.post(f"{here}sign/", {"place": "officer_1"}).status_code == 302
    bad = client.post(f"{here}draw/", {"place": "party", "name": "钱国强", "picture": ""})
    assert bad.status_code == 422
    assert "还没有写签名" in bad.content.decode()
    assert (
        client.post(f"{here}draw/", {"place": "party", "name": "钱国强", "picture": PNG}).status_code == 302
    )
    order.refresh_from_db()
    assert [each["kind"] for each in order.signings] == ["signed_in", "drawn"]
    assert "手写签名" in client.get(here).content.decode()


def test_serving_by_form_makes_the_receipt(world: World, order: Instrument, sign_in: SignIn) -> None:
    client = sign_in("officer")
    told = {
        "how": "direct",
        "on": clock.today().isoformat(),
        "place": "厂内",
        "receiver": "钱国强",
        "officers": "沈立文 鲁D0001\n韩青 鲁D0002",
    }
    assert client.post(f"/instruments/{order.uid}/serve/", told).status_code == 302
    order.refresh_from_db()
    assert order.served_on == clock.today()
    receipt = Instrument.objects.get(kind="service_receipt")
    assert receipt.facts["officers"][0] == {"name": "沈立文", "certificate": "鲁D0001"}


def test_a_free_kind_is_written_by_form_and_voided(world: World, order: Instrument, sign_in: SignIn) -> None:
    client = sign_in("officer")
    here = f"/instruments/new/hazards/{order.matter_no}/"
    assert client.get(f"{here}penalty_decision_entity/").status_code == 404
    assert client.get(f"{here}out_of_scope_transfer/").status_code == (
        200 if offering.of_its_agency(world.actor("officer"), steps.fresh(_hazard(order))) else 404
    )
    told: dict[str, Any] = {
        "receiver_organ": "区消防救援大队", "problem": "消火栓无水", "found_at": "2026-03-02 09:30", "found_place": "一车间",
        "issued_on": clock.today().isoformat(),
    }  # fmt: skip
    answer = client.post(f"{here}out_of_scope_transfer/", told)
    if answer.status_code == 404:
        pytest.skip("the hazard lies with another agency in this world")
    made = Instrument.objects.get(kind="out_of_scope_transfer")
    assert answer.url == f"/instruments/{made.uid}/"
    voided = client.post(f"{answer.url}void/", {"reason": "移送单位写错"})
    assert voided.status_code == 302
    made.refresh_from_db()
    assert made.voided


def _hazard(order: Instrument) -> Any:
    from bihuan.capabilities.hazards.models import Hazard

    return Hazard.objects.get(uid=order.matter)


def test_the_organ_tells_what_its_papers_say(world: World, sign_in: SignIn) -> None:
    client = sign_in("regulator")
    here = f"/instruments/organs/{world.bureau.pk}/"
    told = {
        "full_name": "薛河区应急管理局", "short_name": "薛", "mark": "应急", "address": "政通路1号", "phone": "0632-1",
        "reconsideration": "薛河区人民政府", "court": "",
    }  # fmt: skip
    assert client.post(here, told).status_code == 422
    assert client.post(here, {**told, "court": "薛河区人民法院"}).status_code == 302
    assert OrganProfile.objects.get().court == "薛河区人民法院"
    assert "薛河区人民法院" in client.get("/instruments/organs/").content.decode()
    assert sign_in("builder").get(here).status_code == 403
    assert not organs.may_keep(world.actor("officer"), world.bureau)


def test_kinds_say_what_is_still_to_be_checked(world: World, sign_in: SignIn) -> None:
    page = sign_in("officer").get("/instruments/kinds/").content.decode()
    assert "行政处罚决定书（单位）" in page
    assert "文号代字、栏目待核对" in page


def test_the_list_finds_by_number_article_and_kind(world: World, order: Instrument, sign_in: SignIn) -> None:
    client = sign_in("officer")
    for query, there in (
        ("q=责改", True), ("q=第一项", True), ("q=不存在", False), ("kind=rectification_order", True), ("kind=seizure_list", False),
    ):  # fmt: skip
        assert (order.number in client.get(f"/instruments/?{query}").content.decode()) is there
    workbook = client.get("/instruments/export.xlsx?kind=rectification_order")
    assert b"".join(workbook).startswith(b"PK")
    workbook.close()


def test_a_dossier_has_a_page_and_a_volume(world: World, order: Instrument, sign_in: SignIn) -> None:
    with transaction.atomic():
        made = dossiers.bind(_hazard(order), cover(), actor=world.actor("officer"), on=clock.today())
    client = sign_in("officer")
    page = client.get(f"/instruments/dossiers/{made.uid}/").content.decode()
    assert "各件与组卷时一致" in page
    assert client.get(f"/instruments/dossiers/{made.uid}/volume.pdf").content.startswith(b"%PDF")
    assert sign_in("clerk_west").get(f"/instruments/dossiers/{made.uid}/").status_code == 404


def test_the_interface_reads_a_document_and_its_files(world: World, order: Instrument) -> None:
    def ask(name: str, path: str) -> Any:
        bearer = issue_token(world.user(name))
        return Client().get(f"/api/v1/instruments{path}", headers={"authorization": f"Bearer {bearer}"})

    assert [each["number"] for each in ask("officer", "").json()["items"]] == [order.number]
    assert ask("officer", f"/{order.uid}").json()["facts"]["basis"] == ["第一项", "第二项"]
    assert ask("officer", f"/{order.uid}/paper.pdf").content.startswith(b"%PDF")
    assert ask("clerk_west", "").json()["items"] == []
    assert ask("clerk_west", f"/{order.uid}").status_code == 404
