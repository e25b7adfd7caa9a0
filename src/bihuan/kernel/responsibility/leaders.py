"""Which leader answers for many places at once: the last rung of the chain, for a whole ledger by two statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.responsibility.chain import Holder, leader_rung

Place = tuple[str, str]
"""Region path and sector path."""


def leaders_of(places: Iterable[Place], on: date) -> Mapping[Place, Holder]:
    """The leader's rung of each place on the day ``on``, the same as the chain of an object there ends with."""
    posts = list(Post.objects.filter(role=Role.LEADER).select_related("agency").order_by("-heads", "id"))
    return leader_rung(posts, set(places), on)
