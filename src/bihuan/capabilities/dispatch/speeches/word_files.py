"""The text of a .docx, which is a zip that strangers fill: weighed before it is opened, and only its body is read.

Paragraphs become lines. Text that was deleted under change tracking and field codes are left out. In a table whose
heading row names 责任单位, 完成时限 and the like, those cells carry their heading, so that a task table reads like a
list. Bounds are those for workbooks (:mod:`bihuan.kernel.workbooks.guard`), smaller where a paper is.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final
from xml.parsers import expat

from bihuan.kernel.errors import Refused
from bihuan.kernel.workbooks.guard import MOST_PARTS, MOST_RATIO, MOST_UNPACKED, RATIO_FROM

BODY = "word/document.xml"
MOST_BODY: Final = 40 * 1024 * 1024
MOST_DEPTH: Final = 300
_CHUNK = 1 << 16
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main|"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main|"
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006|Fallback"
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr"})
_LABEL = re.compile(
    r"(?:牵头|责任|配合|协办|主办|承办|主责|实施|落实)(?:责任)?(?:单位|部门|领导|人)|(?:完成|整改|工作)?(?:时限|期限|时间节点)"
)


def text_of(content: bytes) -> str:
    """The body's text, one line a paragraph.

    Raises:
        Refused: it is no .docx, is damaged or encrypted, or would unpack to more than a paper can hold.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _weigh(archive.infolist())
            names = {part.filename for part in archive.infolist()}
            if BODY not in names:
                raise _not_word(names)
            return _read(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ValueError,
        OSError,
        RuntimeError,
    ) as fault:
        raise _refuse("damaged", "文档已损坏，打不开，请用 WPS 或 Word 修复并另存为 .docx 再提交") from fault


def _weigh(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise _refuse(
            "too_many_parts", f"文档内有 {len(parts)} 个部件，超过 {MOST_PARTS} 个，请删去图片后再提交"
        )
    if any(part.flag_bits & 1 for part in parts):
        raise _refuse("encrypted", "文档设了打开密码，请取消密码后再提交")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _unpacks_too_large()
    for part in parts:
        _weigh_ratio(part.file_size, part.compress_size)


def _weigh_ratio(unpacked: int, packed: int) -> None:
    if unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(packed, 1):
        raise _refuse("bomb", "文档的压缩比异常，像是压缩炸弹，已拒绝；请把正文复制到新的文档再提交")


def _read(archive: zipfile.ZipFile) -> str:
    """Parse the body as it unpacks, counting what really comes out: the sizes in the directory may lie."""
    part = archive.getinfo(BODY)
    part.file_size = MOST_UNPACKED + 1
    body, size = _Body(), 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > MOST_BODY:
                raise _unpacks_too_large()
            _weigh_ratio(size, part.compress_size)
            body.feed(chunk)
    return body.close()


class _Body:
    """Collects paragraphs from the XML of a body without building a tree."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator="|")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._declared
        self._lines: list[str] = []
        self._runs: list[str] = []
        self._depth = self._skipping = 0
        self._in_text = False
        self._tables: list[_Table] = []

    def feed(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk, False)
        except expat.ExpatError as fault:
            raise ValueError(str(fault)) from fault

    def close(self) -> str:
        try:
            self._parser.Parse(b"", True)
        except expat.ExpatError as fault:
            raise ValueError(str(fault)) from fault
        return "\n".join(self._lines)

    def _declared(self, *_declaration: object) -> None:
        raise _refuse(
            "declarations", "文档的内部文件带有实体声明，不安全，已拒绝；请把正文复制到新的文档再提交"
        )

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise _refuse("too_deep", "文档内部层次异常，已拒绝；请把正文复制到新的文档再提交")
        local = _local(name)
        if self._skipping or name == _FALLBACK or local in _SKIPPED:
            self._skipping += 1
            return
        self._in_text = local == "t"
        if local == "tab":
            self._runs.append("\t")
        elif local in ("br", "cr"):
            self._break()
        elif local == "tbl":
            self._tables.append(_Table())
        elif local == "tr" and self._tables:
            self._tables[-1].begin_row()

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
            return
        local = _local(name)
        if local == "t":
            self._in_text = False
        elif local == "p":
            self._break()
        elif local == "tc" and self._tables:
            self._lines += self._tables[-1].end_cell()
        elif local == "tr" and self._tables:
            self._lines += self._tables[-1].end_row()
        elif local == "tbl" and self._tables:
            self._tables.pop()

    def _characters(self, data: str) -> None:
        if self._in_text and not self._skipping:
            self._runs.append(data.replace("\n", " "))

    def _break(self) -> None:
        line = "".join(self._runs)
        self._runs.clear()
        if self._tables:
            self._tables[-1].cell.append(line)
        else:
            self._lines.append(line)


class _Table:
    """One table being read: its heading row decides which cells say who and until when."""

    def __init__(self) -> None:
        self.cell: list[str] = []
        self._headings: list[str] = []
        self._first: list[str] = []
        self._row = -1
        self._column = 0

    def begin_row(self) -> None:
        self._row += 1
        self._column = 0

    def end_cell(self) -> list[str]:
        lines = [line for line in self.cell if line.strip()]
        self.cell = []
        if self._row == 0:
            self._headings.append("".join(lines).strip())
            self._first += lines
            return []
        heading = self._headings[self._column] if self._column < len(self._headings) else ""
        self._column += 1
        if lines and _LABEL.search(heading):
            return [f"{_LABEL.search(heading).group()}：{'、'.join(lines)}"]  # type: ignore[union-attr]
        return lines

    def end_row(self) -> list[str]:
        """The first row's own lines, unless it turned out to be the heading row of a task table."""
        first, self._first = self._first, []
        return [] if any(_LABEL.search(heading) for heading in self._headings) else first


def _local(name: str) -> str:
    for space in (_WORD, _STRICT):
        if name.startswith(space):
            return name[len(space) :]
    return ""


def _not_word(names: set[str]) -> Refused:
    if any(name.startswith("xl/") for name in names):
        return _refuse("workbook", "这是 Excel 工作簿，不是讲话或通知，请提交 .docx 或 .txt")
    if any(name.startswith("ppt/") for name in names):
        return _refuse("slides", "这是演示文稿，请把讲话正文存为 .docx 或 .txt 再提交")
    return _refuse("not_word", "这不是 .docx 文档，请用 WPS 或 Word 打开后另存为 .docx 再提交")


def _unpacks_too_large() -> Refused:
    return _refuse("unpacks_too_large", "文档展开后过大，请只保留讲话或通知正文再提交")


def _refuse(code: str, message: str) -> Refused:
    return Refused.because(f"speech.{code}", message + "。", "file")
