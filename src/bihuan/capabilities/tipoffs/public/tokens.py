"""The pass a form carries instead of a session: which form it is, since when, and a secret only this page knows."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core import signing

from bihuan.capabilities.tipoffs.public import limits
from bihuan.kernel import clock

_SALT = "tipoff.form.1"


@dataclass(frozen=True, slots=True)
class Pass:
    """``form`` names what is being written, so that sending twice is sending once; ``secret`` locks its answer."""

    form: UUID
    secret: str
    at: datetime

    @property
    def age(self) -> timedelta:
        return clock.now() - self.at

    @property
    def worn(self) -> bool:
        """Whether it is too old to send with, or from tomorrow."""
        return not -timedelta(minutes=5) <= self.age <= limits.FORM_LASTS

    @property
    def hasty(self) -> bool:
        """Whether it was opened so lately that no person can have filled it in."""
        return self.age < timedelta(seconds=limits.FILL_SECONDS)

    def renewed(self) -> Pass:
        """The same form from now on: what was typed and sent up stays with it. Long enough open for a second try at once."""
        return replace(self, at=clock.now() - timedelta(seconds=limits.FILL_SECONDS))

    def __str__(self) -> str:
        told = {"f": self.form.hex, "s": self.secret, "t": int(self.at.timestamp())}
        return signing.dumps(told, salt=_SALT)


def fresh() -> Pass:
    """For a form that was just opened."""
    return Pass(uuid4(), secrets.token_hex(16), clock.now())


def read(written: str) -> Pass | None:
    """The pass, unless it was forged or cut; whether it is still good is for the caller to ask."""
    try:
        told = signing.loads(written[:400], salt=_SALT)
        at = datetime.fromtimestamp(int(told["t"]), clock.SHANGHAI)
        return Pass(UUID(hex=told["f"]), str(told["s"]), at)
    except (signing.BadSignature, KeyError, TypeError, ValueError, OverflowError):
        return None
