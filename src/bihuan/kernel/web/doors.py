"""Pages that belong to certain posts: everybody else is told so, whatever the page would have shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES, Role
from bihuan.kernel.web.session import View, actor_for, signed_in

BUSINESS = frozenset(Role) - ADMIN_ROLES


def has_business(actor: Actor) -> bool:
    """Whether one of the actor's posts touches business matters; administrators' never do."""
    return bool(actor.roles & BUSINESS)


def only_for(roles: frozenset[Role]) -> Callable[[View], View]:
    """Only for holders of one of ``roles``; 403 for others, the sign-in page for strangers."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not actor_for(request).roles & roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return signed_in(guarded)

    return decorate
