"""What a capability tells about its matters so that the made pages read well; the rest comes from its loop."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Q, QuerySet

from bihuan.kernel.facets import Facets
from bihuan.kernel.loops.declaration import Loop
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts

Choices = Sequence[tuple[str, str]]
ON = frozenset({"1", "true", "yes", "on", "是"})


@dataclass(frozen=True)
class ListFilter:
    """One filter of a list: its name in the address, and the only way it can touch the query (an allow-list)."""

    name: str
    label: str
    apply: Callable[[str], Q]
    kind: Literal["text", "choice", "date", "flag", "object"] = "choice"
    """``object``: the key of a supervised object, which nobody types; it stands on the page under the object's name."""
    choices: Choices | Callable[[], Choices] = ()
    shown: bool = True
    named: Callable[[str], str] | None = None
    """What a value is called that is no choice and says nothing to a reader."""
    judges: bool = False
    """``apply`` itself refuses what is not offered, so that nobody need fetch all that is."""

    means: Callable[[str], str] | None = None
    """The value meant by a name or a code, for whoever does not know the values offered."""

    def meant(self, value: str) -> str:
        return value if self.means is None else self.means(value)

    def options(self) -> Choices:
        return self.choices() if callable(self.choices) else self.choices

    def accepts(self, value: str) -> bool:
        """Whether ``value`` may stand in the address; a choice must be one of those offered."""
        if self.kind == "choice" and not self.judges:
            return any(value == key for key, _ in self.options())
        if self.kind == "flag":
            return value.lower() in ON
        return "\x00" not in value

    def words(self, value: str) -> str:
        if self.kind == "flag":
            return "是"
        if self.named is not None:
            return self.named(value)
        return next((label for key, label in self.options() if key == value), value)


@dataclass(frozen=True)
class Order:
    """A way to sort a list, by columns that an index carries; ``uid`` always breaks the tie.

    ``within`` is the condition of that index when it holds a part of the rows only; ``few`` says that this part is
    work in hand, which stays small while the table grows.
    """

    name: str
    column: str
    descending: bool
    within: Callable[[], Q] = Q
    few: bool = False


@dataclass(frozen=True)
class TabOf:
    """A tab of the list: some states, or a condition such as 逾期."""

    name: str
    label: str
    condition: Callable[[], Q]
    order: Order
    warn: bool = False


@dataclass(frozen=True)
class MatterPages:
    """How one kind of matter shows itself."""

    loop: Loop
    lead: str
    what: Callable[[Any], str]
    where: Callable[[Any], str]
    level: Callable[[Any], parts.Level | None]
    tags: Callable[[Any], Sequence[str]]
    facts: Callable[[Any], Sequence[parts.Fact]]
    more_facts: Callable[[Any, Actor], Sequence[tuple[str, Sequence[parts.Fact]]]]
    columns: Sequence[parts.Column]
    row: Callable[[Any], parts.Row]
    tabs: Sequence[TabOf]
    filters: Sequence[ListFilter]
    resource: Callable[[Any], dict[str, Any]]
    listed: Callable[[QuerySet[Any]], QuerySet[Any]]
    prefill: Callable[[str, Any, Actor], dict[str, Any]] = lambda deed, matter, actor: {}
    criteria: Callable[[Any], Sequence[tuple[str, Any]]] = lambda matter: ()
    offers: Callable[[str, Any, Actor], Mapping[str, Sequence[tuple[str, Any]]]] = (
        lambda deed, matter, actor: {}
    )
    """Fields of a deed to be picked from what the matter offers (its officers, its documents); gates judge them."""
    asks: Callable[[str, Any, Actor], Mapping[str, bool]] = lambda deed, matter, actor: {}
    """Fields that this very matter needs (True) although another may not, or has already and is not asked for (False)."""
    describe: Callable[[str, Any], Any] = lambda name, value: value
    export: Sequence[tuple[str, Callable[[Any], Any]]] = ()
    empty: parts.Empty = field(default_factory=lambda: parts.Empty("这里还没有记录。"))
    opening: str = ""
    openings: Sequence[str] = ()
    """Further ways to begin, offered beside the first."""
    chained: bool = True
    """Whether the page shows who answers for the matter's object or unit."""
    pictured: bool = True
    """Whether pictures are part of it, so that their absence is said."""
    told: Callable[[Actor, Any], bool] | None = None
    """Whether a reader is told what an entry says and shown its files; that it was made, everybody sees. None: always."""
    withheld: Callable[[Actor, Any], Collection[str]] = lambda actor, matter: ()
    """Keys of the resource that a reader of the API is not told."""
    unread: Sequence[str] = ()
    """Large columns that neither hands nor a line of the desk look at: the desk of many matters does without them."""
    facets: Facets | None = None
    icon: str = "list-check"
    beside: Callable[[Actor], Sequence[parts.Tab]] = lambda actor: ()
    """Pages of the same place in the navigation, shown as tabs above the list."""


_pages: dict[str, MatterPages] = {}


def show(pages: MatterPages) -> None:
    """Give a running loop its pages."""
    _pages[pages.loop.plural] = pages


def pages_of(plural: str) -> MatterPages | None:
    """The pages under ``/{plural}/``."""
    return _pages.get(plural)


def all_pages() -> Sequence[MatterPages]:
    return tuple(_pages.values())
