"""API tokens: shown once, kept as a hash, revocable, dated."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor, bearer_of
from bihuan.kernel.people.models import ApiToken, User


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def issue_token(user: User, *, days: int | None = 90, scope: str = "") -> str:
    """Make a token for ``user`` and return its secret, which is never shown again."""
    secret = "bh_" + secrets.token_urlsafe(32)
    expires = clock.now() + timedelta(days=days) if days else None
    ApiToken.objects.create(user=user, digest=_digest(secret), scope=scope, expires_at=expires)
    return secret


def actor_by_token(secret: str) -> Actor | None:
    """The actor a bearer token stands for; None when it is unknown, revoked or expired."""
    bearer = bearer_of(_digest(secret))
    if bearer is None or "sign" not in (bearer.token_scope or "").split():
        return bearer
    return bearer.confirmed_now()
