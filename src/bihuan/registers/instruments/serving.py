"""Service (送达): how a document reached its addressee, proved by a receipt, with the day from which terms count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.loops.registry import running
from bihuan.kernel.people.actors import Actor
from bihuan.registers.instruments import kinds
from bihuan.registers.instruments.chains import note
from bihuan.registers.instruments.closed import bound_failures
from bihuan.registers.instruments.consents import consent_for
from bihuan.registers.instruments.issuing import issue
from bihuan.registers.instruments.models import Instrument
from bihuan.registers.instruments.wording.values import moment
from bihuan.registers.law import limits

HOWS: Mapping[str, str] = {
    "direct": "直接送达",
    "left": "留置送达",
    "post": "邮寄送达",
    "electronic": "电子送达",
    "public_notice": "公告送达",
    "entrusted": "委托送达",
}
RECEIPT = "service_receipt"
IN_SEVEN_DAYS = frozenset(
    {"penalty_decision_entity", "penalty_decision_citizen", "no_penalty_decision", "daily_penalty_decision"}
)
"""What must be served within the term of 行政处罚法第六十一条 when it was not handed over at once."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is told of a service. ``on`` is the day it was received, or the day a public notice was published.

    ``proof`` are attachments of the matter: the video of a 留置, the slip of the post, the page of the notice.
    """

    how: str
    on: date
    place: str = ""
    receiver: str = ""
    relation: str = ""
    refusal: str = ""
    witness: str = ""
    reference: str = ""
    entrusted_to: str = ""
    proof: tuple[UUID, ...] = ()
    at: time | None = None
    remark: str = ""


def serve(
    instruments: Instrument | Sequence[Instrument],
    delivery: Delivery,
    *,
    officers: Sequence[Any],
    actor: Actor,
    case_name: str = "",
) -> Instrument:
    """Serve documents of one matter together and return the receipt (kind 40).

    Raises:
        Refused: with everything that is missing for this way of serving (``service.*``), a document that is voided or
            served already, and whatever :func:`issue` says of the receipt.
    """
    with transaction.atomic():
        rows = _locked([instruments] if isinstance(instruments, Instrument) else list(instruments))
        Refused.unless(_failures(rows, delivery))
        served_on = served_day(delivery)
        receipt = _receipt(rows, delivery, officers, actor, case_name)
        keeping.name(rows[0].matter, delivery.proof, keeping.OWN)
        for row in rows:
            _mark(row, delivery, served_on, receipt, actor)
        return receipt


def served_day(delivery: Delivery) -> date:
    """The day from which terms count: a public notice serves when its period is over."""
    if delivery.how == "public_notice":
        return limits.due("public_notice_service", delivery.on).due
    return delivery.on


def is_served(instrument: Instrument, on: date | None = None) -> bool:
    """Whether a document counts as served on a day; a public notice not before its period is over."""
    return instrument.served_on is not None and instrument.served_on <= (on or clock.today())


def due_of(instrument: Instrument) -> Deadline | None:
    """By when a document must be served, where the law says so (行政处罚法第六十一条: 七个工作日)."""
    return limits.due("service", instrument.issued_on) if instrument.kind in IN_SEVEN_DAYS else None


def words_of(instrument: Instrument) -> str:
    """How and when it was served, for a page."""
    told = instrument.service
    if not told:
        return "未送达"
    words = HOWS[told["how"]]
    if told["how"] == "public_notice" and not is_served(instrument):
        return f"{words}，公告期至 {instrument.served_on}"
    return f"{words}，{instrument.served_on}"


def _locked(given: Sequence[Instrument]) -> list[Instrument]:
    if not given:
        raise ValueError("nothing to serve")
    found = {
        row.pk: row
        for row in Instrument.objects.select_for_update(of=("self",))
        .filter(pk__in=[each.pk for each in given])
        .order_by("pk")
    }
    return [found[each.pk] for each in given]


def _failures(rows: Sequence[Instrument], delivery: Delivery) -> list[Failure]:
    found = []
    if delivery.how not in HOWS:
        return [Failure("service.unknown_way", f"送达方式应为：{'、'.join(HOWS.values())}", "how")]
    if len({row.matter for row in rows}) > 1 or len({row.addressee for row in rows}) > 1:
        found.append(Failure("service.not_together", "一张回执只能送达同一事项、同一受送达人的文书"))
    for row in rows:
        name = f"{kinds.label_of(row.kind)}{row.number}"
        if row.voided:
            found.append(Failure("service.voided", f"{name}已经作废，不能送达"))
        found += bound_failures(row, "送达")
        if row.served_on is not None:
            found.append(Failure("service.already", f"{name}已经送达（{row.served_on}），不用重复送达"))
        if delivery.on < row.issued_on:
            found.append(
                Failure("service.before_issue", f"送达日期早于{name}的制发日期 {row.issued_on}", "on")
            )
    if delivery.on > clock.today():
        found.append(Failure("service.day_to_come", "送达日期不能晚于今天", "on"))
    return found + _CHECKS[delivery.how](rows, delivery)


def _needs(**wanted: tuple[str, str]) -> Callable[[Sequence[Instrument], Delivery], list[Failure]]:
    def check(rows: Sequence[Instrument], delivery: Delivery) -> list[Failure]:
        return [
            Failure(code, message, name)
            for name, (code, message) in wanted.items()
            if not getattr(delivery, name)
        ]

    return check


def _left(rows: Sequence[Instrument], delivery: Delivery) -> list[Failure]:
    found = _needs(refusal=("service.no_reason", "留置送达须写明拒收的事由"))(rows, delivery)
    if not delivery.witness and not delivery.proof:
        words = "留置送达须有见证人，或者用拍照、录像记录送达过程并上传"
        found.append(Failure("service.no_witness", words, "witness"))
    return found


def _electronic(rows: Sequence[Instrument], delivery: Delivery) -> list[Failure]:
    if consent_for(rows[0], delivery.on) is not None:
        return []
    words = "受送达人还没有签订电子送达确认书，不能电子送达；请先登记确认书，或者改用其他方式"
    return [Failure("service.no_consent", words, "how")]


_CHECKS: Mapping[str, Callable[[Sequence[Instrument], Delivery], list[Failure]]] = {
    "direct": _needs(
        receiver=("service.no_receiver", "直接送达须填写收件人姓名"),
        place=("service.no_place", "请填写送达地点"),
    ),
    "left": _left,
    "post": _needs(
        reference=("service.no_reference", "邮寄送达须填写邮件号码，以回执上的收件日期为送达日期")
    ),
    "electronic": _electronic,
    "public_notice": _needs(reference=("service.no_reference", "公告送达须写明公告刊登的媒体或者张贴地点")),
    "entrusted": _needs(entrusted_to=("service.no_agent", "委托送达须填写受委托送达的单位")),
}


def _receipt(
    rows: Sequence[Instrument], delivery: Delivery, officers: Sequence[Any], actor: Actor, case_name: str
) -> Instrument:
    first = rows[0]
    matter = running(first.loop).model._default_manager.get(uid=first.matter)
    documents = [{"name": kinds.label_of(row.kind), "number": row.number or "（无文号）"} for row in rows]
    facts = {
        "receiver_party": first.addressee, "case_name": case_name, "documents": documents,
        "served_at": _when(delivery),
        "served_place": _place(first, delivery), "method": HOWS[delivery.how], "receiver": delivery.receiver,
        "relation": delivery.relation, "refusal": delivery.refusal, "witness": delivery.witness,
        "officers": officers, "remark": _remark(delivery),
    }  # fmt: skip
    return issue(
        RECEIPT, matter, facts, on=delivery.on, actor=actor, addressee=first.addressee, organ=first.organ
    )


def _when(delivery: Delivery) -> str:
    """The day, and the minute where it was told."""
    if delivery.at is None:
        return chinese_date(delivery.on)
    return moment(datetime.combine(delivery.on, delivery.at).isoformat(timespec="minutes"))


def _place(first: Instrument, delivery: Delivery) -> str:
    if delivery.place:
        return delivery.place
    if delivery.how == "electronic":
        held = consent_for(first, delivery.on)
        return f"{held.channel}：{held.address}" if held else ""
    return delivery.reference or delivery.entrusted_to or "受送达人住所"


def _remark(delivery: Delivery) -> str:
    told = [delivery.remark]
    if delivery.how == "post":
        told.append(f"邮件号码：{delivery.reference}")
    if delivery.how == "public_notice":
        told.append(
            f"公告发布：{delivery.reference}；公告期满之日为送达日期：{chinese_date(served_day(delivery))}"
        )
    if delivery.how == "entrusted":
        told.append(f"受委托送达单位：{delivery.entrusted_to}")
    if delivery.how == "left" and delivery.proof:
        told.append("已拍照、录像记录送达过程")
    return "；".join(part for part in told if part)


def _mark(row: Instrument, delivery: Delivery, served_on: date, receipt: Instrument, actor: Actor) -> None:
    told = {
        "how": delivery.how, "on": delivery.on.isoformat(), "served_on": served_on.isoformat(),
        "receiver": delivery.receiver, "relation": delivery.relation, "refusal": delivery.refusal,
        "witness": delivery.witness, "reference": delivery.reference, "entrusted_to": delivery.entrusted_to,
        "proof": [str(uid) for uid in delivery.proof], "receipt": str(receipt.uid), "receipt_number": receipt.number,
    }  # fmt: skip
    row.service = {key: value for key, value in told.items() if value not in ("", [])}
    row.served_on = served_on
    due = due_of(row)
    said = {**row.service, "number": row.number}
    if due is not None and served_on > due.due:
        said["late"] = due.due.isoformat()
    note(row, "served", actor, said, was=row.state, now=row.state)
    row.save(update_fields=["service", "served_on", "entry_count", "head"])
