"""``make bench``: measure everything, or what is named: ``make bench ARGS="api lists --out FILE"``."""

from __future__ import annotations

import argparse
import importlib
import sys
from datetime import date
from pathlib import Path

from bench import machine
from bench.results import Measured, shown, table

MEASURES = {
    "api": "create, signed step, read and list over HTTP, restricted users, 8 clients",
    "cases": "the list of an officer among 200,000 cases (BENCH_CASES=20000 for a quick look)",
    "instruments": "one enforcement document as .docx and PDF, and a dossier of sixty",
    "lists": "list p95 and Chinese search from 10,000 to 1,000,000 hazards, restricted users, 1 client",
    "imports": "a ledger of 100,000 × 19 cells",
    "disk": "bytes a hazard",
    "memory": "a web worker after a walk over the pages",
    "papers": "the report as .docx and PDF",
    "records": "verifying the record",
    "reports": "the half-year's and the year's report of a year of 1,000,000 records (BENCH_REPORTS=100000 for a quick look)",
    "responsibility": "who answers for 10,000 enterprises, and gaps over 1,000,000 (BENCH_OBJECTS=100000 for a quick look)",
    "speeches": "a speech of 30,000 characters into proposed tasks",
    "starting": "make up on a prepared environment",
    "tasks": "the task board of a unit among 1,000,000 tasks (BENCH_TASKS=20000 for a quick look)",
    "tallies": "figures at 10,000,000 hazards (BENCH_FIGURES=1000000 for a quick look)",
}


def main() -> int:
    """Run, print each number as it comes, write the table; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"{name:<10} {words}" for name, words in MEASURES.items()),
    )  # fmt: skip
    parser.add_argument(
        "names", nargs="*", choices=[*MEASURES, []], metavar="measure", help="which; all when none is named"
    )
    parser.add_argument("--out", type=Path, help="write the machine and the table to this Markdown file")
    arguments = parser.parse_args()
    print(machine.described(), flush=True)
    lines = [f"Measured on {date.today()}: {machine.described()}."]
    missed = 0
    for name in arguments.names or MEASURES:
        print(f"\n{name}: {MEASURES[name]}", flush=True)
        found: list[Measured] = []
        for measured in importlib.import_module(f"bench.{name}").measure():
            print("  " + shown(measured), flush=True)
            found.append(measured)
        missed += sum(measured.met is False for measured in found)
        lines += ["", f"## {name}: {MEASURES[name]}", "", table(found)]
        if arguments.out:
            arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
