"""What the gates of several loops look at alike; each loop says it in its own words and with its own code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping as attachments
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.inputs import Kind, fields_of


@dataclass(frozen=True, slots=True)
class Told:
    """A day that somebody wrote in: its field, what the form calls it, and the code when it lies ahead of today."""

    day: date
    field: str
    label: str
    ahead: str

    def follows(self, earlier: date | None, label: str, code: str) -> Failure | None:
        """None when the day lies between ``earlier``, called ``label``, and today; else which of the two it breaks."""
        if earlier is not None and self.day < earlier:
            return Failure(code, f"{self.label} {self.day} 早于{label} {earlier}，请核对", self.field)
        if self.day > clock.today():
            return Failure(self.ahead, f"{self.label} {self.day} 晚于今天，请核对", self.field)
        return None


def gone_by(day: date, field: str, label: str, code: str) -> Failure | None:
    """What is wrong with a day set for something yet to be done: one that has gone by binds nobody."""
    if day < clock.today():
        return Failure(code, f"{label} {day} 已经过去，请重新确定", field)
    return None


def photos_not_here(matter: Any, given: Any) -> Iterator[str]:
    """The fields that name a picture which does not lie with the matter."""
    for item in fields_of(type(given)):
        named = set(getattr(given, item.name)) if item.kind is Kind.PHOTOS else set()
        if named and sum(one.is_image for one in attachments.here(matter.uid, named)) != len(named):
            yield item.name
