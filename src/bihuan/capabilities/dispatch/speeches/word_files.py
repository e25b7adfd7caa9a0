"""The text of a .docx, which is a zip that strangers fill: weighed before it is opened, and only three parts are read.

The body (:mod:`.word_body`), and the lists and styles that number its paragraphs (:mod:`.word_numbers`). Bounds are
those for workbooks (:mod:`bihuan.kernel.workbooks.guard`), smaller where a paper is.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from bihuan.capabilities.dispatch.speeches.word_body import Body
from bihuan.capabilities.dispatch.speeches.word_numbers import Numbering
from bihuan.capabilities.dispatch.speeches.word_parts import Reader
from bihuan.kernel.errors import Refused
from bihuan.kernel.workbooks.guard import MOST_PARTS, MOST_RATIO, MOST_UNPACKED, RATIO_FROM

BODY = "word/document.xml"
NUMBERS = "word/numbering.xml"
STYLES = "word/styles.xml"
MOST_BODY: Final = 40 * 1024 * 1024
_CHUNK = 1 << 16


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
    names = set(archive.namelist())
    numbering = Numbering()
    for part, reader in ((STYLES, numbering.read_styles), (NUMBERS, numbering.read_numbers)):
        if part in names:
            _feed(archive, part, reader())
    body = Body(numbering)
    _feed(archive, BODY, body)
    return body.text


def _feed(archive: zipfile.ZipFile, name: str, reader: Reader) -> None:
    """Parse a part as it unpacks, counting what really comes out: the sizes in the directory may lie."""
    part = archive.getinfo(name)
    part.file_size = MOST_UNPACKED + 1
    size = 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > MOST_BODY:
                raise _unpacks_too_large()
            _weigh_ratio(size, part.compress_size)
            reader.feed(chunk)
    reader.close()


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
