"""Who lies near a matter beside its own unit and object: the tenures a kind of matter names in ``near()``."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from bihuan.kernel.people.models import Role


def office_over(region_path: str) -> Q:
    """The committee office of a place or of what lies around it: what waits for its hand it must hear of."""
    steps = region_path.rstrip(".").split(".")
    above = [".".join(steps[:depth]) + "." for depth in range(1, len(steps) + 1)]
    return Q(post__role=Role.OFFICE, post__region_path__in=above)


def units(agencies: Iterable[int]) -> Q:
    """Everybody of some units."""
    return Q(post__agency__in=list(agencies))


def posts(*keys: int | None) -> Q:
    """The holders of single posts."""
    return Q(post__in=[key for key in keys if key is not None])
