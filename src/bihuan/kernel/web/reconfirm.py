"""A signature needs its owner at the keyboard: the password again, at most five minutes ago.

An unlocked office computer must not be able to sign in its user's name.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest

from bihuan.kernel import clock
from bihuan.kernel.people.actors import AT_THE_KEYBOARD

SESSION_KEY = "confirmed_at"
DEMO_KEY = "demo_opened"


def one_click(request: HttpRequest) -> bool:
    """Whether this is a demo role entered by the terminal's code: it has no password to ask for."""
    return bool(settings.BIHUAN_DEMO and request.session.get(DEMO_KEY))


def confirmed_at(request: HttpRequest) -> datetime | None:
    """When the person behind this session last showed to be there; for a demo role, this click."""
    if one_click(request):
        return clock.now()
    said = request.session.get(SESSION_KEY)
    return None if said is None else datetime.fromisoformat(said)


def recently_confirmed(request: HttpRequest) -> bool:
    """Whether the person behind this session has shown to be there within the last five minutes."""
    said = confirmed_at(request)
    return said is not None and timedelta(0) <= clock.now() - said <= AT_THE_KEYBOARD


def confirm(request: HttpRequest, password: str) -> bool:
    """Check the signed-in user's password and remember the moment; wrong ones count towards the lock-out."""
    if one_click(request):
        return True
    if not request.user.is_authenticated or not password:
        return False
    found = authenticate(request, username=request.user.get_username(), password=password)
    if found is None or found.pk != request.user.pk:
        return False
    request.session[SESSION_KEY] = clock.now().isoformat()
    return True
