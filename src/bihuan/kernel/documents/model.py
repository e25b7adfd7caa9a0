"""What an official document is made of, independent of how it is shown.

One model serves page, Word and PDF, so no version of a report can say something the others do not. All values
are final text: figures are computed, rounded and frozen before they come here (a `FigureRef` only carries the
frozen figure's id along). Layout terms follow GB/T 9704-2012.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text within a paragraph or cell; ``strong`` sets it in 黑体."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A number in a sentence that can be opened.

    ``text`` is printed; ``anchor`` is the id of the frozen figure, unique per place only by its target;
    ``uri`` is where the records are shown (a site path for the page, an absolute http address to be a link on
    paper too).
    """

    text: str
    anchor: str
    uri: str = ""


Run: TypeAlias = Text | FigureRef
Cell: TypeAlias = str | Run | tuple[Run, ...]


def runs(*parts: str | Run) -> tuple[Run, ...]:
    """Runs from strings and figures in reading order: ``runs("共排查", FigureRef("526", id), "处。")``."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1–4 is numbered 一、（一）1.（1） in order unless ``numbered`` is off."""

    level: int
    text: str
    numbered: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError("公文结构层次只有四级")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text; ``indent`` off sets it flush left."""

    runs: tuple[Run, ...]
    indent: bool = True
    align: Align = "left"

    @classmethod
    def of(cls, *parts: str | Run) -> Paragraph:
        """A paragraph from strings and figures in reading order."""
        return cls(runs(*parts))


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; equal neighbouring ``group`` names make a two-row heading.

    ``width`` is in Chinese characters of the table's size; without it the column is measured by its content.
    """

    heading: str
    width: float | None = None
    align: Align = "center"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose heading rows repeat on every page.

    ``unit`` stands above it on the right (单位：处); the last ``totals`` rows are set in 黑体;
    ``row_anchors`` names rows that a `FigureRef` with the same anchor may jump to (the figure appendix);
    ``size`` is in points.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()
    totals: int = 0
    size: float = 12.0
    numbered: bool = True
    row_anchors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("表格每行的格数必须与列数相同")
        if any(column.width is not None and column.width <= 0 for column in self.columns):
            raise ValueError("表格列宽必须大于零")


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture from `charts`; ``alt`` says in words what it shows; ``width`` is a share of the type area."""

    svg: str
    caption: str = ""
    alt: str = ""
    note: str = ""
    width: float = 1.0
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Issuing organ and date; ``sealed`` leaves the places GB/T 9704 gives to a document that gets a
    stamp, ``mark`` names the seal there in grey (（印章）)."""

    organ: str
    on: date
    sealed: bool = True
    mark: str = ""


@dataclass(frozen=True, slots=True)
class FormCell:
    """A box of a ruled form: a ``label``, or content that keeps room for ``lines`` lines and ends in ``foot`` (签名、日期)."""

    text: str = ""
    columns: int = 1
    label: bool = False
    lines: int = 1
    foot: str = ""
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Form:
    """A ruled form (审批表): boxes over ``widths``, which are relative; every row fills all columns."""

    widths: tuple[int, ...]
    rows: tuple[tuple[FormCell, ...], ...]

    def __post_init__(self) -> None:
        if any(sum(cell.columns for cell in row) != len(self.widths) for row in self.rows):
            raise ValueError("表单每行的格子须占满各列")


@dataclass(frozen=True, slots=True)
class SignLine:
    """A place to sign: empty until ``name`` or ``picture`` (an SVG of the hand) fills it; ``note`` follows (证号、日期)."""

    key: str
    label: str
    name: str = ""
    note: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class SignPlaces:
    """Places to sign, one a line."""

    lines: tuple[SignLine, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A ruled-off line in smaller type below everything: 本文书一式两份……"""

    text: str


Block: TypeAlias = (
    Heading | Paragraph | Table | Chart | PageBreak | SignatureBlock | Form | SignPlaces | Remark
)


@dataclass(frozen=True, slots=True)
class CopyTo:
    """The closing record (版记): whom it is copied to, who printed it and when."""

    recipients: tuple[str, ...] = ()
    printer: str = ""
    printed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An official document.

    ``red_head`` is the text of the red mark (发文机关标志) or empty for none; ``number`` the 发文字号;
    ``serial`` and ``digest`` identify a generated report and stand at the foot of every page; ``demo`` marks
    every page 演示; ``appendix`` follows the signature on new pages (附件). ``page_signers`` sign at the foot of every
    page (笔录逐页签名). ``compact`` sets the body in 4号 instead of 3号, as enforcement documents are.
    """

    kind: str
    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    issuer: str = ""
    red_head: str = ""
    number: str = ""
    signer: str = ""
    recipients: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    signature: SignatureBlock | None = None
    appendix: tuple[Block, ...] = ()
    copy_to: CopyTo | None = None
    serial: str = ""
    digest: str = ""
    demo: bool = False
    page_signers: tuple[str, ...] = ()
    compact: bool = False
