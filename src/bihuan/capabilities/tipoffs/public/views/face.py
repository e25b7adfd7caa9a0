"""What stands around every public page: the district, the numbers to call, the style and the script by their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static

from bihuan.capabilities.tipoffs.public import limits
from bihuan.kernel.web.signin import bare_frame

HERE = "/report/"
PROGRESS = "/report/progress/"
_FILES = Path(__file__).parents[1] / "static" / "tipoff_door"


@cache
def _asset(name: str) -> str:
    digest = hashlib.sha256((_FILES / name).read_bytes()).hexdigest()
    return f"{static(f'tipoff_door/{name}')}?{digest[:10]}"


def around(tab: str = "") -> dict[str, Any]:
    """The context of the base template; ``tab`` is the page it stands on (``send`` or ``ask``)."""
    return {
        "frame": bare_frame(), "style": _asset("door.css"), "script": _asset("door.js"), "here": HERE,
        "progress": PROGRESS, "tab": tab, "hotline": limits.HOTLINE,
    }  # fmt: skip
