"""What a deed led to, as its doer and the record of answers keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a deed led to. ``replayed`` tells that the same key had done it before."""

    uid: UUID
    no: str
    state: str
    version: int
    seq: int
    replayed: bool = False
    deadline: date | None = None
    matter: Any = None

    def kept(self) -> dict[str, Any]:
        """The answer as it lies beside its key."""
        told: dict[str, Any] = {
            "uid": str(self.uid), "no": self.no, "state": self.state, "version": self.version, "seq": self.seq,
        }  # fmt: skip
        if self.deadline is not None:
            told["deadline"] = self.deadline.isoformat()
        return told

    @classmethod
    def replay(cls, told: Mapping[str, Any]) -> Outcome:
        """The answer as it was given."""
        due = told.get("deadline")
        return cls(
            uid=UUID(told["uid"]), no=told["no"], state=told["state"], version=told["version"], seq=told["seq"],
            replayed=True, deadline=None if due is None else date.fromisoformat(due),
        )  # fmt: skip
