"""A folder of seals as a whole: none missing, none altered, each following the one before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from pathlib import Path

from bihuan.kernel.record import seal_files
from bihuan.kernel.record.findings import Finding
from bihuan.kernel.record.models import RecordSeal
from bihuan.kernel.record.seal_files import BadSeal, SealFile
from bihuan.kernel.record.sealed_lines import SealedLines


class SealChain:
    """The seals in ``folder``. ``own``: the installation's own, where the newest must be there too."""

    def __init__(self, folder: Path, keys: Mapping[str, bytes], *, own: bool) -> None:
        self._folder = folder
        self._keys = keys
        self._own = own
        self._numbers = seal_files.numbers_in(folder)
        self._good: dict[int, SealFile] = {}
        self._bad: dict[int, str] = {}

    def read(self, lines: SealedLines) -> None:
        """Read every file once, giving the lines of the good ones to ``lines``."""
        for number in self._numbers:
            try:
                found = seal_files.read(self._folder / seal_files.name_of(number), self._keys, lines.take)
                if found.head.number != number:
                    raise BadSeal(f"文件名与内容不符，内容是第{found.head.number}号")
            except BadSeal as reason:
                lines.drop()
                self._bad[number] = str(reason)
            else:
                lines.keep()
                self._good[number] = found
        ranges = sorted((seal.head.from_tx, seal.head.upto_tx) for seal in self._good.values())
        self._starts = [first for first, _ in ranges]
        self._ends = [upto for _, upto in ranges]

    def covers(self, tx: int) -> bool:
        """Whether a good seal claims to hold everything of transaction ``tx``."""
        place = bisect_right(self._starts, tx) - 1
        return place >= 0 and tx < self._ends[place]

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the seals themselves.

        Reads the table of seals, so that a lost last one is missed.
        """
        registered = {row.number: bytes(row.digest) for row in RecordSeal.objects.all()}
        newest = max(self._numbers, default=0)
        if self._own:
            newest = max([newest, *(number for number in registered if not self._exists(number))])
        for number in range(1, newest + 1):
            detail = self._fault(number, registered)
            if detail:
                yield Finding("bad_seal", seal_files.name_of(number), None, f"第{number}号封存：{detail}")

    def _exists(self, number: int) -> bool:
        return (self._folder / seal_files.name_of(number)).exists()

    def _fault(self, number: int, registered: Mapping[int, bytes]) -> str | None:
        if number in self._bad:
            return self._bad[number]
        seal = self._good.get(number)
        if seal is None:
            return "文件缺失"
        if number in registered and registered[number] != seal.digest:
            return "文件与系统登记的摘要不一致"
        before = self._good.get(number - 1)
        if before is not None and (seal.head.previous, seal.head.from_tx) != (
            before.digest,
            before.head.upto_tx,
        ):
            return "与前一封存不相接，其中之一被替换"
        if number == 1 and seal.head.previous != seal_files.NO_SEAL:
            return "第一号封存之前还有封存，前面的文件被删除"
        return None
