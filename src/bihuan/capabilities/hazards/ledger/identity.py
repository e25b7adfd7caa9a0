"""Units send the same ledger every month, longer each time: a row must be known again, and only its news taken.

A row is known by enterprise, found date and normalised place and text, and by its rank among equal rows of a sheet.
What is compared beyond that falls in two: facts (grade, source, sector, town), where a difference is shown for
decision, and progress (five elements, rectification, acceptance), where a blank that is now filled is an advance.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bihuan.capabilities.hazards.ledger.progress import Progress
from bihuan.capabilities.hazards.ledger.row import LedgerRow

_LEFT_OUT = re.compile(r"[\s\u200b-\u200f\ufeff,.;:!?、。，；：！？“”\"'‘’()\[\]【】〔〕<>《》\-—_/·]+")


class _Plain(dict[int, str]):
    """Each character's plain form, worked out once."""

    def __missing__(self, character: int) -> str:
        form = self[character] = _LEFT_OUT.sub("", unicodedata.normalize("NFKC", chr(character))).upper()
        return form


_PLAIN = _Plain()
KEY_BYTES = 16
FACTS = ("sector", "town", "grade", "source", "found_by")
PLAN = ("rectifier", "measures", "funds", "rectify_by", "contingency_plan")
OUTCOME = ("rectified_on", "acceptor", "accepted_on")
_FIELD = {"sector": "sector_text", "found_by": "found_by"}
_ORDER = tuple(Progress)


def plain(text: str) -> str:
    """A text by which two spellings of one place or finding meet: width, space and punctuation gone."""
    return text.translate(_PLAIN)


def enterprise_key(row: LedgerRow) -> str:
    """The enterprise as the sheet names it: its credit code, else its name."""
    return row.credit_code or plain(row.object_name)


def natural_key(row: LedgerRow, enterprise: str | None = None) -> tuple[str, str, str]:
    """What makes two rows equal. ``enterprise`` is the register's identity, where the importer knows it already."""
    found = row.found_on.isoformat() if row.found_on else ""
    return enterprise or enterprise_key(row), found, plain(row.place + row.description)


def row_key(row: LedgerRow, rank: int | None = None, enterprise: str | None = None) -> bytes:
    """Sixteen bytes by which the row is known in every later ledger; never change what goes into it."""
    return key_bytes(natural_key(row, enterprise), row.rank if rank is None else rank)


def keys_of(row: LedgerRow, enterprises: Sequence[str]) -> list[bytes]:
    """The row's keys under several names of its enterprise, in their order."""
    found = row.found_on.isoformat() if row.found_on else ""
    rest = f"\x1f{found}\x1f{plain(row.place + row.description)}\x1f{row.rank}"
    return [hashlib.sha256((name + rest).encode()).digest()[:KEY_BYTES] for name in enterprises]


def key_bytes(natural: tuple[str, str, str], rank: int) -> bytes:
    """The bytes of a natural key and a rank."""
    return hashlib.sha256("\x1f".join((*natural, str(rank))).encode()).digest()[:KEY_BYTES]


def claims(row: LedgerRow) -> dict[str, str]:
    """What is kept of a row to compare the next ledger with: only what is filled, as text."""
    values = {
        "sector": row.sector or row.sector_text, "town": row.town, "grade": row.grade, "source": row.source,
        "found_by": row.found_by, "rectifier": row.rectifier, "measures": row.measures,
        "funds": "" if row.funds_fen is None else str(row.funds_fen),
        "rectify_by": _day(row.rectify_by), "contingency_plan": row.contingency_plan,
        "rectified_on": _day(row.rectified_on), "acceptor": row.acceptor, "accepted_on": _day(row.accepted_on),
        "progress": row.claimed_progress.value,
    }  # fmt: skip
    return {name: value for name, value in values.items() if value}


def _day(value: object) -> str:
    return str(value) if value is not None else ""


class Outcome(StrEnum):
    """What a known row brings."""

    SAME = "same"
    ADVANCED = "advanced"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which the sheet and the system disagree; ``field`` is the ledger column's name."""

    field: str
    here: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a known row compares with what is kept. ``news`` are the fields that are filled now and were not, and
    ``progress`` where the sheet's words alone tell that it has come further."""

    outcome: Outcome
    differences: tuple[Difference, ...] = ()
    news: tuple[str, ...] = ()


def compare(
    here: Mapping[str, str], sheet: Mapping[str, str], live: Mapping[str, str] = MappingProxyType({})
) -> Comparison:
    """Compare two ``claims``. A cell that is blank now takes nothing back.

    ``live`` is what stands in the system by now: where the sheet says the same, it was decided so and differs no more.
    """
    if here == sheet:
        return Comparison(Outcome.SAME)
    differences: list[Difference] = []
    news: list[str] = []
    for name in (*FACTS, *PLAN, *OUTCOME):
        old, new = here.get(name, ""), sheet.get(name, "")
        standing = live.get(name, "")
        if not new or _equal(name, old, new) or _equal(name, standing, new):
            continue
        if old:
            differences.append(Difference(_FIELD.get(name, name), standing or old, new))
        elif name not in FACTS:
            news.append(name)
    if _rank(sheet) > _rank(here) and not any(name in OUTCOME for name in news):
        news.append("progress")
    if differences:
        return Comparison(Outcome.DIFFERS, tuple(differences), tuple(news))
    return Comparison(Outcome.ADVANCED if news else Outcome.SAME, (), tuple(news))


def kept(here: Mapping[str, str], sheet: Mapping[str, str], comparison: Comparison) -> dict[str, str]:
    """What is kept of a row whose news are taken over: what differs stays as it was, to be shown until it is decided."""
    disputed = {one.field for one in comparison.differences}
    return {
        **here,
        **{name: value for name, value in sheet.items() if _FIELD.get(name, name) not in disputed},
    }


def _equal(name: str, old: str, new: str) -> bool:
    return old == new or (
        name in ("found_by", "rectifier", "acceptor", "measures", "town") and plain(old) == plain(new)
    )


def _rank(values: Mapping[str, str]) -> int:
    return _ORDER.index(Progress(values.get("progress", Progress.REPORTED)))
