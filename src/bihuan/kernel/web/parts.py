"""What a page is made of, as plain values: a view fills these in, a template only lays them out.

Typed here once, so that a number or a right can never be worked out inside a template and two pages never
show the same thing in two ways. Words are Chinese and ready to print; days are ``date``, moments are aware
``datetime``, money is integer fen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from bihuan.kernel import clock
from bihuan.kernel.calendar import is_working_day

Warning4 = Literal["red", "orange", "yellow", "blue"]
Standing = Literal["open", "waiting", "done", "off"]


SOON = 3
"""So many working days before its day something is due soon, where no policy says otherwise."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go; in the navigation ``icon`` names a vendored icon and ``count`` what waits there.

    ``also`` are addresses of the same place that do not begin with ``href``.
    """

    label: str
    href: str
    icon: str = ""
    count: int | None = None
    current: bool = False
    also: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page: where I am, as whom, and what of mine is open."""

    district: str
    demo: bool = False
    user_name: str = ""
    who_key: str = ""
    """Tells two people of one name apart where drafts are kept on a shared computer (the account's number)."""
    post: str = ""
    open_count: int = 0
    open_href: str = "/"
    overdue_count: int = 0
    notice_count: int = 0
    notices_href: str = "/notices/"
    search_href: str = "/hazards/"
    query: str = ""
    navigation: Sequence[Link] = ()
    account: Sequence[Link] = ()
    """Entries of the menu under my name, before 修改密码 and 退出登录."""

    @property
    def thumb(self) -> Sequence[Link]:
        """The bottom bar of a phone holds five: all of them, or four and 更多."""
        return self.navigation if len(self.navigation) <= 5 else self.navigation[:4]


@dataclass(frozen=True, slots=True)
class State:
    """A state's word; green only when accepted, grey for what is over without that."""

    word: str
    standing: Standing = "open"


@dataclass(frozen=True, slots=True)
class Level:
    """A level in one of the four warning colours, always with its word; no colour for what is not graded."""

    word: str
    colour: Warning4 | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in integer fen; ``None`` = not known."""

    fen: int | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, and how late it is: working days while there is time, calendar days once it is late."""

    day: date
    left: int
    colour: Warning4 | None = None
    provisional: bool = False
    paused: str = ""
    rule: str = ""
    skipped: Sequence[tuple[date, str]] = ()

    @classmethod
    def of(
        cls,
        day: date,
        *,
        today: date | None = None,
        working: Callable[[date], bool] = is_working_day,
        soon: int = SOON,
        **more: Any,
    ) -> Deadline:
        """``left`` ≥ 0: working days after today up to ``day``; below zero: calendar days late.

        With ``soon`` working days left it is due soon.
        """
        start = today or clock.today()
        apart = (day - start).days
        if apart < 0:
            return cls(day, apart, "red", **more)
        if apart == 0:
            return cls(day, 0, "orange", **more)
        left = sum(working(start + timedelta(days=offset)) for offset in range(1, min(apart, 400) + 1))
        return cls(day, left, "yellow" if left <= soon else None, **more)

    @property
    def words(self) -> str:
        if self.paused:
            return "计时已暂停"
        if self.left < 0:
            return f"逾期 {-self.left} 天"
        if self.left == 0:
            return "今天到期" if self.colour == "orange" else "放假期间到期"
        return f"还有 {self.left} 个工作日"


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
class Mark:
    """The signature under an entry. Never called 可靠电子签名: ``label`` says how it was given."""

    label: str
    kind: Literal["signed_in", "drawn", "scanned", "claimed", "refused"] = "signed_in"
    witness: str = ""
    good: bool | None = None


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
class Chip:
    """A filter in force; following ``remove_href`` takes it away."""

    label: str
    value: str
    remove_href: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A state and how many stand in it, at least so many when ``over``; ``warn`` marks the late ones."""

    label: str
    href: str
    count: int | None = None
    current: bool = False
    warn: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One input of the filter bar; the page's own query string carries it."""

    name: str
    label: str
    kind: Literal["text", "choice", "date", "flag"] = "choice"
    value: str = ""
    choices: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a ledger; numbers, money and days stand right-aligned or unbroken by ``kind``."""

    label: str
    kind: Literal["text", "title", "number", "money", "day", "state", "mark", "action"] = "text"
    unit: str = ""
    phone: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One line a matter; the first column of kind ``title`` (else the first) carries the link."""

    cells: Sequence[Any]
    href: str = ""
    late: bool = False
    sub: str = ""
    """A small second line under the title."""


@dataclass(frozen=True, slots=True)
class Ledger:
    columns: Sequence[Column]
    rows: Sequence[Row]
    caption: str = ""
    foot: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Pager:
    """Cursor pages: forward and back, never a page number that shifts under the reader."""

    shown: int
    total: int | None = None
    first_href: str = ""
    previous_href: str = ""
    next_href: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with all that makes it checkable: unit, period, cut-off, and the records it counts."""

    label: str
    value: str
    unit: str = ""
    period: str = ""
    as_of: date | None = None
    records: int | None = None
    href: str = ""
    numerator: int | None = None
    denominator: int | None = None
    claimed: int = 0
    note: str = ""
    colour: Warning4 | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Long work: how far it is, what is done so far, and where to ask again."""

    label: str
    done: int
    total: int
    href: str = ""
    finished: bool = False
    failed: str = ""
    lines: Sequence[str] = ()
    next_href: str = ""
    next_label: str = "查看结果"

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Empty:
    """An empty place says what would stand here and how to begin."""

    says: str
    how: str = ""
    href: str = ""
    label: str = ""
    icon: str = "inbox"


@dataclass(frozen=True, slots=True)
class Choice:
    """A card to pick from: a demo role, a way to begin."""

    value: str
    label: str
    says: str = ""
    icon: str = "user"
    done: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of the workbench: what to do, on what, and how late it is."""

    what: str
    href: str
    verb: str = ""
    no: str = ""
    where: str = ""
    level: Level | None = None
    state: State | None = None
    deadline: Deadline | None = None
    note: str = ""

    @property
    def late(self) -> bool:
        return self.deadline is not None and self.deadline.left < 0


@dataclass(frozen=True, slots=True)
class File:
    """A stored file with its size in words and who put it there."""

    label: str
    href: str
    size: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A counted outcome; marked only when it is not zero: ``bad`` = to be mended, ``late`` = overdue."""

    label: str
    value: int
    bad: bool = False
    late: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a way that has several: choose, check, confirm, done; or of the first set-up."""

    label: str
    place: Literal["past", "here", "ahead"] = "ahead"
    says: str = ""
    href: str = ""
    action: str = ""
    second_href: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One unit's filing for one month."""

    word: str
    standing: Literal["met", "nil", "due", "late", "missing", "waived", "none"] = "none"
    href: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    label: str
    cells: Sequence[MatrixCell] = field(default_factory=tuple)
    href: str = ""
    sub: str = ""
