"""Figures of one half-year at ten million hazards over ten years; see :mod:`bench.figures`, which is run as it is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

from bench.results import Measured

ROWS = int(os.environ.get("BENCH_FIGURES", "10000000"))
_TIMED = re.compile(r"^(.+)：中位 ([\d.]+) ms，最慢 ([\d.]+) ms$")
_COST = re.compile(r"每行多 ([\d.]+) ms；按完整新建 320 次/s 计占 ([\d.]+)%")


def measure() -> Iterator[Measured]:
    """Each question of the half-year beside the plain GROUP BY; what the tally costs eight writers in one town."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.figures", "--rows", str(ROWS)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if found := _TIMED.match(line.strip()):
            what, middle, slowest = found[1], float(found[2]), float(found[3])
            asked = not what.startswith(("物理下限", "逐格"))
            yield Measured(
                f"{what}，{ROWS:,} 行",
                middle,
                "ms",
                *((200, 50) if asked else ()),
                note=f"slowest {slowest:.1f} ms",
            )
        elif found := _COST.search(line):
            yield Measured(
                "the tally's share of the create rate, 8 writers in one town",
                float(found[2]),
                "%",
                15,
                5,
                note=f"{found[1]} ms a row",
            )
    if process.wait():
        raise SystemExit("bench.figures failed")
