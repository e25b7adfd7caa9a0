"""How often the committee's own meetings are due (M033, M035): a month without a dispatch meeting shows as missing.

The monthly dispatch meeting (月调度) is due twelve times a year; besides, the members of the committee meet as the district
chose: a monthly 例会 or a quarterly 联席会议.
"""

from __future__ import annotations

from datetime import date, timedelta

from bihuan.capabilities.dispatch.meetings.models import Meeting
from bihuan.capabilities.dispatch.meetings.states import MeetingKind
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.cadences import declare, stop
from bihuan.kernel.expectations.filings import meet
from bihuan.kernel.expectations.models import Cadence, Frequency, Holders
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.policies import values as policies
from bihuan.kernel.policies.models import Policy
from bihuan.kernel.territory.models import Agency, AgencyKind

MONTHLY_DISPATCH = "meeting_dispatch"
MEMBERS = "meeting_members"
CHOICE = "meeting.members_cadence"
"""The policy: ``month`` for a monthly 例会, ``quarter`` for a quarterly 联席会议."""
RECORD_WITHIN = 5
"""Working days after the month or quarter within which the meeting must stand in the ledger."""
_KIND_OF = {
    MeetingKind.DISPATCH: MONTHLY_DISPATCH,
    MeetingKind.REGULAR: MEMBERS,
    MeetingKind.JOINT: MEMBERS,
}
_MEMBERS = {"month": (Frequency.MONTH, "成员单位例会"), "quarter": (Frequency.QUARTER, "成员单位联席会议")}


def expect_meetings(since: date) -> None:
    """Let the committee office owe its meetings from ``since`` on; repeated, nothing changes. Nothing without an office."""
    office = _office()
    if office is None:
        return
    declare(
        MONTHLY_DISPATCH,
        "月调度会",
        Frequency.MONTH,
        since=since,
        holder=office,
        holders=Holders.ONE,
        days=RECORD_WITHIN,
    )
    _members(str(policies.value(CHOICE, on=since).value), since, office)


def keep_expecting(today: date) -> None:
    """Begin to expect meetings as soon as the district has a committee office; afterwards nothing is left to do."""
    if not Cadence.objects.filter(kind=MONTHLY_DISPATCH).exists():
        expect_meetings(quarter_of(today).first)


def rechosen(policy: Policy) -> None:
    """Another rhythm was chosen: it holds from the next quarter on, what was expected stays."""
    office = _office()
    if office is not None:
        day = policy.effective_from
        _members(str(policy.value), day if _begins_quarter(day) else _next_quarter(day), office)


def _members(choice: str, since: date, office: Agency) -> None:
    frequency, title = _MEMBERS[choice]
    for other in {kept for kept, _ in _MEMBERS.values()} - {frequency}:
        stop(MEMBERS, since - timedelta(days=1), frequency=other)
    declare(MEMBERS, title, frequency, since=since, holder=office, holders=Holders.ONE, days=RECORD_WITHIN)


def met_by(meeting: Meeting, by: Actor) -> None:
    """A meeting that was due has been held."""
    kind, office = _KIND_OF.get(MeetingKind(meeting.kind)), _office()
    if kind is None or office is None:
        return
    for period in (Period.month_of(meeting.held_on), quarter_of(meeting.held_on)):
        meet(kind, office, period, by, met_by=meeting.uid)


def quarter_of(day: date) -> Period:
    return Period.parse(f"{day.year}Q{(day.month + 2) // 3}")


def _begins_quarter(day: date) -> bool:
    return day == quarter_of(day).first


def _next_quarter(day: date) -> date:
    return quarter_of(day).last + timedelta(days=1)


def _office() -> Agency | None:
    return Agency.objects.filter(kind=AgencyKind.COMMITTEE_OFFICE, until=None).order_by("order", "id").first()
