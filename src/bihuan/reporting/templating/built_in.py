"""The templates that come with a release: data files in this package, one a kind of report."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from bihuan.kernel.crypto import sm3
from bihuan.kernel.record.entries import canonical

DOCUMENT = "document"
SPEECH = "speech"
STYLES = {
    DOCUMENT: "正式公文：有红头、文号、署名和版记，数据明细作附件",
    SPEECH: "发言材料：没有红头和文号，正文只用文字、不放表格和图，数据明细另存一份留底",
}


@dataclass(frozen=True, slots=True)
class Template:
    """What a report of one kind says and in which order; ``title`` may have two lines, ``body`` is in the clerk's notation.

    ``recipients`` and ``copies`` are names separated by 、; empty recipients are those such a report usually goes to.
    """

    kind: str
    title: str
    body: str
    recipients: str = ""
    copies: str = ""
    style: str = DOCUMENT

    @property
    def plain(self) -> bool:
        """Whether the body is prose alone."""
        return self.style == SPEECH

    def json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def digest(self) -> bytes:
        """SM3 over everything it says."""
        return sm3.digest(canonical(self.json()).encode())


@cache
def built_in(kind: str) -> Template:
    """The template of a kind as this release has it.

    Raises:
        FileNotFoundError: the release has none of this kind.
    """
    file = resources.files("bihuan.reporting.templating") / "texts" / f"{kind}.toml"
    given = tomllib.loads(file.read_text(encoding="utf-8"))
    texts = {name: str(text).strip() for name, text in given.items()}
    return Template(kind=kind, **texts)
