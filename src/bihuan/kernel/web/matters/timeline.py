"""The record of one matter as people read it: who, in which post, when, what, signed how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, Literal
from uuid import UUID

from bihuan.kernel.loops.declaration import Deed, Loop
from bihuan.kernel.loops.inputs import Kind, fields_of
from bihuan.kernel.loops.naming import LATE_VERB
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.entries import chained, genesis
from bihuan.kernel.record.reading import entries_of, sealed_upto
from bihuan.kernel.signatures.models import Signature
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.pages import MatterPages

Verified = Literal["ok", "bad", "unsealed"]

_MARKS = {
    "signed_in": "本人登录签名",
    "token": "接口令牌签名",
    "drawn": "见证手写签名",
    "scanned": "扫描签名",
    "claimed": "台账所载签名",
    "refused": "拒签（有见证）",
}
_KINDS: dict[str, Literal["signed_in", "drawn", "scanned", "claimed", "refused"]] = {
    "drawn": "drawn",
    "scanned": "scanned",
    "claimed": "claimed",
    "refused": "refused",
}
SYSTEM_VERBS = {
    "escalate": "逾期升级",
    "open_duty": "系统登记待办",
    "drawn": "抽中抽查",
    "recount_deadline": "期限重算",
    "read_sealed": "查看密封内容",
    "forget_sealed": "销毁密封内容",
    "follow_object": "随监管对象并入",
    "follow_town": "随镇街并入",
    "late_claim": "迟到的办理（待决定，未改变状态）",
}


def is_told(pages: MatterPages, actor: Actor, entry: Any) -> bool:
    """Whether the actor may read what an entry of a matter says; a late claim says what its deed would have said."""
    if pages.told is None:
        return True
    if entry.verb == LATE_VERB and entry.actor_id != actor.ref:
        return pages.told(actor, entry) and pages.told(actor, _meant(entry))
    return pages.told(actor, entry)


def _meant(claim: Any) -> Any:
    """A late claim as the entry its deed would have made."""
    return SimpleNamespace(
        matter=claim.matter,
        verb=claim.payload["deed"],
        payload=claim.payload["said"],
        actor_id=claim.actor_id,
    )


def withheld(pages: MatterPages, uid: UUID, actor: Actor) -> set[str]:
    """The files of entries that the actor is not told of, by their identities."""
    if pages.told is None:
        return set()
    files = {deed.name: _files_of(deed) for deed in (*pages.loop.openings, *pages.loop.deeds)}
    kept_back = (entry for entry in entries_of(uid) if not is_told(pages, actor, entry))
    meant = (_meant(entry) if entry.verb == LATE_VERB else entry for entry in kept_back)
    return {
        str(file)
        for entry in meant
        for name in files.get(entry.verb, ())
        for file in entry.payload.get(name, ())
    }


def _files_of(deed: Deed) -> list[str]:
    return [item.name for item in fields_of(deed.input) if item.kind in (Kind.PHOTOS, Kind.FILES)]


def timeline(pages: MatterPages, uid: UUID, actor: Actor) -> tuple[list[parts.Entry], str]:
    """The entries of a matter, newest first, and one line on how far they are verified. Three statements."""
    entries = entries_of(uid)
    signed = {signature.seq: signature for signature in Signature.objects.filter(matter=uid)}
    broken = _broken(entries)
    sealed = sealed_upto(uid)
    lines = [
        _line(
            pages,
            entry,
            signed.get(entry.seq),
            "bad" if entry.seq in broken else _held(entry.seq <= sealed),
            told=is_told(pages, actor, entry),
        )
        for entry in entries
    ]
    says = "链条完整" if not broken else f"第 {min(broken)} 条起与记录的摘要不符，请立即报告审计管理员"
    return list(reversed(lines)), says


def _broken(entries: Sequence[Any]) -> set[int]:
    """The entries whose digest is not what their content and the entry before make it."""
    bad = set()
    previous = genesis(entries[0].matter) if entries else b""
    for entry in entries:
        if chained(entry, previous) != bytes(entry.digest):
            bad.add(entry.seq)
        previous = bytes(entry.digest)
    return bad


def _held(sealed: bool) -> Verified:
    return "ok" if sealed else "unsealed"


def deed_label(loop: Loop, verb: str) -> str:
    """What a verb of the record is called."""
    known: Mapping[str, Deed] = {deed.name: deed for deed in (*loop.openings, *loop.deeds)}
    return known[verb].label if verb in known else SYSTEM_VERBS.get(verb, verb)


def _line(
    pages: MatterPages, entry: Any, signature: Signature | None, verified: Verified, *, told: bool
) -> parts.Entry:
    loop = pages.loop
    payload = entry.payload
    opening = next((item for item in loop.openings if item.name == entry.verb), None)
    return parts.Entry(
        seq=entry.seq,
        verb=deed_label(loop, entry.verb),
        who=entry.actor_name,
        post=entry.actor_post,
        happened_at=entry.happened_at,
        recorded_at=entry.recorded_at,
        facts=tuple(_facts(pages, entry.verb, payload)) if told else (),
        state=_state(loop, entry.to_state) if entry.to_state != entry.from_state else None,
        mark=parts.Mark(
            _MARKS.get(signature.kind, signature.kind),
            _KINDS.get(signature.kind, "signed_in"),
            signature.witness or "",
        )
        if signature
        else None,
        claimed=entry.verb.startswith("claim")
        or bool(opening and opening.claimed)
        or entry.verb == "note_claim",
        system=not entry.actor_id,
        verified=verified,
        digest=bytes(entry.digest).hex()[:16],
    )


def _state(loop: Loop, value: str) -> parts.State:
    state = loop.state(value)
    return state_part(loop, value) if state else parts.State(value)


def state_part(loop: Loop, value: str) -> parts.State:
    """A state as a badge: green only for what was accepted, grey for other ends."""
    state = loop.state(value)
    if state in loop.done:
        return parts.State(state.label, "done")
    if state in loop.ended:
        return parts.State(state.label, "off")
    return parts.State(state.label, "waiting" if state == loop.track[-2] else "open")


def _facts(pages: MatterPages, verb: str, payload: Mapping[str, Any]) -> list[parts.Fact]:
    known = {deed.name: deed for deed in (*pages.loop.openings, *pages.loop.deeds)}
    if verb not in known:
        return [parts.Fact(label, shown(value)) for label, value in _system_facts(payload)]
    facts = []
    for item in fields_of(known[verb].input):
        if item.name not in payload:
            continue
        value = payload[item.name]
        if item.kind in (Kind.PHOTOS, Kind.FILES):
            facts.append(
                parts.Fact(item.label, f"{len(value)} 张" if item.kind is Kind.PHOTOS else f"{len(value)} 份")
            )
        elif item.kind is Kind.SEALED:
            facts.append(parts.Fact(item.label, "已密封保存"))
        elif item.kind is Kind.OBJECT:
            continue
        elif item.kind is Kind.MONEY:
            facts.append(parts.Fact(item.label, parts.Money(value)))
        elif item.kind is Kind.DATE:
            facts.append(parts.Fact(item.label, date.fromisoformat(value)))
        elif item.kind is Kind.MOMENT:
            facts.append(parts.Fact(item.label, datetime.fromisoformat(value)))
        elif item.kind is Kind.CHOICE:
            told = dict(item.choices).get(value) or pages.describe(item.name, value)
            facts.append(parts.Fact(item.label, told))
        elif item.kind is Kind.YES_NO:
            facts.append(parts.Fact(item.label, "是" if value else "否"))
        else:
            facts.append(
                parts.Fact(
                    item.label,
                    pages.describe(item.name, value),
                    wide=item.kind in (Kind.LONG_TEXT, Kind.CRITERION),
                )
            )
    return facts


def _system_facts(payload: Mapping[str, Any]) -> list[tuple[str, Any]]:
    labels = {
        "late_days": "逾期天数",
        "to": "升级至",
        "former": "原期限",
        "due": "新期限",
        "rule": "规则",
        "deadline": "期限",
        "reason": "理由",
        "label": "办理",
        "duty": "事项",
        "moved": "移交",
        "old_name": "原属",
        "new_name": "现属",
    }
    return [(label, payload[name]) for name, label in labels.items() if name in payload]


def shown(value: Any) -> Any:
    """A payload value as words."""
    return "、".join(map(str, value)) if isinstance(value, list) else value
