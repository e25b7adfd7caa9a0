"""The words of a paper: pasted, or out of the file that came with it; what cannot be read is refused in words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from bihuan.capabilities.dispatch.papers.inputs import MOST_CHARACTERS
from bihuan.capabilities.dispatch.speeches import sources
from bihuan.kernel.attachments import keeping
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor

PASTED = "paste"


def text_of(paper: Any, given: Any) -> tuple[str, str]:
    """The paper's words and the form they came in (``txt``, ``docx``, ``paste``); a file outweighs what was typed.

    Raises:
        Refused: nothing was given (``speech.empty``), or what was given cannot be read (``speech.…``).
    """
    kept = keeping.here(paper.uid, given.original)
    if kept:
        return checked(sources.read_bytes(keeping.content_of(kept[0])), "original")
    if not given.text.strip():
        raise Refused.because("speech.empty", "请粘贴正文，或上传 .txt、.docx 文件", "text")
    source = sources.read_bytes(given.text.encode("utf-8"))
    return checked(sources.Source(source.text, PASTED, source.encoding), "text")


def checked(source: sources.Source, field: str) -> tuple[str, str]:
    """A paper's words, all line ends alike.

    Raises:
        Refused: more than one document can have (``speech.too_large``).
    """
    text = source.text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > MOST_CHARACTERS:
        told = f"文中有 {len(text):,} 个字符，超过 {MOST_CHARACTERS:,} 个，请只提交讲话或文件本身，不要合并多份材料"
        raise Refused.because("speech.too_large", told, field)
    return text, source.form


def keep_original(uid: UUID, upload: Any, actor: Actor) -> Attachment:
    """Keep an uploaded file for the paper that is about to be taken in, once its words can be read.

    Raises:
        Refused: they cannot; then nothing is kept.
    """
    content = upload.read(sources.MOST_FILE_BYTES + 1)
    if len(content) > sources.MOST_FILE_BYTES:
        limit = sources.MOST_FILE_BYTES // 1024 // 1024
        raise Refused.because("speech.too_large", f"文件超过 {limit} MB，请只提交讲话或文件本身", "original")
    try:
        _, form = checked(sources.read_bytes(content), "original")
    except Refused as refusal:
        raise Refused(*(Failure(one.code, one.message, "original") for one in refusal.failures)) from refusal
    upload.seek(0)
    store = keeping.store_paper if form == "docx" else keeping.store_text
    return store(uid, "original", upload, actor)
