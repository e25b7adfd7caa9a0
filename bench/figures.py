"""Figures of one half-year beside a plain GROUP BY, and what keeping the tally costs eight writers in one town.

``python -m bench.figures [--rows 10000000] [--seconds 10]``. Rows span ten years and are written by INSERT …
SELECT with the record's guard off; everything else is the migrated database, asked as role ``app``.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

TOWNS, SECTORS, TURNS = 8, 20, 12
MEMORY = (("shared_buffers", "512MB"), ("max_wal_size", "8GB"), ("max_connections", "50"))
HAZARDS_SQL = """
INSERT INTO hazards_hazard (uid, no, state, version, region_path, sector_path, agency_id, object_id,
opened_at,
    escalated, hands, entry_count, head, grade, source, campaign, category, description, place, criterion,
    voluntary, found_on, found_by, responsible_person, measures, contingency_plan, funds_planned_fen,
    funds_spent_fen, rectify_by, rectified_on, rectification, accepted_on, accepted_by, accepted_claimed,
    claimed, voided, failed_acceptances, recurrence, self_accepted, leniency, origin)
SELECT gen_random_uuid(), 'B' || %(from)s + i, CASE WHEN accepted IS NULL THEN 'rectifying' ELSE 'closed' END,
1,
    '1.' || town || '.', sector || '.', NULL, %(object)s, found, 0, '{}', 1, '\\x00', CASE WHEN random() <
    0.03 THEN 'major' ELSE 'general' END,
    (ARRAY['self_check','routine','special','joint','supervision_visit','undercover','leader_led','tip_off','expert',
           'grid','transfer','congress'])[1 + floor(random() * random() * 12)],
    CASE WHEN i %% 50 = 0 THEN '百日攻坚' ELSE '' END, '', repeat('配电箱未上锁，', 6), '', '', false, found, '周岚', '',
    '', '', NULL, CASE WHEN random() < 0.5 THEN 50000 END, found + 7 + floor(random() * 23)::int,
    GREATEST(found, accepted - floor(random() * 3)::int), '', accepted, '', random() < 0.3, false, random() <
    0.005, 0, 0, false, '', ''
FROM (SELECT *, CASE WHEN luck < 0.9 THEN found + 3 + floor(luck * 40)::int END AS accepted
      FROM (SELECT i, DATE '2016-01-01' + floor((%(from)s + i) * 3652.0 / %(all)s)::int AS found,
                   2 + floor(random() * %(towns)s)::int AS town, 1 + floor(random() * %(sectors)s)::int AS
                   sector, random() AS luck
            FROM generate_series(0, %(step)s - 1) i) AS drawn) AS rows
"""
PLAIN = """
SELECT region_path, COUNT(*), COUNT(*) FILTER (WHERE accepted_on <= '2023-06-30') FROM hazards_hazard
WHERE NOT voided AND found_on BETWEEN '2023-01-01' AND '2023-06-30' GROUP BY region_path
"""
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'hazards_hazard'
  AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = 'hazards_hazard'::regclass)
"""
EVERYTHING = "SELECT region_path, COUNT(*), COUNT(accepted_on) FROM hazards_hazard GROUP BY region_path"


def main() -> None:
    """Build the database, measure, print; the folder is thrown away."""
    parser = argparse.ArgumentParser(prog="bench.figures")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=24)
    arguments = parser.parse_args()
    with district() as owner_url:
        fill(arguments.rows, owner_url)
        read(arguments.rows)
        write(arguments.seconds, owner_url)


