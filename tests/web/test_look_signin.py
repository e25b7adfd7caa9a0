"""The way in: nobody without a password, nobody after five wrong ones, nobody by a link from elsewhere."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory

from bihuan.kernel import clock
from bihuan.kernel.clock import SHANGHAI
from bihuan.kernel.people.models import Person, Post, Role, Tenure, User
from bihuan.kernel.territory.trees import found_district
from bihuan.kernel.web import reconfirm

pytestmark = pytest.mark.django_db

PASSWORD = "qing-shi-2023-6"
DOOR = "/sign-in/"
CODE = "413207"


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any) -> None:
    """Argon2 is slow on purpose; these tests are about doors."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def make_user(username: str, role: Role, *, must_change: bool = False) -> User:
    person = Person.objects.create(name=f"某{username}")
    user = User(username=username, person=person, must_change_password=must_change)
    user.set_password(PASSWORD)
    user.save()
    post = Post.objects.create(title="科员", role=role)
    Tenure.objects.create(post=post, person=person, since=date(2020, 1, 1))
    return user


@pytest.fixture
def clerk() -> User:
    found_district("370491", "云栖区")
    return make_user("zhou", Role.OFFICE)


@pytest.fixture
def demo(settings: Any) -> None:
    settings.BIHUAN_DEMO = True
    settings.BIHUAN_DEMO_CODE = CODE


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post(DOOR, {"username": "zhou", "password": password, **more})


def test_the_right_password_opens(client: Client, clerk: User) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(clerk.pk)


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client: Client, clerk: User) -> None:
    wrong = sign_in(client, "x")
    unknown = client.post(DOOR, {"username": "wang", "password": "x"})
    assert wrong.status_code == unknown.status_code == 422
    sentence = "账号或密码不对，请核对后重输"
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()


def test_five_wrong_passwords_lock_even_the_right_one(client: Client, clerk: User) -> None:
    for _ in range(5):
        answer = sign_in(client, "x")
    assert answer.status_code == 429
    locked = sign_in(client)
    assert locked.status_code == 429
    assert "15 分钟" in locked.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_old_password_is_not_guessed_on_the_page_that_changes_it(client: Client, clerk: User) -> None:
    """Whoever finds a browser signed in gets as many tries as a stranger at the door."""
    sign_in(client)
    fresh = "另一个很长的口令-2031"
    guess = {"old_password": "猜的", "new_password1": fresh, "new_password2": fresh}
    assert [client.post("/password/", guess).status_code for _ in range(5)] == [422] * 4 + [429]
    right = {**guess, "old_password": PASSWORD}
    assert client.post("/password/", right).status_code == 429
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_the_way_back_stays_on_this_site(client: Client, clerk: User) -> None:
    assert sign_in(client, next="/hazards/?state=open")["Location"] == "/hazards/?state=open"
    client.logout()
    assert sign_in(client, next="https://example.com/")["Location"] == "/"
    client.logout()
    assert sign_in(client, next="//example.com/")["Location"] == "/"


def test_no_form_works_without_its_token(clerk: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', strict.get(DOOR).content.decode())
    assert token is not None
    assert sign_in(strict, csrfmiddlewaretoken=token[1]).status_code == 302
    assert strict.post("/sign-out/").status_code == 403


def test_signing_out_is_a_deed_and_not_a_link(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == DOOR
    assert "_auth_user_id" not in client.session


def test_a_password_of_somebody_elses_making_opens_only_its_own_change(client: Client) -> None:
    user = make_user("zhou", Role.OFFICE, must_change=True)
    sign_in(client)
    assert client.get("/hazards/")["Location"] == "/password/"
    fresh = "lan-tian-bai-yun-8"
    answer = client.post(
        "/password/", {"old_password": PASSWORD, "new_password1": fresh, "new_password2": fresh}
    )
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.check_password(fresh)
    assert not user.must_change_password
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("fresh", ["short1", "12345678901", "password123", "zhou"])
def test_weak_passwords_are_refused_in_words(client: Client, clerk: User, fresh: str) -> None:
    client.force_login(clerk)
    answer = client.post(
        "/password/", {"old_password": PASSWORD, "new_password1": fresh, "new_password2": fresh}
    )
    assert answer.status_code == 422
    assert re.search(r"新密码(太短|不能全是数字|太常见|和您的)", answer.content.decode())
    assert "This password" not in answer.content.decode()


def test_every_page_forbids_foreign_and_inline_code(client: Client, clerk: User) -> None:
    policy = client.get(DOOR)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert (
        client.get(DOOR)["Cache-Control"].startswith("max-age=0")
        or "no-store" in client.get(DOOR)["Cache-Control"]
    )


def test_the_demo_opens_its_roles_only_behind_the_code(client: Client, clerk: User, demo: None) -> None:
    assert "zhou" not in client.get(DOOR).content.decode()
    assert client.post(DOOR, {"role": "zhou"}).status_code == 422
    assert client.post(DOOR, {"code": "000000"}).status_code == 422
    assert client.post(DOOR, {"code": CODE}).status_code == 302
    assert 'value="zhou"' in client.get(DOOR).content.decode()
    assert client.post(DOOR, {"role": "zhou"})["Location"] == "/"
    assert client.session["_auth_user_id"] == str(clerk.pk)


def test_the_demo_code_cannot_be_tried_for_ever(client: Client, clerk: User, demo: None) -> None:
    answers = [client.post(DOOR, {"code": "000000"}).status_code for _ in range(6)]
    assert answers[-1] == 429
    assert client.post(DOOR, {"code": CODE}).status_code == 429


def test_the_demo_changes_roles_by_one_click(client: Client, clerk: User, demo: None) -> None:
    make_user("liu", Role.AUDITOR)
    client.post(DOOR, {"code": CODE})
    client.post(DOOR, {"role": "zhou"})
    client.post("/sign-out/")
    client.post(DOOR, {"role": "liu"})
    assert client.session["_auth_user_id"] == str(User.objects.get(username="liu").pk)


def test_a_role_nobody_offered_is_not_entered(client: Client, clerk: User, demo: None) -> None:
    second = make_user("wu", Role.OFFICE)
    client.post(DOOR, {"code": CODE})
    client.post(DOOR, {"role": second.username})
    assert "_auth_user_id" not in client.session


def test_one_click_does_not_exist_outside_the_demo(client: Client, clerk: User) -> None:
    client.post(DOOR, {"code": CODE})
    client.post(DOOR, {"role": "zhou"})
    assert "_auth_user_id" not in client.session


@pytest.fixture
def request_of(rf: RequestFactory, clerk: User) -> Any:
    request = rf.post("/")
    request.user = clerk
    request.session = SessionStore()
    return request


def test_a_signature_needs_the_password_of_the_last_five_minutes(request_of: Any) -> None:
    noon = datetime(2023, 6, 30, 12, 0, tzinfo=SHANGHAI)
    with clock.frozen(noon):
        assert not reconfirm.recently_confirmed(request_of)
        assert not reconfirm.confirm(request_of, "x")
        assert not reconfirm.recently_confirmed(request_of)
        assert reconfirm.confirm(request_of, PASSWORD)
    with clock.frozen(noon + timedelta(minutes=5)):
        assert reconfirm.recently_confirmed(request_of)
    with clock.frozen(noon + timedelta(minutes=5, seconds=1)):
        assert not reconfirm.recently_confirmed(request_of)


def test_wrong_passwords_at_a_signature_count_towards_the_lock(request_of: Any) -> None:
    for _ in range(5):
        assert not reconfirm.confirm(request_of, "x")
    assert not reconfirm.confirm(request_of, PASSWORD)
