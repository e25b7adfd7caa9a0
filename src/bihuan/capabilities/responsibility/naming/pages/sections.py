"""What this room shows on the page of an object: who is bound to it, and who approved and who signed (M005, M015, M016)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.naming.approvals import NOTING
from bihuan.capabilities.responsibility.naming.models import Approval
from bihuan.kernel import clock
from bihuan.kernel.loops.declaration import Loop, Step, WayOut
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES
from bihuan.kernel.record.reading import entries_among
from bihuan.kernel.responsibility.chain import beside
from bihuan.kernel.web import parts
from bihuan.kernel.web.sections import Section
from bihuan.registers.enterprises.dated import details_of
from bihuan.registers.enterprises.dated_kinds import PERMIT

NEWEST = 40


class Signature(NamedTuple):
    """One line: who approved and who signed what, and when."""

    on: date
    what: str
    approver: str
    signer: str
    mark: str
    href: str = ""


def bound_section(actor: Actor, one: SupervisedObject, on: date) -> Section | None:
    """Who is bound to the object beside its chain."""
    rows = [
        parts.Row((each.label, f"{each.holder.title} {each.holder.name}".strip() or "空缺", each.holder.rule))
        for each in beside(one, on)
    ]
    if not rows:
        return None
    columns = (parts.Column("关系", "title"), parts.Column("责任人"), parts.Column("依据"))
    link = parts.Link("那一天谁负责", f"/responsibility/who/?object={one.uid}&on={on}")
    links = (link,) if actor.roles & places.UNITS else ()
    return Section("包保、网格和专项监管", parts.Ledger(columns, rows), links=links)


def signatures(actor: Actor, one: SupervisedObject, on: date) -> Section | None:
    """谁审批、谁签字: approvals noted, licences in force, and every acceptance and write-off the record bears, newest first."""
    if not actor.all_seeing and actor.roles and actor.roles <= ENTERPRISE_ROLES:
        return None
    found = sorted([*_noted(one, on), *_licences(one, on), *_recorded(actor, one, on)], reverse=True)
    columns = (
        parts.Column("事项", "title"), parts.Column("日期", "day"), parts.Column("审批人"), parts.Column("签字人"),
        parts.Column("凭据", phone=False),
    )  # fmt: skip
    rows = [
        parts.Row((line.what, line.on, line.approver or None, line.signer or None, line.mark), href=line.href)
        for line in found[:NEWEST]
    ]
    noting = actor.covers(NOTING, one.region_path, one.sector_path, one.agency_id, one.uid)
    links = (
        (parts.Link("登记审批签字", f"/responsibility/approvals/new/?object={one.uid}"),) if noting else ()
    )
    empty = parts.Empty(
        "还没有审批和签字记录。", "验收、销号办结时自动列入；许可等审批由监管部门登记。", icon="signature"
    )
    return Section("谁审批、谁签字", parts.Ledger(columns, rows, "谁审批、谁签字"), empty, links)


def _noted(one: SupervisedObject, on: date) -> Sequence[Signature]:
    rows = Approval.objects.filter(object=one, on__lte=on).prefetch_related("corrected_by")
    return [
        Signature(
            row.on, f"{row.get_what_display()}：{row.title} {row.number}".strip(),
            f"{row.approver_post} {row.approver}", f"{row.signer_post} {row.signer}",
            f"{row.noted_by}登记" + ("，已更正" if row.corrected_by.all() else ""),
        )
        for row in rows
    ]  # fmt: skip


def _licences(one: SupervisedObject, on: date) -> Sequence[Signature]:
    """Licences the register knows: who issued them; whoever approved and signed is noted beside."""
    rows = details_of(one, on).filter(kind=PERMIT.kind)
    return [
        Signature(
            row.since or clock.day_of(row.at), f"{PERMIT.word(row.code)} {row.number}".strip(),
            row.name, "", f"档案登记，{row.said_by}填写" if row.said_by else "档案登记",
            f"/enterprises/{one.uid}/#dossier",
        )
        for row in rows
    ]  # fmt: skip


def deciding(loop: Loop) -> dict[str, str]:
    """The deeds that accept, write off or approve: those that end a matter, and those another hand must do."""
    found = {}
    for deed in loop.deeds:
        ends = isinstance(deed, WayOut) or (isinstance(deed, Step) and deed.move.to in loop.done)
        if ends or deed.not_by:
            found[deed.name] = deed.label
    return found


def _recorded(actor: Actor, one: SupervisedObject, on: date) -> Sequence[Signature]:
    end = datetime.combine(on, datetime.max.time(), clock.SHANGHAI)
    lines = []
    for service in all_running():
        if not any(column.name == "object" for column in service.model._meta.get_fields()):
            continue
        loop, labels = service.loop, deciding(service.loop)
        matters = (
            service.visible(actor).filter(object=one.pk).order_by("-opened_at").values_list("uid", flat=True)
        )
        for entry in entries_among(list(matters[:500]), sorted(labels), end, NEWEST):
            who = f"{entry.actor_post} {entry.actor_name}".strip()
            lines.append(
                Signature(
                    clock.day_of(entry.happened_at),
                    f"{loop.label}{labels[entry.verb]}：{entry.matter_no}", who, who if _signed(entry) else "",
                    "本人签名" if _signed(entry) else "系统留痕", f"/{loop.plural}/{entry.matter_no}/",
                )
            )  # fmt: skip
    return lines


def _signed(entry: Any) -> bool:
    return entry.signed is not None
