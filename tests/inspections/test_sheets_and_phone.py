"""Sheets are whole before an inspection ends; what a phone sends twice is done once; both clocks are kept (M124)."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from PIL import Image

from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.inspections import inputs, sheets
from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel import clock
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.record import entries_of
from bihuan.kernel.uid import uuid7
from bihuan.registers.checklists import reading
from bihuan.registers.instruments import shelf, signing_places
from tests.inspections.steps import (
    approved,
    arranged,
    arrangement,
    do,
    ending,
    found,
    fresh,
    names,
    on_site,
    tick_all,
)
from tests.web.conftest import SignIn
from tests.world import World


def test_it_does_not_end_while_an_item_waits(world: World) -> None:
    one = on_site(world)
    items = sheets.items_of(one)
    for item in items[1:]:
        do(world, one, "tick", inputs.Tick(item=item.pk, outcome="na"))
    with pytest.raises(Refused) as refused:
        do(world, one, "finish", ending())
    assert [each.code for each in refused.value.failures] == ["checklist.unanswered"]


def test_the_rest_is_passed_by_somebody_who_says_so_and_overrules_nothing(world: World) -> None:
    one = on_site(world)
    items = sheets.items_of(one)
    do(world, one, "tick", inputs.Tick(item=items[0].pk, outcome="fail", note="未见记录"))
    with pytest.raises(Refused) as refused:
        do(world, one, "pass_rest", inputs.RestPassed(said=False))
    assert [each.code for each in refused.value.failures] == ["inspection.rest_unsaid"]
    do(world, one, "pass_rest", inputs.RestPassed(said=True))
    answers = sheets.answers_of(one)
    assert len(answers) == len(items)
    assert answers[items[0].pk].outcome == "fail"
    assert {answers[item.pk].outcome for item in items[1:]} == {"pass"}
    assert entries_of(one.uid)[-1].payload["items"] == len(items) - 1


def test_an_item_that_fails_says_what_is_wrong_and_is_a_hazard_with_basis_and_day(world: World) -> None:
    one = on_site(world)
    first = next(item for item in sheets.items_of(one) if item.basis)
    with pytest.raises(Refused) as refused:
        do(world, one, "tick", inputs.Tick(item=first.pk, outcome="fail"))
    assert refused.value.failures[0].code == "checklist.no_note"
    do(world, one, "tick", inputs.Tick(item=first.pk, outcome="fail", note="未见记录"))
    one = do(world, one, "pass_rest", inputs.RestPassed(said=True))
    one = do(world, one, "finish", ending(interim="停用设备"))
    row = one.findings.get()
    assert (row.words, row.violated, row.due_on) == (
        "未见记录",
        first.basis,
        clock.today() + timedelta(days=15),
    )
    order = shelf.latest(one.uid, "rectification_order")
    assert order is not None
    assert order.facts["problems"] == [
        {"problem": "未见记录", "article": first.basis, "due_on": row.due_on.isoformat()}
    ]


def test_the_last_word_on_an_item_counts(world: World) -> None:
    one = on_site(world)
    item = sheets.items_of(one)[0]
    do(world, one, "tick", inputs.Tick(item=item.pk, outcome="fail", note="未见记录"))
    assert fresh(one).found_count == 1
    do(world, one, "tick", inputs.Tick(item=item.pk, outcome="pass"))
    assert fresh(one).found_count == 0
    assert one.findings.get().dropped
    assert [entry.verb for entry in entries_of(one.uid)][-2:] == ["tick", "tick"]


def test_a_measure_on_the_spot_gets_its_own_decision(world: World) -> None:
    one = tick_all(world, on_site(world))
    with pytest.raises(Refused) as refused:
        found(world, one, handling="measure")
    assert refused.value.failures[0].code == "inspection.measure_unsaid"
    one = found(world, one, handling="measure", measure="责令暂时停止使用 3 号行车")
    one = do(world, one, "finish", ending())
    assert one.state == "closed"
    decision = shelf.latest(one.uid, "onsite_measure_decision")
    assert decision is not None
    assert decision.facts["measures"] == ["责令暂时停止使用 3 号行车"]


def test_a_refusal_to_sign_has_its_witness_on_every_paper(world: World) -> None:
    one = found(world, tick_all(world, on_site(world)))
    with pytest.raises(Refused) as refused:
        do(world, one, "finish", ending(party_refused=True))
    assert {each.code for each in refused.value.failures} == {
        "inspection.refusal_without_witness", "inspection.refusal_unsaid",
    }  # fmt: skip
    one = do(world, one, "finish", ending(party_refused=True, refusal="不认可检查情况", witness="村委会李四"))
    record = shelf.latest(one.uid, "inspection_record")
    assert record is not None
    assert [(each["place"], each["kind"]) for each in record.signings] == [
        ("officer_1", "signed_in"),
        ("party", "refused"),
    ]
    assert record.signings[1]["witness"] == "村委会李四"


def test_the_page_says_signed_only_of_a_party_that_signed(world: World, sign_in: SignIn) -> None:
    one = do(world, found(world, tick_all(world, on_site(world))), "finish", ending())
    page = sign_in("officer").get(f"/inspections/{one.no}/").content.decode()
    assert "还没有签字" in page
    record = shelf.latest(one.uid, "inspection_record")
    assert record is not None
    signing_places.sign(record, "party", world.actor("safety"))
    page = sign_in("officer").get(f"/inspections/{one.no}/").content.decode()
    assert "已在检查记录上签字" in page


def test_a_joint_one_counts_once_and_each_thing_has_one_owner(world: World) -> None:
    one = tick_all(
        world, on_site(world, units=(world.builders.pk,), officers=names(world, "officer", "regulator"))
    )
    with pytest.raises(Refused) as refused:
        found(world, one, owner=world.west_government.pk)
    assert refused.value.failures[0].code == "inspection.owner_not_inspecting"
    one = found(world, one, owner=world.builders.pk)
    one = do(world, one, "finish", ending())
    assert one.findings.get().owner_id == world.builders.pk
    assert Hazard.objects.get(origin=one.no).source == "joint"
    from bihuan.capabilities.inspections.access import visible_inspections

    assert visible_inspections(world.actor("builder")).filter(pk=one.pk).exists()


def send(client: Any, one: Inspection, *entries: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(
        f"/inspections/{one.no}/site/sync/",
        json.dumps({"entries": list(entries)}),
        content_type="application/json",
    )
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def entry(deed: str, **said: Any) -> dict[str, Any]:
    return {"key": str(uuid7()), "deed": deed, "input": said}


def test_what_the_phone_sends_twice_is_done_once(world: World, sign_in: SignIn) -> None:
    one = approved(world)
    client = sign_in("officer")
    come = entry("arrive", place="二车间", shown=True, device_at=clock.now().isoformat())
    free = entry("find", place="配电室", words="箱门敞开", handling="rectify", grade="general")
    for _ in range(3):
        told = send(client, one, come, free)
        assert [each["ok"] for each in told["answers"]] == [True, True]
        assert told["state"] == "on_site"
    assert [each.verb for each in entries_of(one.uid)] == ["arrange", "approve_scheme", "arrive", "find"]
    assert one.findings.count() == 1
    clocks = fresh(one)
    assert clocks.device_at is not None
    assert clocks.arrived_at is not None


def test_after_an_arrival_that_is_refused_nothing_follows_and_the_reason_is_told(
    world: World, sign_in: SignIn
) -> None:
    one = approved(world)
    come, free = entry("arrive", place="二车间", shown=False), entry("find", place="配电室", words="箱门敞开")
    told = send(sign_in("officer"), one, come, free)
    assert len(told["answers"]) == 1
    assert told["answers"][0]["failures"][0]["code"] == "inspection.certificate_not_shown"


def test_a_signed_deed_is_not_taken_from_the_phone(world: World, sign_in: SignIn) -> None:
    one = on_site(world)
    told = send(
        sign_in("officer"), one, entry("finish", party_name="钱厂长"), entry("cancel", reason="不查了")
    )
    assert [each["failures"][0]["code"] for each in told["answers"]] == ["inspection.not_from_phone"] * 2


def test_a_stranger_finds_no_phone_page(world: World, sign_in: SignIn) -> None:
    one = approved(world, mode="covert")
    for name in ("safety", "clerk_east", "clerk_west"):
        client = sign_in(name)
        assert client.get(f"/inspections/{one.no}/site/").status_code == 404
        assert (
            client.post(
                f"/inspections/{one.no}/site/sync/", "{}", content_type="application/json"
            ).status_code
            == 404
        )
        assert client.post(f"/inspections/{one.no}/site/photo/").status_code == 404
    assert sign_in("office").get(f"/inspections/{one.no}/site/").status_code == 302


def test_the_phone_says_which_basis_nobody_compared_yet(world: World, sign_in: SignIn) -> None:
    one = approved(world, checklist="fire")
    page = sign_in("officer").get(f"/inspections/{one.no}/site/").content.decode()
    told = json.loads(re.findall(r'<script id="site-data"[^>]*>(.*?)</script>', page, re.S)[0])
    marks = {item["no"]: item["unverified"] for item in told["items"]}
    assert sum(marks.values()) == 23
    assert len(marks) == 24


def test_the_same_photo_sent_again_is_the_same_photo(world: World, sign_in: SignIn) -> None:
    one = on_site(world)
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(picture, "JPEG")
    client = sign_in("officer")
    uids = set()
    for _ in range(2):
        picture.seek(0)
        uids.add(client.post(f"/inspections/{one.no}/site/photo/", {"photo": picture}).json()["uid"])
    assert len(uids) == 1
    assert Attachment.objects.filter(matter=one.uid).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_send_the_same_at_once_leave_it_once(world: World, sign_in: SignIn) -> None:
    """The same waiting entry and its photo out of two tabs: one photo, one thing found, and both are told it is done."""
    one, picture = on_site(world), io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(picture, "JPEG")
    key, start, told = str(uuid7()), Barrier(2), []
    clients = [sign_in("officer"), sign_in("officer")]

    def tab(client: Any) -> None:
        try:
            start.wait(10)
            photo = io.BytesIO(picture.getvalue())
            uid = client.post(f"/inspections/{one.no}/site/photo/", {"photo": photo}).json()["uid"]
            said = {
                "place": "配电室",
                "words": "箱门敞开",
                "handling": "rectify",
                "grade": "general",
                "photos": [uid],
            }
            told.append(send(client, one, {"key": key, "deed": "find", "input": said})["answers"][0])
        finally:
            connection.close()

    tabs = [Thread(target=tab, args=(client,)) for client in clients]
    for each in tabs:
        each.start()
    for each in tabs:
        each.join(30)
    assert [each["ok"] for each in told] == [True, True]
    assert Attachment.objects.filter(matter=one.uid, kind="photos").count() == 1
    assert one.findings.count() == 1


def test_an_inspection_named_by_its_client_is_opened_once(world: World) -> None:
    uid = uuid7()
    said = arrangement(world)
    first, second = (
        engine.open_matter("inspection", "arrange", said, actor=world.actor("officer"), uid=uid, key=str(uid))
        for _ in range(2)
    )
    assert first.no == second.no
    assert Inspection.objects.count() == 1


def test_an_item_of_a_criterion_in_force_is_a_major_hazard_by_it(world: World) -> None:
    one = on_site(world)
    item = next(each for each in sheets.items_of(one) if each.is_major)
    do(world, one, "tick", inputs.Tick(item=item.pk, outcome="fail", note="现场未见防护"))
    do(world, one, "pass_rest", inputs.RestPassed(said=True))
    one = do(world, one, "finish", ending())
    hazard = Hazard.objects.get(origin=one.no)
    assert (hazard.grade, hazard.criterion) == ("major", item.criterion)


def test_a_criterion_that_is_none_of_the_day_is_refused_on_site(world: World) -> None:
    with pytest.raises(Refused) as refused:
        found(world, on_site(world), grade="major", criterion="没有这一条")
    assert refused.value.failures[0].code == "inspection.criterion_not_in_force"


def test_the_record_calls_a_checklist_by_its_name(world: World, sign_in: SignIn) -> None:
    one = arranged(world, checklist="fire")
    page = sign_in("officer").get(f"/inspections/{one.no}/").content.decode()
    assert reading.title_of("fire") in page
    assert not re.search(r">\s*fire\s*<", page)
