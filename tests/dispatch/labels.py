"""Fixture speeches with the tasks a reader finds in them. Invented, like their district.

``speeches/`` holds a few that are read without a fault, labels beside the text. ``genres/`` holds many, labelled before
they were ever read, marks in the text: ``«what is asked»{lead、lead;deadline}``, the deadline a day, ``r:`` and a
recurrence, or the wording.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "speeches"
GENRES = Path(__file__).parent / "genres"
STYLES = ("mayor", "notice", "campaign", "secretary", "inspection")
_MARK = re.compile(r"«(?P<anchor>[^»]+)»\{(?P<leads>[^};]*);?(?P<deadline>[^}]*)\}")


def speech(name: str) -> tuple[str, dict[str, Any]]:
    """Text and labels of one style."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return text, json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def marked(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """Text and labels of one genre."""
    content = path.read_text(encoding="utf-8")
    labels = [
        {
            "anchor": match["anchor"],
            "lead_units": [name for name in match["leads"].split("、") if name],
            "deadline": _deadline(match["deadline"]),
        }
        for match in _MARK.finditer(content)
    ]
    return _MARK.sub(lambda match: match["anchor"], content), labels


def _deadline(said: str) -> dict[str, str | None]:
    if said.startswith("r:"):
        return {"text": None, "date": None, "recurrence": said[2:]}
    day = said if re.fullmatch(r"(?:\d{4}-)?\d\d-\d\d", said) else None
    return {"text": said or None, "date": day, "recurrence": None}
