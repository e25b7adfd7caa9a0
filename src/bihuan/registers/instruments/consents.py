"""电子送达确认: who agreed to be served electronically, where, from when, until withdrawn (行政处罚法第六十一条第二款)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.uid import uuid7
from bihuan.registers.instruments.chains import note
from bihuan.registers.instruments.models import Instrument, ServiceConsent

CHANNELS = ("电子邮件", "传真", "政务平台", "手机短信")


@transaction.atomic
def consent(
    instrument: Instrument,
    *,
    channel: str,
    address: str,
    given_on: date,
    actor: Actor,
    paper: Attachment | None = None,
) -> ServiceConsent:
    """Keep the signed confirmation of a document's addressee; it holds for all papers to the same party.

    Raises:
        Refused: an unknown channel, no address, or a day to come (``service.bad_consent``).
    """
    failures = []
    if channel not in CHANNELS:
        failures.append(Failure("service.bad_consent", f"送达方式应为：{'、'.join(CHANNELS)}", "channel"))
    if not address.strip():
        failures.append(Failure("service.bad_consent", "请填写确认书载明的送达地址或号码", "address"))
    if given_on > clock.today():
        failures.append(Failure("service.bad_consent", "确认日期不能晚于今天", "given_on"))
    Refused.unless(failures)
    row = ServiceConsent(
        uid=uuid7(), object=instrument.object, matter=instrument.matter, addressee=instrument.addressee,
        channel=channel, address=address.strip()[:200], given_on=given_on, paper=paper, kept_by=actor.name,
    )  # fmt: skip
    row.no = f"consent/{row.uid.hex}"
    said = {
        "addressee": row.addressee,
        "channel": channel,
        "address": row.address,
        "on": given_on.isoformat(),
    }
    note(row, "consented", actor, said)
    row.save(force_insert=True)
    return row


@transaction.atomic
def withdraw(uid: UUID, actor: Actor) -> ServiceConsent:
    """End a consent today; what was served before stays served."""
    row = ServiceConsent.objects.select_for_update().get(pk=uid)
    if row.ended_on is None:
        row.ended_on = clock.today()
        note(row, "withdrawn", actor, {"addressee": row.addressee})
        row.save(update_fields=["ended_on", "entry_count", "head"])
    return row


def consent_for(instrument: Instrument, on: date) -> ServiceConsent | None:
    """The confirmation under which a document's addressee may be served electronically on a day."""
    whose = Q(addressee=instrument.addressee) & (Q(matter=instrument.matter) | _party(instrument))
    held = Q(given_on__lte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))
    return ServiceConsent.objects.filter(whose & held).order_by("given_on", "uid").last()


def _party(instrument: Instrument) -> Q:
    return Q(object=instrument.object) if instrument.object is not None else Q(pk__in=[])
