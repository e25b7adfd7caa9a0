"""Who saved which template, put it in use or went back: one chain in the record for each kind of report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid5

from bihuan.kernel import clock, record
from bihuan.kernel.crypto import sm3
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.record.facts import LENGTH, Facts
from bihuan.kernel.record.heads import Row
from bihuan.reporting.models import TemplateShelf, TemplateVersion

KIND = "report_template"
PREFIX = "template/"
AUDITORS = frozenset({Role.AUDITOR})
VERBS = {
    "save": "保存新版", "keep_release": "登记系统自带版本", "put_in_use": "启用", "return_to_release": "恢复系统自带模板",
}  # fmt: skip
VERSION = Facts(TemplateVersion, ["uid", "shelf"])
_SPACE = UUID("5a7f4b0e-6c2d-5d8f-9a31-7b6e2c41d0f5")


def number_of(kind: str) -> str:
    """The number under which a kind's templates stand in the record."""
    return f"{PREFIX}{kind}"


def chain_of(number: str) -> UUID:
    """The chain of the templates with this number."""
    return uuid5(_SPACE, number)


def note(shelf: TemplateShelf, by: Actor, verb: str, payload: Mapping[str, Any]) -> None:
    """Append what was done; the caller holds the shelf locked in the same transaction."""
    moment, chain = clock.now(), chain_of(number_of(shelf.kind))
    entry = record.NewEntry(
        matter=chain, seq=shelf.entry_count + 1,
        previous=bytes(shelf.head) if shelf.entry_count else record.genesis(chain), kind=KIND,
        matter_no=number_of(shelf.kind), verb=verb, from_state="", to_state="", actor_id=by.ref, actor_name=by.name,
        actor_post=by.post, happened_at=moment, recorded_at=moment, payload=dict(payload), facts=_facts_of(shelf),
    )  # fmt: skip
    [shelf.head] = record.append([entry])
    shelf.entry_count += 1
    shelf.save(update_fields=["in_use", "entry_count", "head"])


def history(kind: str) -> Sequence[record.Entry]:
    """What was done to the templates of a kind, the newest first."""
    return list(reversed(record.entries_of(chain_of(number_of(kind)))))


def _facts_of(shelf: TemplateShelf) -> bytes:
    """Every version and which of them is in use: who changes one behind the record is found out."""
    versions = sorted(shelf.versions.all(), key=lambda version: version.ordinal)
    used = shelf.in_use.ordinal if shelf.in_use is not None else 0
    told = "".join(VERSION.text(attrgetter(*VERSION.names)(version)) for version in versions)
    return sm3.digest(f"{used}\n{told}".encode())[:LENGTH]


def ends() -> Iterator[Row]:
    """Where each kind says its chain in the record ends."""
    rows = [
        (
            chain_of(number_of(shelf.kind)),
            number_of(shelf.kind),
            shelf.entry_count,
            bytes(shelf.head),
            _facts_of(shelf),
        )
        for shelf in TemplateShelf.objects.filter(entry_count__gt=0)
        .select_related("in_use")
        .prefetch_related("versions")
    ]
    yield from sorted(rows, key=lambda row: row[0].int)
