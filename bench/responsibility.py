"""Who answers for 10,000 enterprises, and for whom of 1,000,000 nobody does, beside plain statements over the same rows.

``BENCH_OBJECTS=100000`` for a quick look. Objects, posts, tenures and register details are written by COPY; the leaders,
areas, zones and pairings through the deeds that keep them.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import psycopg

from bench.bulk import superuser
from bench.district import child, district
from bench.results import Measured, number
from bihuan.kernel.uid import uuid7

OBJECTS = int(os.environ.get("BENCH_OBJECTS", "1000000"))
CHAINS, TOWNS, VILLAGES, PAIRED = 10_000, 12, 12, 100
SINCE = date(2024, 1, 1)
GROUPED = """SELECT region_path, sector_path, agency_id, count(*) FROM objects_supervisedobject
             WHERE standing IN ('confirmed', 'pending') GROUP BY 1, 2, 3"""
HEADLESS = """SELECT count(*) FROM objects_supervisedobject o
              WHERE NOT EXISTS (SELECT FROM people_post p JOIN people_tenure t ON t.post_id = p.id
                                WHERE p.object = o.uid AND p.role = 'principal' AND t.until IS NULL)
                AND NOT EXISTS (SELECT FROM registers_dateddetail d
                                WHERE d.object_id = o.uid AND d.kind = 'principal' AND d.ended_on IS NULL)"""


def measure() -> Iterator[Measured]:
    """Fill a district, ask, and ask plainly."""
    with district() as data:
        child(data, "responsibility:fill", objects=OBJECTS)
        told = child(data, "responsibility:ask")
    yield Measured(
        f"the chains of {CHAINS:,} enterprises", told["chains"], "s", bar=1.0,
        floor=f"their heads by one statement {number(told['heads'])} s", note=f"{told['chain_statements']} statements",
    )  # fmt: skip
    yield Measured(
        f"gaps and conflicts over {told['objects']:,} objects", told["gaps"], "s", bar=5.0,
        floor=f"group and anti-join by two statements {number(told['plain'])} s",
        note=f"{told['gap_statements']} statements, {told['found']:,} objects in {told['lines']:,} lines",
    )  # fmt: skip


def fill(objects: int) -> dict[str, Any]:
    """The district with its people, its division of duties and ``objects`` enterprises."""
    from django.db import transaction
    from tests.world import build_world

    with transaction.atomic():
        world = build_world("370499", "量测区")
        villages = _villages(world)
        sectors = _sectors(world)
    rng = random.Random(4)
    with psycopg.connect(superuser(), autocommit=True) as own:
        uids = _objects(own, objects, villages, sectors, rng)
        _heads(own, uids, rng)
        own.execute("VACUUM ANALYZE")
    _duties(world, uids[:PAIRED])
    return {"objects": objects}


def _villages(world: Any) -> Sequence[tuple[int, str]]:
    from bihuan.kernel.people.models import Person, Post, Role, Tenure
    from bihuan.kernel.territory.models import Agency, AgencyKind, Region, RegionLevel
    from bihuan.kernel.territory.trees import plant

    found = []
    for number_ in range(TOWNS):
        town = plant(Region, world.district, f"第{number_}镇", level=RegionLevel.TOWN)
        unit = plant(Agency, None, f"第{number_}镇政府", kind=AgencyKind.TOWN_GOVERNMENT, region=town)
        seat = Post.objects.create(
            title="镇长", role=Role.TOWN, agency=unit, region=town, region_path=town.path, heads=True
        )
        Tenure.objects.create(post=seat, person=Person.objects.create(name=f"镇长{number_}"), since=SINCE)
        for village in range(VILLAGES):
            one = plant(Region, town, f"{town.name}{village}村", level=RegionLevel.VILLAGE)
            found.append((one.pk, one.path))
    return found


def _sectors(world: Any) -> Sequence[tuple[int, str]]:
    from bihuan.kernel.territory.models import Regulation, Sector

    sectors = list(Sector.objects.order_by("path"))
    led = set(Regulation.objects.values_list("sector", flat=True))
    for place, sector in enumerate(sectors):
        if sector.parent_id is None and sector.pk not in led and place % 9:
            Regulation.objects.create(agency=world.bureau if place % 2 else world.builders, sector=sector)
    return [(sector.pk, sector.path) for sector in sectors]


def _objects(
    own: psycopg.Connection[Any],
    count: int,
    villages: Sequence[tuple[int, str]],
    sectors: Sequence[tuple[int, str]],
    rng: random.Random,
) -> list[Any]:
    columns = (
        "uid, kind, name, name_key, name_pinyin, credit_code, region_id, region_path, sector_id, sector_path, standing,"
        " address, named_by, created_at"
    )
    uids = [uuid7() for _ in range(count)]
    with own.cursor() as cursor, cursor.copy(f"COPY objects_supervisedobject ({columns}) FROM STDIN") as copy:
        for place, uid in enumerate(uids):
            region, sector = rng.choice(villages), rng.choice(sectors)
            name = f"第{place}厂"
            copy.write_row(
                (uid, "enterprise", name, name, f"di {place} chang", "", *region, *sector, "confirmed", "", "", "2024-01-01")
            )  # fmt: skip
    return uids


def _heads(own: psycopg.Connection[Any], uids: Sequence[Any], rng: random.Random) -> None:
    """A fifth of the enterprises have a post and its holder, three quarters a name in the register, the rest nothing."""
    drawn = [(uid, rng.random()) for uid in uids]
    posts = [uid for uid, luck in drawn if luck < 0.2]
    known = [uid for uid, luck in drawn if 0.2 <= luck < 0.95]
    first = own.execute("SELECT COALESCE(max(id), 0) + 1000 FROM people_post").fetchone()
    base = first[0] if first else 0
    with own.cursor() as cursor:
        with cursor.copy("COPY people_person (id, name, phone, certificate_no) FROM STDIN") as copy:
            for place in range(len(posts)):
                copy.write_row((base + place, f"厂长{place}", "", ""))
        columns = "id, title, role, region_path, sector_paths, object, heads, created_at"
        with cursor.copy(f"COPY people_post ({columns}) FROM STDIN") as copy:
            for place, uid in enumerate(posts):
                copy.write_row((base + place, "总经理", "principal", "", "{}", uid, True, "2024-01-01"))
        with cursor.copy("COPY people_tenure (post_id, person_id, since) FROM STDIN") as copy:
            for place in range(len(posts)):
                copy.write_row((base + place, base + place, "2024-01-01"))
        columns = "object_id, kind, code, name, number, since, said_by, at"
        with cursor.copy(f"COPY registers_dateddetail ({columns}) FROM STDIN") as copy:
            for uid in known:
                copy.write_row((uid, "principal", "", "孙某", "", "2024-01-01", "", "2024-01-01"))


def _duties(world: Any, paired: Sequence[Any]) -> None:
    from bihuan.capabilities.responsibility.naming.keeping import Given, name
    from bihuan.kernel.people.models import Post, Role
    from bihuan.kernel.territory.models import Region, RegionLevel

    office = world.actor("office")
    leader = Post.objects.get(role=Role.LEADER).pk
    cadre = Post.objects.filter(role=Role.TOWN).order_by("id").values_list("pk", flat=True)[0]
    for town in Region.objects.filter(level=RegionLevel.TOWN):
        name(Given(kind="area", since=SINCE, post=leader, region=town.pk), office)
    for village in Region.objects.filter(level=RegionLevel.VILLAGE).order_by("id")[: TOWNS * VILLAGES - 5]:
        name(Given(kind="zone", since=SINCE, post=cadre, region=village.pk), office)
    for uid in paired:
        name(Given(kind="pairing", since=SINCE, post=leader, object=uid, frequency="month"), office)


def ask() -> dict[str, Any]:
    """The medians, and how many statements each took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bihuan.capabilities.responsibility.gaps.subjects import COMPARISON
    from bihuan.capabilities.responsibility.gaps.survey import survey
    from bihuan.kernel import clock
    from bihuan.kernel.objects.models import SupervisedObject
    from bihuan.kernel.responsibility.chain import chains

    day, total = clock.today(), SupervisedObject.objects.count()
    objects = list(SupervisedObject.objects.order_by("uid")[:CHAINS])
    uids = [one.uid for one in objects]

    def plainly(*statements: str) -> Callable[[], Any]:
        def run() -> None:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                    cursor.fetchall()

        return run

    def heads() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT o.uid, e.name FROM objects_supervisedobject o LEFT JOIN people_post p ON p.object = o.uid"
                " LEFT JOIN people_tenure t ON t.post_id = p.id LEFT JOIN people_person e ON e.id = t.person_id"
                " WHERE o.uid = ANY(%s)",
                [uids],
            )
            cursor.fetchall()

    with CaptureQueriesContext(connection) as asked:
        chains(objects, day)
    with CaptureQueriesContext(connection) as surveyed:
        found = survey(day, COMPARISON)
    return {
        "objects": total,
        "chains": _median(lambda: chains(objects, day), 5),
        "heads": _median(heads, 5),
        "chain_statements": len(asked),
        "gaps": _median(lambda: survey(day, COMPARISON), 3),
        "plain": _median(plainly(GROUPED, HEADLESS), 3),
        "gap_statements": len(surveyed),
        "found": sum(line.count for line in found.lines),
        "lines": len(found.lines),
    }


def _median(work: Callable[[], Any], times: int) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
