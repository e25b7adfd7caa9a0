"""What hangs under 举报投诉: items, batches, the ledger with its totals, and what waits for an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bihuan.capabilities.tipoffs.hands import READERS, WHOLE
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts

ITEMS, BATCHES, LEDGER = "/tipoffs/", "/tipoff-batches/", "/tipoffs/ledger/"
REGISTER, POSTER = "/tipoffs/register/", "/tipoffs/poster/"
LABEL = "举报投诉"
OFFICE_ONLY = frozenset({Role.OFFICE})
_TABS = (
    (ITEMS, "举报件", READERS), (REGISTER, "登记举报", OFFICE_ONLY), (BATCHES, "批次", WHOLE),
    (LEDGER, "统计台账", WHOLE), (POSTER, "举报海报", OFFICE_ONLY),
)  # fmt: skip


def tabs(here: str) -> Callable[[Actor], Sequence[parts.Tab]]:
    """The strip, with the page at ``here`` marked; a handling unit has the items referred to it."""
    return lambda actor: [
        parts.Tab(label, href, current=href == here) for href, label, roles in _TABS if actor.roles & roles
    ]


def entry(actor: Actor) -> parts.Link | None:
    """The place in the navigation; none for an enterprise."""
    return parts.Link(LABEL, ITEMS, "bell", also=(BATCHES,)) if actor.roles & READERS else None
