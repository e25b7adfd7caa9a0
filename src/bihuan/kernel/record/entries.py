"""One entry of the record and its digest: what was done, by whom, when, chained to what was done before it.

The digest is SM3 over a JSON array of every field, the digest before, what the matter's columns were after the deed,
who signed, and last the payload. The form is part of what is handed out (``docs/operations``); a change of it needs a
new :data:`FORM` beside the old one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from json.encoder import encode_basestring
from typing import Any, NamedTuple
from uuid import UUID

from bihuan.kernel.crypto import sm3
from bihuan.kernel.errors import Refused
from bihuan.kernel.record.canonical import encoder

FORM = "bihuan.entry.2"
_NUMBER = re.compile(r"[0-9A-Za-z._:/-]{1,80}")
_quoted, _encode, _encode_sorted = encode_basestring, encoder(), encoder(sort_keys=True)


class Signed(NamedTuple):
    """Whose signature an entry bears, and how it came about; under the digest, so none is taken away or exchanged.

    ``key`` is the fingerprint of the signer's key, empty for a hand on paper; ``witness`` is named where one is needed.
    """

    person: int
    kind: str
    key: str = ""
    witness: str = ""


@dataclass(frozen=True)
class NewEntry:
    """An entry about to be appended. ``previous``: the digest of entry ``seq - 1``; at first, :func:`genesis`.

    ``actor_id`` is empty for the system. ``happened_at`` is what is claimed, ``recorded_at`` the server's clock; both
    aware. ``payload`` holds text, integers, booleans, None, lists and mappings; amounts are integers of 分. ``facts``
    is the digest of the matter's columns after the deed (:mod:`bihuan.kernel.record.facts`), empty where none are bound.
    """

    matter: UUID
    seq: int
    previous: bytes
    kind: str
    matter_no: str
    verb: str
    from_state: str
    to_state: str
    actor_id: str
    actor_name: str
    actor_post: str
    happened_at: datetime
    recorded_at: datetime
    payload: Mapping[str, Any]
    signed: Signed | None = None
    facts: bytes = b""

    @cached_property
    def payload_text(self) -> str:
        """The payload in the form that is digested."""
        return canonical(self.payload)

    @cached_property
    def digest(self) -> bytes:
        """SM3 over everything above."""
        if not _NUMBER.fullmatch(self.matter_no):
            raise ValueError(f"a matter's number must fit on one word of a seal, not {self.matter_no!r}")
        return digest_of_fields(
            self.matter.hex, self.seq, self.previous, self.kind, self.matter_no, self.verb, self.from_state,
            self.to_state, self.actor_id, self.actor_name, self.actor_post, self.signed, self.happened_at,
            self.recorded_at, self.facts, self.payload_text,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it lies in the record. ``signature`` is r‖s over the digest, empty when no key signed."""

    matter: UUID
    seq: int
    kind: str
    matter_no: str
    verb: str
    from_state: str
    to_state: str
    actor_id: str
    actor_name: str
    actor_post: str
    signed: Signed | None
    happened_at: datetime
    recorded_at: datetime
    facts: bytes
    payload_text: str
    digest: bytes
    signature: bytes

    @property
    def payload(self) -> dict[str, Any]:
        """What the step was given, sealed fields as their commitments."""
        content: dict[str, Any] = json.loads(self.payload_text)
        return content


def genesis(matter: UUID) -> bytes:
    """What the first entry of a matter is chained to; no two matters share it."""
    return genesis_of_hex(matter.hex)


def genesis_of_hex(matter_hex: str) -> bytes:
    return sm3.digest(b"bihuan.matter.1:" + matter_hex.encode())


def digest_of(entry: NewEntry) -> bytes:
    """The digest that :func:`append` will store, and that signers sign."""
    return entry.digest


def digest_of_fields(
    matter_hex: str,
    seq: int,
    previous: bytes,
    kind: str,
    matter_no: str,
    verb: str,
    from_state: str,
    to_state: str,
    actor_id: str,
    actor_name: str,
    actor_post: str,
    signed: Signed | None,
    happened_at: datetime,
    recorded_at: datetime,
    facts: bytes,
    payload_text: str,
) -> bytes:
    """The digest of an entry from its fields. The number counts in the first entry, which all others are chained to."""
    about = _about(verb, from_state, to_state, actor_id, actor_name, actor_post)
    number = _quoted(matter_no) if seq == 1 else '""'
    head = (
        f'["{FORM}","{matter_hex}",{seq},"{previous.hex()}",{_quoted(kind)},{number},{about},'
        f'{_encode(signed) if signed else "null"},"{_moment(happened_at)}","{_moment(recorded_at)}","{facts.hex()}"'
    )
    return sm3.digest(f"{head},{payload_text}]".encode())


@lru_cache(maxsize=1024)
def _about(*words: str) -> str:
    """Who did what, which thousands of entries have in common."""
    return ",".join(map(_quoted, words))


def chained(entry: Entry, previous: bytes) -> bytes:
    """What the digest of a stored entry must be after ``previous``; compared before a page says 链条完整."""
    return digest_of_fields(
        entry.matter.hex, entry.seq, previous, entry.kind, entry.matter_no, entry.verb, entry.from_state,
        entry.to_state, entry.actor_id, entry.actor_name, entry.actor_post, entry.signed, entry.happened_at,
        entry.recorded_at, entry.facts, entry.payload_text,
    )  # fmt: skip


def canonical(payload: Mapping[str, Any]) -> str:
    """``payload`` in the one form that has one digest: keys sorted, no spaces, nothing escaped needlessly.

    Raises:
        TypeError: a value of another kind than those listed at :class:`NewEntry`, a float above all.
        Refused: ``record.bad_text`` for text that is not valid Unicode.
    """
    _check(payload)
    text = _encode_sorted(payload)
    try:
        text.encode()
    except UnicodeEncodeError as reason:
        raise Refused.because(
            "record.bad_text", "内容含有无法保存的字符（不完整的代理字符），请删除后重新提交。"
        ) from reason
    return text


_PLAIN = frozenset({str, int, bool, type(None)})


def _check(value: Any) -> None:
    if isinstance(value, str | int | None):
        return
    if isinstance(value, dict):
        for key, item in value.items():
            if type(key) is not str:
                raise TypeError(f"a key of a payload must be text, not {key!r}")
            if type(item) not in _PLAIN:
                _check(item)
    elif isinstance(value, list):
        for item in value:
            if type(item) not in _PLAIN:
                _check(item)
    else:
        raise TypeError(f"a payload cannot hold {type(value).__name__} {value!r}")


@lru_cache(maxsize=256)
def _moment(moment: datetime) -> str:
    if moment.tzinfo is not UTC:
        if moment.tzinfo is None:
            raise ValueError("a moment in the record needs a time zone")
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")
