"""The chain of each document, organ and dossier in the record: who did what to it, bound to what its row says.

A row changed behind the record's back is named by ``bihuan record verify``, like a matter's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast
from uuid import UUID

from bihuan.kernel import clock, record
from bihuan.kernel.loops.binding import heads_of, what_differs
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record import heads
from bihuan.kernel.record.entries import Entry
from bihuan.kernel.record.facts import Facts
from bihuan.kernel.signatures.models import Kind as SignatureKind
from bihuan.kernel.signatures.signing import Pen, take_pen
from bihuan.registers.instruments.models import Dossier, Instrument, OrganProfile, Recorded, ServiceConsent

KINDS: Mapping[type[Recorded], str] = {
    Instrument: "instrument",
    OrganProfile: "instrument_organ",
    Dossier: "dossier",
    ServiceConsent: "service_consent",
}
VERBS = {
    "issued": "制发文书",
    "voided": "作废文书",
    "signed": "签名",
    "signature_refused": "拒绝签名",
    "served": "送达",
    "kept": "登记机关信息",
    "bound": "组卷归档",
    "consented": "登记电子送达确认",
    "withdrawn": "撤回电子送达确认",
}
UNBOUND = ("uid", "no", "entry_count", "head")
"""What no entry binds: it names the row, or it is the entry's own number and digest."""


@cache
def facts_of(model: type[Recorded]) -> Facts:
    """The bound columns of a kind of row."""
    return Facts(model, UNBOUND)


def note(
    row: Recorded,
    verb: str,
    actor: Actor,
    said: Mapping[str, Any],
    *,
    was: str = "",
    now: str = "",
    signed: bool = False,
    witness: str = "",
) -> None:
    """Append what was done to ``row`` and point the row at it; the caller holds it locked and saves it afterwards.

    ``signed`` binds the actor's own signature to the entry; with a witness it was drawn before that person.
    """
    pen = _pen(actor, witness) if signed else None
    moment = clock.now()
    row.entry_count += 1
    entry = record.NewEntry(
        matter=row.uid, seq=row.entry_count, previous=bytes(row.head) or record.genesis(row.uid),
        kind=KINDS[type(row)], matter_no=row.no, verb=verb, from_state=was, to_state=now, actor_id=actor.ref,
        actor_name=actor.name, actor_post=actor.post, happened_at=moment, recorded_at=moment, payload=dict(said),
        signed=pen.signed if pen else None, facts=facts_of(type(row)).of(row),
    )  # fmt: skip
    row.head = record.append([entry], pen.sign if pen else None)[0]


def _pen(actor: Actor, witness: str) -> Pen | None:
    if actor.person_id is None or actor.on_behalf:
        return None
    kind = (
        SignatureKind.DRAWN
        if witness
        else SignatureKind.TOKEN
        if actor.token_scope is not None
        else SignatureKind.SIGNED_IN
    )
    return take_pen(actor.person_id, kind, witness)


def register() -> None:
    """Let a verification look at these chains and rows as it does at matters."""
    for model, name in KINDS.items():
        heads.register(name, _source(model), _explain(model))


def _source(model: type[Recorded]) -> heads.Source:
    def rows() -> Iterator[heads.Row]:
        return heads_of(cast(Any, model), facts_of(model))

    return rows


def _explain(model: type[Recorded]) -> heads.Explain:
    def explain(uid: UUID, entries: Sequence[Entry]) -> str:
        return what_differs(cast(Any, model), facts_of(model), uid, entries)

    return explain


TRAILS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "instrument": ("执法文书", ("instrument/",)),
    "instrument_organ": ("文书机关信息", ("organ/",)),
    "dossier": ("执法案卷", ("dossier/",)),
    "service_consent": ("电子送达确认", ("consent/",)),
}
"""What auditors call these chains, and how numbers begin that find them."""


def known_chain(number: str) -> UUID:
    """The chain of the row with this number in the record; a number nobody bears leads to an empty chain."""
    for model in KINDS:
        found = model._default_manager.filter(no=number).values_list("uid", flat=True).first()
        if found is not None:
            return UUID(str(found))
    return UUID(int=0)
