"""The answer to a sent form, locked under the secret of its page: whoever sends the same form again is told the same.

The number is kept nowhere in the clear, so a network that drops the answer must not cost the citizen the receipt. Without
the page's secret these rows open nothing, and they go within a day.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from bihuan.capabilities.tipoffs.public.models import Sent
from bihuan.capabilities.tipoffs.public.tokens import Pass
from bihuan.kernel import clock
from bihuan.kernel.crypto import sm3, sm4

_ROOM = 7_702_006


def alone(form: UUID) -> None:
    """Let one transaction at a time send a form; the second waits and finds the answer of the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_ROOM, form.hex])


def told(given: Pass) -> str | None:
    """What this form was answered, if it was sent before."""
    row = Sent.objects.filter(pk=given.form).first()
    if row is None:
        return None
    try:
        return sm4.open_sealed(_key(given), bytes(row.answer), given.form.bytes).decode()
    except sm4.Locked:
        return None


def keep(given: Pass, answer: str) -> None:
    """Remember the answer for this page alone."""
    locked = sm4.seal(_key(given), answer.encode(), given.form.bytes)
    Sent.objects.create(form=given.form, answer=locked, at=clock.now())


def _key(given: Pass) -> bytes:
    return sm3.digest(b"tipoff.answer.1:" + given.secret.encode() + given.form.bytes)[: sm4.KEY_SIZE]
