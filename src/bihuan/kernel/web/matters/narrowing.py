"""What lists of matters are narrowed by, alike in every room: a day, a place, a unit; each the only way in to its column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from bihuan.kernel import campaigns
from bihuan.kernel.loops.declaration import State
from bihuan.kernel.territory.meant import region_meant
from bihuan.kernel.territory.models import Agency, Region
from bihuan.kernel.territory.trees import towns


def on_day(lookup: str) -> Callable[[str], Q]:
    """A filter by a day written as ISO 8601, with a column's lookup (``found_on__gte``).

    Raises:
        ValueError: the text is no day (from the function returned; the list says so to the reader).
    """
    return lambda text: Q(**{lookup: date.fromisoformat(text)})


def of_object(text: str) -> Q:
    """What concerns one supervised object, by its key.

    Raises:
        ValueError: the text is no key; the database would only find out when the rows are read.
    """
    return Q(object=UUID(text))


def of_campaign(name: str) -> Q:
    """What carries a campaign's tag, under whichever of its names."""
    return campaigns.tagged(name)


def in_state(*states: State) -> Callable[[], Q]:
    """The condition of a tab that holds what stands in one of ``states``."""
    values = [state.value for state in states]
    return lambda: Q(state=values[0]) if len(values) == 1 else Q(state__in=values)


def within_region(path: str) -> Q:
    """Matters in a region and all below it.

    Raises:
        ValueError: there is no region with this path.
    """
    if not Region.objects.filter(path=path).exists():
        raise ValueError(path)
    return Q(region_path__startswith=path)


def region_path(text: str) -> str:
    """The path of a region by its name or code; paths and unknown words stay as they are."""
    found = None if text.endswith(".") else region_meant(text)
    return found.path if found is not None else text


def town_choices() -> Sequence[tuple[str, str]]:
    """The towns by path and name, in their official order."""
    return [(town.path, town.name) for town in towns()]


def unit_choices() -> Sequence[tuple[str, str]]:
    """The agencies that exist, by key and name, in their official order."""
    listed = Agency.objects.filter(until=None).order_by("kind", "order", "id").values_list("pk", "name")
    return [(str(pk), name) for pk, name in listed]
