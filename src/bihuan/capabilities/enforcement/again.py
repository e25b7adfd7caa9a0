"""Whether a decision that was revoked is to be made anew, on what ground it fell, and what was decided before."""

from __future__ import annotations

from typing import Any

GROUNDS = {
    "facts": "主要事实不清、证据不足",
    "law": "适用依据错误",
    "procedure": "违反法定程序",
    "power": "超越职权、滥用职权",
    "improper": "内容明显不当",
}
"""《行政复议法》第六十三条、第六十四条，《行政诉讼法》第七十条."""
KINDS = {"reconsideration": "行政复议", "litigation": "行政诉讼", "self": "主动撤销"}


def waiting(case: Any) -> dict[str, Any] | None:
    """The revocation after which the decision is still to be made anew."""
    found = (row for row in case.remedies if row.get("again") and not row.get("begun_again_on"))
    return next(found, None)


def former(case: Any) -> dict[str, Any] | None:
    """The last revocation after which the case began anew, with what had been decided."""
    return next((row for row in reversed(case.remedies) if row.get("former")), None)
