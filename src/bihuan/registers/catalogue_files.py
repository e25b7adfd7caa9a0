"""Reading the facts that a release carries: dated tables and lists that no district edits."""

from __future__ import annotations

import csv
import io
import json
from importlib import resources
from typing import Any


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a catalogue kept as a table (.csv), keyed by heading."""
    return list(csv.DictReader(io.StringIO(_text(name))))


def entries(name: str) -> Any:
    """A catalogue kept as .json."""
    return json.loads(_text(name))


def _text(name: str) -> str:
    return resources.files("bihuan.registers").joinpath("catalogues", name).read_text(encoding="utf-8")
