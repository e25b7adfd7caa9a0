"""Where to begin, what to do next, and the steps of a way that has several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bihuan.kernel.web.parts.bits import Deadline, Level, State


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
class Stage:
    """One step of a way that has several: choose, check, confirm, done; or of the first set-up."""

    label: str
    place: Literal["past", "here", "ahead"] = "ahead"
    says: str = ""
    href: str = ""
    action: str = ""
    second_href: str = ""
    second: str = ""
