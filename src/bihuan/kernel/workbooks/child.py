"""Strangers' files are parsed where they can do no harm: in a process of its own with little memory and little time.

Run as ``python -m bihuan.kernel.workbooks.child``: a request (JSON) on standard input, one JSON object a line on
standard output (progress, then done or refused), the rows into a spool file. It imports no Django, gets no database
address and no keys.
"""

from __future__ import annotations

import gc
import importlib
import json
import resource
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from bihuan.kernel.errors import Refused
from bihuan.kernel.workbooks import guard

CHUNK = 500
_PROGRESS_EVERY = 2_000


@dataclass(frozen=True, slots=True)
class Book:
    """The file to parse: where it lies, what its sender called it, and how it counts its days."""

    path: Path
    name: str
    epoch_1904: bool


class Parser(Protocol):
    """What an importer's parser is: rows go to ``write`` as plain lists, ``tick`` reports (done, about all)."""

    def __call__(
        self,
        book: Book,
        options: Mapping[str, Any],
        write: Callable[[Sequence[Any]], None],
        tick: Callable[[int, int], None],
    ) -> Mapping[str, Any]: ...


class Spool:
    """Rows on their way out of the process, some hundred a line."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._rows: list[Sequence[Any]] = []
        self._encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        self.count = 0

    def write(self, row: Sequence[Any]) -> None:
        """Keep one row."""
        self._rows.append(row)
        self.count += 1
        if len(self._rows) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        if self._rows:
            self._file.write(self._encode(self._rows) + "\n")
            self._rows.clear()


def spooled(path: Path) -> Iterator[list[Any]]:
    """The rows of a spool file, one after the other, never all at once."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield from json.loads(line)


def main() -> int:
    """Answer one request."""
    request = json.loads(sys.stdin.read())
    _limit(request["memory"], request["seconds"])
    gc.disable()
    try:
        summary = _parse(request)
    except Refused as refusal:
        _say({"refused": [[one.code, one.message, one.field] for one in refusal.failures]})
        return 1
    except MemoryError:
        _say({"refused": [["workbook.too_much", _TOO_MUCH, "file"]]})
        return 1
    _say({"done": summary})
    return 0


_TOO_MUCH = "工作簿太大或在很远的行列还有内容，内存不够，读不完；请删去多余的行列或拆成几个文件再上传"


def _parse(request: Mapping[str, Any]) -> dict[str, Any]:
    path = Path(request["path"])
    inspected = guard.inspect(path)
    module, _, function = request["parser"].partition(":")
    parser: Parser = getattr(importlib.import_module(module), function)
    book = Book(path, request["name"] or path.name, inspected.epoch_1904)
    with Path(request["out"]).open("w", encoding="utf-8") as file:
        spool = Spool(file)
        summary = dict(parser(book, request["options"], spool.write, _tick))
        spool.flush()
    return summary | {
        "rows": spool.count,
        "has_macros": inspected.has_macros,
        "has_links": inspected.has_links,
    }


def _limit(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _tick(done: int, total: int) -> None:
    if done % _PROGRESS_EVERY == 0:
        _say({"progress": [done, total]})


def _say(message: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=True) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
