"""What hazards say for inspecting an object (M110): major ones open, overdue ones, and those that keep coming back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q

from bihuan.capabilities.hazards.models import OPEN_STATES, Hazard
from bihuan.capabilities.hazards.states import Grade

MAJOR, OVERDUE, REPEATED = 40, 15, 20
YEAR = timedelta(days=365)


def weigh(objects: Sequence[UUID], on: date) -> Mapping[UUID, Sequence[tuple[int, str, bool]]]:
    """For each object: points, the reason in words, and whether it is a key object by it; of all objects when none is named.

    Only an open major hazard makes an object a key one. One statement.
    """
    open_ = Q(state__in=[state.value for state in OPEN_STATES])
    rows = Hazard.objects.filter(open_ | Q(recurrence__gt=0, found_on__gt=on - YEAR))
    if objects:
        rows = rows.filter(object__in=objects)
    counted = (
        rows.order_by()
        .values("object")
        .annotate(
            major=Count("uid", filter=open_ & Q(grade=Grade.MAJOR.value)),
            late=Count("uid", filter=open_ & Q(deadline__lt=on)),
            repeated=Count("uid", filter=Q(recurrence__gt=0, found_on__gt=on - YEAR)),
        )
    )
    found: dict[UUID, list[tuple[int, str, bool]]] = defaultdict(list)
    for row in counted:
        told = (
            (row["major"], MAJOR, f"有 {row['major']} 项重大隐患未销号", True),
            (row["late"], OVERDUE, f"有 {row['late']} 项隐患逾期", False),
            (row["repeated"], REPEATED, f"一年内 {row['repeated']} 项隐患反复发生", False),
        )
        found[row["object"]] += [(points, words, key) for count, points, words, key in told if count]
    return {uid: told for uid, told in found.items() if told}
