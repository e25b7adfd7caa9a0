"""The page and the API are two mouths of one engine: the same bad input gets the same answer from both."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.uid import uuid7
from tests.hazards import steps
from tests.hazards.test_steps import CRITERION
from tests.web.api_calls import Api, elements_body, found
from tests.web.conftest import SignIn
from tests.web.test_api import DEEDS, day
from tests.world import World


def said(failures: Any) -> list[tuple[str, str, str]]:
    return sorted((one.code, one.message, one.field or "") for one in failures)


BAD_FINDINGS: list[tuple[str, dict[str, Any]]] = [
    ("clerk_east", {}),
    ("clerk_east", {"found_on": day(3), "grade": "major"}),
    ("clerk_east", {"grade": "major", "criterion": "GM-99"}),
    ("clerk_east", {"source": "x", "grade": "y", "found_on": "z", "description": "长" * 2001}),
    ("clerk_east", {"object": str(uuid4())}),
    ("clerk_west", {}),
    ("auditor", {}),
]


@pytest.mark.parametrize(("who", "changes"), BAD_FINDINGS[1:])
def test_a_bad_finding_is_refused_alike(
    world: World, sign_in: SignIn, who: str, changes: dict[str, Any]
) -> None:
    body = found(world, **changes)
    page = sign_in(who).post("/hazards/new/report/", body)
    call = Api(world, who).post("/hazards", body)
    assert (page.status_code, call.status) == (422, 422)
    assert said(page.context["failures"]) == sorted(call.failures)
    assert not Hazard.objects.exists()


BAD_STEPS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("reported", "clerk_east", "assign", {}),
    ("reported", "clerk_east", "assign", elements_body(rectify_by="2020-01-01", funds_planned="一千")),
    ("reported", "clerk_east", "assign", elements_body(rectify_by="2020-01-01")),
    ("reported", "safety", "assign", elements_body()),
    ("reported", "clerk_east", "accept", {"accepted_on": day(), "opinion": "好"}),
    (
        "rectifying",
        "safety",
        "submit-rectification",
        {"rectified_on": day(2), "result": "好", "funds_spent": "0"},
    ),
    (
        "rectifying",
        "safety",
        "submit-rectification",
        {"rectified_on": "", "result": " ", "funds_spent": "-1"},
    ),
    ("rectifying", "clerk_east", "grant-extension", {"opinion": "同意"}),
    (
        "rectifying",
        "safety",
        "request-extension",
        {"until": "2020-01-01", "reason": "缺件", "interim_measures": "看守"},
    ),
    ("rectifying", "regulator", "regrade", {"grade": "general", "reason": "核实"}),
    ("rectifying", "regulator", "regrade", {"grade": "major", "reason": "核实"}),
    ("rectifying", "office", "list-supervision", {"level": "city"}),
    ("rectifying", "clerk_east", "refer", {"to": "999999", "reason": "移送"}),
    ("rectifying", "clerk_east", "merge", {"into": "370403-H2026-999999", "reason": "重复"}),
    ("rectifying", "clerk_east", "correct", {"reason": "笔误"}),
    ("awaiting", "safety", "accept", {"accepted_on": day(), "opinion": "好"}),
    ("awaiting", "regulator", "accept", {"accepted_on": "2020-01-01", "opinion": "好"}),
    ("awaiting", "regulator", "send-back", {"rectify_by": "2020-01-01", "reason": "未到位"}),
    ("closed", "clerk_east", "spot-check", {"checked_on": day(), "finding": "好"}),
]


@pytest.mark.parametrize(("begin", "who", "slug", "body"), BAD_STEPS)
def test_a_bad_step_is_refused_alike(
    world: World, sign_in: SignIn, begin: str, who: str, slug: str, body: dict[str, Any]
) -> None:
    hazard = getattr(steps, begin)(world)
    path = f"/hazards/{hazard.no}/{slug}"
    call = Api(world, who).post(path, {**body, "version": hazard.version})
    page = sign_in(who).post(f"{path}/", {**body, "version": hazard.version})
    assert (page.status_code, call.status) == (422, 422)
    assert said(page.context["failures"]) == sorted(call.failures)
    for _, message, _ in call.failures:
        assert message in page.content.decode() or message.replace('"', "&quot;") in page.content.decode()
    assert steps.fresh(hazard).version == hazard.version


def test_a_major_hazard_is_not_closed_alike(world: World, sign_in: SignIn) -> None:
    hazard = steps.awaiting(world, grade="major", criterion=CRITERION)
    body = {"accepted_on": day(), "opinion": "好", "version": hazard.version}
    call = Api(world, "regulator").post(f"/hazards/{hazard.no}/accept", body)
    page = sign_in("regulator").post(f"/hazards/{hazard.no}/accept/", body)
    assert said(page.context["failures"]) == sorted(call.failures)
    assert len(call.failures) == 3


def test_an_older_version_is_stale_alike(world: World, sign_in: SignIn) -> None:
    hazard = steps.rectifying(world)
    body = elements_body(version=1)
    assert Api(world, "clerk_east").post(f"/hazards/{hazard.no}/assign", body).status == 409
    page = sign_in("clerk_east").post(f"/hazards/{hazard.no}/assign/", body)
    assert page.status_code == 409
    assert "已被他人处理" in page.content.decode()


def test_who_came_second_is_told_whether_the_step_can_still_be_done(world: World, sign_in: SignIn) -> None:
    """No button to a step that somebody else has just finished; one that is still open is offered again, and its draft kept."""
    hazard = steps.rectifying(world)
    over = (
        sign_in("clerk_east").post(f"/hazards/{hazard.no}/assign/", elements_body(version=1)).content.decode()
    )
    assert "这一步现在已不能再办" in over
    assert "重新办理" not in over
    assert "data-keep-draft" not in over
    still = sign_in("clerk_east").post(f"/hazards/{hazard.no}/remind/", {"message": "请抓紧", "version": 1})
    assert still.status_code == 409
    assert "重新办理「催办」" in still.content.decode()
    assert "data-keep-draft" in still.content.decode()


@pytest.mark.parametrize("version", ["²", "9" * 5000, "-1", "x", "1.0"])
def test_a_version_nobody_saw_breaks_no_page(world: World, sign_in: SignIn, version: str) -> None:
    hazard = steps.rectifying(world)
    body = {"message": "请抓紧", "version": version}
    answer = sign_in("clerk_east").post(f"/hazards/{hazard.no}/remind/", body)
    assert answer.status_code in (302, 409)


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_what_the_api_takes_the_page_takes(world: World, sign_in: SignIn, name: str) -> None:
    begin, who, body_of = DEEDS[name]
    hazard = begin(world)
    body = {key: value for key, value in body_of(world, hazard).items() if not isinstance(value, list)}
    if name == "submit_rectification":
        held = io.BytesIO()
        Image.new("RGB", (30, 20), "white").save(held, "JPEG")
        held.seek(0)
        held.name = "a.jpg"
        body["after_photos"] = held
    slug = name.replace("_", "-")
    answer = sign_in(who).post(
        f"/hazards/{hazard.no}/{slug}/", {**body, "version": hazard.version, "key": str(uuid4())}
    )
    assert answer.status_code == 302, answer.context["failures"]
    assert entries_of(hazard.uid)[-1].verb == name


def _upload() -> io.BytesIO:
    held = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(held, "JPEG")
    held.seek(0)
    held.name = "a.jpg"
    return held


def test_no_file_comes_to_a_matter_by_a_form_that_is_not_mine(world: World, sign_in: SignIn) -> None:
    foreign = steps.reported(world, by="clerk_west", object=world.site.uid)
    body = {**found(world), "key": str(foreign.uid), "before_photos": _upload()}
    assert sign_in("clerk_east").post("/hazards/new/report/", body).status_code == 404
    mine = steps.rectifying(world)
    body = {
        "rectified_on": day(),
        "result": "好",
        "funds_spent": "0",
        "version": mine.version,
        "after_photos": _upload(),
    }
    answer = sign_in("expert").post(f"/hazards/{mine.no}/submit-rectification/", body)
    assert answer.status_code in (404, 422)
    answer = sign_in("leader").post(
        f"/hazards/{mine.no}/submit-rectification/", {**body, "after_photos": _upload()}
    )
    assert answer.status_code == 422
    assert not Attachment.objects.exists()


def test_a_form_sent_twice_leads_to_what_came_of_it(world: World, sign_in: SignIn) -> None:
    body = {**found(world), "key": str(uuid7())}
    client = sign_in("clerk_east")
    first = client.post("/hazards/new/report/", body)
    again = client.post("/hazards/new/report/", body)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first.url == again.url
    assert Hazard.objects.count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "/hazards/%00/",
        "/hazards/?q=%00",
        "/objects/suggest/?q=%00",
        "/enterprises/?q=%00",
        "/api/v1/hazards/%00",
    ],
)
def test_half_an_address_is_no_address(world: World, sign_in: SignIn, path: str) -> None:
    assert sign_in("clerk_east").get(path).status_code in (401, 404)
    assert (
        sign_in("clerk_east")
        .post("/hazards/new/report/", {**found(world, object="东\x00湖"), "key": "\x00"})
        .status_code
        == 422
    )
