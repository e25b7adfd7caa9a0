"""The record of the register as people read it: who changed what of an object, from what to what, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bihuan.kernel.record import Entry, chained, genesis
from bihuan.kernel.record.reading import sealed_upto
from bihuan.kernel.web import parts
from bihuan.registers import trail
from bihuan.registers.enterprises.dated_kinds import dated_kind
from bihuan.registers.objects.stating import COMMON
from bihuan.registers.objects.traits import kind_of

_LABELS = {
    "name": "名称", "credit_code": "统一社会信用代码", "region": "属地", "sector": "行业领域", "address": "地址",
    "into": "并入", "reason": "理由", "word": "写法",
}  # fmt: skip
_MOVED = {"hazards": "隐患", "posts": "岗位", "objects": "监管对象", "aliases": "曾用名", "dated": "证照档案"}


def history(subject: trail.Subject, after: int = 0) -> list[parts.Entry]:
    """The entries after number ``after``, the newest first, each held against its digest. Two statements."""
    entries = trail.entries_about(subject)
    if not entries:
        return []
    sealed = sealed_upto(entries[0].matter)
    previous, lines = genesis(entries[0].matter), []
    for entry in entries:
        fits = chained(entry, previous) == bytes(entry.digest)
        previous = bytes(entry.digest)
        if entry.seq > after:
            lines.append(_line(entry, "bad" if not fits else "ok" if entry.seq <= sealed else "unsealed"))
    return list(reversed(lines))


def _line(entry: Entry, verified: Any) -> parts.Entry:
    return parts.Entry(
        seq=entry.seq,
        verb=trail.VERBS.get(entry.verb, entry.verb),
        who=entry.actor_name,
        post=entry.actor_post,
        happened_at=entry.happened_at,
        recorded_at=entry.recorded_at,
        facts=tuple(_facts(entry)),
        system=not entry.actor_id,
        verified=verified,
        digest=bytes(entry.digest).hex()[:16],
    )


def _facts(entry: Entry) -> Sequence[parts.Fact]:
    said = entry.payload
    if entry.verb in ("detail_told", "detail_ended"):
        return _detail(said)
    facts = []
    for label, pair in said.get("changes", {}).items():
        words = "已更改" if pair is None else f"{pair[0] or '空'} → {pair[1] or '空'}"
        facts.append(parts.Fact(label, words))
    kind = kind_of(str(said.get("kind", "")))
    traits = {one.name: one.label for one in kind.traits} if kind else {}
    own = entry.verb not in ("registered", "absorbed", "merged")
    for name, value in said.items():
        if name == "name" and own:
            continue
        label = {**COMMON, **_LABELS, **traits}.get(name)
        if label and value not in ("", None):
            facts.append(parts.Fact(label, value, wide=name == "reason"))
    moved = said.get("moved")
    if isinstance(moved, Mapping):
        told = [f"{_MOVED[name]} {count}" for name, count in moved.items() if name in _MOVED]
        if told:
            facts.append(parts.Fact("归过去的", "、".join(told)))
    return facts


def _detail(said: Mapping[str, Any]) -> Sequence[parts.Fact]:
    kind = dated_kind(str(said.get("kind", "")))
    if kind is None:
        return ()
    facts = [parts.Fact(kind.label, kind.word(str(said.get("code", ""))))]
    for name, label in (("name", kind.name), ("number", kind.number), ("count", kind.count)):
        if label and said.get(name) not in ("", None):
            facts.append(parts.Fact(label, said[name]))
    for name, label in (("since", "起"), ("until", "有效期至"), ("ended_on", "不再有效自")):
        if said.get(name):
            facts.append(parts.Fact(label, date.fromisoformat(said[name])))
    if said.get("reason"):
        facts.append(parts.Fact("理由", said["reason"], wide=True))
    return facts
