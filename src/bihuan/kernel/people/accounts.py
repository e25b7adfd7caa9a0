"""Accounts: opened and closed by the system administrator, who thereby gives nobody any right; rights come with posts."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from datetime import date

from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ApiToken, Person, Role, User
from bihuan.kernel.people.trail import note

_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{1,59}")
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def one_time_secret() -> str:
    """A password to be handed over once and changed at the first sign-in; no letter looks like another."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def open_account(
    by: Actor,
    username: str,
    *,
    name: str = "",
    phone: str = "",
    certificate_no: str = "",
    certificate_until: date | None = None,
    person: Person | None = None,
) -> tuple[User, str]:
    """Give a new person, or ``person`` who has none yet, an account; returns it with its one-time secret.

    Raises:
        Refused: not by the system administrator (``people.not_yours``), or with every reason found.
    """
    _only_system_admin(by)
    Refused.unless(_faults(username, name if person is None else person.name, person))
    secret = one_time_secret()
    with transaction.atomic():
        if person is None:
            person = Person.objects.create(
                name=name.strip(),
                phone=phone.strip(),
                certificate_no=certificate_no.strip(),
                certificate_until=certificate_until,
            )
        user = User(username=username.strip(), person=person, must_change_password=True)
        user.set_password(secret)
        try:
            with transaction.atomic():
                user.save(force_insert=True)
        except IntegrityError as reason:
            raise Refused.because(
                "people.account_exists", f"账号“{username}”已有人使用，请换一个", "username"
            ) from reason
        note(_locked(person), "account_opened", by, {"name": person.name, "username": user.username})
    return user, secret


def register_person(by: Actor, name: str, *, phone: str = "", certificate_no: str = "") -> Person:
    """Know a person who needs no account, such as the head of an enterprise; it gives no right.

    Raises:
        Refused: by nobody who keeps people (``people.not_yours``), or no name.
    """
    if not (by.is_system or by.holds(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)):
        raise Refused.because("people.not_yours", "人员由系统管理员和安全管理员登记", "name")
    if not name.strip():
        raise Refused.because("people.no_name", "请填写姓名", "name")
    with transaction.atomic():
        person = Person.objects.create(
            name=name.strip(), phone=phone.strip(), certificate_no=certificate_no.strip()
        )
        note(_locked(person), "person_registered", by, {"name": person.name})
    return person


def _faults(username: str, name: str, person: Person | None) -> Iterator[Failure]:
    if not name.strip():
        yield Failure("people.no_name", "请填写姓名", "name")
    if not _ACCOUNT.fullmatch(username.strip()):
        yield Failure(
            "people.bad_username", "账号须为 2 到 60 个字母、数字或 . _ @ -，例如 zhangwei", "username"
        )
    if User.objects.filter(username__iexact=username.strip()).exists():
        yield Failure("people.account_exists", f"账号“{username.strip()}”已有人使用，请换一个", "username")
    if person is not None and User.objects.filter(person=person).exists():
        yield Failure("people.has_account", f"{person.name}已有账号，一人一个账号")


def close_account(user: User, by: Actor, reason: str) -> None:
    """Shut an account: no sign-in, no token. What its owner did stays signed by its owner.

    Raises:
        Refused: not by the system administrator, one's own account, or no reason.
    """
    _only_system_admin(by)
    if user.pk == by.id:
        raise Refused.because("people.own_account", "不能停用自己的账号，请由另一位系统管理员办理")
    if not reason.strip():
        raise Refused.because("people.no_reason", "请写明停用的原因，例如“调离”", "reason")
    with transaction.atomic():
        person = _locked(user.person)
        if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            note(person, "account_closed", by, {"username": user.username, "reason": reason.strip()[:200]})
    user.is_active = False


def reopen_account(user: User, by: Actor) -> str:
    """Open a closed account again, with a new one-time secret.

    Raises:
        Refused: not by the system administrator.
    """
    _only_system_admin(by)
    with transaction.atomic():
        person = _locked(user.person)
        secret = _new_secret(user)
        note(person, "account_reopened", by, {"username": user.username})
    return secret


def reset_password(user: User, by: Actor) -> str:
    """Set a one-time secret for somebody who forgot theirs; all their sessions and tokens end with the old password.

    Raises:
        Refused: not by the system administrator, one's own, or a closed account.
    """
    _only_system_admin(by)
    if user.pk == by.id:
        raise Refused.because("people.own_account", "自己的密码请在“修改密码”中更改")
    if not user.is_active:
        raise Refused.because("people.account_closed", f"账号“{user.username}”已停用，请先恢复")
    with transaction.atomic():
        person = _locked(user.person)
        secret = _new_secret(user)
        revoked = ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=clock.now())
        note(person, "password_reset", by, {"username": user.username, "tokens_revoked": revoked})
    return secret


def revoke_token(token: ApiToken, by: Actor) -> None:
    """Let a bearer token open nothing from this moment on.

    Raises:
        Refused: not by the system administrator.
    """
    _only_system_admin(by)
    with transaction.atomic():
        person = _locked(token.user.person)
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now()):
            payload = {"username": token.user.username, "token": token.pk, "scope": token.scope}
            note(person, "token_revoked", by, payload)


def _new_secret(user: User) -> str:
    secret = one_time_secret()
    user.set_password(secret)
    user.is_active, user.must_change_password = True, True
    user.save(update_fields=["password", "is_active", "must_change_password"])
    return secret


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)


def _only_system_admin(by: Actor) -> None:
    if not (by.is_system or by.holds(Role.SYSTEM_ADMIN)):
        raise Refused.because("people.not_yours", "账号由系统管理员开立和停用")
