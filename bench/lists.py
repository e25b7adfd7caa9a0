"""Lists and Chinese search of one restricted client while the district grows from ten thousand hazards to a million."""

from __future__ import annotations

import http.client
import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

from bench.bulk import TOWNS
from bench.district import child, district, serving
from bench.results import Measured, number, percentile

SIZES = tuple(int(size) for size in os.environ.get("BENCH_SIZES", "10000,100000,1000000").split(","))
USERS = {
    "clerk_east": "town clerk",
    "regulator": "trade regulator",
    "office": "office",
    "safety": "enterprise",
}
TIMES = 12
QUERIES = (
    "tab=open", "tab=overdue", "tab=awaiting", "tab=closed", "tab=all",
    f"tab=open&grade=general&sector={quote('工贸')}", f"tab=all&sector={quote('烟花爆竹')}", "tab=closed&source=congress",
    "tab=all&grade=major&source=expert", "tab=all&found_from=2019-01-01&found_to=2019-03-31", "tab=all&state=voided",
    f"tab=all&sector={quote('城镇燃气')}&source=tip_off",
)  # fmt: skip
WORDS = {
    "frequent word": "灭火器", "frequent, among open": "脚手架", "rare word": "铝镁除尘器", "two words": "液氨管道 一层",
    "long phrase": "叉车压力不足未及时更换", "one character": "漆", "enterprise": "东湖纺织", "no such word": "不存在的词语",
}  # fmt: skip


def measure() -> Iterator[Measured]:
    """p95 over all tabs and filters for each user at each size; then the words at the last size."""
    with district() as data:
        tokens = child(data, "bulk:prepare")
        first: dict[str, float] = {}
        already = 0
        for size in SIZES:
            child(data, "bulk:fill", rows=size, already=already)
            already = size
            floor = f"page of an index {number(child(data, 'floors:reading')['ms'])} ms"
            with serving(data) as base:
                for user, label in USERS.items():
                    value = _p95(base, tokens[user], QUERIES)
                    first.setdefault(user, value)
                    grown = (
                        f"{value / first[user]:.2f} × the time at {SIZES[0]:,}" if size != SIZES[0] else ""
                    )
                    yield Measured(
                        f"list p95 of {size:,}, {label}", value, "ms", 40, 20, floor=floor, note=grown
                    )
                if size == SIZES[-1]:
                    yield from _search(base, tokens, floor)
        yield from _weight(data)


def _search(base: str, tokens: dict[str, str], floor: str) -> Iterator[Measured]:
    for user in ("clerk_east", "safety"):
        for label, words in WORDS.items():
            value = _p95(base, tokens[user], [f"tab={tab}&q={quote(words)}" for tab in ("all", "open")])
            yield Measured(f"search p95, {label} “{words}”, {USERS[user]}", value, "ms", 150, 60, floor=floor)


def _p95(base: str, token: str, queries: object) -> float:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    times: list[float] = []
    for turn in range(TIMES + 1):
        for query in queries:  # type: ignore[attr-defined]
            began = time.perf_counter()
            connection.request(
                "GET", f"/api/v1/hazards?page_size=50&{query}", headers={"Authorization": f"Bearer {token}"}
            )
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise SystemExit(f"{query}: {answer.status} {body[:300].decode()}")
            if turn:
                times.append((time.perf_counter() - began) * 1000)
    return percentile(times, 0.95)


def _weight(data: Path) -> Iterator[Measured]:
    told = child(data, "bulk:weigh")
    rows = told["rows"]
    yield Measured(
        f"row of a hazard among {rows:,}, indexes included", (told["table"] + told["indexes"]) / rows, "B",
        note=f"table {told['table'] / rows:.0f} B, indexes {told['indexes'] / rows:.0f} B; {len(TOWNS) + 2} towns",
    )  # fmt: skip
