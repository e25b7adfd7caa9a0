"""Which unit leads or helps in regulating a sector (M004, M026): the territory's dated rows, kept through recorded deeds.

Two leads may stand there, from papers that contradict each other; that is a conflict to be settled, not to be hidden.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from bihuan.capabilities.responsibility.naming import trail
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency, AgencyKind, Regulation, Sector


def may_keep(actor: Actor) -> bool:
    return actor.all_seeing or actor.holds(Role.OFFICE)


def assign(
    sector: Sector,
    agency: Agency,
    since: date,
    actor: Actor,
    *,
    lead: bool,
    document: str = "",
    reason: str = "",
) -> Regulation:
    """From ``since`` on ``agency`` leads, or helps in, the regulation of ``sector``.

    Raises:
        Refused: not by the committee office, no department, or it does so already.
    """
    _mine(actor)
    if agency.kind != AgencyKind.DEPARTMENT:
        raise Refused.because("naming.wrong_unit", f"“{agency.name}”不是部门，不能作为行业监管部门", "agency")
    with transaction.atomic():
        Sector.objects.select_for_update().get(pk=sector.pk)
        running = Q(until=None) | Q(until__gt=since)
        there = Regulation.objects.filter(running, sector=sector, agency=agency).first()
        if there is not None:
            role = "牵头" if there.lead else "配合"
            raise Refused.because(
                "naming.taken", f"{agency.name}已是{sector.name}的{role}监管部门，请先结束原来的", "agency"
            )
        row = Regulation.objects.create(agency=agency, sector=sector, lead=lead, since=since)
        said = {"whom": agency.name, "about": sector.name, "lead": lead, "since": since.isoformat()}
        more = {"document": document.strip()[:120], "reason": reason.strip()[:400]}
        trail.note(row, "lead_named", actor, said | {key: value for key, value in more.items() if value})
    return row


def end(pk: int, until: date, reason: str, actor: Actor) -> Regulation:
    """From ``until`` on the unit regulates the sector no more.

    Raises:
        Refused: not by the committee office, no reason, or ended before.
    """
    _mine(actor)
    if not reason.strip():
        raise Refused.because("naming.no_reason", "请写明结束的原因，例如“机构改革，职责划转”", "reason")
    with transaction.atomic():
        row = Regulation.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if row is None:
            raise Absent("没有这条监管关系")
        if row.until is not None:
            raise Refused.because("naming.ended", f"这条监管关系已于 {row.until} 结束，不用再办")
        if row.since is not None and until < row.since:
            raise Refused.because("naming.ends_too_early", f"结束日期不能早于起期 {row.since}", "until")
        row.until = until
        row.save(update_fields=["until"])
        said = {"whom": row.agency.name, "about": row.sector.name, "until": until.isoformat()}
        trail.note(row, "lead_ended", actor, {**said, "reason": reason.strip()[:400]})
    return row


def _mine(actor: Actor) -> None:
    if not may_keep(actor):
        raise Refused.because("naming.not_yours", "行业监管部门由区安委办确定")
