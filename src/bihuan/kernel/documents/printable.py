"""Text as paper can show it: ledgers and web forms bring zero-width marks and control characters along."""

from __future__ import annotations

import unicodedata

INVISIBLE = frozenset({"Cc", "Cf"})
KEPT_CONTROLS = frozenset("\n")


def printable(text: str) -> str:
    """``text`` without what no paper shows (controls, zero-width marks); tabs and odd spaces become
    spaces."""
    if text.isascii() and text.isprintable():
        return text
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if char in KEPT_CONTROLS:
            kept.append(char)
        elif category == "Zs" and char != "　":
            kept.append(" ")
        elif category == "Zl" or category == "Zp":
            kept.append("\n")
        elif category not in INVISIBLE:
            kept.append(char)
        elif char == "\t":
            kept.append(" ")
    return "".join(kept)
