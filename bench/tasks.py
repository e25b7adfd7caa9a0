"""The task board of a unit among a million tasks, as that unit's people see it, beside a bare page of its index.

``BENCH_TASKS=20000`` for a quick look. Tasks are written by COPY with the record's guard off: five years of them over two
hundred units, most of them closed, one in three supported by another unit. The board is the page itself, tabs with their
counts, and the same rows over the API.
"""

from __future__ import annotations

import http.client
import itertools
import os
import random
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg

from bench.bulk import superuser
from bench.district import child, district, serving
from bench.memory import session
from bench.results import Measured, number, percentile
from bihuan.kernel.uid import uuid7

TASKS = int(os.environ.get("BENCH_TASKS", "1000000"))
UNITS, YEARS, TIMES = 200, 5, 15
USERS = {"regulator": "department", "clerk_east": "town", "leader": "leader", "office": "office"}
BOARD = (
    "tab=open", "tab=overdue", "tab=dispatched", "tab=under_way", "tab=awaiting", "tab=all",
    "tab=open&kind=inspect", f"tab=all&q={quote('燃气')}", f"tab=open&q={quote('消防')}",
)  # fmt: skip
FLOOR = (
    """SELECT * FROM dispatch_task WHERE agency_id = %s AND state = ANY(%s) ORDER BY deadline, uid LIMIT 50"""
)
COLUMNS = (
    "uid", "no", "state", "version", "region_path", "sector_path", "opened_at", "deadline", "escalated", "hands",
    "entry_count", "head", "agency_id", "supporting", "title", "requirement", "kind", "due_on", "leader_post",
    "leader_name", "source_title", "source_on", "quote", "campaign", "origin", "dispatched_on", "responsible_person",
    "measures", "progress", "finished_on", "result", "accepted_on", "accepted_by", "sent_back", "declined", "withdrawn",
    "search",
)  # fmt: skip
KINDS = ("implement", "inspect", "inspect", "rectify", "enforce", "train", "drill", "report")
COPY = f"COPY dispatch_task ({', '.join(COLUMNS)}) FROM STDIN"
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'dispatch_task'
  AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = 'dispatch_task'::regclass)
