"""The figures of meetings, of what they decided, and of leaders' visits (M039, M045, M101, N08), each declared once.

Meetings and visits count from the day they took place once they are recorded; a visit that its leader has not yet
confirmed counts and is told apart. 督导检查 and 带队排查 are two figures, and no figure adds them. What a meeting decided is
counted by the tasks it became. The hazards of visits are counted by the hazards' own figures, by their source.
"""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from bihuan.capabilities.dispatch.meetings.states import Body, MeetingKind, VisitKind
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes

MEETINGS = Tally(
    name="meetings",
    model="meetings.Meeting",
    table="meetings_meeting",
    born=DateOf("held_on"),
    dates={"minuted": DateOf("minuted_on")},
    dims={
        "region": Dim("region_path"),
        "kind": Dim("kind"),
        "body": Dim("body"),
        "leader": Dim("chair_post", "bigint"),
    },
    where="took_place",
)
VISITS = Tally(
    name="visits",
    model="meetings.Visit",
    table="meetings_visit",
    born=DateOf("visited_on"),
    dates={"confirmed": DateOf("confirmed_on")},
    dims={
        "region": Dim("region_path"),
        "agency": Dim("unit_id", "bigint"),
        "kind": Dim("kind"),
        "leader": Dim("leader_post", "bigint"),
    },
    where="NOT voided",
)
DECISIONS = Tally(
    name="decisions",
    model="dispatch.Task",
    table="dispatch_task",
    born=DateOf("dispatched_on"),
    dates={
        "accepted": DateOf("accepted_on"),
        "late": DateOf("due_on", plus=1, unless="finished_on <= due_on"),
    },
    dims={"region": Dim("region_path"), "agency": Dim("agency_id", "bigint"), "kind": Dim("kind")},
    where="NOT withdrawn AND strpos(origin, '-M') > 0",
    label="会议议定事项",
)


def held(period: Period, as_of: date) -> Q:
    """Held in the period and by the cut-off."""
    return Q(took_place=True, held_on__gte=period.first, held_on__lte=min(period.last, as_of))


def minuted(period: Period, as_of: date) -> Q:
    """Held, and its minutes issued by the cut-off."""
    return held(period, as_of) & Q(minuted_on__lte=as_of)


def _visited(kind: VisitKind, period: Period, as_of: date) -> Q:
    days = Q(visited_on__gte=period.first, visited_on__lte=min(period.last, as_of))
    return days & Q(voided=False, kind=kind.value)


def supervised(period: Period, as_of: date) -> Q:
    """督导检查 of the period, confirmed or not."""
    return _visited(VisitKind.SUPERVISION, period, as_of)


def led(period: Period, as_of: date) -> Q:
    """带队排查 of the period, confirmed or not."""
    return _visited(VisitKind.LED_INSPECTION, period, as_of)


def supervised_confirmed(period: Period, as_of: date) -> Q:
    return supervised(period, as_of) & Q(confirmed_on__lte=as_of)


def led_confirmed(period: Period, as_of: date) -> Q:
    return led(period, as_of) & Q(confirmed_on__lte=as_of)


def made(period: Period, as_of: date) -> Q:
    """Became a task in the period and by the cut-off."""
    days = Q(dispatched_on__gte=period.first, dispatched_on__lte=min(period.last, as_of))
    return days & Q(withdrawn=False, origin__contains="-M")


def closed(period: Period, as_of: date) -> Q:
    """Made, and accepted by the cut-off."""
    return made(period, as_of) & Q(accepted_on__lte=as_of)


def still_open(period: Period, as_of: date) -> Q:
    """Made, and not accepted by the cut-off."""
    return made(period, as_of) & (Q(accepted_on=None) | Q(accepted_on__gt=as_of))


def overdue(period: Period, as_of: date) -> Q:
    """Open, not finished in time, and the day set has gone by."""
    in_time = Q(finished_on__isnull=False, finished_on__lte=F("due_on"))
    return still_open(period, as_of) & Q(due_on__lt=as_of) & ~in_time


SUPERVISION = (("kind", VisitKind.SUPERVISION.value),)
LED = (("kind", VisitKind.LED_INSPECTION.value),)

registry.register(
    Figure("meetings.held", "召开会议", "次", "count", MEETINGS, held, plus=Measure()),
    Figure("meetings.minuted", "印发纪要的会议", "次", "count", MEETINGS, minuted, plus=Measure(("minuted",))),
    Figure("visits.supervision", "领导督导检查", "次", "count", VISITS, supervised, plus=Measure(only=SUPERVISION)),
    Figure(
        "visits.supervision_confirmed", "经领导确认的督导检查", "次", "count", VISITS, supervised_confirmed,
        plus=Measure(("confirmed",), only=SUPERVISION),
    ),
    Figure("visits.led_inspections", "领导带队排查", "次", "count", VISITS, led, plus=Measure(only=LED)),
    Figure(
        "visits.led_confirmed", "经领导确认的带队排查", "次", "count", VISITS, led_confirmed,
        plus=Measure(("confirmed",), only=LED),
    ),
    Figure("decisions.made", "会议议定事项", "项", "count", DECISIONS, made, plus=Measure()),
    Figure("decisions.closed", "办结会议议定事项", "项", "count", DECISIONS, closed, plus=Measure(("accepted",))),
    Figure(
        "decisions.open", "未办结会议议定事项", "项", "count", DECISIONS, still_open,
        plus=Measure(), minus=Measure(("accepted",)),
    ),
    Figure(
        "decisions.overdue", "逾期未办结会议议定事项", "项", "count", DECISIONS, overdue,
        plus=Measure(("late",)), minus=Measure(("late", "accepted")),
    ),
)  # fmt: skip

name_codes("body", {body.value: body.label for body in Body})
name_codes("kind", {kind.value: kind.label for kind in MeetingKind})
name_codes("kind", {kind.value: kind.label for kind in VisitKind})
