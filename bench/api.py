"""Creating, stepping, reading and listing hazards over HTTP as restricted users, at 100,000 hazards, by 8 clients."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import quote

from bench.clients import Ask, Result, numbers, run, spread
from bench.district import child, district, serving
from bench.results import Measured, number

HAZARDS = 100_000
COUNT = int(os.environ.get("BENCH_COUNT", "2000"))
LISTS = (
    f"tab=open&grade=general&sector={quote('工贸')}",
    "tab=all&source=routine",
    "tab=closed&found_from=2020-01-01",
    "tab=all&grade=major",
)


def measure(hazards: int = HAZARDS) -> Iterator[Measured]:
    """A town clerk and an enterprise's safety officer; two web workers on the same cores as database and clients."""
    with district() as data:
        told = child(data, "bulk:prepare")
        child(data, "bulk:fill", rows=hazards)
        floors = {
            **child(data, "floors:writing"),
            **child(data, "floors:signing"),
            **child(data, "floors:reading"),
        }
        with serving(data) as base:
            yield from _as(base, told, floors, "clerk_east", "town clerk", COUNT)
            yield from _as(base, told, floors, "safety", "enterprise", COUNT // 4)


def _as(
    base: str, told: dict[str, str], floors: dict[str, float], user: str, label: str, count: int
) -> Iterator[Measured]:
    token, today = told[user], date.today().isoformat()
    source = "self_check" if user == "safety" else "routine"

    def create(index: int) -> Ask:
        body = {
            "object": told["object"], "place": f"{index}号车间", "source": source, "found_on": today,
            "description": f"第{index}处疏散通道堆放杂物，配电箱未接地",
        }  # fmt: skip
        return Ask("POST", "/api/v1/hazards", body, f"{user}-{index}")

    run(base, token, spread(80, lambda index: create(10**6 + index)))
    created = run(base, token, spread(count, create), keep=True)
    yield _told(
        f"create with its entry, {label}", created, 200, 320, f"plain Django {number(floors['create'])}/s"
    )
    nos = list(numbers(created.answers))
    stepped = run(base, token, spread(len(nos), lambda index: _assign(nos[index], index)))
    yield _told(f"signed step, {label}", stepped, 120, 250, f"SM2 alone {number(floors['sign'])}/s a core")
    yield Measured(f"signed step, p95, {label}", stepped.p95, "ms", 100)
    read = run(base, token, spread(len(nos), lambda index: Ask("GET", f"/api/v1/hazards/{nos[index]}")))
    page = f"page of an index {number(floors['ms'])} ms"
    yield _told(f"read with timeline, {label}", read, 200, 400, page)
    asks = spread(
        count // 2, lambda index: Ask("GET", f"/api/v1/hazards?page_size=50&{LISTS[index % len(LISTS)]}")
    )
    yield _told(f"list of 50 with filters, {label}", run(base, token, asks), 80, 150, page)


def _assign(no: str, index: int) -> Ask:
    body = {
        "version": 1, "responsible_person": "钱厂长", "measures": "清运整改", "funds_planned": "1200",
        "rectify_by": (date.today() + timedelta(days=20)).isoformat(), "contingency_plan": "专人看守",
    }  # fmt: skip
    return Ask("POST", f"/api/v1/hazards/{no}/assign", body, f"assign-{no}-{index}")


def _told(what: str, result: Result, bar: float, aim: float, floor: str) -> Measured:
    note = f"p50 {result.p50:.1f} ms, p95 {result.p95:.1f} ms" + (
        f", {result.errors} errors" if result.errors else ""
    )
    return Measured(what, result.rate, "/s", bar, aim, more_is_better=True, floor=floor, note=note)
