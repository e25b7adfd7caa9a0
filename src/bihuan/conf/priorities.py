"""The order in which waiting jobs are taken; what names none comes last."""

from __future__ import annotations

BEFORE_ALL = 20
"""What takes a moment and keeps the rest whole: twenty ledgers on the last day of a month keep no seal waiting."""
SOMEBODY_WAITS = 10
"""Before what the system does by itself."""
