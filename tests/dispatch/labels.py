"""Fixture speeches of three styles with the tasks a reader finds in them. Invented, like their district."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "speeches"
STYLES = ("mayor", "notice", "campaign", "secretary", "inspection")


def speech(name: str) -> tuple[str, dict[str, Any]]:
    """Text and labels of one style."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return text, json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
