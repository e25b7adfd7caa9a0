"""What a district may set for its tip-offs. The days of admission, reply and closing wait to be compared with the text."""

from __future__ import annotations

import json
from importlib import resources

from bihuan.kernel.policies.declarations import Declaration, declare


def declare_policies() -> None:
    """Declare the policies; harmless when repeated."""
    folder = resources.files("bihuan.capabilities.tipoffs").joinpath("catalogues", "policies.json")
    for one in json.loads(folder.read_text(encoding="utf-8")):
        declare(Declaration(**one))
