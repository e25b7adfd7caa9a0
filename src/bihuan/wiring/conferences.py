"""Letters of responsibility rest on a meeting."""

from __future__ import annotations

from bihuan.capabilities.dispatch.meetings.lookup import annual_meeting, meeting_numbered
from bihuan.capabilities.dispatch.meetings.models import Meeting
from bihuan.capabilities.responsibility.letters.conference import Conference, Register, vouch


def connect() -> None:
    """Letters of a year rest on the year's conference as the register of meetings knows it (M032)."""

    def told(meeting: Meeting | None) -> Conference | None:
        return None if meeting is None else Conference(meeting.no, meeting.title, meeting.held_on)

    vouch(Register(lambda year: told(annual_meeting(year)), lambda no: told(meeting_numbered(no))))
