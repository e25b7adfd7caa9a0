"""API tokens: shown once, kept as a hash, revocable, dated."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta

from django.db import connection

from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor, actor_of_ids
from bihuan.kernel.people.models import ApiToken, User


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def issue_token(user: User, *, days: int | None = 90, scope: str = "") -> str:
    """Make a token for ``user`` and return its secret, which is never shown again."""
    secret = "bh_" + secrets.token_urlsafe(32)
    expires = clock.now() + timedelta(days=days) if days else None
    ApiToken.objects.create(user=user, digest=_digest(secret), scope=scope, expires_at=expires)
    return secret


_BEARER = """
SELECT u.id, u.person_id, k.scope FROM people_apitoken k JOIN people_user u ON u.id = k.user_id
 WHERE k.digest = %s AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > %s) AND u.is_active
"""


def actor_by_token(secret: str) -> Actor | None:
    """The actor a bearer token stands for; None when it is unknown, revoked or expired."""
    with connection.cursor() as cursor:
        cursor.execute(_BEARER, [_digest(secret), clock.now()])
        found = cursor.fetchone()
    if found is None:
        return None
    user_id, person_id, scope = found
    actor = actor_of_ids(user_id, person_id, origin="api")
    bearer = replace(actor, token_scope=scope)
    return bearer.confirmed_now() if "sign" in scope.split() else bearer
