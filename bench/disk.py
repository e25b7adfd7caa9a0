"""What a hazard weighs on disk once it is closed: its row, five entries, signatures, and every index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.district import child, district
from bench.results import Measured

COUNT = 1000
UPLOADERS, A_DAY = ("safety", "principal", "clerk_east"), 400
"""Nobody uploads more than some hundred files a day."""
WEIGHED = """
SELECT CASE WHEN parent.relname IS NULL THEN c.relname ELSE parent.relname END, sum(pg_table_size(c.oid))::bigint,
       sum(pg_indexes_size(c.oid))::bigint
  FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class parent ON parent.oid = i.inhparent
 WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace GROUP BY 1
"""
APART = ("attachments_attachment", "figures_tally_hazards_delta")
"""Photographs are as many as one takes; the differences of the tally are folded into it within minutes."""


def measure() -> Iterator[Measured]:
    """Bytes a hazard after five signed deeds, tables packed by VACUUM FULL; and as they grew, before any vacuum."""
    with district() as data:
        told = child(data, "disk:closed", count=COUNT)
    parts = ", ".join(
        f"{name} {sum(pair):,} B" for name, pair in told["settled"].items() if name not in APART
    )
    what = "disk per hazard with five signed entries, indexes included"
    yield Measured(what, told["settled_bytes"], "B", 4096, 2048, note=parts)
    yield Measured("the same before the first vacuum", told["grown_bytes"], "B")


def closed(count: int = 1000) -> dict[str, Any]:
    """Take ``count`` hazards from report to closing by five signed deeds; bytes a hazard, by table."""
    from django.db import connection, transaction
    from tests.hazards import steps
    from tests.world import build_world

    from bihuan.capabilities.hazards import inputs
    from bihuan.capabilities.hazards.models import Hazard
    from bihuan.kernel.loops import engine

    with transaction.atomic():
        world = build_world("370499", "量测区")
    before = _weights()
    clerk, safety, regulator = world.actor("clerk_east"), world.actor("safety"), world.actor("regulator")
    findings = [
        steps.finding(
            world,
            place=f"{number}号车间北侧",
            description=f"第{number}处疏散通道堆放原料，宽度不足一米，应急照明灯损坏不亮",
        )
        for number in range(count)
    ]
    nos = [engine.open_matter("hazard", "report", found, actor=clerk).no for found in findings]
    correction = {name: getattr(findings[0], name) for name in ("source", "found_on")}
    for number, no in enumerate(nos):
        told = inputs.Correction(
            place=f"{number}号车间南侧",
            description=findings[number].description,
            reason="部位有误",
            **correction,
        )
        engine.perform("hazard", "correct", no, told, actor=clerk, version=1)
        engine.perform("hazard", "assign", no, steps.elements(), actor=clerk, version=2)
        done = steps.rectification(world, Hazard.objects.get(no=no), UPLOADERS[number // A_DAY])
        engine.perform("hazard", "submit_rectification", no, done, actor=safety, version=3)
        engine.perform("hazard", "accept", no, steps.acceptance(), actor=regulator, version=4)
    assert not Hazard.objects.filter(no__in=nos).exclude(entry_count=5, state="closed").exists()
    return _told(before, count, connection)


def _weights() -> dict[str, tuple[int, int]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(WEIGHED)
        return {name: (table, indexes) for name, table, indexes in cursor.fetchall()}


def _told(before: dict[str, tuple[int, int]], count: int, connection: Any) -> dict[str, Any]:
    from bihuan.conf import roles

    as_grown = _grown(before, count)
    with roles.as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM FULL")
    settled = _grown(before, count)
    return {
        "settled": settled,
        "settled_bytes": sum(sum(pair) for name, pair in settled.items() if name not in APART),
        "grown_bytes": sum(sum(pair) for name, pair in as_grown.items() if name not in APART),
    }


def _grown(before: dict[str, tuple[int, int]], count: int) -> dict[str, tuple[int, int]]:
    return {
        name: (round((table - before[name][0]) / count), round((indexes - before[name][1]) / count))
        for name, (table, indexes) in sorted(_weights().items())
        if table + indexes > sum(before[name]) + 8192 * 4
    }