"""
AT_ONCE = 100_000
_DO = ("排查整治", "专项检查", "更新改造", "宣传培训", "联合执法", "应急演练", "摸底建档", "整改销号")
_OF = (
    "城镇燃气",
    "消防通道",
    "有限空间",
    "危险化学品",
    "在建工地",
    "道路交通",
    "特种设备",
    "校园安全",
    "养老机构",
    "旅游景区",
)


def measure() -> Iterator[Measured]:
    """Fill, ask as each of the users, ask plainly."""
    with district() as data:
        child(data, "tasks:fill", tasks=TASKS)
        told = child(data, "tasks:plainly")
        keys = {user: child(data, "tasks:key", user=user) for user in USERS}
        floor = f"50 open rows of the unit by its index {number(told['ms'])} ms"
        with serving(data) as base:
            for user, label in USERS.items():
                note = f"{told['seen'][user]:,} tasks in sight"
                for what, path, headers in (
                    ("page", "/tasks/", {"Cookie": f"bihuan_session={keys[user]['session']}"}),
                    ("API", "/api/v1/tasks", {"Authorization": f"Bearer {keys[user]['token']}"}),
                ):
                    value = p95_of(base, path, headers)
                    name = f"task board p95 among {told['tasks']:,}, {label}, {what}"
                    yield Measured(name, value, "ms", bar=100, floor=floor, note=note)


def fill(tasks: int) -> dict[str, int]:
    """The district with its people, ``UNITS`` more units, and the tasks."""
    from django.db import transaction
    from tests.world import build_world

    from bihuan.capabilities.dispatch.figures import TASKS as FIGURES
    from bihuan.capabilities.dispatch.figures import UNANSWERED
    from bihuan.kernel.figures import tally

    with transaction.atomic():
        world = build_world("370499", "量测区")
        units = _units(world)
        leader = world.actor("leader").scopes[0].post_id
    rows = _rows(tasks, units, leader)
    with psycopg.connect(superuser(), autocommit=True) as own:
        own.execute("ALTER TABLE dispatch_task DISABLE TRIGGER dispatch_task_guard")
        indexes = own.execute(INDEXES).fetchall()
        for name, _ in indexes:
            own.execute(f"DROP INDEX {name}")
        while some := list(itertools.islice(rows, AT_ONCE)):
            with own.cursor() as cursor, cursor.copy(COPY) as copy:
                for row in some:
                    copy.write_row(row)
            tally.compact(FIGURES)
            tally.compact(UNANSWERED)
        own.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            own.execute(definition)
        own.execute("ALTER TABLE dispatch_task ENABLE TRIGGER dispatch_task_guard")
        own.execute("VACUUM ANALYZE")
    return {"tasks": tasks}


def _units(world: Any) -> Sequence[tuple[int, str]]:
    """Departments of the district and towns, with the place where their tasks lie."""
    from bihuan.kernel.territory.models import Agency, AgencyKind
    from bihuan.kernel.territory.trees import plant

    made = [(world.bureau.pk, world.district.path), (world.east_government.pk, world.east.path)]
    made += [(world.builders.pk, world.district.path), (world.west_government.pk, world.west.path)]
    for place in range(UNITS - len(made)):
        unit = plant(
            Agency,
            None,
            f"区第{place + 1}局",
            kind=AgencyKind.DEPARTMENT,
            region=world.district,
            files_ledger=False,
        )
        made.append((unit.pk, world.district.path))
    return made


def _rows(count: int, units: Sequence[tuple[int, str]], leader: int) -> Iterator[Sequence[Any]]:
    from bihuan.kernel.clock import SHANGHAI
    from bihuan.kernel.search import pairs_literal

    luck, today = random.Random(11), date.today()
    titles = [f"{what}{do}" for what in _OF for do in _DO]
    words = {title: pairs_literal(title, "逐家核对台账") for title in titles}
    for place in range(count):
        age = luck.randrange(YEARS * 365)
        given = today - timedelta(days=age)
        unit, region = luck.choice(units)
        helper = [luck.choice(units)[0]] if luck.random() < 0.3 else []
        due = given + timedelta(days=luck.randrange(10, 60))
        state = _state(luck, age)
        ended = state == "closed"
        finished = due - timedelta(days=2) if state in ("awaiting_acceptance", "closed") else None
        title = luck.choice(titles)
        yield (
            uuid7(), f"B-{place:08d}", state, 2, region, "", datetime(given.year, given.month, given.day, 9, tzinfo=SHANGHAI),
            None if ended else due, 0, "{}", 1, b"\0" * 32, unit, helper, title, "逐家核对台账，发现的隐患当场交办",
            luck.choice(KINDS), due, leader,
            "副区长", "全区安全生产工作会议", given, "", "", "", given, "李科长", "分组推进", "", finished,
            "已完成" if finished else "", due if ended else None, "周主任" if ended else "", 0, "", False, words[title],
        )  # fmt: skip


def _state(luck: random.Random, age: int) -> str:
    if age > 90 and luck.random() < 0.99:
        return "closed"
    return luck.choice(("dispatched", "under_way", "under_way", "awaiting_acceptance", "closed"))


def key(user: str) -> dict[str, str]:
    """A signed-in session and a token of ``user``."""
    from bihuan.kernel.people.models import User
    from bihuan.kernel.people.tokens import issue_token

    found = User.objects.get(username=user)
    return {"session": session(user), "token": issue_token(found, scope="")}


def plainly(times: int = 100) -> dict[str, Any]:
    """Milliseconds of a bare page of a unit's open tasks, and how many tasks each user may see."""
    from django.db import connection

    from bihuan.capabilities.dispatch.access import visible_tasks
    from bihuan.capabilities.dispatch.models import OPEN_STATES, Task
    from bihuan.kernel.people.actors import actor_of
    from bihuan.kernel.people.models import User

    people = {user: actor_of(User.objects.get(username=user)) for user in USERS}
    unit = people["regulator"].scopes[0].agency_id
    states = [state.value for state in OPEN_STATES]
    with connection.cursor() as cursor:
        began = time.perf_counter()
        for _ in range(times):
            cursor.execute(FLOOR, [unit, states])
            cursor.fetchall()
    spent = time.perf_counter() - began
    seen = {user: visible_tasks(actor).count() for user, actor in people.items()}
    return {"ms": spent / times * 1000, "tasks": Task.objects.count(), "seen": seen}


def p95_of(base: str, path: str, headers: dict[str, str], board: Sequence[str] = BOARD) -> float:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    times: list[float] = []
    for turn in range(TIMES + 1):
        for query in board:
            began = time.perf_counter()
            connection.request("GET", f"{path}?{query}&page_size=50", headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise SystemExit(f"{path}?{query}: {answer.status} {body[:300].decode(errors='replace')}")
            if turn:
                times.append((time.perf_counter() - began) * 1000)
    return percentile(times, 0.95)
