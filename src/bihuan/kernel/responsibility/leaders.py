"""Which leader answers for many places at once: the last rung of the chain, for a whole ledger by a few statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bihuan.kernel.responsibility.ground import Ground
from bihuan.kernel.responsibility.holders import Telling
from bihuan.kernel.responsibility.rungs import Holder, Level

Place = tuple[str, str]
"""Region path and sector path."""


def leaders_of(places: Iterable[Place], on: date) -> Mapping[Place, Holder]:
    """The leader's rung of each place on the day ``on``, the same as the chain of an object there ends with, unless a
    leader is paired with the very object."""
    ground = Ground(on)
    chosen = {place: ground.leader(*place, ground.regulator(place[1], None)[0]) for place in set(places)}
    told = Telling(on, chosen.values())
    return {place: told(Level.LEADER, choice) for place, choice in chosen.items()}
