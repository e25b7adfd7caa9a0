"""The smallest parts of a page. ``{% load look %}``: icon, badges, deadlines, days, money and table cells.

Lists draw hundreds of these, so they are built as strings, not from templates.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bihuan.kernel import clock
from bihuan.kernel.documents import numerals
from bihuan.kernel.web.parts import Action, Deadline, Deeds, Empty, Level, Link, Mark, Money, State

register = template.Library()

STATIC = Path(__file__).parents[1] / "static"
ICONS = STATIC / "bihuan/vendor/icons"
WEEKDAYS = "一二三四五六日"
UNKNOWN = "—"
_BITS = re.compile(r"\S+(?: ·)?")
_SENTENCE = re.compile("[，。；：？！]")

LEVEL_SIGNS = {"red": "◆", "orange": "▲", "yellow": "■", "blue": "●"}


@functools.cache
def _drawing(name: str) -> str:
    source = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    inner = source[source.index(">", source.index("<svg")) + 1 : source.rindex("</svg>")]
    inner = re.sub(r'<path stroke="none"[^>]*/>', "", inner)
    return re.sub(r"\s+", " ", inner).strip()


@register.simple_tag
@functools.cache
def asset(name: str) -> str:
    """A static file's address that changes with its content, so that no browser keeps last month's look."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"{static(name)}?{digest[:10]}"


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """A vendored line icon in the current colour; silent to screen readers unless it carries a ``label``."""
    if not name:
        return SafeString()
    hidden = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="ico {}" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"'
        ' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>{}</svg>',
        extra,
        hidden,
        SafeString(_drawing(name)),
    )


@register.simple_tag
def state_badge(state: State | str | None) -> SafeString:
    """A state as a word on its meaning's colour."""
    if not state:
        return SafeString(UNKNOWN)
    if isinstance(state, str):
        state = State(state)
    sign = {"done": "✓", "off": "×"}.get(state.standing, "")
    return format_html(
        '<span class="state state-{}">{}{}</span>',
        state.standing,
        format_html('<i aria-hidden="true">{}</i>', sign) if sign else "",
        state.word,
    )


@register.simple_tag
def level_mark(level: Level | None) -> SafeString:
    """A level as sign and word; each colour has its own shape for those who cannot tell colours apart."""
    if level is None or not level.word:
        return SafeString(UNKNOWN)
    if level.colour is None:
        return format_html('<span class="level">{}</span>', level.word)
    return format_html(
        '<span class="level level-{}"><i aria-hidden="true">{}</i>{}</span>',
        level.colour,
        LEVEL_SIGNS[level.colour],
        level.word,
    )


@register.simple_tag
def deadline(due: Deadline | date | None, stacked: bool = False) -> SafeString:
    """「还有 3 个工作日 · 2023-06-30 周五」; ``stacked`` puts the day under the words."""
    if due is None:
        return format_html('<span class="quiet">{}</span>', UNKNOWN)
    if not isinstance(due, Deadline):
        due = Deadline.of(due)
    mark = f" due-{due.colour}" if due.colour and not due.paused else ""
    sign = {"red": "!", "orange": "!"}.get(due.colour or "", "") if not due.paused else ""
    return format_html(
        '<span class="due{}{}"><b>{}{}</b>'
        '<span class="due-day"><time datetime="{}">{}</time>{}</span></span>',
        mark,
        " due-stacked" if stacked else "",
        format_html('<i aria-hidden="true">{}</i>', sign) if sign else "",
        due.words,
        due.day.isoformat(),
        day(due.day),
        SafeString(' <em class="note-tag">暂定</em>') if due.provisional else "",
    )


@register.filter
def day(value: date | datetime | None) -> str:
    """「2023-06-30 周五」, where someone must act on that day."""
    if value is None:
        return UNKNOWN
    plain = plain_day(value)
    return f"{plain} 周{WEEKDAYS[_legal_day(value).weekday()]}"


