"""What a citizen sends: taken in once, without an account, without script, and without losing a word when refused."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.capabilities.tipoffs.public import ceilings, limits, tokens
from bihuan.capabilities.tipoffs.public.models import HeldPhoto, Sent
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import attachments_of, content_of
from bihuan.kernel.policies.values import set_policy
from bihuan.kernel.vault import safe
from tests.tipoffs.public.conftest import WORDS, a_pass, filled, number_on, send, snapshot, told
from tests.world import World


def test_words_place_and_photo_become_one_item_with_a_number(world: World, citizen: Client) -> None:
    number = send(citizen, region=str(world.east.pk), lat="34.80012", lon="117.30045", photos=[snapshot()])
    assert re.fullmatch(r"\d{4}( \d{4}){3}", number)
    item = Item.objects.get()
    assert (item.topic, item.words, item.place) == ("fire", WORDS, "东湖镇幸福路8号")
    assert (item.lat_e6, item.lon_e6) == (34_800_120, 117_300_450)
    assert item.region_path == world.east.path
    assert item.batch.anonymous
    assert attachments_of(item.pk).count() == 1
    assert not HeldPhoto.objects.exists()


def test_the_form_is_whole_without_script(world: World, citizen: Client) -> None:
    page = told(citizen.get("/report/"))
    form = re.search(r"<form.*?</form>", page, re.S)
    assert form is not None
    for name in ("topic", "words", "region", "place", "named", "name", "contact", "photos", "pass"):
        assert f'name="{name}"' in form[0]
    assert 'action="/report/"' in form[0]
    assert 'enctype="multipart/form-data"' in form[0]
    assert "on" + "click" not in page
    assert "style=" not in page


def test_nothing_the_camera_wrote_is_kept(world: World, citizen: Client) -> None:
    send(citizen, photos=[snapshot()])
    kept = attachments_of(Item.objects.get().pk).get()
    assert (kept.taken_at, kept.latitude, kept.longitude) == (None, None, None)
    assert "张三" not in kept.name
    with Image.open(io.BytesIO(content_of(kept))) as opened:
        assert not dict(opened.getexif())
        assert "exif" not in opened.info


def test_sending_again_is_sending_once_and_tells_the_same_number(world: World, citizen: Client) -> None:
    form = filled()
    first = citizen.post("/report/", form)
    again = Client().post("/report/", form)
    assert number_on(first) == number_on(again)
    assert Batch.objects.count() == 1
    locked = bytes(Sent.objects.get().answer)
    assert number_on(first).replace(" ", "").encode() not in locked


def test_what_was_refused_comes_back_with_all_that_was_typed_and_the_photos(
    world: World, citizen: Client
) -> None:
    response = citizen.post(
        "/report/",
        filled(
            words="危险",
            topic="",
            place="幸福里<b>",
            named="yes",
            name="王大妈",
            contact="12",
            photos=[snapshot()],
        ),
    )
    page = told(response)
    assert response.status_code == 422
    for typed in ("危险", "幸福里&lt;b&gt;", "王大妈", 'value="12"'):
        assert typed in page
    assert page.count("data:image/jpeg;base64,") == 1
    held = HeldPhoto.objects.get()
    carried = re.search(r'name="pass" value="([^"]+)"', page)
    assert carried is not None
    again = citizen.post(
        "/report/",
        filled(
            **{"pass": carried[1]}, photo=str(held.pk), named="yes", name="王大妈", contact="0632-1234567"
        ),
    )
    assert number_on(again)
    assert attachments_of(Item.objects.get().pk).count() == 1


def test_a_name_lies_sealed_and_only_if_it_was_meant(world: World, citizen: Client) -> None:
    send(citizen, named="yes", name="王大妈", contact="13800001111")
    batch = Batch.objects.get()
    assert not batch.anonymous
    assert safe.reveal(batch.pk, "reporter_name") == "王大妈"
    send(citizen, named="no", name="李大爷", contact="13800002222")
    assert Batch.objects.latest("opened_at").anonymous


def test_a_form_left_open_too_long_keeps_its_words_and_goes_on_the_second_try(
    world: World, citizen: Client
) -> None:
    response = citizen.post("/report/", filled(**{"pass": a_pass(limits.FORM_LASTS + timedelta(hours=1))}))
    assert response.status_code == 422
    assert WORDS in told(response)
    carried = re.search(r'name="pass" value="([^"]+)"', told(response))
    assert carried is not None
    assert citizen.post("/report/", filled(**{"pass": carried[1]})).status_code == 200


@pytest.mark.parametrize("spoiled", ["", "abc", "eyJmIjoiMSJ9:1:x", "é" * 300])
def test_a_forged_pass_sends_nothing(world: World, citizen: Client, spoiled: str) -> None:
    response = citizen.post("/report/", filled(**{"pass": spoiled}))
    assert response.status_code == 422
    assert WORDS in told(response)
    assert not Batch.objects.exists()
    assert citizen.post("/report/photos/", {"pass": spoiled, "photo": snapshot()}).status_code == 409


def test_a_program_is_too_fast_and_fills_in_everything(world: World, citizen: Client) -> None:
    assert citizen.post("/report/", filled(**{"pass": str(tokens.fresh())})).status_code == 422
    assert citizen.post("/report/", filled(homepage="http://spam.example")).status_code == 422
    assert not Batch.objects.exists()


def test_the_guard_against_forged_forms_stands_and_loses_no_word(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/report/", filled())
    assert response.status_code == 422
    assert WORDS in told(response)
    assert not Batch.objects.exists()
    assert strict.post("/report/photos/", {"pass": a_pass(), "photo": snapshot()}).status_code == 409
    assert strict.post("/report/progress/", {"number": "1" * 16}).status_code == 403


def test_a_photo_sent_ahead_is_the_same_one_when_it_is_sent_again(world: World, citizen: Client) -> None:
    own = a_pass()
    first = citizen.post("/report/photos/", {"pass": own, "photo": snapshot()}).json()
    again = citizen.post("/report/photos/", {"pass": own, "photo": snapshot()}).json()
    assert first["photo"] == again["photo"]
    assert HeldPhoto.objects.count() == 1
    with Image.open(io.BytesIO(bytes(HeldPhoto.objects.get().content))) as opened:
        assert not dict(opened.getexif())
    assert number_on(citizen.post("/report/", filled(**{"pass": own}, photo=first["photo"])))
    assert attachments_of(Item.objects.get().pk).count() == 1


def test_a_photo_of_another_form_is_nobodys(world: World, citizen: Client) -> None:
    theirs = citizen.post("/report/photos/", {"pass": a_pass(), "photo": snapshot()}).json()["photo"]
    send(citizen, photo=theirs)
    assert not attachments_of(Item.objects.get().pk).exists()
    assert HeldPhoto.objects.count() == 1


def _named(content: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


HOSTILE = {
    "a program": b"MZ\x90\x00" + b"\0" * 400,
    "a page": b"<script>alert(1)</script>" * 20,
    "half a picture": snapshot().getvalue()[:900],
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "nothing": b"",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_photo_is_refused_and_the_words_stay(
    world: World, citizen: Client, content: bytes
) -> None:
    response = citizen.post("/report/", filled(photos=[_named(content, "现场.jpg")]))
    assert response.status_code in (200, 422)
    if content:
        assert response.status_code == 422
        assert WORDS in told(response)
        assert (
            citizen.post("/report/photos/", {"pass": a_pass(), "photo": _named(content, "a.jpg")}).status_code
            == 422
        )
    assert not HeldPhoto.objects.exists()


def test_no_more_photos_than_the_form_takes(world: World, citizen: Client) -> None:
    many = [snapshot(size=(320, 200 + 8 * each)) for each in range(limits.PHOTOS + 2)]
    response = citizen.post("/report/", filled(photos=many))
    assert response.status_code == 422
    assert HeldPhoto.objects.count() == limits.PHOTOS


def test_a_body_too_large_is_refused_unread(world: World, citizen: Client) -> None:
    response = citizen.generic("POST", "/report/", b"", CONTENT_LENGTH=str(limits.BODY_BYTES + 1))
    assert response.status_code == 413


@pytest.mark.parametrize(
    "changes",
    [{"words": "!!!???。。。，，，"}, {"place": "", "region": ""}, {"topic": "weather"}, {"place": "长" * 201}, {"words": "长" * 2001}],
)  # fmt: skip
def test_what_is_missing_is_said_beside_its_field(
    world: World, citizen: Client, changes: dict[str, Any]
) -> None:
    response = citizen.post("/report/", filled(**changes))
    assert response.status_code == 422
    assert 'class="wrong"' in told(response)
    assert not Batch.objects.exists()


def test_letters_no_database_takes_do_no_harm(world: World, citizen: Client) -> None:
    send(citizen, words="楼道\x00着火\x1b隐患\u202e很大", place="幸福\x07路口")
    assert Item.objects.get().words == "楼道着火隐患很大"


def test_the_office_closes_the_intake_with_a_sentence(world: World, citizen: Client) -> None:
    set_policy(
        limits.INTAKE, "phone", effective_from=clock.today(), actor=world.actor("office"), basis="值班安排"
    )
    response = citizen.get("/report/")
    assert response.status_code == 503
    assert "12350" in told(response)
    assert citizen.post("/report/", filled()).status_code == 503
    assert citizen.post("/report/photos/", {"pass": a_pass(), "photo": snapshot()}).status_code == 503
    assert citizen.get("/report/progress/").status_code == 200
    assert not Batch.objects.exists()


def test_headers_and_cookies_of_a_page_for_everybody(world: World, citizen: Client) -> None:
    for address in ("/report/", "/report/progress/"):
        response = citizen.get(address)
        assert response["Cache-Control"] == "no-store"
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert set(response.cookies) <= {"bihuan_csrf"}
    citizen.post("/report/", filled())
    assert set(citizen.cookies) <= {"bihuan_csrf"}


def test_what_was_never_sent_goes_with_its_day(world: World, citizen: Client) -> None:
    citizen.post("/report/photos/", {"pass": a_pass(), "photo": snapshot()})
    send(citizen)
    ceilings.sweep()
    assert HeldPhoto.objects.exists()
    with clock.frozen(clock.now() + timedelta(days=2)):
        ceilings.sweep()
    assert not HeldPhoto.objects.exists()
    assert not Sent.objects.exists()
