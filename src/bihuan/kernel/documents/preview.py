"""The page face: what the clerk reads before issuing is what will be printed, in the same order and words.

Everything a user wrote is escaped; a figure links to the records it counts; a link can only be a path of this
site or an http address. Charts come from `charts` (already escaped); any other SVG is shown as an image,
where it cannot run scripts.
"""

from __future__ import annotations

import base64
from html import escape

from bihuan.kernel.documents.charts.ink import drawn_here
from bihuan.kernel.documents.model import (
    Align,
    Block,
    Chart,
    Document,
    FigureRef,
    Form,
    Heading,
    PageBreak,
    Paragraph,
    Remark,
    Run,
    SignatureBlock,
    SignPlaces,
    Table,
)
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.documents.outline import (
    DEMO_MARK,
    Marked,
    attachment_lines,
    caption,
    cell_runs,
    foot_line,
    marked,
    page_sign_line,
    printed_line,
)
from bihuan.kernel.documents.printable import printable
from bihuan.kernel.documents.table_grid import HeadCell, head_cells, relative_widths

SAFE_LINKS = ("/", "https://", "http://", "#", "?")


def to_html(document: Document) -> str:
    """An ``<article class="paper">`` fragment; headings begin at h2, the title is the h1 of the paper."""
    body, appendix = marked(document)
    parts = [_element("p", "paper-demo", DEMO_MARK)] if document.demo else []
    parts += [_opening(document), *map(_block, body), _attachments(document)]
    if document.signature:
        parts.append(_signature(document.signature))
    if appendix:
        parts.append(f'<section class="paper-appendix">{"".join(map(_block, appendix))}</section>')
    parts += [_closing(document), _element("p", "paper-foot", page_sign_line(document))]
    parts += [_element("p", "paper-foot", foot_line(document))]
    return f'<article class="paper" lang="zh-CN">{"".join(parts)}</article>'


def _opening(document: Document) -> str:
    head = _element("p", "paper-red-head", document.red_head)
    number = _element("p", "paper-number", document.number)
    signer = _element("p", "paper-signer", f"签发人：{document.signer}") if document.signer else ""
    title = _element("h1", "paper-title", document.title) + _element("p", "paper-subtitle", document.subtitle)
    recipients = _element(
        "p", "paper-recipients", f"{'、'.join(document.recipients)}：" if document.recipients else ""
    )
    if document.red_head:
        return f'<header class="paper-head">{head}{number}{signer}</header>{title}{recipients}'
    return title + number + recipients


def _block(item: Marked) -> str:
    block: Block = item.block
    match block:
        case Heading():
            return _element(f"h{block.level + 1}", f"paper-h{block.level}", item.mark + block.text)
        case Paragraph():
            styles = "paper-flush" if not block.indent or block.align != "left" else ""
            return f"<p{_classes(styles, _aligned(block.align))}>{_runs(block.runs)}</p>"
        case Table():
            return _table(block, item.mark)
        case Chart():
            return _chart(block, item.mark)
        case SignatureBlock():
            return _signature(block)
        case Form():
            return _form(block)
        case SignPlaces():
            return _sign_places(block)
        case Remark():
            return _element("p", "paper-remark", block.text)
        case PageBreak():
            return '<hr class="paper-break">'


def _runs(content: tuple[Run, ...]) -> str:
    return "".join(map(_run, content))


def _run(run: Run) -> str:
    if not isinstance(run, FigureRef):
        return f"<strong>{_text(run.text)}</strong>" if run.strong else _text(run.text)
    data = f' data-figure="{escape(run.anchor)}"' if run.anchor else ""
    if run.uri.startswith(SAFE_LINKS) and not run.uri.startswith("//"):
        return f'<a class="figure-ref" href="{escape(run.uri)}"{data}>{_text(run.text)}</a>'
    return f'<span class="figure-ref"{data}>{_text(run.text)}</span>'


