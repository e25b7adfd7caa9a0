"""Before a filing is due, whoever answers for it is reminded: once, so many days ahead as the district set."""

from __future__ import annotations

from datetime import timedelta

from bihuan.kernel import clock
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.people.models import ADMIN_ROLES, Post, Role
from bihuan.kernel.policies import values as policies


def remind_ahead() -> int:
    """Remind the units whose filing is due within the days ahead; returns how many notices were new."""
    today = clock.today()
    days = int(policies.value("expectation.reminder_days", on=today).value)
    open_ones = Expectation.objects.filter(met_at=None, waived_at=None, opens_on__lte=today)
    soon = list(
        open_ones.filter(due_on__range=(today, today + timedelta(days=days))).select_related("holder")
    )
    posts: dict[int, list[int]] = {}
    filing = Post.objects.filter(agency__in={one.holder_id for one in soon})
    for pk, agency in filing.exclude(role__in=[*ADMIN_ROLES, Role.GRID]).values_list("pk", "agency_id"):
        if agency is not None:
            posts.setdefault(agency, []).append(pk)
    return notify(
        [
            NewNotice(
                text=f"{one.holder.name}：{one.title}（{one.period}）应于 {one.due_on} 前报送，请按期办理",
                post_id=post,
                reminder=f"expectation.soon:{one.uid}:{one.due_on}",
            )
            for one in soon
            for post in posts.get(one.holder_id, ())
        ]
    )
