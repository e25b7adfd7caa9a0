"""The day a reader asks about: ``?on=2023-06-30``, today without it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused


def asked_day(request: HttpRequest) -> date:
    """The day of the address.

    Raises:
        Refused: it is no day (``page.bad_day``).
    """
    text = request.GET.get("on", "").strip()
    if not text:
        return clock.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused.because(
            "page.bad_day", f"“{text[:20]}”不是日期，请写成 2023-06-30 这样的形式", "on"
        ) from None
