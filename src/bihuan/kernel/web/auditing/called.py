"""What the numbers of the record's chains are called: an auditor reads a name, and the number small beneath it.

The names are those that the entries carry anyway; a number whose row is gone stands as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.people.models import Person, Post
from bihuan.kernel.policies.declarations import declarations
from bihuan.kernel.territory.models import Agency

Called = Callable[[Sequence[str]], Mapping[str, str]]
"""The numbers of one kind on a page -> what they are called; as many statements for a thousand as for one."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a number's rows lie, which field names them, which the number is made of, and the words around the name."""

    model: type[Model]
    name: str = "name"
    key: str = "pk"
    words: str = "{}"

    def names(self, keys: Collection[str]) -> Mapping[str, str]:
        """The names by the text of their keys; a key that cannot be one of this model is nobody's."""
        rows = self.model._default_manager.filter(
            **{f"{self.key}__in": [each for each in keys if self._fits(each)]}
        )
        return {str(key): self.words.format(name) for key, name in rows.values_list(self.key, self.name)}

    def _fits(self, text: str) -> bool:
        name = self.model._meta.pk.name if self.key == "pk" else self.key
        field: Field[Any, Any] = self.model._meta.get_field(name)  # type: ignore[assignment]
        try:
            field.to_python(text)
        except (ValueError, ValidationError):
            return False
        return True


def nobody_called(numbers: Sequence[str]) -> Mapping[str, str]:
    """Numbers that already say what they are."""
    return {}


def rows_called(shelves: Mapping[str, Shelf]) -> Called:
    """Numbers written as a beginning, the key of a row and perhaps more: ``object/01a2…``, ``duty/list/3/powers``."""

    def called(numbers: Sequence[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for beginning, shelf in shelves.items():
            keys = {
                number: number.removeprefix(beginning).split("/")[0]
                for number in numbers
                if number.startswith(beginning)
            }
            names = shelf.names(set(keys.values())) if keys else {}
            found |= {number: names[key] for number, key in keys.items() if key in names}
        return found

    return called


people_called = rows_called({"person/": Shelf(Person), "post/": Shelf(Post, "title")})


def policies_called(numbers: Sequence[str]) -> Mapping[str, str]:
    """``policy/key``: what the rule is called today, as far as it is still declared."""
    labels = {declared.key: declared.label for declared in declarations(clock.today())}
    keys = {number: number.removeprefix("policy/") for number in numbers}
    return {number: labels[key] for number, key in keys.items() if key in labels}


def expectations_called(numbers: Sequence[str]) -> Mapping[str, str]:
    """``kind/unit/period``: whose what, of when."""
    asked = {number: number.split("/") for number in numbers}
    told = {number: parts for number, parts in asked.items() if len(parts) == 3 and parts[1].isdigit()}
    if not told:
        return {}
    units = dict(
        Agency.objects.filter(pk__in={int(parts[1]) for parts in told.values()}).values_list("pk", "name")
    )
    titles = dict(
        Expectation.objects.filter(kind__in={parts[0] for parts in told.values()})
        .order_by("kind")
        .distinct("kind")
        .values_list("kind", "title")
    )
    return {
        number: f"{units[int(unit)]}{_when(period)}{titles.get(kind, '')}"
        for number, (kind, unit, period) in told.items()
        if int(unit) in units
    }


def _when(period: str) -> str:
    try:
        return Period.parse(period).chinese()
    except Refused:
        return period
