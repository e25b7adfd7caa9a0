"""From a browser session to the actor, once per request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from bihuan.kernel.people.actors import Actor, actor_of
from bihuan.kernel.people.models import User
from bihuan.kernel.uid import uuid7
from bihuan.kernel.web.reconfirm import confirmed_at

View = Callable[..., HttpResponseBase]
READING = frozenset({"GET", "HEAD", "OPTIONS"})
ACTED = "acted"


def actor_for(request: HttpRequest) -> Actor:
    """Who acts in this request, with the posts held today, and when they last gave the password: in this very request
    perhaps, so that alone is asked anew each time."""
    held = getattr(request, "_bihuan_actor", None)
    if held is None:
        held = actor_of(cast(User, request.user))
        request._bihuan_actor = held  # type: ignore[attr-defined]
        if request.method not in READING:
            request.session[ACTED] = uuid7().hex
    return replace(cast(Actor, held), confirmed_at=confirmed_at(request))


def mark_of(request: HttpRequest) -> str:
    """Another as soon as this user has done something on a page, in whatever process: what was counted before is old."""
    return f"{request.session.session_key}/{request.session.get(ACTED, '')}"


def signed_in(view: View) -> View:
    """Only for signed-in users; everybody else is led to the door and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def lazy_actor(request: HttpRequest) -> Any:
    """The actor for templates, not loaded before it is looked at."""
    return SimpleLazyObject(lambda: actor_for(request))
