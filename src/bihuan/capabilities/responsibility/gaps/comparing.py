"""The survey of the whole district, as the night found it where the register is large: a page waits for no million objects.

A small register is compared anew each time, so that what was just mended shows at once.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.gaps.models import Compared
from bihuan.capabilities.responsibility.gaps.survey import Line, Survey, survey
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.trees import the_district

LARGE = 100_000
"""A register of more objects, as the server last counted them, is compared by night."""
WHOLE = frozenset({Role.OFFICE, Role.LEADER})


def keep(found: Survey) -> None:
    """Keep what a comparison of the whole district found; the later of a day replaces the earlier."""
    lines = [[one.cause.value, one.subject, one.town, one.count] for one in found.lines]
    Compared.objects.update_or_create(on=found.on, defaults={"at": clock.now(), "lines": lines})


def overview(on: date, actor: Actor, *, anew: bool = False) -> tuple[Survey, datetime | None]:
    """What an actor's overview tells, and when it was found if not just now. ``anew`` compares whatever is kept."""
    if not anew and _sees_everything(actor) and _is_large():
        kept = Compared.objects.filter(on=on).first()
        if kept is not None:
            lines = [Line(Cause(cause), subject, town, count) for cause, subject, town, count in kept.lines]
            return Survey(on, lines), kept.at
    return survey(on, actor), None


def _sees_everything(actor: Actor) -> bool:
    district = the_district()
    return district is not None and any(
        scope.role in WHOLE and scope.region_path == district.region.path and not scope.sector_paths
        for scope in actor.scopes
    )


def _is_large() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples > %s FROM pg_class WHERE oid = 'objects_supervisedobject'::regclass", [LARGE]
        )
        return bool(cursor.fetchone()[0])
