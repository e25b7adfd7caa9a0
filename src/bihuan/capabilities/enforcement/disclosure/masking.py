"""What a public page may not say: the rest of a natural person's name, identity numbers, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

COMPOUND = (
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "司徒", "夏侯", "端木",
    "南宫", "轩辕", "独孤", "呼延", "百里", "申屠", "濮阳", "澹台", "太史",
)  # fmt: skip
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])\d[\dXx \-]{5,}[\dXx](?![0-9A-Za-z])")
_CHINESE = re.compile(r"^[\u3400-\u9fff·]+$")


def mask_name(name: str) -> str:
    """张三 → 张某，欧阳小明 → 欧阳某某; of a name in other letters only the first stays."""
    text = name.strip()
    if not text:
        return ""
    if not _CHINESE.match(text):
        return f"{text[0]}**"
    if "·" in text:
        first = text.partition("·")[0]
        return f"{first}·某"
    surname = text[:2] if len(text) > 2 and text.startswith(COMPOUND) else text[:1]
    return surname + "某" * max(1, min(2, len(text) - len(surname)))


def scrub(text: str, names: Iterable[str]) -> str:
    """Free text with the names of natural persons masked and numbers that could be identity or telephone numbers gone."""
    for name in sorted({one.strip() for one in names if len(one.strip()) > 1}, key=len, reverse=True):
        text = text.replace(name, mask_name(name))
    return _NUMBERS.sub("＊＊＊", text)