@register.filter
def plain_day(value: date | datetime | None) -> str:
    """「2023-06-30」 in Chinese legal time."""
    return UNKNOWN if value is None else _legal_day(value).isoformat()


@register.filter
def moment(value: datetime | None) -> str:
    """「2023-06-30 14:05」 in Chinese legal time."""
    return UNKNOWN if value is None else clock.minute_of(value)


def _legal_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return clock.day_of(value) if value.tzinfo else value.date()
    return value


@register.filter
def number(value: Any) -> str:
    """Thousands separated; a zero is 0, the unknown is a dash."""
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


@register.filter
def yuan(value: Money | int | None) -> str:
    """Fen as yuan, exact to the fen, without trailing zeroes when the amount is whole."""
    fen = value.fen if isinstance(value, Money) else value
    return UNKNOWN if fen is None else numerals.yuan(fen)


@register.simple_tag
def mark(signature: Mark | None) -> SafeString:
    """How an entry was signed, by whom it was witnessed, and whether the signature still checks out."""
    if signature is None:
        return format_html('<span class="sig sig-none">{}</span>', "无签名")
    checked = {True: "验签通过", False: "验签不通过", None: ""}[signature.good]
    return format_html(
        '<span class="sig sig-{}{}">{}{}{}{}</span>',
        signature.kind,
        " sig-bad" if signature.good is False else "",
        icon("signature"),
        signature.label,
        f"（见证人：{signature.witness}）" if signature.witness else "",
        format_html('<small class="sig-check">{}</small>', checked) if checked else "",
    )


@register.filter
def bits(text: str) -> SafeString | str:
    """Words that belong together stay on one line: a break falls between 「临溪街道 ·」 and 「消防」."""
    if " " not in text or len(text) > 60 or _SENTENCE.search(text):
        return text
    pieces = ((one,) for one in _BITS.findall(text))
    return format_html("<span>{}</span>", format_html_join(" ", '<span class="bit">{}</span>', pieces))


@register.simple_tag
def cell(value: Any, kind: str = "text") -> SafeString | str:
    """One value in a table or a facts list, drawn by what it is."""
    if value is None or value == "":
        return format_html('<span class="quiet">{}</span>', UNKNOWN)
    for shape, draw in _CELLS:
        if isinstance(value, shape):
            return draw(value)
    if isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), moment(value))
    if isinstance(value, date):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), plain_day(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return number(value)
    if isinstance(value, (list, tuple)):
        return format_html_join("、", "{}", ((cell(one),) for one in value))
    return bits(str(value))


def _link(value: Link) -> SafeString:
    return format_html('<a href="{}">{}{}</a>', value.href, icon(value.icon, extra="ico-s"), value.label)


def _button(value: Action) -> SafeString:
    if not value.allowed:
        return format_html('<span class="quiet">{}</span>', "；".join(value.reasons) or value.label)
    return format_html('<a class="btn btn-sm" href="{}">{}</a>', value.href, value.label)


def _buttons(value: Deeds) -> SafeString:
    return format_html(
        '<span class="deeds">{}</span>',
        format_html_join(" ", "{}", ((_button(one),) for one in value.actions)),
    )


_CELLS: Sequence[tuple[type, Callable[[Any], SafeString | str]]] = (
    (State, state_badge),
    (Level, level_mark),
    (Deadline, lambda due: deadline(due, stacked=True)),
    (Money, yuan),
    (Link, _link),
    (Action, _button),
    (Deeds, _buttons),
    (Mark, mark),
)


@register.inclusion_tag("components/empty.html")
def empty_state(empty: Empty | None) -> dict[str, Any]:
    """What would stand here, and how to begin."""
    return {"empty": empty or Empty("这里还没有内容")}


@register.simple_tag
def prose(text: str | None) -> SafeString:
    """Text people typed, paragraph by paragraph, escaped."""
    if not text:
        return format_html('<span class="quiet">{}</span>', UNKNOWN)
    return format_html_join("", "<p>{}</p>", ((line,) for line in text.splitlines() if line.strip()))
