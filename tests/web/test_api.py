"""The API: list, read, create and every step, with the codes and bodies that programs outside rely on."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Act
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.signatures.models import Signature
from tests.hazards import steps
from tests.hazards.test_elements import brought
from tests.hazards.test_steps import CRITERION
from tests.web.api_calls import Api, elements_body, found
from tests.world import World

SHOWN = [deed.name for deed in HAZARD.deeds if deed.shown]


def day(ahead: int = 0) -> str:
    return (clock.today() + timedelta(days=ahead)).isoformat()


def picture() -> io.BytesIO:
    held = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(held, "JPEG")
    held.seek(0)
    held.name = "现场.jpg"
    return held


def test_a_created_hazard_is_answered_with_what_the_next_call_needs(world: World) -> None:
    answer = Api(world, "clerk_east").post("/hazards", found(world), key="c-1")
    assert answer.status == 201
    hazard = Hazard.objects.get()
    assert answer.body == {
        "no": hazard.no, "uid": str(hazard.uid), "state": "reported", "version": 1, "seq": 1,
        "deadline": hazard.deadline.isoformat() if hazard.deadline else None,
    }  # fmt: skip


def test_a_hazard_is_read_with_its_steps_their_reasons_and_its_timeline(world: World) -> None:
    hazard = steps.rectifying(world)
    answer = Api(world, "clerk_east").get(f"/hazards/{hazard.no}")
    assert answer.status == 200
    body = answer.body
    assert (body["uid"], body["state"], body["version"]) == (str(hazard.uid), "rectifying", 2)
    assert body["deadline"] == hazard.deadline.isoformat()
    assert set(body["deadline_note"]) >= {"rule", "start"}
    offered = {step["name"]: step for step in body["steps"]}
    assert offered["submit-rectification"]["allowed"]
    assert offered["submit-rectification"]["failures"] == []
    refused = offered["void"]
    assert not refused["allowed"]
    assert [item["code"] for item in refused["failures"]] == ["loop.not_your_step"]
    assert all(item["message"] for step in body["steps"] for item in step["failures"])
    assert [(entry["seq"], entry["verb"], entry["to"]) for entry in body["timeline"]] == [
        (1, "report", "reported"), (2, "assign", "rectifying"),
    ]  # fmt: skip
    assert all(entry["signature"] == "signed_in" for entry in body["timeline"])


def test_one_hazard_goes_through_its_loop_by_calls_alone(world: World) -> None:
    clerk, safety, regulator = (Api(world, name) for name in ("clerk_east", "safety", "regulator"))
    opened = clerk.post("/hazards", found(world)).body
    path = f"/hazards/{opened['no']}"
    assigned = clerk.post(f"{path}/assign", elements_body(version=1))
    assert (assigned.status, assigned.body["state"], assigned.body["version"]) == (200, "rectifying", 2)
    kept = safety.upload(opened["uid"], "after_photos", picture())
    assert (kept.status, kept.body["media_type"]) == (200, "image/jpeg")
    done = {
        "version": 2, "rectified_on": day(), "result": "已清空", "funds_spent": 1100, "after_photos": [kept.body["uid"]],
    }  # fmt: skip
    assert safety.post(f"{path}/submit-rectification", done).body["state"] == "awaiting_acceptance"
    closed = regulator.post(f"{path}/accept", {"version": 3, "accepted_on": day(), "opinion": "已消除"})
    assert (closed.status, closed.body["state"], closed.body["version"]) == (200, "closed", 4)
    hazard = Hazard.objects.get()
    assert (hazard.funds_planned_fen, hazard.funds_spent_fen) == (120_050, 110_000)
    assert [entry["signature"] for entry in clerk.get(path).body["timeline"]] == ["token"] * 4


def _extension_asked(world: World) -> Hazard:
    hazard = steps.rectifying(world)
    asked = steps.inputs.ExtensionRequest(
        until=clock.today() + timedelta(days=30), reason="设备到货晚", interim_measures="看守"
    )
    engine.perform("hazard", "request_extension", hazard.no, asked, actor=world.actor("safety"))
    return steps.fresh(hazard)


def _major(world: World) -> Hazard:
    return steps.rectifying(world, grade="major", criterion=CRITERION)


def _self_checked(world: World) -> Hazard:
    return steps.closed(world, by="safety_two", source="self_check")


def _rectified(world: World, hazard: Hazard) -> dict[str, Any]:
    kept = Api(world, "safety").upload(hazard.uid, "after_photos", picture()).body["uid"]
    return {"rectified_on": day(), "result": "已清空", "funds_spent": "0", "after_photos": [kept]}


def _listing(world: World, hazard: Hazard) -> dict[str, Any]:
    leader = Post.objects.get(role=Role.LEADER)
    return {
        "level": "city",
        "lead": world.bureau.pk,
        "leader_post": leader.pk,
        "due_on": day(20),
        "reason": "限期",
    }


def _into(world: World, hazard: Hazard) -> dict[str, Any]:
    return {"into": steps.reported(world).no, "reason": "同一处"}


Body = Callable[[World, Hazard], dict[str, Any]]
REPORTED_TO: Body = lambda world, hazard: {"reported_on": day(), "content": "现状、危害和治理方案"}  # noqa: E731
OPINION: Body = lambda world, hazard: {"opinion": "同意"}  # noqa: E731
AGAIN: Body = lambda world, hazard: {"reason": "仍有杂物", "rectify_by": day(5)}  # noqa: E731
REASON: Body = lambda world, hazard: {"reason": "误报"}  # noqa: E731

DEEDS: dict[str, tuple[Callable[[World], Hazard], str, Body]] = {
    "assign": (steps.reported, "clerk_east", lambda world, hazard: elements_body()),
    "submit_rectification": (steps.rectifying, "safety", _rectified),
    "complete_elements": (
        brought, "regulator",
        lambda world, hazard: {"measures": "更换配电箱", "funds_planned": "0", "contingency_plan": "断电挂牌"},
    ),
    "tell_means": (
        brought, "safety", lambda world, hazard: {"funds_planned": "0", "contingency_plan": "断电挂牌"},
    ),
    "accept": (steps.awaiting, "regulator", lambda world, hazard: {"accepted_on": day(), "opinion": "已消除"}),
    "send_back": (steps.awaiting, "regulator", AGAIN),
    "reopen": (steps.closed, "clerk_east", AGAIN),
    "request_extension": (
        steps.rectifying, "safety",
        lambda world, hazard: {"until": day(30), "reason": "缺件", "interim_measures": "看守"},
    ),
    "grant_extension": (_extension_asked, "regulator", OPINION),
    "refuse_extension": (_extension_asked, "regulator", OPINION),
    "recheck": (
        steps.overdue, "regulator",
        lambda world, hazard: {"checked_on": day(), "removed": False, "finding": "未动", "rectify_by": day(5)},
    ),
    "decide_failures": (
        lambda world: steps.failed(world, 2), "regulator",
        lambda world, hazard: {"decision": "interview", "opinion": "约谈"},
    ),
    "follow_up": (
        steps.closed, "regulator", lambda world, hazard: {"visited_on": day(), "stays": True, "finding": "未反弹"},
    ),
    "regrade": (
        steps.rectifying, "regulator",
        lambda world, hazard: {"grade": "major", "criterion": CRITERION, "reason": "符合判定标准"},
    ),
    "list_supervision": (_major, "office", _listing),
    "delist": (_major, "office", OPINION),
    "report_to_regulator": (_major, "principal", REPORTED_TO),
    "report_to_workers": (_major, "principal", REPORTED_TO),
    "remind": (steps.rectifying, "clerk_east", lambda world, hazard: {"message": "请抓紧"}),
    "correct": (steps.rectifying, "clerk_east", lambda world, hazard: {"place": "三车间", "reason": "笔误"}),
    "spot_check": (
        _self_checked, "clerk_east",
        lambda world, hazard: {"checked_on": day(), "passed": True, "finding": "确已消除"},
    ),
    "refer": (
        steps.reported, "clerk_east", lambda world, hazard: {"to": world.builders.pk, "reason": "不属本镇职责"},
    ),
    "merge": (steps.reported, "clerk_east", _into),
    "void": (steps.rectifying, "office", REASON),
}  # fmt: skip


def test_every_deed_that_is_shown_is_tried_here() -> None:
    assert sorted(DEEDS) == sorted(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_every_deed_is_done_by_a_call_stays_done_once_and_goes_stale(world: World, name: str) -> None:
    begin, who, body_of = DEEDS[name]
    hazard = begin(world)
    deed = HAZARD.deed(name)
    api = Api(world, who)
    body = {**body_of(world, hazard), "version": hazard.version}
    path = f"/hazards/{hazard.no}/{deed.slug}"
    answer = api.post(path, body, key="once")
    assert answer.status == 200, answer.body
    state = hazard.state if isinstance(deed, Act) else deed.move.to.value
    told = (answer.body["no"], answer.body["uid"], answer.body["state"], answer.body["version"])
    assert told == (hazard.no, str(hazard.uid), state, hazard.version + 1)
    last = entries_of(hazard.uid)[-1]
    assert (last.verb, last.seq) == (name, answer.body["seq"])
    assert Signature.objects.filter(matter=hazard.uid, seq=last.seq, kind="token").exists() == deed.signed
    again = api.post(path, body, key="once")
    assert again.status == 200
    assert {key: again.body[key] for key in ("no", "uid", "state", "version", "seq")} == {
        key: answer.body[key] for key in ("no", "uid", "state", "version", "seq")
    }
    stale = api.post(path, body, key="other")
    assert (stale.status, stale.body["code"]) == (409, "stale")
    assert len(entries_of(hazard.uid)) == last.seq


def test_a_refusal_names_every_failure_with_code_sentence_and_field(world: World) -> None:
    hazard = steps.rectifying(world)
    body = {"version": 2, "rectified_on": day(1), "result": "好", "funds_spent": 0}
    answer = Api(world, "safety").post(f"/hazards/{hazard.no}/submit-rectification", body)
    assert answer.status == 422
    assert answer.body["code"] == "refused"
    assert answer.failures == [
        ("hazard.rectified_in_future", f"整改完成日期 {day(1)} 晚于今天", "rectified_on"),
        ("hazard.no_after_photo", "请上传整改后照片", "after_photos"),
    ]
    assert len(entries_of(hazard.uid)) == 2


def test_every_unreadable_field_is_named_at_once(world: World) -> None:
    body = {"object": "东湖", "source": "猜的", "found_on": "昨天", "grade": "大", "description": " "}
    answer = Api(world, "clerk_east").post("/hazards", body)
    assert answer.status == 422
    assert {(code, field) for code, _, field in answer.failures} == {
        ("input.not_an_identity", "object"), ("input.missing", "description"), ("input.not_a_choice", "source"),
        ("input.not_a_date", "found_on"), ("input.not_a_choice", "grade"),
    }  # fmt: skip


@pytest.mark.parametrize("body", ["", "[]", "null", "3", '"x"', "{", b"\xff\xfe", '{"a":' * 100_000])
def test_a_body_that_is_no_object_is_refused_in_words(world: World, body: str | bytes) -> None:
    answer = Api(world, "clerk_east").post("/hazards", body)
    assert answer.status == 422
    assert answer.codes in (["api.not_json"], ["input.missing"] * 4)


@pytest.mark.parametrize("version", [None, "2", True, 1.5, [], {}])
def test_a_step_without_the_version_it_saw_is_refused(world: World, version: Any) -> None:
    hazard = steps.reported(world)
    body = elements_body() if version is None else elements_body(version=version)
    answer = Api(world, "clerk_east").post(f"/hazards/{hazard.no}/assign", body)
    assert (answer.status, answer.failures[0][0], answer.failures[0][2]) == (422, "api.no_version", "version")
    assert steps.fresh(hazard).version == 1


def test_an_older_and_a_future_version_are_stale(world: World) -> None:
    hazard = steps.reported(world)
    for version in (0, 2, -1, 10**30):
        answer = Api(world, "clerk_east").post(f"/hazards/{hazard.no}/assign", elements_body(version=version))
        assert (answer.status, answer.body["code"]) == (409, "stale")


def test_absent_and_out_of_jurisdiction_answer_alike(world: World) -> None:
    hazard = steps.reported(world)
    stranger = Api(world, "clerk_west")
    nowhere = "370403-H2026-999999"
    for path in ("", "/files/019a9b2e-0000-7000-8000-000000000001"):
        foreign, absent = (
            stranger.get(f"/hazards/{hazard.no}{path}"),
            stranger.get(f"/hazards/{nowhere}{path}"),
        )
        assert (foreign.status, absent.status, foreign.body["code"]) == (404, 404, "absent")
        assert foreign.body["message"].replace(hazard.no, "") == absent.body["message"].replace(nowhere, "")
    for step in ("assign", "void", "remind"):
        body = DEEDS[step][2](world, hazard)
        foreign = stranger.post(f"/hazards/{hazard.no}/{step}", {**body, "version": 1})
        absent = stranger.post(f"/hazards/{nowhere}/{step}", {**body, "version": 1})
        assert (foreign.status, foreign.body) == (404, absent.body)
    assert steps.fresh(hazard).version == 1


def test_what_nobody_declared_is_absent(world: World) -> None:
    hazard = steps.reported(world)
    api = Api(world, "clerk_east")
    for path in (
        f"/hazards/{hazard.no}/claim-accepted",
        f"/hazards/{hazard.no}/report",
        f"/hazards/{hazard.no}/close",
    ):
        assert api.post(path, {"version": 1}).status == 404
    assert api.post("/hazards/new/claim-from-ledger", {}).status in (404, 405)
    assert api.get("/wizards").status == 404


@pytest.mark.parametrize("path", ["/hazards", "/hazards/370403-H2026-000001"])
def test_without_a_valid_token_nobody_is_told_anything(world: World, path: str) -> None:
    api = Api(world, "clerk_east")
    for secret in ("", "bh_wrong", api.secret + "x", "\u00e9", "bh_" + "x" * 5000):
        api.secret = secret
        answer = api.get(path)
        assert (answer.status, answer.body["code"]) == (401, "unauthenticated")
    assert api.client.get(f"/api/v1{path}").status_code == 401
    assert api.client.get(f"/api/v1{path}", headers={"Authorization": "Basic eDp5"}).status_code == 401


def test_a_signed_in_browser_is_not_a_token(world: World) -> None:
    api = Api(world, "clerk_east")
    api.client.force_login(world.user("clerk_east"), backend="django.contrib.auth.backends.ModelBackend")
    assert api.client.get("/api/v1/hazards").status_code == 401
    assert api.client.post("/api/v1/hazards", "{}", content_type="application/json").status_code == 401


def test_an_expired_a_revoked_and_a_closed_accounts_token_open_nothing(world: World) -> None:
    api = Api(world, "clerk_east", days=1)
    assert api.get("/hazards").status == 200
    with clock.frozen(clock.now() + timedelta(days=1, seconds=1)):
        assert api.get("/hazards").status == 401
    user = world.user("clerk_east")
    user.is_active = False
    user.save()
    assert api.get("/hazards").status == 401
    user.is_active = True
    user.save()
    user.tokens.update(revoked_at=clock.now())
    assert api.get("/hazards").status == 401
    assert api.post("/hazards", found(world)).status == 401
    assert not Hazard.objects.exists()


def test_a_reading_token_only_reads(world: World) -> None:
    hazard = steps.reported(world)
    api = Api(world, "clerk_east", scope="read")
    assert api.get(f"/hazards/{hazard.no}").status == 200
    for path, body in (
        ("/hazards", found(world)), (f"/hazards/{hazard.no}/assign", elements_body(version=1)),
        (f"/hazards/{hazard.no}/remind", {"version": 1}), (f"/hazards/{hazard.no}/read-sealed", {"reason": "核实位置"}),
    ):  # fmt: skip
        answer = api.post(path, body)
        assert (answer.status, answer.codes) == (422, ["api.read_only"])
    assert api.upload(hazard.uid, "before_photos", picture()).codes == ["api.read_only"]
    assert (Hazard.objects.count(), steps.fresh(hazard).version) == (1, 1)


def test_a_token_without_sign_does_what_needs_no_signature(world: World) -> None:
    hazard = steps.rectifying(world)
    api = Api(world, "clerk_east", scope="")
    assert api.post("/hazards", found(world)).codes == ["api.may_not_sign"]
    assert api.post(f"/hazards/{hazard.no}/correct", {"version": 2}).codes == ["api.may_not_sign"]
    assert api.post(f"/hazards/{hazard.no}/remind", {"version": 2, "message": "请抓紧"}).status == 200


def test_a_sealed_value_needs_the_token_that_stands_for_its_owner(world: World) -> None:
    hazard = steps.reported(world, source="tip_off", reporter="李某 13800000000")
    body = {"field": "reporter", "reason": "需核实现场位置"}
    assert Api(world, "office", scope="").post(f"/hazards/{hazard.no}/read-sealed", body).codes == [
        "api.may_not_sign"
    ]
    assert len(entries_of(hazard.uid)) == 1
    answer = Api(world, "office").post(f"/hazards/{hazard.no}/read-sealed", body)
    assert answer.body == {"field": "reporter", "value": "李某 13800000000"}
    assert entries_of(hazard.uid)[-1].verb == "read_sealed"
    assert Api(world, "safety").post(f"/hazards/{hazard.no}/read-sealed", body).codes == ["sealed.not_yours"]
    assert "李某" not in str(Api(world, "office").get(f"/hazards/{hazard.no}").body)


def test_the_same_key_creates_once_and_is_answered_the_same(world: World) -> None:
    api = Api(world, "grid")
    first = api.post("/hazards", found(world), key="phone-7")
    again = api.post("/hazards", found(world), key="phone-7")
    assert (first.status, again.status) == (201, 200)
    assert again.body == first.body
    assert Hazard.objects.count() == 1
    other = api.post("/hazards", found(world, place="食堂"), key="phone-7")
    assert (other.status, other.codes) == (422, ["loop.key_reused"])
    assert Api(world, "clerk_east").post("/hazards", found(world), key="phone-7").status == 201


def test_a_step_is_replayed_even_when_others_went_on(world: World) -> None:
    hazard = steps.reported(world)
    api, body = Api(world, "clerk_east"), elements_body(version=1)
    first = api.post(f"/hazards/{hazard.no}/assign", body, key="tap")
    engine.perform(
        "hazard", "void", hazard.no, steps.inputs.Reason(reason="误报"), actor=world.actor("office")
    )
    again = api.post(f"/hazards/{hazard.no}/assign", body, key="tap")
    assert again.status == 200
    assert again.body["state"] == first.body["state"] == "rectifying"
    assert steps.fresh(hazard).state == "voided"


def test_a_long_key_is_refused_lest_two_of_them_look_alike(world: World) -> None:
    api = Api(world, "grid")
    assert api.post("/hazards", found(world), key="k" * 81).codes == ["api.key_too_long"]
    assert api.post("/hazards", found(world), key="k" * 80).status == 201


def test_an_offline_client_names_its_hazard_itself_and_sends_it_once(world: World) -> None:
    uid = "019a9b2e-0000-7000-8000-000000000001"
    api = Api(world, "grid")
    first = api.post("/hazards", found(world, uid=uid))
    assert (first.status, first.body["uid"]) == (201, uid)
    again = api.post("/hazards", found(world, uid=uid))
    assert (again.status, again.body["no"]) == (200, first.body["no"])
    changed = api.post("/hazards", found(world, uid=uid, place="食堂"))
    assert (changed.status, changed.codes) == (422, ["loop.uid_taken"])
    theirs = found(world, uid=uid, object=str(world.site.uid), source="self_check")
    stranger = Api(world, "site_safety").post("/hazards", theirs)
    assert (stranger.status, stranger.codes) == (422, ["loop.uid_taken"])
    assert api.post("/hazards", found(world, uid="7")).codes == ["input.not_an_identity"]
    assert Hazard.objects.count() == 1
    assert len(entries_of(UUID(uid))) == 1


def test_when_it_happened_is_kept_beside_when_it_was_recorded(world: World) -> None:
    then = clock.now() - timedelta(hours=30)
    opened = Api(world, "grid").post("/hazards", found(world, happened_at=then.isoformat()))
    entry = entries_of(UUID(opened.body["uid"]))[0]
    assert entry.happened_at == then
    assert entry.recorded_at - then >= timedelta(hours=30)


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("2023-03-01T09:30:00", "input.not_a_moment"),
        ("昨天", "input.not_a_moment"),
        (20230301, "input.not_a_moment"),
        ("0001-01-01T00:00:00+14:00", "input.not_a_moment"),
        ("9999-12-31T23:59:59-12:00", "input.moment_in_future"),
        ("2999-01-01T00:00:00+08:00", "input.moment_in_future"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(world: World, moment: Any, code: str) -> None:
    answer = Api(world, "grid").post("/hazards", found(world, happened_at=moment))
    assert (answer.status, answer.codes, answer.failures[0][2]) == (422, [code], "happened_at")


def test_fields_nobody_asked_for_are_ignored_and_change_nothing(world: World) -> None:
    extra = {
        "state": "closed",
        "accepted_on": day(),
        "no": "370403-H1999-000001",
        "finder": 1,
        "version": 9,
        "哈": "哈",
    }
    answer = Api(world, "grid").post("/hazards", {**found(world), **extra})
    assert answer.status == 201
    hazard = Hazard.objects.get()
    assert (hazard.state, hazard.accepted_on, hazard.version) == ("reported", None, 1)
    assert not set(extra) & set(entries_of(hazard.uid)[0].payload)


def test_a_file_is_kept_only_for_what_one_may_see(world: World) -> None:
    hazard = steps.reported(world)
    assert Api(world, "clerk_west").upload(hazard.uid, "before_photos", picture()).status == 404
    assert Api(world, "system_admin").upload(hazard.uid, "before_photos", picture()).status == 404
    assert (
        Api(world, "system_admin").upload("019a9b2e-0000-7000-8000-000000000009", "x", picture()).status
        == 404
    )
    api = Api(world, "clerk_east")
    uid = api.upload(hazard.uid, "before_photos", picture()).body["uid"]
    assert api.get(f"/hazards/{hazard.no}/files/{uid}").status == 200
    assert Api(world, "clerk_west").get(f"/hazards/{hazard.no}/files/{uid}").status == 404
    assert api.get(f"/hazards/{steps.reported(world).no}/files/{uid}").status == 404
    rubbish = io.BytesIO(b"MZ\x90\x00 not a picture")
    rubbish.name = "photo.jpg"
    assert api.upload(hazard.uid, "before_photos", rubbish).status == 422
    assert api.upload("nonsense", "before_photos", picture()).status == 422
