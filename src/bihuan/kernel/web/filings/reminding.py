"""催报: a notice to whoever answers for the filings of a unit that has not filed."""

from __future__ import annotations

from bihuan.kernel import clock
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES, Post
from bihuan.kernel.web.filings.matrix import visible_expectations


def remind_all(actor: Actor, kind: str, year: str) -> tuple[int, int]:
    """Units that have not filed, and how many notices went out for them today for the first time."""
    today = clock.today()
    rows = visible_expectations(actor).filter(kind=kind, period__startswith=year[:4] or "-", met_at=None)
    owed: dict[int, list[Expectation]] = {}
    for row in rows:
        if row.standing(today) == Standing.MISSING:
            owed.setdefault(row.holder_id, []).append(row)
    posts = Post.objects.filter(agency__in=owed).exclude(role__in=ADMIN_ROLES).exclude(role="grid")
    told = [
        NewNotice(
            text=_words(owed[agency]),
            post_id=post,
            reminder=f"filing.reminded:{kind}:{agency}:{today}",
        )
        for post, agency in posts.values_list("pk", "agency_id")
        if agency is not None
    ]
    return len(owed), notify(told)


def _words(rows: list[Expectation]) -> str:
    periods = "、".join(sorted(row.period for row in rows))
    return f"{rows[0].holder.name}：{rows[0].title}（{periods}）已过期未报，请补报；没有内容的请作零报告"
