"""Whose page is whose: every page of no loop, for every role."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.conftest import SignIn
from tests.world import World

BUSINESS = ("leader", "office", "regulator", "officer", "clerk_east", "grid", "expert", "principal", "safety")
ADMINS = ("system_admin", "security_admin", "auditor")
FOR_BUSINESS = ("/figures/", "/figures/export.xlsx", "/filings/", "/enterprises/", "/enterprises/export.xlsx")
FOR_KEEPERS = ("/people/", "/setup/", "/people/suggest/?q=钱")
FOR_AUDITORS = ("/record/",)


def status_of(client: Client, page: str) -> int:
    """The answer's status; a file on its way is let go."""
    answer = client.get(page)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


@pytest.mark.parametrize("name", [*BUSINESS, *ADMINS])
def test_each_role_opens_its_own_pages_and_no_others(world: World, sign_in: SignIn, name: str) -> None:
    client = sign_in(name)
    keeper = name in ("system_admin", "security_admin")
    for page in FOR_BUSINESS:
        assert status_of(client, page) == (200 if name in BUSINESS else 403), page
    for page in FOR_KEEPERS:
        assert status_of(client, page) == (200 if keeper else 403), page
    for page in FOR_AUDITORS:
        assert status_of(client, page) == (200 if name == "auditor" else 403), page
    assert client.get("/notices/").status_code == 200


@pytest.mark.parametrize("page", ["/", "/notices/", *FOR_BUSINESS, *FOR_KEEPERS, *FOR_AUDITORS])
def test_a_stranger_is_led_to_the_door(world: World, page: str) -> None:
    answer = Client().get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


def test_administrators_begin_where_their_duty_lies(world: World, sign_in: SignIn) -> None:
    assert sign_in("system_admin").get("/")["Location"] == "/people/"
    assert sign_in("security_admin").get("/")["Location"] == "/people/"
    assert sign_in("auditor").get("/")["Location"] == "/record/"


def test_who_holds_no_post_is_told_so(world: World, sign_in: SignIn) -> None:
    from bihuan.kernel.people.models import Tenure

    Tenure.objects.filter(person=world.user("expert").person).delete()
    assert "您现在没有任职" in sign_in("expert").get("/").content.decode()


@pytest.mark.parametrize(
    "page",
    ["/record/verify/", "/filings/remind/", "/notices/read/", "/people/accounts/new/", "/people/posts/new/"],
)
def test_a_change_without_the_forms_token_is_refused(world: World, page: str) -> None:
    for name in ("auditor", "office", "system_admin", "security_admin"):
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.user(name), backend="django.contrib.auth.backends.ModelBackend")
        assert client.post(page).status_code == 403


@pytest.mark.parametrize("page", ["/record/verify/", "/filings/remind/", "/notices/read/"])
def test_nothing_changes_by_following_a_link(world: World, sign_in: SignIn, page: str) -> None:
    name = "auditor" if page.startswith("/record") else "office"
    assert sign_in(name).get(page).status_code == 405
