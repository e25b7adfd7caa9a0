"""What verbs and kinds of the record are called, whichever room wrote them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bihuan.kernel.expectations.filings import RECORD_KIND as EXPECTATION
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.people import trail
from bihuan.kernel.signatures import masters
from bihuan.kernel.web.auditing.called import Called, expectations_called, nobody_called, people_called
from bihuan.kernel.web.filings.one import VERBS as FILING_VERBS
from bihuan.kernel.web.matters.timeline import deed_label

FINDINGS = {
    "altered": "内容被改动",
    "removed": "记录缺失",
    "reordered": "次序被调换",
    "missing_matter": "整件事项缺失",
    "altered_matter": "事项被改动",
    "bad_signature": "签名不符",
    "bad_seal": "封存文件不符",
}


@dataclass(frozen=True, slots=True)
class Trail:
    """A kind of the record that a room above keeps: its label, its verbs, how its numbers begin, and what they name."""

    label: str
    verbs: Mapping[str, str]
    prefixes: tuple[str, ...]
    chain: Callable[[str], UUID]
    called: Called = nobody_called


_trails: dict[str, Trail] = {}


def name_trail(kind: str, kept: Trail) -> None:
    """Let the auditor read and find what another room writes. Called once, when its app is ready."""
    _trails[kind] = kept


def kinds() -> Sequence[tuple[str, str]]:
    """The kinds of matters in the record, for a choice."""
    others = [(kind, kept.label) for kind, kept in _trails.items()]
    loops = [(service.loop.name, service.loop.label) for service in all_running()]
    return [*loops, (EXPECTATION, "应报事项"), (trail.KIND, "人员与岗位"), (masters.KIND, "密钥"), *others]


def kind_word(kind: str) -> str:
    return dict(kinds()).get(kind, kind)


def names_of(about: Collection[tuple[str, str]]) -> Mapping[str, str]:
    """What is behind the numbers of ``(kind, number)`` called; a matter's own number says enough and is left out."""
    asked: dict[str, list[str]] = {}
    for kind, number in sorted(set(about)):
        asked.setdefault(kind, []).append(number)
    found: dict[str, str] = {}
    for kind, numbers in asked.items():
        found |= _called(kind)(numbers)
    return found


def _called(kind: str) -> Called:
    if kind in _trails:
        return _trails[kind].called
    return {EXPECTATION: expectations_called, trail.KIND: people_called}.get(kind, nobody_called)


def verb_word(kind: str, verb: str) -> str:
    """What a verb is called; one that no room declares stands as it was written."""
    if kind == trail.KIND:
        return trail.VERBS.get(verb, verb)
    if kind == masters.KIND:
        return masters.VERBS.get(verb, verb)
    if kind in _trails:
        return _trails[kind].verbs.get(verb, verb)
    if kind == EXPECTATION:
        return FILING_VERBS.get(verb, verb)
    service = next((item for item in all_running() if item.loop.name == kind), None)
    return deed_label(service.loop, verb) if service else verb


def state_word(kind: str, state: str) -> str:
    """What a state is called in the loop it belongs to."""
    service = next((item for item in all_running() if item.loop.name == kind), None)
    if service is None or not state:
        return state
    try:
        return service.loop.state(state).label
    except ValueError:
        return state


def chain_of(number: str) -> UUID | None:
    """The chain under which the record keeps the matter with this number; None when there is none."""
    if number.startswith(("person/", "post/")):
        return trail.trail_of(number)
    for kept in _trails.values():
        if number.startswith(kept.prefixes):
            return kept.chain(number)
    if number.startswith("keys/"):
        return masters.chain_of(number)
    parts = number.split("/")
    if len(parts) == 3 and parts[1].isdigit():
        row = Expectation.objects.filter(kind=parts[0], holder=int(parts[1]), period=parts[2]).first()
        return row.uid if row else None
    for service in all_running():
        found = service.model._default_manager.filter(no=number).values_list("uid", flat=True).first()
        if found is not None:
            return UUID(str(found))
    try:
        return UUID(number)
    except ValueError:
        return None
