"""Who is at work in an agency on a day: whoever may be named as officer or presider."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.enforcement.hands import ENFORCING
from bihuan.kernel.people.models import Tenure
from bihuan.kernel.territory.trees import in_force


def staff_of(agency: int | None, on: date) -> dict[int, str]:
    """Persons with an enforcing post of the agency and an account in use, with name and post; by name."""
    rows = (
        Tenure.objects.filter(in_force(on), post__agency=agency, post__role__in=ENFORCING)
        .filter(person__user__is_active=True)
        .order_by("person__name")
        .values_list("person_id", "person__name", "post__title")
    )
    return {pk: f"{name}（{title}）" for pk, name, title in rows}


def at_work(case: Any, person: int, on: date) -> bool:
    """Whether a person works in the agency of the case on a day."""
    return person in staff_of(case.agency_id, on)
