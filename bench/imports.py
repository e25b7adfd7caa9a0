"""A ledger of 100,000 rows and 19 columns through ``bihuan import hazards``: time and memory of the whole command."""

from __future__ import annotations

import json
import os
import random
import subprocess
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.bulk import texts
from bench.district import BIHUAN, child, district, surroundings
from bench.results import Measured, number

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
HEADINGS = (
    "企业名称", "统一社会信用代码", "属地镇街", "行业领域", "隐患部位", "隐患描述", "隐患等级", "排查来源", "发现日期", "检查人",
    "整改责任人", "整改措施", "整改资金（万元）", "整改期限", "应急预案", "整改完成日期", "验收人", "验收日期", "备注",
)  # fmt: skip


def measure() -> Iterator[Measured]:
    """Default all-or-nothing, as the system account, with validation, entries, seal and figures."""
    with district() as data:
        child(data, "bulk:prepare")
        sheet = data / "ledger.xlsx"
        write(sheet, child(data, "imports:enterprises"), ROWS)
        floor = f"COPY {number(child(data, 'floors:writing')['copy'])} rows/s"
        began = time.perf_counter()
        process = subprocess.Popen(
            [BIHUAN, "import", "hazards", str(sheet), "--json"],
            env=surroundings(data),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        told = json.loads(process.stdout.read())
        _, status, usage = os.wait4(process.pid, 0)
        spent = time.perf_counter() - began
        if status or told["accepted"] != ROWS:
            raise SystemExit(json.dumps(told, ensure_ascii=False)[:800])
        what = f"import of {ROWS:,} × {len(HEADINGS)} cells"
        yield Measured(what, spent, "s", 20, 10, floor=floor, note=f"{ROWS / spent:,.0f} rows/s")
        yield Measured("its largest process", usage.ru_maxrss / 1024, "MB", 400)


def enterprises() -> list[list[str]]:
    """Name, code, town and trade of what stands in the register."""
    from bihuan.kernel.objects.models import SupervisedObject
    from bihuan.kernel.territory.models import Region, Sector

    towns = {region.path: region.name for region in Region.objects.filter(level="town")}
    sectors = dict(Sector.objects.values_list("path", "name"))
    rows = SupervisedObject.objects.exclude(sector_path="").values_list(
        "name", "credit_code", "region_path", "sector_path"
    )
    return [
        [name, code, towns[".".join(region.split(".")[:2]) + "."], sectors[sector]]
        for name, code, region, sector in rows
    ]


def write(path: Path, enterprises: list[list[str]], rows: int) -> None:
    """The workbook, as a unit would have filled the template in."""
    import xlsxwriter

    luck, sayings = random.Random(3), texts()
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("隐患台账")
        sheet.write_row(0, 0, HEADINGS)
        for line in range(1, rows + 1):
            for column, value in enumerate(_row(line, luck, sayings, enterprises)):
                if isinstance(value, date):
                    sheet.write_datetime(line, column, value, day)
                else:
                    sheet.write(line, column, value)


def _row(
    line: int, luck: random.Random, sayings: list[tuple[str, str]], enterprises: list[list[str]]
) -> list[Any]:
    place, said = luck.choice(sayings)
    found = date(2026, 1, 1) + timedelta(days=luck.randrange(170))
    due = found + timedelta(days=luck.randrange(5, 30))
    mended = found + timedelta(days=luck.randrange(1, 20)) if luck.random() < 0.9 else ""
    accepted = mended + timedelta(days=2) if mended and luck.random() < 0.95 else ""
    return [
        *luck.choice(enterprises), f"{place}{line}", said, "一般", luck.choice(("日常检查", "专项检查", "企业自查")), found, "周岚",
        "钱厂长", "立即清运，设专人看守", luck.randrange(50) / 10, due, "有", mended, "孙科长" if accepted else "", accepted, "",
    ]  # fmt: skip
