"""The nightly comparison: every cause that stands and is not yet followed becomes a matter, by the system's own hand."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from functools import partial

from django.db import InterfaceError, OperationalError, transaction

from bihuan.capabilities.responsibility.gaps import comparing
from bihuan.capabilities.responsibility.gaps.inputs import Detected
from bihuan.capabilities.responsibility.gaps.models import Gap
from bihuan.capabilities.responsibility.gaps.states import OPEN_STATES
from bihuan.capabilities.responsibility.gaps.subjects import COMPARISON, subject_of
from bihuan.capabilities.responsibility.gaps.survey import survey
from bihuan.kernel import clock
from bihuan.kernel.loops import apart, engine
from bihuan.kernel.territory.models import Agency, AgencyKind

_log = logging.getLogger(__name__)
_OPEN = [state.value for state in OPEN_STATES]


def detect(on: date | None = None) -> int:
    """Open what is not open yet; how many. Safe to repeat; two at once meet the database's own guard."""
    if not Agency.objects.filter(kind=AgencyKind.COMMITTEE_OFFICE, until=None).exists():
        return 0
    taken = survey(on or clock.today(), COMPARISON)
    comparing.keep(taken)
    found = taken.subjects()
    known = set(Gap.objects.filter(state__in=_OPEN).values_list("cause", "subject"))
    new = [
        Detected(cause=cause.value, subject=subject, count=count)
        for (cause, subject), count in found.items()
        if (cause.value, subject) not in known and subject_of(cause, subject) is not None
    ]
    return open_all(new)


def open_all(new: Sequence[Detected]) -> int:
    """Open what was found, together or, where one stands in the way, each by itself; how many."""
    with apart.rows("gaps.detect") as rows:
        if not new or _together(new):
            return len(new)
        return sum(rows.each(f"{one.cause} {one.subject}", partial(_one, one), 0) for one in new)


def _together(new: Sequence[Detected]) -> bool:
    """All of them at once; False where one of them stands in the way of the others."""
    try:
        with transaction.atomic():
            engine.open_many("gap", "detect", new, actor=COMPARISON)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        _log.exception("%s gaps could not be opened together, each is tried alone", len(new))
        return False
    return True


def _one(new: Detected) -> int:
    return len(engine.open_many("gap", "detect", [new], actor=COMPARISON))
