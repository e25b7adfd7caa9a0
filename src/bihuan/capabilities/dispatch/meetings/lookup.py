"""Meetings by number and year, for whoever joins rooms: a year's letters rest on the year's first conference (M032)."""

from __future__ import annotations

from bihuan.capabilities.dispatch.meetings.models import Meeting
from bihuan.capabilities.dispatch.meetings.states import MeetingKind


def annual_meeting(year: int) -> Meeting | None:
    """The year-opening conference that was held in ``year``, the first if there were several; None while there is none."""
    held = Meeting.objects.filter(kind=MeetingKind.ANNUAL.value, took_place=True, held_on__year=year)
    return held.order_by("held_on", "uid").first()


def meeting_numbered(no: str) -> Meeting | None:
    """The meeting of this number that was held; no door: only for rooms joined by ``wiring``, never for a page."""
    return Meeting.objects.filter(no=no, took_place=True).first()
