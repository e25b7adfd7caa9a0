"""Every page with a life-like example: look tests render them, ``tools/gallery.py`` takes their pictures.

All names are invented. The example day is Friday 2023-06-30.
"""

from __future__ import annotations

from tests.web.examples import desk, doors, hazard, ledgers, listing, offices, reports, steps
from tests.web.examples.people import Pages

ROOMS = (desk, listing, hazard, steps, ledgers, reports, offices, doors)


def pages() -> Pages:
    """Name → (template, context)."""
    return {name: page for room in ROOMS for name, page in room.PAGES.items()} | doors.signin_pages()
