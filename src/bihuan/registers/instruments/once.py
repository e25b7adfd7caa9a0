"""A document written by form is written once, however often and however simultaneously the form is sent.

The form carries the identity of the document it will make. Whoever sends it again gets the document that is there; of two
who send it at the same moment the database lets one through, and the other uses up no number.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction

from bihuan.kernel.errors import Refused
from bihuan.kernel.uid import uuid7
from bihuan.registers.instruments.models import Instrument


def key_of(text: str) -> UUID:
    """The identity a form came with; a new one for a form that is shown for the first time or came without."""
    try:
        found = UUID(text)
    except ValueError:
        return uuid7()
    return found if found.version == 7 else uuid7()


def written(key: UUID, matter: UUID, kind: str, write: Callable[[], Instrument]) -> Instrument:
    """The document named ``key``: the one that is there, or the one that ``write`` makes in a transaction of its own.

    Raises:
        Refused: the identity belongs to something else (``instrument.key_taken``), and whatever ``write`` refuses.
    """
    before = _before(key, matter, kind)
    if before is not None:
        return before
    try:
        with transaction.atomic():
            return write()
    except IntegrityError:
        before = _before(key, matter, kind)
        if before is None:
            says = "这张表单的标识已被使用，请重新打开制发页面再填写"
            raise Refused.because("instrument.key_taken", says) from None
        return before


def _before(key: UUID, matter: UUID, kind: str) -> Instrument | None:
    return Instrument.objects.filter(pk=key, matter=matter, kind=kind).first()
