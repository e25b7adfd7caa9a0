"""Creating, stepping, reading and listing hazards over HTTP as a restricted town clerk, beside the physical floor."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import Any

from bench.clients import Ask, Result, numbers, run, spread
from bench.district import child, district, serving

PREPARE = """
from tests.world import build_world
from django.db import transaction
from bihuan.kernel.people.tokens import issue_token
with transaction.atomic():
    world = build_world('370499', '量测区')
    print(json.dumps({'token': issue_token(world.user('clerk_east'), scope='sign'),
                      'principal': issue_token(world.user('safety'), scope='sign'), 'object': str(world.factory.uid)}))
"""

FLOOR = """
import time, threading
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute('CREATE TEMP TABLE floor (id bigserial PRIMARY KEY, body text)')
    began = time.perf_counter()
    for _ in range(2000):
        cursor.execute("INSERT INTO floor (body) VALUES ('x')")
print(json.dumps({'insert_per_second': round(2000 / (time.perf_counter() - began))}))
"""


def _show(name: str, result: Result, bar: str) -> None:
    print(
        f"{name:<28} {result.rate:8.1f}/s   p50 {result.p50:6.1f} ms   p95 {result.p95:6.1f} ms   "
        f"errors {result.errors}   bar {bar}"
    )


def main(count: int = 2000) -> None:
    """Measure; prints one line a measure."""
    with district() as data:
        told = child(data, PREPARE)
        with serving(data) as base:
            _measure(base, told, count)
        print("floor: single INSERT", child(data, FLOOR))


def _measure(base: str, told: dict[str, Any], count: int) -> None:
    clerk = told["token"]
    today = date.today()

    def create(index: int) -> Ask:
        body = {
            "object": told["object"],
            "place": f"{index}号车间",
            "description": f"第{index}处疏散通道堆放杂物，配电箱未接地",
            "source": "routine",
            "found_on": today.isoformat(),
        }
        return Ask("POST", "/api/v1/hazards", body, f"create-{index}")

    run(base, clerk, spread(80, lambda index: create(10**6 + index)))
    created = run(base, clerk, spread(count, create), keep=True)
    _show("create", created, ">= 200/s")
    nos = list(numbers(created.answers))

    def assign(index: int) -> Ask:
        body = {
            "version": 1,
            "responsible_person": "钱厂长",
            "measures": "清运整改",
            "funds_planned": "1200",
            "rectify_by": (today + timedelta(days=20)).isoformat(),
            "contingency_plan": "专人看守",
        }
        return Ask("POST", f"/api/v1/hazards/{nos[index]}/assign", body, f"assign-{index}")

    _show("signed step (assign)", run(base, clerk, spread(len(nos), assign)), ">= 120/s, p95 < 100 ms")
    _show(
        "read with timeline",
        run(base, clerk, spread(len(nos), lambda i: Ask("GET", f"/api/v1/hazards/{nos[i]}"))),
        ">= 200/s",
    )
    _show(
        "list of 50, filtered",
        run(
            base,
            clerk,
            spread(
                600,
                lambda i: Ask(
                    "GET",
                    "/api/v1/hazards?tab=open&grade=general&sector=工贸&page_size=50".replace(
                        "工贸", "%E5%B7%A5%E8%B4%B8"
                    ),
                ),
            ),
        ),
        ">= 80/s",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
