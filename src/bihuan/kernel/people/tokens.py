"""API tokens: shown once, kept as a hash, revocable, dated."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta

from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor, actor_of
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
    token = (
        ApiToken.objects.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()))
        .filter(digest=_digest(secret), revoked_at=None, user__is_active=True)
        .select_related("user__person")
        .first()
    )
    if token is None:
        return None
    actor = actor_of(token.user, origin="api")
    return replace(actor, token_scope=token.scope, confirmed="sign" in token.scope.split())