def _table(table: Table, mark: str) -> str:
    title = f"<caption>{_text(caption(mark, table.caption))}</caption>" if table.caption else ""
    shares = "".join(f'<col width="{share * 100:.1f}%">' for share in relative_widths(table))
    head = "".join(f"<tr>{''.join(map(_head, row))}</tr>" for row in head_cells(table))
    rows = []
    for index, row in enumerate(table.rows):
        cells = "".join(
            f"<td{_classes(_aligned(column.align))}>{_runs(cell_runs(cell))}</td>"
            for cell, column in zip(row, table.columns, strict=True)
        )
        total = _classes("paper-total" if index >= len(table.rows) - table.totals else "")
        anchor = table.row_anchors[index] if index < len(table.row_anchors) else ""
        name = f' id="figure-{escape(anchor)}"' if anchor else ""
        rows.append(f"<tr{name}{total}>{cells}</tr>")
    unit = _element("p", "paper-unit", table.unit)
    notes = "".join(_element("p", "paper-note", note) for note in table.notes)
    groups = f"<colgroup>{shares}</colgroup><thead>{head}</thead><tbody>{''.join(rows)}</tbody>"
    made = f"<table>{title}{groups}</table>"
    return f'<div class="paper-table">{unit}<div class="paper-scroll" tabindex="0">{made}</div>{notes}</div>'


def _head(cell: HeadCell) -> str:
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f'<th scope="col{"group" if cell.columns > 1 else ""}"{spans}>{_text(cell.text)}</th>'


def _chart(chart: Chart, mark: str) -> str:
    if drawn_here(chart.svg):
        picture = chart.svg
    else:
        data = base64.b64encode(chart.svg.encode()).decode()
        picture = f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(chart.alt or chart.caption)}">'
    words = f"<figcaption>{_text(caption(mark, chart.caption))}</figcaption>" if chart.caption else ""
    note = _element("p", "paper-note", chart.note)
    return f'<figure class="paper-chart"><div class="paper-scroll" tabindex="0">{picture}</div>{words}{note}</figure>'


def _attachments(document: Document) -> str:
    lines = "".join(f"<p>{_text(line)}</p>" for line in attachment_lines(document))
    return f'<div class="paper-attachments">{lines}</div>' if lines else ""


def _form(form: Form) -> str:
    total = sum(form.widths)
    shares = "".join(f'<col width="{width * 100 / total:.1f}%">' for width in form.widths)
    rows = []
    for row in form.rows:
        cells = []
        for cell in row:
            span = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            foot = _element("span", "paper-box-foot", cell.foot)
            tag = "th" if cell.label else "td"
            cells.append(f"<{tag}{span}{_classes(_aligned(cell.align))}>{_text(cell.text)}{foot}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    made = f"<table><colgroup>{shares}</colgroup><tbody>{''.join(rows)}</tbody></table>"
    return f'<div class="paper-table paper-form"><div class="paper-scroll" tabindex="0">{made}</div></div>'


def _sign_places(block: SignPlaces) -> str:
    lines = []
    for line in block.lines:
        hand = _text(line.name)
        if line.picture:
            data = base64.b64encode(line.picture.encode()).decode()
            hand = f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(line.label)}手写签名">'
        note = _element("span", "paper-hand-note", line.note)
        lines.append(
            f'<p class="paper-sign">{_text(line.label)}（签名）：<span class="paper-hand">{hand}</span>{note}</p>'
        )
    return f'<div class="paper-signs">{"".join(lines)}</div>'


def _signature(block: SignatureBlock) -> str:
    mark = _element("p", "paper-seal", block.mark)
    return (
        f'<div class="paper-signature">{mark}<p>{_text(block.organ)}</p><p>{chinese_date(block.on)}</p></div>'
    )


def _closing(document: Document) -> str:
    if document.copy_to is None:
        return ""
    printer, day = printed_line(document)
    recipients = "、".join(document.copy_to.recipients)
    copied = _element("p", "", f"抄送：{recipients}。" if recipients else "")
    printed = f"<p><span>{_text(printer)}</span><span>{_text(day)}</span></p>" if printer or day else ""
    return f'<footer class="paper-closing">{copied}{printed}</footer>'


def _element(tag: str, name: str, text: str) -> str:
    return f"<{tag}{_classes(name)}>{_text(text)}</{tag}>" if text else ""


def _classes(*names: str) -> str:
    given = " ".join(name for name in names if name)
    return f' class="{given}"' if given else ""


def _aligned(align: Align) -> str:
    return "" if align == "left" else f"paper-{align}"


def _text(text: str) -> str:
    return escape(printable(text)).replace("\n", "<br>")
