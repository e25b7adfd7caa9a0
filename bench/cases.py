"""The list of an enforcement officer among two hundred thousand cases: tabs, filters, search, page and API.

``BENCH_CASES=20000`` for a quick look. Cases are written by COPY with the record's guard off: five years of them over some
agencies, towns and trades, most of them archived.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote

import psycopg

from bench.bulk import superuser
from bench.district import child, district, serving
from bench.results import Measured
from bench.tasks import p95_of
from bihuan.kernel.uid import uuid7

CASES = int(os.environ.get("BENCH_CASES", "200000"))
USERS = {"officer": "officer", "regulator": "department", "office": "office", "clerk_east": "town"}
LISTS = (
    "tab=open", "tab=overdue", "tab=executing", "tab=archived", "tab=all", "tab=all&source=tip_off",
    f"tab=all&q={quote('培训')}", f"tab=open&q={quote('机械')}", "tab=all&kind=accident&outcome=penalty",
)  # fmt: skip
COLUMNS = (
    "uid", "no", "state", "version", "region_path", "sector_path", "opened_at", "deadline", "escalated", "hands",
    "entry_count", "head", "agency_id", "party_kind", "party", "party_code", "party_address", "principal", "phone",
    "source", "origin", "linked", "template", "summary", "cause", "brief", "acted_on", "harmful", "absolute", "officers",
    "investigators", "proposed_on", "filed_on", "decide_by", "evidence", "violations", "finding", "proposal", "notice",
    "hearing", "review", "limit", "decision", "outcome", "decided_on", "served_on", "measures", "fine_fen",
    "confiscation_fen", "paid_fen", "additional_fen", "additional_paid_fen", "daily_fen", "daily_paid_fen", "account",
    "remedies", "daily", "refunds", "enforcement", "referral", "detained", "partners", "parts", "recurrence", "former", "concluded_on",
    "voided", "search",
)  # fmt: skip
_QUOTED = ", ".join(f'"{name}"' for name in COLUMNS)
COPY = f"COPY enforcement_case ({_QUOTED}) FROM STDIN"
AT_ONCE = 50_000
CAUSES = (
    "未如实记录安全生产教育和培训情况",
    "安全设备未经常性维护保养",
    "疏散通道占用锁闭",
    "未建立隐患排查治理制度",
    "特种作业人员无证上岗",
)
NAMES = ("机械", "化工", "纺织", "建材", "食品", "电子", "木业", "物流")


def measure() -> Iterator[Measured]:
    """Fill, and ask as each of the users."""
    with district() as data:
        child(data, "cases:fill", cases=CASES)
        keys = {user: child(data, "tasks:key", user=user) for user in USERS}
        with serving(data) as base:
            for user, label in USERS.items():
                for what, path, headers in (
                    ("page", "/cases/", {"Cookie": f"bihuan_session={keys[user]['session']}"}),
                    ("API", "/api/v1/cases", {"Authorization": f"Bearer {keys[user]['token']}"}),
                ):
                    value = p95_of(base, path, headers, LISTS)
                    yield Measured(f"case list p95 among {CASES:,}, {label}, {what}", value, "ms", bar=100)


def fill(cases: int) -> dict[str, int]:
    """The district with its people, and the cases."""
    from django.db import transaction
    from tests.world import build_world

    from bihuan.capabilities.enforcement.figures import DECIDED, OPENED
    from bihuan.kernel.figures import tally

    with transaction.atomic():
        world = build_world("370499", "量测区")
    rows = _rows(cases, world)
    with psycopg.connect(superuser(), autocommit=True) as own:
        own.execute("ALTER TABLE enforcement_case DISABLE TRIGGER enforcement_case_guard")
        while some := list(itertools.islice(rows, AT_ONCE)):
            with own.cursor() as cursor, cursor.copy(COPY) as copy:
                for row in some:
                    copy.write_row(row)
            tally.compact(OPENED)
            tally.compact(DECIDED)
        own.execute("ALTER TABLE enforcement_case ENABLE TRIGGER enforcement_case_guard")
        own.execute("VACUUM ANALYZE")
    return {"cases": cases}


def _rows(count: int, world: Any) -> Iterator[Sequence[Any]]:
    from bihuan.kernel.clock import SHANGHAI
    from bihuan.kernel.search import pairs_literal

    luck, today = random.Random(17), date.today()
    sides = [
        (world.bureau.pk, world.east.path, world.factory.sector_path),
        (world.builders.pk, world.west.path, world.site.sector_path),
    ]
    for place in range(count):
        age = luck.randrange(5 * 365)
        proposed = today - timedelta(days=age)
        agency, region, sector = luck.choice(sides)
        state = _state(luck, age)
        ended = state in ("executing", "concluded", "archived")
        party, cause = f"{luck.choice(NAMES)}有限公司第{place % 7919}厂", luck.choice(CAUSES)
        fine = luck.randrange(1, 100) * 100_000 if ended else 0
        decided = proposed + timedelta(days=40) if ended else None
        paid = fine if state in ("concluded", "archived") else 0
        concluded = proposed + timedelta(days=70) if paid else None
        deadline = None if state == "archived" else proposed + timedelta(days=90)
        violations = (
            f'[{{"facts": "{cause}", "amount_fen": {fine}, "reasons": ["法定幅度", "裁量档次", "建议罚款"]}}]'
        )
        yield (
            uuid7(), f"370499-C{proposed.year}-{place + 1:06d}", state, 5, region, sector,
            datetime.combine(proposed, time(9), SHANGHAI), deadline, 0, "{}", 5, b"", agency, "entity", party, "", "府前路1号",
            "钱某", "", luck.choice(("inspection", "inspection", "hazard", "tip_off", "crackdown")), "", [],
            luck.choice(("penalty", "penalty", "inspection", "accident")), False, cause, cause, proposed, False, "", "[]", [1, 2],
            proposed, proposed, proposed + timedelta(days=90), "[]", violations, "事实清楚", "{}", "{}", "{}", "{}", "{}", "{}",
            "penalty" if ended else "none", decided, decided, "[]", fine, 0, paid, 0, 0, 0, 0, "{}", "[]", "{}", "[]", "{}", "{}", 0, [],
            "[]", 0, "[]", concluded, False, pairs_literal(party, cause),
        )  # fmt: skip


def _state(luck: random.Random, age: int) -> str:
    if age > 150:
        return "archived"
    return luck.choice(
        ("proposed", "investigating", "reviewing", "notified", "executing", "concluded", "archived")
    )
