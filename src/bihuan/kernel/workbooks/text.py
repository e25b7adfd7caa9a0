"""Two spellings of one word must meet: clerks pad, break and widen what they type, and Excel keeps all of it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WHITE = re.compile(r"[\s\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff\u00ad]+")
"""White space, and what nobody sees: a control character (Excel writes ``_x0000_``) has no place in the database."""
_EDGE = " \t\r\n\u3000\u00a0\u200b\ufeff"
_BRACKETS = str.maketrans("【〔[{】〕]}", "(((())))")
_UNIT_NOTE = re.compile(r"[(/]?(?:单位)?:?(亿元|万元|千元|百元|元)\)?$")
_MARKS = re.compile(r"[*★※]|\(必填\)|\(选填\)|\(可选\)")
_LIST_NUMBER = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、]")


@lru_cache(maxsize=65536)
def narrow(text: str) -> str:
    """Half width, nothing invisible, no white space at all: the form in which words are compared."""
    return _WHITE.sub("", unicodedata.normalize("NFKC", text))


def tidy(text: str) -> str:
    """The text as a reader means it: outer space gone, inner runs and line breaks one space, width kept."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _WHITE.sub(" ", text).strip(_EDGE)


def as_text(value: object) -> str:
    """A cell as text; whole numbers lose the ``.0`` that Excel's floats carry, dates read 2023-03-05."""
    if type(value) is str:
        return tidy(value)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).removesuffix(" 00:00:00")


def blank(value: object) -> bool:
    """Nothing there, or nothing a reader could see."""
    return value is None or (type(value) is str and not value.strip(_EDGE))


def heading_written(text: str) -> str:
    """A heading as its sheet shows it, without the line breaks and padding; reported back to the clerk."""
    return _WHITE.sub("", text)


@lru_cache(maxsize=8192)
def heading_key(text: str) -> str:
    """A heading without width, space, units, asterisks and list numbers: what synonyms are compared by."""
    key = _MARKS.sub("", narrow(text).translate(_BRACKETS))
    key = _LIST_NUMBER.sub("", key)
    return _UNIT_NOTE.sub("", key).rstrip(":;,.。、").upper()


def heading_unit(text: str) -> str | None:
    """The money unit a heading states, e.g. 元 in 投入资金（元）."""
    found = re.search(r"(亿元|万元|千元|百元|(?<![单公])元)", narrow(text))
    return found.group(1) if found else None
