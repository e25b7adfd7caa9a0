"""Key periods as other rooms ask for them, through ``wiring``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bihuan.capabilities.dispatch.windows.models import KeyWindow
from bihuan.capabilities.dispatch.windows.states import WindowKind, WindowState


def windows_between(first: date, last: date) -> Sequence[KeyWindow]:
    """The key periods that begin between two days, both counted, in order; cancelled ones are none."""
    rows = KeyWindow.objects.filter(first_day__range=(first, last)).exclude(state=WindowState.CANCELLED)
    return list(rows.order_by("first_day", "uid"))


def kinds() -> Sequence[tuple[str, str]]:
    """The kinds of key periods with their names."""
    return WindowKind.choices()
