"""Reading a speech of thirty thousand characters, the first time in a process and after."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from bench.results import Measured

CHARACTERS = 30_000
_PART = (
    "（{number}）第{number}个领域。县应急管理局要牵头排查第{number}批有限空间作业点位，{month}月底前建立底数清单；住建、交通运输等部门要"
    "会同各乡镇抽查在建工地塔吊和深基坑，取缔无证施工队伍，严禁夜间违规起吊。去年，全县查处同类问题{number}起。各乡镇要每月组织一次"
    "应急演练，及时消除隐患，确保不发生事故。对责任不落实造成事故的，要严肃追究责任。各级各部门要高度重视，切实履行职责。\n"
)


def measure() -> Iterator[Measured]:
    """A process of its own each time, as the command is one."""
    told = [json.loads(_run()) for _ in range(5)]
    first = statistics.median(one["first"] for one in told)
    again = statistics.median(one["again"] for one in told)
    note = f"{told[0]['tasks']} proposals"
    yield Measured(f"a speech of {CHARACTERS:,} characters, dictionaries unread", first, "s", 2, 1, note=note)
    yield Measured(f"a speech of {CHARACTERS:,} characters, again", again, "s")


def _run() -> str:
    command = [sys.executable, "-c", "from bench.speeches import read; read()"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def read() -> None:
    """Read it twice and print seconds and proposals."""
    text = speech()
    took = []
    for _ in range(2):
        began = time.perf_counter()
        from bihuan.capabilities.dispatch.speeches.extraction import extract

        found = extract(text)
        took.append(time.perf_counter() - began)
    print(json.dumps({"first": took[0], "again": took[1], "tasks": len(found)}))


def speech() -> str:
    """An invented speech of the wanted length."""
    text, number = "同志们：\n一、抓好全县重点工作\n", 0
    while len(text) < CHARACTERS:
        number += 1
        text += _PART.format(number=number, month=number % 12 + 1)
    return text[:CHARACTERS]
