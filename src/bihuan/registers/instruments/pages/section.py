"""The section 执法文书 on the page of any matter that has documents or may have them written by form."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.loops.registry import running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.sections import Section
from bihuan.registers.instruments import dossiers, kinds, offering, serving, shelf
from bihuan.registers.instruments import signing_places as places
from bihuan.registers.instruments.models import Instrument, Standing
from bihuan.registers.instruments.pages.layout import BASE, href_of

COLUMNS = (
    parts.Column("文书", "title"), parts.Column("日期", "day"), parts.Column("签名"), parts.Column("送达"),
    parts.Column("状态", "state", phone=False),
)  # fmt: skip


def section_of(actor: Actor, loop: str, matter: Any) -> Section | None:
    """Documents of a matter in the order they were issued, its dossiers, and what may be written."""
    rows = list(shelf.for_reader(shelf.instruments_of([matter.uid], voided=True), actor))
    offer = offering.of(loop)
    may = bool(offer.fill) and offer.may(actor, matter)
    bound = list(dossiers.dossiers_of(matter.uid)) if rows and shelf.reads_internal(actor) else []
    if not rows and not may:
        return None
    plural = running(loop).loop.plural
    links = [parts.Link(f"案卷 {one.file_no}", f"{BASE}dossiers/{one.uid}/") for one in bound]
    if may:
        links += [
            parts.Link(f"制发{kinds.label_of(slug)}", f"{BASE}new/{plural}/{matter.no}/{slug}/")
            for slug in offer.fill
        ]
    empty = parts.Empty("还没有制发文书。", icon="file-text")
    return Section("执法文书", parts.Ledger(COLUMNS, [_row(each) for each in rows], "执法文书"), empty, links)


def _row(each: Instrument) -> parts.Row:
    state = parts.State(Standing(each.state).label, "off" if each.voided else "done")
    cells = (kinds.label_of(each.kind), each.issued_on, _signed(each), _served(each), state)
    return parts.Row(cells, href_of(each), sub=each.number)


def _signed(each: Instrument) -> str:
    waiting = places.open_places(each)
    if each.voided or not waiting:
        return "已签" if each.signings else "—"
    return f"待签{len(waiting)}处"


def _served(each: Instrument) -> str:
    internal = kinds.kind(each.kind, each.issued_on).internal or each.kind == serving.RECEIPT
    return "—" if internal or each.voided else serving.words_of(each)
