"""A part of a .docx parsed as it unpacks, without building a tree; what would harm is refused."""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

from bihuan.kernel.errors import Refused

MOST_DEPTH: Final = 300
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main|"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main|"


class Reader:
    """Names and attributes of the word-processing namespace, each without it; depth is bounded, entities are refused."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator="|")
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        self._parser.CharacterDataHandler = self.characters
        self._parser.StartDoctypeDeclHandler = self._declared
        self._depth = 0

    def feed(self, chunk: bytes) -> None:
        """Parse a piece.

        Raises:
            ValueError: it is no well-formed XML.
            Refused: it nests without end or declares entities.
        """
        self._parse(chunk, last=False)

    def close(self) -> None:
        """Say that nothing more comes."""
        self._parse(b"", last=True)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; ``name`` is empty for what is not of word processing."""

    def end(self, name: str) -> None:
        """An element ends."""

    def characters(self, data: str) -> None:
        """Text between."""

    def _parse(self, chunk: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as fault:
            raise ValueError(str(fault)) from fault

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise refuse("too_deep", "文档内部层次异常，已拒绝；请把正文复制到新的文档再提交")
        self.start(local(name), {local(key): value for key, value in attributes.items()})

    def _finish(self, name: str) -> None:
        self._depth -= 1
        self.end(local(name))

    def _declared(self, *_declaration: object) -> None:
        raise refuse(
            "declarations", "文档的内部文件带有实体声明，不安全，已拒绝；请把正文复制到新的文档再提交"
        )


def local(name: str) -> str:
    """A name without its namespace; ``Fallback`` of another namespace keeps its own name, all else there is empty."""
    for space in (_WORD, _STRICT):
        if name.startswith(space):
            return name[len(space) :]
    return "Fallback" if name.endswith("markup-compatibility/2006|Fallback") else ""


def refuse(code: str, message: str) -> Refused:
    """The refusal of a paper, in words."""
    return Refused.because(f"speech.{code}", message + "。", "file")
