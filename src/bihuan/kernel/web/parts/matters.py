"""One matter: its track, what can be done, its facts, its record and what is attached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from bihuan.kernel.web.parts.bits import Deadline, Mark, State
from bihuan.kernel.web.parts.framing import Link


@dataclass(frozen=True, slots=True)
class Stop:
    """One declared state on the loop's track."""

    word: str
    place: Literal["done", "here", "ahead"]
    who: str = ""
    at: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """Where a matter stands in its loop, who holds it and until when; ``left`` is the way out it took."""

    stops: Sequence[Stop]
    holder: str = ""
    holder_post: str = ""
    deadline: Deadline | None = None
    closed: bool = False
    left: str = ""
    returned: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """A step or act on the panel 我现在可以做什么; one that is not allowed stays, with its reasons."""

    label: str
    href: str = ""
    allowed: bool = True
    reasons: Sequence[str] = ()
    primary: bool = False
    signed: bool = False
    icon: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Deeds:
    """Several buttons in one cell of a list; on a phone they stand on a line of their own."""

    actions: Sequence[Action]


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value: text, a number, a date, :class:`Money`, :class:`Level`, :class:`Deadline`…"""

    label: str
    value: Any
    hint: str = ""
    href: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record as people read it."""

    seq: int
    verb: str
    who: str
    post: str
    happened_at: datetime
    recorded_at: datetime
    what: str = ""
    facts: Sequence[Fact] = ()
    state: State | None = None
    mark: Mark | None = None
    claimed: bool = False
    system: bool = False
    verified: Literal["ok", "bad", "unsealed"] = "unsealed"
    digest: str = ""
    attachments: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture with what makes it evidence: when and where it was taken."""

    href: str
    thumb: str
    stage: Literal["before", "after", "other"] = "before"
    caption: str = ""
    taken_at: datetime | None = None
    place: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """One link of the responsibility chain, with the rule that names it."""

    level: str
    name: str
    title: str
    rule: str = ""
    here: bool = False
    vacant: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A stored file with its size in words and who put it there."""

    label: str
    href: str
    size: str = ""
    by: str = ""
    at: datetime | None = None
