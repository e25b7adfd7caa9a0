"""Papers are known by their content, not by the ending of a name; programs inside them are refused."""

from __future__ import annotations

import io
import zipfile

from bihuan.kernel.errors import Refused

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ENTRIES = 5_000
PDF = "application/pdf"
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ENDINGS = {PDF: ".pdf", _OFFICE["word/document.xml"]: ".docx", _OFFICE["xl/workbook.xml"]: ".xlsx"}


def paper_type(received: bytes) -> str:
    """The media type of a paper: PDF, .docx or .xlsx.

    Raises:
        Refused: too large (``attachment.too_large``), another kind (``attachment.kind_unknown``), macros
            (``attachment.has_macros``) or an archive that unpacks too far (``attachment.unpacks_too_far``).
    """
    if len(received) > MAX_BYTES:
        raise Refused.because(
            "attachment.too_large", f"文件超过{MAX_BYTES // 1024 // 1024}MB，请拆分后再上传", "upload"
        )
    if received[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if received.startswith(b"PK\x03\x04"):
        return _office_type(received)
    raise _unknown()


def _office_type(received: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(received)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _unknown() from error
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refused.because(
            "attachment.unpacks_too_far", "文件解压后过大，不予接收，请核对文件来源", "upload"
        )
    names = {entry.filename for entry in entries}
    if any(name.rsplit("/", 1)[-1].lower().startswith("vbaproject") for name in names):
        raise Refused.because("attachment.has_macros", "文件含有宏程序，请另存为不含宏的格式再上传", "upload")
    if "[Content_Types].xml" in names:
        for part, media_type in _OFFICE.items():
            if part in names:
                return media_type
    raise _unknown()


def _unknown() -> Refused:
    return Refused.because(
        "attachment.kind_unknown", "文件内容不是PDF、docx、xlsx或照片，请转换格式后再上传", "upload"
    )
