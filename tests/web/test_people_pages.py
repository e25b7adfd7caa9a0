"""Accounts, posts and tenures: two administrators, neither for oneself, every change on the record."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from bihuan.kernel import clock
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.people.models import ApiToken, Post, Role, Tenure, User
from bihuan.kernel.people.tokens import actor_by_token, issue_token
from bihuan.kernel.people.trail import number_of, trail_of
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.signatures import keyring
from bihuan.kernel.signatures.models import PersonKey
from bihuan.kernel.territory.models import Regulation, Sector
from tests.web.conftest import SignIn
from tests.world import World


def verbs(subject: object) -> list[str]:
    return [entry.verb for entry in entries_of(trail_of(number_of(subject)))]  # type: ignore[arg-type]


def post_of(world: World, name: str) -> Post:
    return Post.objects.get(tenures__person=world.user(name).person)


def test_a_new_account_gets_a_secret_shown_once_and_no_right(world: World, sign_in: SignIn) -> None:
    client = sign_in("system_admin")
    answer = client.post("/people/accounts/new/", {"name": "施新", "username": "shixin"})
    secret = re.search(r'<p class="secret"[^>]*>([^<]+)</p>', answer.content.decode())
    assert answer.status_code == 200
    assert secret is not None
    user = User.objects.get(username="shixin")
    assert user.check_password(secret.group(1))
    assert user.must_change_password
    assert "no-store" in answer["Cache-Control"]
    assert verbs(user.person) == ["account_opened"]
    assert secret.group(1) not in str(
        [entry.payload_text for entry in entries_of(trail_of(number_of(user.person)))]
    )
    assert secret.group(1) not in client.get(f"/people/persons/{user.person_id}/").content.decode()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": "", "username": "someone"}, "请填写「"),
        ({"name": "某人", "username": "中文名"}, "账号须为"),
        ({"name": "某人", "username": "OFFICE"}, "已有人使用"),
    ],
)
def test_a_wrong_account_is_refused_in_words(
    world: World, sign_in: SignIn, given: dict[str, str], says: str
) -> None:
    answer = sign_in("system_admin").post("/people/accounts/new/", given)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_accounts_are_the_system_administrators_and_posts_the_security_administrators(
    world: World, sign_in: SignIn
) -> None:
    person, post = world.user("expert").person_id, post_of(world, "expert").pk
    assert sign_in("security_admin").get("/people/accounts/new/").status_code == 403
    assert sign_in("security_admin").post(f"/people/persons/{person}/reset-password/").status_code == 403
    assert sign_in("system_admin").get("/people/posts/new/").status_code == 403
    assert sign_in("system_admin").post(f"/people/posts/{post}/begin/").status_code == 403
    assert sign_in("office").get(f"/people/persons/{person}/").status_code == 403


def test_a_change_of_rights_needs_the_password_again(world: World, sign_in: SignIn) -> None:
    client = sign_in("system_admin")
    session = client.session
    del session["confirmed_at"]
    session.save()
    answer = client.post("/people/accounts/new/", {"name": "施新", "username": "shixin"})
    assert answer.status_code == 422
    assert not User.objects.filter(username="shixin").exists()


def test_a_closed_account_opens_nothing(world: World, sign_in: SignIn) -> None:
    user = world.user("clerk_west")
    theirs = sign_in("clerk_west")
    secret = issue_token(user)
    answer = sign_in("system_admin").post(f"/people/persons/{user.person_id}/close/", {"reason": "调离"})
    assert answer.status_code == 302
    assert theirs.get("/").status_code == 302
    assert actor_by_token(secret) is None
    assert verbs(user.person) == ["account_closed"]


def test_an_administrator_does_not_close_his_own_account(world: World, sign_in: SignIn) -> None:
    own = world.user("system_admin")
    answer = sign_in("system_admin").post(f"/people/persons/{own.person_id}/close/", {"reason": "试试"})
    assert answer.status_code == 422
    assert "不能停用自己的账号" in answer.content.decode()


def test_a_reset_password_ends_sessions_and_tells_the_owner(world: World, sign_in: SignIn) -> None:
    user = world.user("officer")
    theirs = sign_in("officer")
    answer = sign_in("system_admin").post(f"/people/persons/{user.person_id}/reset-password/")
    secret = re.search(r'<p class="secret"[^>]*>([^<]+)</p>', answer.content.decode())
    assert secret is not None
    assert theirs.get("/").status_code == 302
    again = Client()
    again.force_login(User.objects.get(pk=user.pk), backend="django.contrib.auth.backends.ModelBackend")
    assert again.get("/")["Location"] == "/password/"
    assert user.person.notices.get().urgent
    assert verbs(user.person) == ["password_reset"]


def test_a_token_is_revoked(world: World, sign_in: SignIn) -> None:
    secret = issue_token(world.user("office"), scope="read")
    token = ApiToken.objects.get()
    client = sign_in("system_admin")
    assert "撤销" in client.get("/people/?tab=tokens").content.decode()
    assert client.post(f"/people/tokens/{token.pk}/revoke/").status_code == 302
    assert actor_by_token(secret) is None
    assert verbs(world.user("office").person) == ["token_revoked"]


def test_the_list_of_tokens_says_which_of_them_write(world: World, sign_in: SignIn) -> None:
    for scope in ("", "read", "sign", "metrics"):
        issue_token(world.user("office"), scope=scope)
    page = sign_in("system_admin").get("/people/?tab=tokens").content.decode()
    for words in ("办理（不签名）", "只读", "办理并签名", "读运行指标"):
        assert page.count(words) == 1, words


def test_a_post_is_set_up_and_given_and_ended(world: World, sign_in: SignIn) -> None:
    client = sign_in("security_admin")
    given = {
        "title": "安监站副站长",
        "role": "town",
        "agency": world.east_government.pk,
        "region": world.east.pk,
    }
    assert client.post("/people/posts/new/", given).status_code == 302
    post = Post.objects.get(title="安监站副站长")
    assert post.region_path == world.east.path
    tenure = {"person": "expert", "since": clock.today().isoformat()}
    Tenure.objects.filter(person=world.user("expert").person).delete()
    assert client.post(f"/people/posts/{post.pk}/begin/", tenure).status_code == 302
    assert world.actor("expert").covers(frozenset({Role.TOWN}), world.east.path, "", None, None)
    held = post.tenures.get()
    early = client.post(f"/people/tenures/{held.pk}/end/", {"until": clock.today().isoformat()})
    assert early.status_code == 422
    assert "离任日期须晚于任职日期" in early.content.decode()
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert client.post(f"/people/tenures/{held.pk}/end/", {"until": tomorrow}).status_code == 302
    assert verbs(post) == ["post_created", "tenure_begun", "tenure_ended"]
    assert verbs(world.user("expert").person) == ["tenure_begun", "tenure_ended"]


def begin(client: Client, post: Post, person: str) -> str:
    answer = client.post(
        f"/people/posts/{post.pk}/begin/", {"person": person, "since": clock.today().isoformat()}
    )
    assert answer.status_code == 422
    return answer.content.decode()


def test_one_post_has_one_holder_at_a_time(world: World, sign_in: SignIn) -> None:
    page = begin(sign_in("security_admin"), post_of(world, "office"), "office_two")
    assert "一个岗位同时只能一人" in page


def test_nobody_is_two_administrators_or_one_with_business(world: World, sign_in: SignIn) -> None:
    client = sign_in("security_admin")
    free = Post.objects.create(title="审计管理员（备）", role=Role.AUDITOR)
    assert "三种管理员须由不同的人担任" in begin(client, free, "system_admin")
    assert "不得兼任业务岗位" in begin(client, free, "office")
    seat = Post.objects.create(title="科员", role=Role.OFFICE, agency=world.office, region=world.district)
    assert "不得兼任业务岗位" in begin(client, seat, "auditor")
    assert "不能给自己任职" in begin(client, seat, "security_admin")
    assert "没有叫" in begin(client, seat, "无此人")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"title": "站长", "role": "town", "agency": "", "region": ""}, "须指明辖区"),
        ({"title": "总经理", "role": "principal", "object": ""}, "须指明是哪一家单位"),
        ({"title": "总经理", "role": "principal", "object": "没有的厂"}, "没有登记过"),
        ({"title": "", "role": "office"}, "请填写「"),
    ],
)
def test_an_unplaced_post_is_refused(world: World, sign_in: SignIn, given: dict[str, str], says: str) -> None:
    answer = sign_in("security_admin").post("/people/posts/new/", given)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_lists_are_searched_and_vacancies_shown(world: World, sign_in: SignIn) -> None:
    Tenure.objects.filter(person=world.user("clerk_west").person).delete()
    client = sign_in("security_admin")
    page = client.get("/people/?tab=posts").content.decode()
    assert "空缺" in page
    found = client.get("/people/?tab=posts&q=应急管理局").content.decode()
    assert "工贸科科长" in found
    assert "质安科科长" not in found
    name = world.user("builder").person.name
    persons = client.get(f"/people/?tab=persons&q={name}").content.decode()
    assert "builder" in persons
    assert f"{name}｜builder" in client.get(f"/people/suggest/?q={name}").content.decode()


def test_the_trail_of_a_person_reads_in_the_record(world: World, sign_in: SignIn) -> None:
    user = world.user("clerk_west")
    sign_in("system_admin").post(f"/people/persons/{user.person_id}/close/", {"reason": "调离"})
    page = sign_in("auditor").get(f"/record/?q=person/{user.person_id}").content.decode()
    assert "停用账号" in page


def test_a_signing_key_is_ended_by_the_security_administrator_and_its_owner_told(
    world: World, sign_in: SignIn
) -> None:
    keyring.forget()
    person = world.user("clerk_east").person
    page, address = f"/people/persons/{person.pk}/", f"/people/persons/{person.pk}/revoke-key/"
    client = sign_in("security_admin")
    assert "首次签名时生成" in client.get(page).content.decode()
    assert address not in client.get(page).content.decode()
    fingerprint = keyring.key_of(person.pk).fingerprint
    assert fingerprint in client.get(page).content.decode()
    assert address in client.get(page).content.decode()
    assert sign_in("system_admin").post(address, {"reason": "密码被人看到"}).status_code == 403
    for wrong in ({"reason": ""}, {"reason": "密码被人看到", "doubted_since": "昨天"}):
        assert client.post(address, wrong).status_code == 422
    said = {"reason": "密码被人看到", "doubted_since": "2026-01-05T09:00"}
    assert client.post(address, said).status_code == 302
    key = PersonKey.objects.get(fingerprint=fingerprint)
    assert key.revoked_at is not None
    assert verbs(person) == ["key_revoked"]
    assert Notice.objects.filter(person=person.pk, text__contains="签名密钥已由").exists()
    assert client.post(address, said).status_code == 422
    assert "此前停用 1 把" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("more", "reaches"), [({}, ["工贸"]), ({"whole": "on"}, [])], ids=["unsaid", "whole"]
)
def test_a_regulators_post_reaches_no_further_than_the_bureau_unless_it_is_said(
    world: World, sign_in: SignIn, more: dict[str, str], reaches: list[str]
) -> None:
    given = {
        "title": "粉尘监管科员",
        "role": "regulator",
        "agency": world.bureau.pk,
        "region": world.district.pk,
    }
    assert sign_in("security_admin").post("/people/posts/new/", {**given, **more}).status_code == 302
    post = Post.objects.get(title="粉尘监管科员")
    assert [Sector.objects.get(path=path).name for path in post.sector_paths] == reaches


def test_a_bureau_without_sectors_is_asked_which_the_post_is_for(world: World, sign_in: SignIn) -> None:
    Regulation.objects.filter(agency=world.bureau).delete()
    given = {"title": "科员", "role": "regulator", "agency": world.bureau.pk, "region": world.district.pk}
    answer = sign_in("security_admin").post("/people/posts/new/", given)
    assert answer.status_code == 422
    assert "没有登记主管的行业领域" in answer.content.decode()
    assert not Post.objects.filter(title="科员").exists()
