"""A workbook is a zip that strangers fill: what it would unpack to is weighed before anything parses it.

Refused in words: too large, too many parts, unpacking to over 200 MB, a zip bomb, entity declarations in its XML,
encrypted, a web page or text that only calls itself a workbook. Macros and links to other workbooks are not
executed or followed, only the values are read.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from bihuan.kernel.errors import Refused

MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 2_000
MOST_RATIO = 200
RATIO_FROM = 8 * 1024 * 1024
"""Small parts may compress as well as they like; only from this unpacked size on the ratio counts."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_CHUNK = 1 << 18
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<!doctype")


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is known of a workbook before it is parsed."""

    form: str
    """``xlsx`` (any zipped workbook) or ``xls`` (the old binary one)."""
    unpacked: int
    epoch_1904: bool
    has_macros: bool
    has_links: bool


def _refuse(code: str, message: str) -> Refused:
    return Refused.because(f"workbook.{code}", message, "file")


def inspect(path: Path) -> Inspected:
    """Weigh the file at ``path`` without parsing it.

    Raises:
        Refused: it is no workbook, is encrypted, or would unpack to more than is allowed.
    """
    size = path.stat().st_size
    if size == 0:
        raise _refuse("empty", "文件是空的，请重新选择")
    if size > MOST_BYTES:
        raise _refuse(
            "too_large", f"文件有 {size // 1048576} MB，超过 50 MB，请删去图片或按月、按镇街拆成几个文件"
        )
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(_OLE):
        return _inspect_binary(path, size)
    if head.startswith(_ZIP):
        return _inspect_zip(path)
    raise _not_a_workbook(head)


def _not_a_workbook(head: bytes) -> Refused:
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if text.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")):
        return _refuse(
            "web_page", "这个文件其实是网页，不是 Excel 工作簿，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"
        )
    return _refuse("not_a_workbook", "这不是 Excel 工作簿，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传")


def _inspect_binary(path: Path, size: int) -> Inspected:
    if _ENCRYPTED in path.read_bytes():
        raise _encrypted()
    return Inspected("xls", size, epoch_1904=False, has_macros=False, has_links=False)


def _encrypted() -> Refused:
    return _refuse("encrypted", "工作簿设了打开密码，请在 Excel 或 WPS 中取消密码后再上传")


def _inspect_zip(path: Path) -> Inspected:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _weigh_declared(parts)
            return _unpack(archive, parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise _refuse(
            "damaged", "工作簿已损坏，打不开，请用 Excel 或 WPS 修复并另存为 .xlsx 再上传"
        ) from error


def _weigh_declared(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise _refuse(
            "too_many_parts", f"工作簿内有 {len(parts)} 个部件，超过 {MOST_PARTS} 个，请删去图片后再上传"
        )
    if any(part.flag_bits & 1 for part in parts):
        raise _encrypted()
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _too_much()
    for part in parts:
        _weigh_ratio(part.file_size, part.compress_size)


def _weigh_ratio(unpacked: int, packed: int) -> None:
    if unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(packed, 1):
        raise _refuse("bomb", "工作簿的压缩比异常，像是压缩炸弹，已拒绝；请把内容复制到新的工作簿再上传")


def _too_much() -> Refused:
    return _refuse("unpacks_too_large", "工作簿展开后超过 200 MB，请按月、按镇街拆成几个文件再上传")


def _unpack(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Inspected:
    """Unpack every part once, counting what really comes out: the sizes in the directory may lie."""
    total = 0
    epoch_1904 = False
    for part in parts:
        declared, part.file_size = part.file_size, MOST_UNPACKED + 1
        size = 0
        markup = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        tail = b""
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if total + size > MOST_UNPACKED:
                    raise _too_much()
                _weigh_ratio(size, part.compress_size)
                if markup:
                    _no_declarations(tail + chunk, first=size == len(chunk))
                    tail = chunk[-16:]
                if part.filename == "xl/workbook.xml":
                    epoch_1904 |= b'date1904="1"' in chunk or b'date1904="true"' in chunk
        part.file_size = declared
        total += size
    names = [part.filename.lower() for part in parts]
    return Inspected(
        "xlsx", total, epoch_1904,
        has_macros=any(name.endswith("vbaproject.bin") for name in names),
        has_links=any("externallinks/" in name for name in names),
    )  # fmt: skip


def _no_declarations(chunk: bytes, *, first: bool) -> None:
    wide = first and chunk[:2] in (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
    if wide or any(word in chunk for word in _DECLARATIONS):
        raise _refuse(
            "declarations", "工作簿的内部文件带有实体声明，不安全，已拒绝；请把内容复制到新的工作簿再上传"
        )
