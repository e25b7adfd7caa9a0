"""All lines of all seals in the order of the record: by matter, then by number.

Years of seals do not fit in memory, so lines are sorted in runs that lie in temporary files and merged while
reading.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from heapq import merge
from pathlib import Path
from typing import IO, NamedTuple

RUN = 400_000


class SealedLine(NamedTuple):
    """One entry as a seal names it; the digest in hexadecimal."""

    matter: str
    seq: int
    digest: str
    matter_no: str


class SealedLines:
    """Takes lines in any order, gives them back in order.

    Lines of one seal can be taken back until :meth:`keep`.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="bihuan-verify-")
        self._runs: list[Path] = []
        self._kept: list[bytes] = []
        self._fresh: list[bytes] = []

    def take(self, line: bytes) -> None:
        """A line of the seal being read."""
        seq, matter, digest, matter_no = line.split(b" ", 3)
        self._fresh.append(b"%b%010d%b%b" % (matter, int(seq), digest, matter_no))

    def keep(self) -> None:
        """The seal proved good: its lines count."""
        self._kept += self._fresh
        self._fresh = []
        if len(self._kept) >= RUN:
            self._spill()

    def drop(self) -> None:
        """The seal proved bad: forget its lines."""
        self._fresh = []

    def close(self) -> None:
        """Remove the temporary files."""
        self._folder.cleanup()

    def in_order(self) -> Iterator[SealedLine]:
        """Every kept line, by matter and number."""
        self._kept.sort()
        if not self._runs:
            yield from map(_parse, self._kept)
            return
        self._spill()
        files: list[IO[bytes]] = [run.open("rb") for run in self._runs]
        try:
            yield from map(_parse, merge(*files))
        finally:
            for file in files:
                file.close()

    def _spill(self) -> None:
        self._kept.sort()
        run = Path(self._folder.name) / str(len(self._runs))
        with run.open("wb") as file:
            file.writelines(self._kept)
        self._runs.append(run)
        self._kept = []


def _parse(line: bytes) -> SealedLine:
    text = line.decode("ascii")
    return SealedLine(text[:36], int(text[36:46]), text[46:110], text[110:-1])
