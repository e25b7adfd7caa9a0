"""危化品全链条: which of the seven links nobody has checked in a period (M154)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum

from bihuan.capabilities.enforcement.crackdown import trail
from bihuan.capabilities.enforcement.crackdown.catalogue import LINKS, Code
from bihuan.capabilities.enforcement.crackdown.hands import UNITS
from bihuan.capabilities.enforcement.crackdown.models import LinkCheck
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Region

CHECKING = (Role.OFFICE, Role.REGULATOR, Role.OFFICER, Role.TOWN)


@dataclass(frozen=True, slots=True)
class Link:
    """One link in a period."""

    code: Code
    checks: int
    units: int
    last: date | None

    @property
    def neglected(self) -> bool:
        return self.checks == 0


def visible_checks(actor: Actor) -> QuerySet[LinkCheck]:
    """Checks in places the actor's posts in government reach."""
    if actor.all_seeing:
        return LinkCheck.objects.all()
    reach = Q(pk__in=[])
    for scope in actor.scopes:
        if scope.role in UNITS and scope.region_path:
            reach |= Q(region_path__startswith=scope.region_path)
    return LinkCheck.objects.filter(reach)


def survey(period: Period, as_of: date, actor: Actor) -> Sequence[Link]:
    """All seven links, each with its checks in the period; one statement."""
    rows = visible_checks(actor).filter(checked_on__gte=period.first, checked_on__lte=min(period.last, as_of))
    told = {
        row["link"]: row
        for row in rows.values("link").annotate(checks=Count("pk"), of=Sum("units")).order_by("link")
    }
    last = dict(rows.order_by("link", "checked_on").values_list("link", "checked_on"))
    return [
        Link(code, told[code.value]["checks"], told[code.value]["of"], last[code.value])
        if code.value in told
        else Link(code, 0, 0, None)
        for code in LINKS
    ]


def check(
    link: str, region: Region, checked_on: date, units: int, checked_by: str, by: Actor, note: str = ""
) -> LinkCheck:
    """Write down that a link was checked.

    Raises:
        Refused: not the actor's place, no such link, a day to come, nobody or nothing checked.
    """
    if not (by.is_system or by.holds_over(region.path, *CHECKING)):
        raise Refused.because("link.not_yours", "环节检查由所在镇街或主管部门登记", "place")
    faults = []
    if link not in {code.value for code in LINKS}:
        faults.append(Failure("link.unknown", "请选择七个环节之一", "link"))
    if checked_on > clock.today():
        faults.append(Failure("link.in_future", f"检查日期 {checked_on} 晚于今天，请核对", "checked_on"))
    if not 1 <= units <= 100_000:
        faults.append(Failure("link.no_units", "检查单位数应为大于 0 的整数", "units"))
    if not checked_by.strip():
        faults.append(Failure("link.nobody", "请填写检查单位或人员", "checked_by"))
    Refused.unless(faults)
    with transaction.atomic():
        made = LinkCheck.objects.create(
            link=link, region=region, region_path=region.path, checked_on=checked_on, units=units,
            checked_by=checked_by.strip()[:120], note=note.strip()[:200], noted_by=by.name, noted_at=clock.now(),
        )  # fmt: skip
        said = {"link": link, "place": region.name, "on": checked_on.isoformat(), "units": units}
        trail.note(f"links/{link}", "link_checked", said, by)
    return made