@contextmanager
def district() -> Iterator[str]:
    """A migrated database of its own, Django connected as ``app``; yields the superuser's address."""
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        os.environ |= {
            "BIHUAN_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "bihuan.conf.settings",
            "BIHUAN_DEMO": "0",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from bihuan.conf import postgres, roles

        with postgres.Server(Path(folder) / "postgres", MEMORY).use() as address:
            roles.prepare(address.as_user(roles.SUPERUSER))
            with roles.as_owner(address.as_user(roles.OWNER)):
                call_command("migrate", verbosity=0, interactive=False)
            connection.settings_dict.update(address.as_user(roles.APP).django())
            connection.settings_dict["OPTIONS"].pop("pool", None)
            try:
                yield address.as_user(roles.SUPERUSER).url()
            finally:
                connection.close()


def fill(rows: int, superuser: str) -> None:
    """Hazards of ten years in the order in which they were found."""
    import psycopg

    from bihuan.capabilities.hazards.figures import HAZARDS
    from bihuan.kernel.figures import tally
    from bihuan.kernel.territory.models import Region, RegionLevel, Sector
    from bihuan.kernel.territory.trees import found_district, plant

    home = found_district("370499", "量测区").region
    for place in range(TOWNS):
        plant(Region, home, f"第{place + 1}镇", level=RegionLevel.TOWN, order=place)
    for place in range(SECTORS):
        plant(Sector, None, f"行业{place + 1}", code=f"s{place}", order=place)
    began = time.perf_counter()
    with psycopg.connect(superuser, autocommit=True) as own:
        site = _object(home)
        own.execute("ALTER TABLE hazards_hazard DISABLE TRIGGER hazards_hazard_guard_new")
        indexes = own.execute(INDEXES).fetchall()
        for name, _ in indexes:
            own.execute(f"DROP INDEX {name}")
        step = min(rows, 250_000)
        for start in range(0, rows, step):
            values = {
                "from": start,
                "step": min(step, rows - start),
                "all": rows,
                "object": site,
                "towns": TOWNS,
                "sectors": SECTORS,
            }
            own.execute(HAZARDS_SQL, values)
            tally.compact(HAZARDS)
        for _, definition in indexes:
            own.execute(definition)
        own.execute("VACUUM ANALYZE")
    machine = f"{platform.processor() or platform.machine()}，{os.cpu_count()} 核"
    say(f"{machine}；{rows:,} 行，装入 {time.perf_counter() - began:.0f} s")


def _object(home: Any) -> Any:
    from bihuan.kernel.objects.models import SupervisedObject

    return SupervisedObject.objects.create(
        name="量测厂", name_key="量测厂", region=home, region_path=home.path
    ).pk


def read(rows: int) -> None:
    """All figures of 2023H1 at several cut-offs, the check, and the plain counts as the floor."""
    from django.db import connection

    from bihuan.capabilities.hazards.figures import HAZARDS
    from bihuan.kernel.calendar.periods import Period
    from bihuan.kernel.figures import answers, registry, tally

    half = Period.parse("2023H1")

    def ask(day: date, by: str = "") -> Callable[[], Any]:
        return lambda: answers.values(registry.names("hazards"), half, day, by=by)

    def plain(sql: str) -> Callable[[], Any]:
        def run() -> None:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                cursor.fetchall()

        return run

    timed("上半年七项指标，截至6月30日", ask(date(2023, 6, 30)))
    timed("同上，按行业", ask(date(2023, 6, 30), "sector"))
    timed("同上，按镇街", ask(date(2023, 6, 30), "town"))
    timed("同上，截至6月15日（月中）", ask(date(2023, 6, 15)))
    timed("同上，截至6月15日，按镇街", ask(date(2023, 6, 15), "town"))
    timed("物理下限：该半年逐行 GROUP BY", plain(PLAIN), 3)
    timed("物理下限：全表 GROUP BY", plain(EVERYTHING), 2)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*), pg_total_relation_size('figures_tally_hazards') FROM figures_tally_hazards"
        )
        cells, size = cursor.fetchone()
    say(f"汇总表 {cells:,} 格，{size / 2**20:.0f} MB，每行 {size / rows:.0f} 字节")
    timed("逐格核对汇总与明细", lambda: _equal(tally.differing_cells(HAZARDS)), 1)


def _equal(differing: int) -> None:
    if differing:
        raise SystemExit(f"汇总与明细不符：{differing} 格")


def write(seconds: float, superuser: str) -> None:
    """Eight writers, one town, one row a transaction, with and without the tally, in turns on the same table.

    Commits do not wait for the disk here, so that the work of the trigger is not lost in the noise of fsync.
    """
    import psycopg

    insert = HAZARDS_SQL.replace("random() * %(towns)s", "0")
    rates: dict[str, list[float]] = {"DISABLE": [], "ENABLE": []}
    with psycopg.connect(superuser, autocommit=True) as own:
        found = own.execute("SELECT object_id FROM hazards_hazard LIMIT 1").fetchone()
        assert found is not None
        for turn in range(TURNS):
            mode = ("ENABLE", "DISABLE")[turn % 2]
            own.execute(f"ALTER TABLE hazards_hazard {mode} TRIGGER figures_tally_hazards_added")
            rates[mode].append(_crowd(seconds / TURNS, superuser, insert, found[0], turn))
    without, with_it = (statistics.median(rates[mode]) for mode in ("DISABLE", "ENABLE"))
    cost = 1 / with_it - 1 / without
    say(
        f"8 个写入者同一镇街：无汇总 {without:.0f} 行/s，有汇总 {with_it:.0f} 行/s，每行多 {cost * 1e3:.3f} ms；"
        f"按完整新建 320 次/s 计占 {cost * 320:.1%}"
    )


def _crowd(seconds: float, address: str, insert: str, site: Any, turn: int) -> float:
    import psycopg

    done = [0] * 8
    until = time.perf_counter() + seconds

    def work(place: int) -> None:
        values = {"step": 1, "all": 10**9, "object": site, "sectors": SECTORS}
        with psycopg.connect(address, autocommit=True) as own:
            own.execute("SET synchronous_commit = off")
            while time.perf_counter() < until:
                number = 10**9 + turn * 10**8 + place * 10**7 + done[place]
                own.execute(insert, {**values, "from": number})
                done[place] += 1

    crowd = [threading.Thread(target=work, args=[place]) for place in range(8)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    return sum(done) / seconds


def timed(label: str, run: Callable[[], Any], times: int = 9) -> None:
    """Print the median and the worst of several runs, after one to warm up."""
    run()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        took.append((time.perf_counter() - began) * 1000)
    say(f"{label}：中位 {statistics.median(took):.1f} ms，最慢 {max(took):.1f} ms")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
