"""Starts the parsing process, passes its progress on, and turns every way it can die into a sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import bihuan
from bihuan.kernel.errors import Failure, Refused

MEMORY = 1024 * 1024 * 1024
SECONDS = 180
"""A file of 200 MB unpacked takes some ten seconds; what takes minutes is no ledger."""

_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")


def parse(
    parser: str,
    path: Path,
    out: Path,
    options: Mapping[str, Any],
    *,
    name: str = "",
    progress: Callable[[int, int], None] | None = None,
    memory: int = MEMORY,
    seconds: int = SECONDS,
) -> dict[str, Any]:
    """Parse ``path`` with ``parser`` (``module:function``) in a process of its own; rows land in ``out``.

    Returns the parser's summary with ``rows`` added. ``memory`` in bytes, ``seconds`` of processor and wall time.

    Raises:
        Refused: the file is no workbook of this kind, is hostile, or used up its memory or time.
    """
    request = {
        "parser": parser, "path": str(path), "out": str(out), "name": name, "options": dict(options),
        "memory": memory, "seconds": seconds,
    }  # fmt: skip
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "bihuan.kernel.workbooks.child"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=_environment(), text=True,
            encoding="utf-8",
        )  # fmt: skip
        clock = threading.Timer(seconds + 10, process.kill)
        clock.start()
        try:
            return _listen(process, request, progress)
        finally:
            clock.cancel()
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()


def _environment() -> dict[str, str]:
    """Nothing of ours but where the program lies: no database address, no data folder."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    home = str(Path(bihuan.__file__).resolve().parent.parent)
    return kept | {"PYTHONPATH": os.pathsep.join([home, *filter(None, sys.path)]), "MALLOC_ARENA_MAX": "1"}


def _listen(
    process: subprocess.Popen[str], request: Mapping[str, Any], progress: Callable[[int, int], None] | None
) -> dict[str, Any]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the parsing process has no pipes")
    try:
        process.stdin.write(json.dumps(request, ensure_ascii=False))
        process.stdin.close()
    except BrokenPipeError:
        raise _died(process) from None
    for line in process.stdout:
        message = json.loads(line)
        if "done" in message:
            return dict(message["done"])
        if "refused" in message:
            raise Refused(*(Failure(*reason) for reason in message["refused"]))
        if progress is not None:
            progress(*message["progress"])
    raise _died(process)


def _died(process: subprocess.Popen[str]) -> Refused:
    """The process ended without an answer: by its limits, or by a fault in the file."""
    code = process.wait()
    if code in (-24, -9):
        sentence = "工作簿读了太久还没有读完，已停止；请按月、按镇街拆成几个文件再上传"
        return Refused.because("workbook.too_slow", sentence, "file")
    if code in (-6, -11, 134, 137):
        sentence = "工作簿太大或在很远的行列还有内容，内存不够，读不完；请删去多余的行列或拆成几个文件再上传"
        return Refused.because("workbook.too_much", sentence, "file")
    sentence = "工作簿读到一半出错，可能已损坏；请用 Excel 或 WPS 打开后另存为新的 .xlsx 再上传"
    return Refused.because("workbook.unreadable", sentence, "file")
