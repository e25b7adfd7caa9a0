"""Issuing a document and voiding it: facts checked, number drawn without a gap, wording and digest fixed for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bihuan.kernel import clock
from bihuan.kernel.crypto import sm3
from bihuan.kernel.documents.freezing import frozen
from bihuan.kernel.documents.numerals import document_number
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.numbering.documents import draw_document_number
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.entries import canonical
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import the_district
from bihuan.kernel.uid import uuid7
from bihuan.registers.instruments import kinds, known
from bihuan.registers.instruments.chains import note
from bihuan.registers.instruments.facts import Facts, canonical_facts
from bihuan.registers.instruments.models import Instrument, Standing
from bihuan.registers.instruments.organs import Organ, organ_of
from bihuan.registers.instruments.wording import Wording, compose

FORM = "bihuan.instrument.1"
SHORTEST_REASON = 4
NO_NUMBER = "（制发时编号）"


def issue(
    kind: str,
    matter: Any,
    facts: Mapping[str, Any],
    *,
    on: date,
    actor: Actor,
    addressee: str = "",
    draft: bool = False,
    organ: Agency | None = None,
    replaces: Instrument | None = None,
    uid: UUID | None = None,
) -> Instrument:
    """Issue a document of ``kind`` for ``matter`` and return it; part of the caller's transaction.

    ``facts`` are laid over what the register knows of the matter's object; others than the kind prints are left aside.
    The number is drawn last, so call it at the end of a deed (``context.afterwards``): who else issues in the same series
    waits. ``draft`` only shows what would be issued: nothing is numbered, kept or entered. ``uid`` is the identity a form
    gave it beforehand: a second document of the same is an IntegrityError and uses up no number.

    Raises:
        Refused: with everything that is missing (``instrument.fact_missing``, ``instrument.fact_wrong``), no profile of the
            organ (``instrument.no_organ_profile``), a day to come (``instrument.day_to_come``), a character no font has.
        RuntimeError: outside a transaction, where a later failure would leave a gap.
    """
    made = _drafted(kind, matter, facts, on, actor, addressee, organ, replaces, uid or uuid7())
    if draft:
        return made
    if not connection.in_atomic_block:
        raise RuntimeError("issue() must run inside the transaction of its deed")
    return _issued(made, actor)


@transaction.atomic
def void(instrument: Instrument, reason: str, actor: Actor) -> Instrument:
    """Let a document hold no more; its number stays used. What takes its place is issued with ``replaces``.

    Raises:
        Refused: no reason (``instrument.no_reason``), or it is voided already (``instrument.voided``).
    """
    words = reason.strip()
    if len(words) < SHORTEST_REASON:
        raise Refused.because(
            "instrument.no_reason", f"请写明作废原因（不少于{SHORTEST_REASON}个字）", "reason"
        )
    row = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    if row.voided:
        raise Refused.because("instrument.voided", "这份文书已经作废，不用再办")
    row.state, row.void_reason, row.voided_on = Standing.VOIDED, words[:300], clock.today()
    note(
        row,
        "voided",
        actor,
        {"number": row.number, "reason": words},
        was=Standing.ISSUED,
        now=Standing.VOIDED,
    )
    row.save(update_fields=["state", "void_reason", "voided_on", "entry_count", "head"])
    return row


def _drafted(
    slug: str,
    matter: Any,
    given: Mapping[str, Any],
    on: date,
    actor: Actor,
    addressee: str,
    organ: Agency | None,
    replaces: Instrument | None,
    uid: UUID,
) -> Instrument:
    if on > clock.today():
        raise Refused.because("instrument.day_to_come", "文书日期不能晚于今天", "on")
    kind = kinds.kind(slug, on)
    agency = organ or matter.agency
    profile = organ_of(agency)
    facts = canonical_facts(kind, {**known.facts_about(matter), **given})
    made = Instrument(
        uid=uid, kind=slug, rule_version=kind.version, organ=agency, series=kind.series, year=on.year,
        loop=loop_of(matter), matter=matter.uid, matter_no=matter.no, region_path=matter.region_path,
        sector_path=matter.sector_path, object=matter.object_id, facts=facts, articles=_articles(facts),
        issued_on=on, issued_at=clock.now(), issued_by=actor.name, issued_by_ref=actor.ref,
        addressee=addressee or _addressee(facts), replaces=replaces,
    )  # fmt: skip
    made.no = f"instrument/{matter.no or '-'}/{kind.no}-{made.uid.hex[-8:]}"
    _word(made, kind, profile, NO_NUMBER if kind.series else "")
    return made


def _issued(made: Instrument, actor: Actor) -> Instrument:
    kind = kinds.kind(made.kind, made.issued_on)
    profile = organ_of(made.organ)
    if kind.series:
        series = profile.mark + kind.series.removeprefix("应急")
        made.series = series
        made.ordinal = draw_document_number(f"instrument:{made.organ_id}:{series}", made.year)
        made.number = document_number(f"（{profile.short_name}）{series}", made.year, made.ordinal)
    _word(made, kind, profile, made.number)
    said: dict[str, Any] = {
        "kind": made.kind, "number": made.number, "digest": bytes(made.digest).hex(), "matter": made.matter_no,
        "on": made.issued_on.isoformat(), "addressee": made.addressee,
    }  # fmt: skip
    if made.replaces_id is not None:
        said["replaces"] = made.replaces.number if made.replaces else str(made.replaces_id)
    note(made, "issued", actor, said, now=Standing.ISSUED)
    made.save(force_insert=True)
    return made


def _word(made: Instrument, kind: kinds.Kind, organ: Organ, number: str) -> None:
    """Put the facts into the words of the kind, and take the digest of both."""
    district = the_district()
    wording = Wording(
        kind=kind, facts=made.facts, organ=organ, number=number, on=made.issued_on, addressee=made.addressee,
        serial=made.no.removeprefix("instrument/"), demo=bool(district and district.demo),
        replaces=made.replaces.number if made.replaces is not None else "",
    )  # fmt: skip
    made.paper = frozen(compose(wording))
    made.digest = digest_of(made)


def digest_of(made: Instrument) -> bytes:
    """SM3 over what the document is and says, in the canonical form of the record."""
    about: Facts = {
        "form": FORM, "uid": made.uid.hex, "kind": made.kind, "version": made.rule_version, "number": made.number,
        "matter": made.matter.hex, "on": made.issued_on.isoformat(), "facts": made.facts, "paper": made.paper,
    }  # fmt: skip
    return sm3.digest(canonical(about).encode())


def _addressee(facts: Facts) -> str:
    for key in ("receiver_party", "supplier", "receiver_organ", "institution", "court", "party", "person"):
        if facts.get(key):
            return str(facts[key])[:200]
    return ""


def _articles(facts: Facts) -> list[str]:
    """Which articles it cites, for the analysis by article (M126)."""
    found = [*facts.get("basis", ()), *facts.get("violated", ())]
    found += [str(row["article"]) for row in facts.get("problems", ()) if row.get("article")]
    return list(dict.fromkeys(found))


def loop_of(matter: Any) -> str:
    """The loop a matter runs in, known by its model."""
    for service in all_running():
        if isinstance(matter, service.model):
            return service.loop.name
    raise ValueError(f"{type(matter).__name__} runs in no loop")
