"""What a clerk hands in (.txt, .docx, pasted text) as text, or a sentence saying why it cannot be read.

UTF-8, GB18030 and UTF-16 with a byte order mark are recognised. What is neither is refused rather than guessed: a
speech in wrong characters would give tasks that nobody said.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bihuan.capabilities.dispatch.speeches import word_files
from bihuan.kernel.errors import Refused

MOST_TEXT_BYTES: Final = 2 * 1024 * 1024
MOST_CHARACTERS: Final = 200_000
MOST_FILE_BYTES: Final = 50 * 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAVE_AS = "请在 WPS 或 Word 中打开后另存为 .docx（或纯文本 .txt）再提交"
_FORMS = (
    (b"%PDF", "pdf", f"这是 PDF，不能直接读取；若是扫描件请先做文字识别。{_SAVE_AS}"),
    (b"\x89PNG", "picture", "这是图片，读不出文字，请先做文字识别，核对后粘贴为 .txt 再提交"),
    (b"\xff\xd8\xff", "picture", "这是照片，读不出文字，请先做文字识别，核对后粘贴为 .txt 再提交"),
    (b"{\\rtf", "rich_text", f"这是 RTF 文档，{_SAVE_AS}"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "old_word",
        f"这是旧版 .doc、.wps 或设了打开密码的文档，{_SAVE_AS}",
    ),
    (b"Rar!", "archive", "这是压缩包，请解压后逐个提交其中的 .txt 或 .docx"),
    (b"7z\xbc\xaf", "archive", "这是压缩包，请解压后逐个提交其中的 .txt 或 .docx"),
)
_COMMON = 0.9
"""Of the Chinese characters, the share that GB 2312 must hold; wrong decoding yields rare ones."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a document, ``form`` (``txt`` or ``docx``) and the encoding it was in."""

    text: str
    form: str
    encoding: str


def read_file(path: Path) -> Source:
    """The text of a file.

    Raises:
        Refused: ``speech.no_file``, ``speech.empty``, ``speech.too_large``, ``speech.pdf``, ``speech.encoding`` and the
            like, each saying how to mend it.
    """
    if not path.is_file():
        raise _refuse("no_file", f"没有文件 {path}，请核对路径")
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise _too_large(path.stat().st_size)
        content = path.read_bytes()
    except OSError as fault:
        raise _refuse("unreadable", f"读不了文件 {path}：{fault.strerror}，请检查权限") from fault
    return read_bytes(content)


def read_bytes(content: bytes) -> Source:
    """The text of a document given as bytes; refusals as in :func:`read_file`."""
    if not content.strip(b"\x00 \r\n\t"):
        raise _refuse("empty", "文件是空的，请重新选择")
    if content.startswith(b"PK\x03\x04"):
        return _checked(Source(word_files.text_of(content), "docx", "utf-8"))
    for magic, code, message in _FORMS:
        if content.startswith(magic):
            raise _refuse(code, message)
    if len(content) > MOST_TEXT_BYTES:
        raise _too_large(len(content))
    return _checked(_decoded(content))


def _decoded(content: bytes) -> Source:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return Source(content.decode(encoding).removeprefix("\ufeff"), "txt", encoding)
            except UnicodeDecodeError as fault:
                raise _wrong_encoding() from fault
    if b"\x00" in content:
        raise _refuse("not_text", f"这不是文本文件，也不是 .docx 文档，{_SAVE_AS}")
    for encoding in ("utf-8", "gb18030"):
        try:
            return Source(content.decode(encoding), "txt", encoding)
        except UnicodeDecodeError:
            continue
    raise _wrong_encoding()


def _checked(source: Source) -> Source:
    text = source.text
    if re.match(r"\s*<(?:!doctype html|html|head|meta|table)\b", text[:200], re.IGNORECASE):
        raise _refuse("web_page", "这是网页，请把正文粘贴为 .txt 再提交")
    if len(text) > MOST_CHARACTERS:
        raise _refuse(
            "too_large",
            f"文中有 {len(text):,} 个字符，超过 {MOST_CHARACTERS:,} 个，请只提交讲话或通知本身，不要合并多份材料",
        )
    chinese = re.findall("[\u3400-\u9fff\uf900-\ufaff]", text)
    if not chinese:
        raise _refuse("no_chinese", "文中没有中文，若是扫描件请先做文字识别再提交")
    if source.encoding == "gb18030" and not _plausible(text, chinese):
        raise _wrong_encoding()
    if text.count("\ufffd") > 2:
        raise _wrong_encoding()
    return source


def _plausible(text: str, chinese: list[str]) -> bool:
    common = sum(_in_gb2312(character) for character in chinese)
    odd = sum("\ue000" <= character <= "\uf8ff" or character < "\x09" for character in text)
    return common >= _COMMON * len(chinese) and odd <= len(text) // 200


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _refuse(code: str, message: str) -> Refused:
    return Refused.because(f"speech.{code}", message + "。", "file")


def _too_large(size: int) -> Refused:
    told = f"文件有 {size / 1048576:.1f} MB，超过 {MOST_TEXT_BYTES // 1048576} MB 的文本上限"
    return _refuse("too_large", f"{told}，请只提交讲话或通知本身，不要合并多份材料")


def _wrong_encoding() -> Refused:
    return _refuse(
        "encoding", "文字编码认不出来（不是 UTF-8，也不是 GB18030），请用记事本打开，另存为 UTF-8 编码再提交"
    )
