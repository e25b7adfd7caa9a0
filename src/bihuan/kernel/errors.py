"""How a request is turned down: always with every reason, in words the user can act on, and a stable code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """One reason for a refusal.

    ``code`` is stable and dotted (``hazard.no_after_photo``); ``message`` is a Chinese sentence that says what is
    wrong and how to mend it; ``field`` names the input at fault, if one is.
    """

    code: str
    message: str
    field: str | None = None


class Refused(Exception):
    """所请求的操作不符合规则，原因逐条列出。"""

    def __init__(self, *failures: Failure) -> None:
        if not failures:
            raise ValueError("a refusal needs at least one reason")
        self.failures = tuple(failures)
        super().__init__("；".join(failure.message for failure in failures))

    @classmethod
    def because(cls, code: str, message: str, field: str | None = None) -> Refused:
        """A refusal for a single reason."""
        return cls(Failure(code, message, field))

    @classmethod
    def unless(cls, failures: Iterable[Failure]) -> None:
        """Raise with all of ``failures``; do nothing when there are none."""
        collected = tuple(failures)
        if collected:
            raise cls(*collected)


class Stale(Exception):
    """已被他人处理：您看到的版本不是最新的，请刷新后再办理。"""

    code = "stale"


class Absent(Exception):
    """没有这条记录，或不在您的管辖范围内。"""

    code = "absent"
