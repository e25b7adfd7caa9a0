"""A client of the API sends the photo first and names it in the step; the page's refusals are its refusals too."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.uid import uuid7
from tests.hazards import steps
from tests.web.api_calls import Api, found
from tests.web.conftest import SignIn
from tests.web.test_api import day
from tests.world import World


def jpeg(colour: str = "white") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    out.seek(0)
    out.name = "整改后.jpg"
    return out


def done(*photos: Any) -> dict[str, Any]:
    return {
        "rectified_on": day(), "result": "通道已清空", "funds_spent": "1100", "after_photos": list(photos),
        "version": 2,
    }  # fmt: skip


def test_a_photo_is_sent_and_then_named(world: World, sign_in: SignIn) -> None:
    hazard = steps.rectifying(world)
    safety, clerk = Api(world, "safety"), Api(world, "clerk_east")
    sent = safety.upload(hazard.uid, "after_photos", jpeg())
    assert (sent.status, sent.body["media_type"]) == (200, "image/jpeg")
    address = f"/hazards/{hazard.no}/files/{sent.body['uid']}"
    assert (safety.get(address).status, clerk.get(address).status) == (200, 404)
    assert sent.body["uid"] not in sign_in("clerk_east").get(f"/hazards/{hazard.no}/").content.decode()
    step = safety.post(f"/hazards/{hazard.no}/submit-rectification", done(sent.body["uid"]))
    assert (step.status, step.body["state"]) == (200, "awaiting_acceptance")
    assert clerk.get(address).status == 200
    assert sent.body["uid"] in sign_in("clerk_east").get(f"/hazards/{hazard.no}/").content.decode()


def test_the_step_refuses_the_same_pictures_as_the_page(world: World) -> None:
    hazard, api = steps.rectifying(world), Api(world, "safety")
    before = api.upload(hazard.uid, "before_photos", jpeg())
    step = api.post(f"/hazards/{hazard.no}/submit-rectification", done(before.body["uid"]))
    assert (step.status, step.codes) == (422, ["hazard.photo_not_after"])
    step = api.post(f"/hazards/{hazard.no}/submit-rectification", done(str(uuid7())))
    assert (step.status, step.codes) == (422, ["hazard.photo_unknown"])
    step = api.post(f"/hazards/{hazard.no}/submit-rectification", done(*(str(uuid7()) for _ in range(31))))
    assert (step.status, step.codes) == (422, ["input.too_many"])


def test_an_offline_finding_brings_its_photo_under_its_own_uid(world: World) -> None:
    uid, api = str(uuid7()), Api(world, "grid")
    sent = api.upload(uid, "before_photos", jpeg())
    opened = api.post("/hazards", found(world, uid=uid, before_photos=[sent.body["uid"]]))
    assert opened.status == 201
    assert Attachment.objects.get(pk=sent.body["uid"]).named_seq == 1
    assert str(Hazard.objects.get().uid) == uid


def test_what_no_deed_asks_for_is_not_kept(world: World) -> None:
    hazard, api = steps.rectifying(world), Api(world, "safety")
    other = api.upload(hazard.uid, "something", jpeg())
    assert (other.status, other.codes) == (422, ["attachment.kind_not_asked"])
    paper = api.upload(hazard.uid, "after_photos", SimpleUploadedFile("a.pdf", b"%PDF-1.7 x"))
    assert (paper.status, paper.codes) == (422, ["attachment.not_an_image"])
    nowhere = api.upload(uuid4(), "before_photos", jpeg())
    assert (nowhere.status, nowhere.codes) == (422, ["input.not_uuid7"])
    assert Api(world, "clerk_west").upload(hazard.uid, "after_photos", jpeg()).status == 404
    assert Api(world, "safety", scope="read").upload(hazard.uid, "after_photos", jpeg()).status == 422
    assert not Attachment.objects.exclude(named_seq__isnull=False).exists()
