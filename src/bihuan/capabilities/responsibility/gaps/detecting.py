"""The nightly comparison: every cause that stands and is not yet followed becomes a matter, by the system's own hand."""

from __future__ import annotations

from datetime import date

from bihuan.capabilities.responsibility.gaps.inputs import Detected
from bihuan.capabilities.responsibility.gaps.models import Gap
from bihuan.capabilities.responsibility.gaps.states import OPEN_STATES
from bihuan.capabilities.responsibility.gaps.subjects import COMPARISON, subject_of
from bihuan.capabilities.responsibility.gaps.survey import survey
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.territory.models import Agency, AgencyKind

_OPEN = [state.value for state in OPEN_STATES]


def detect(on: date | None = None) -> int:
    """Open what is not open yet; how many. Safe to repeat; two at once meet the database's own guard."""
    if not Agency.objects.filter(kind=AgencyKind.COMMITTEE_OFFICE, until=None).exists():
        return 0
    found = survey(on or clock.today(), COMPARISON).subjects()
    known = set(Gap.objects.filter(state__in=_OPEN).values_list("cause", "subject"))
    new = [
        Detected(cause=cause.value, subject=subject, count=count)
        for (cause, subject), count in found.items()
        if (cause.value, subject) not in known and subject_of(cause, subject) is not None
    ]
    if new:
        engine.open_many("gap", "detect", new, actor=COMPARISON)
    return len(new)
