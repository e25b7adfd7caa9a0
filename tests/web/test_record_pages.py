"""The record reader: for the auditor alone, every entry as it was digested, verification and seals."""

from __future__ import annotations

import html
import re

import psycopg
import pytest

from bihuan.kernel.people.models import Post
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web.auditing import verifying
from bihuan.kernel.web.auditing.words import names_of
from bihuan.kernel.web.models import VerificationRun
from bihuan.registers.trail import Noted, note, number_of, trail_of
from tests.hazards.steps import rectifying, reported
from tests.kernel.record_of import altered, sealed
from tests.web.conftest import SignIn
from tests.world import World


def rows(page: str) -> list[str]:
    return re.findall(r'data-href="(/record/entries/[^"]+)"', page)


def test_entries_are_found_by_number_kind_and_person(world: World, sign_in: SignIn) -> None:
    hazard, other = rectifying(world), reported(world, by="builder", object=world.site.uid)
    client = sign_in("auditor")
    assert len(rows(client.get("/record/").content.decode())) == 3
    by_number = client.get(f"/record/?q={hazard.no}").content.decode()
    assert len(rows(by_number)) == 2
    assert other.no not in by_number
    assert len(rows(client.get("/record/?who=builder").content.decode())) == 1
    assert len(rows(client.get("/record/?kind=hazard").content.decode())) == 3
    assert rows(client.get("/record/?kind=people").content.decode()) == []
    assert rows(client.get("/record/?from=2019-01-01&to=2019-12-31").content.decode()) == []


@pytest.mark.parametrize("query", ["who=谁也不是", "from=昨天", "cursor=xx"])
def test_a_bad_question_is_answered_in_words(world: World, sign_in: SignIn, query: str) -> None:
    assert sign_in("auditor").get(f"/record/?{query}").status_code == 422


def test_an_entry_shows_what_its_digest_covers(world: World, sign_in: SignIn) -> None:
    hazard = rectifying(world)
    entry = entries_of(hazard.uid)[1]
    page = html.unescape(sign_in("auditor").get(f"/record/entries/{hazard.uid}/2/").content.decode())
    assert bytes(entry.digest).hex() in page
    assert entry.payload_text in page
    assert "内容与摘要相符" in page
    assert "本人登录签名" in page
    assert sign_in("auditor").get(f"/record/entries/{hazard.uid}/9/").status_code == 404
    assert sign_in("office").get(f"/record/entries/{hazard.uid}/2/").status_code == 403


def test_the_auditor_reads_no_business_page(world: World, sign_in: SignIn) -> None:
    hazard = reported(world)
    client = sign_in("auditor")
    assert client.get(f"/hazards/{hazard.no}/").status_code == 404
    assert client.get(f"/enterprises/{world.factory.uid}/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_verification_is_queued_carried_out_and_shown(world: World, sign_in: SignIn) -> None:
    reported(world)
    sealed()
    client = sign_in("auditor")
    assert client.post("/record/verify/").status_code == 302
    assert "已排队" in client.get("/record/").content.decode()
    assert client.post("/record/verify/").status_code == 302
    run = VerificationRun.objects.get()
    verifying.carry_out(run.pk)
    assert "没有发现问题" in client.get("/record/verification/").content.decode()
    page = client.get("/record/").content.decode()
    assert "没有发现改动、缺失或调换" in page
    assert "/record/seals/1/" in page
    handed_out = client.get("/record/seals/1/")
    assert b"".join(handed_out.streaming_content).startswith(b"bihuan-seal 1")
    assert client.get("/record/seals/2/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_tampered_entry_is_named_on_the_page(
    world: World, sign_in: SignIn, owner_connection: psycopg.Connection
) -> None:
    hazard = reported(world)
    altered(owner_connection, hazard.uid, 1, actor_name="别人")
    verifying.ask_for("审计")
    verifying.carry_out(VerificationRun.objects.get().pk)
    page = sign_in("auditor").get("/record/").content.decode()
    assert "内容被改动" in page
    assert hazard.no in page
    entry = sign_in("auditor").get(f"/record/entries/{hazard.uid}/1/").content.decode()
    assert "这条记录写成之后被改动过" in entry


def test_a_chain_goes_by_the_name_of_what_it_is_about(world: World, sign_in: SignIn) -> None:
    """The auditor reads the factory's name, not ``object/01a2…``; the number stands on the entry's own page and still finds it."""
    note([Noted(world.factory, "confirmed"), Noted(world.site, "confirmed")], world.actor("office"))
    client = sign_in("auditor")
    page = client.get("/record/?kind=register").content.decode()
    assert world.factory.name in page
    assert world.site.name in page
    assert "object/" not in page
    number = number_of(world.factory)
    entry = client.get(f"/record/entries/{trail_of(number)}/1/").content.decode()
    assert f"{world.factory.name} 第 1 条" in entry
    assert number in entry
    assert len(rows(client.get(f"/record/?q={number}").content.decode())) == 1


def test_numbers_of_people_units_months_and_namings_are_called_by_name(world: World) -> None:
    post = Post.objects.order_by("pk").first()
    unit = Agency.objects.order_by("pk").first()
    assert post
    assert unit
    asked = [
        ("people", f"post/{post.pk}"), ("people", "post/nobody"),
        ("expectation", f"hazard_ledger/{unit.pk}/2026-08"), ("policy", "policy/x"), ("duty", f"duty/list/{unit.pk}/powers"),
        ("register", "object/not-a-key"),
    ]  # fmt: skip
    names = names_of(asked)
    assert names[f"post/{post.pk}"] == post.title
    assert names[f"hazard_ledger/{unit.pk}/2026-08"].startswith(unit.name)
    assert "2026年8月" in names[f"hazard_ledger/{unit.pk}/2026-08"]
    assert names[f"duty/list/{unit.pk}/powers"] == f"{unit.name}的责任清单"
    assert not {"post/nobody", "policy/x", "object/not-a-key"} & set(names)
