"""The papers of letters: Word at once, PDF set by the worker once both have signed and kept with the letter.

The press needs more memory than a web process may hold, so no page waits for it.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from bihuan.capabilities.responsibility.letters.models import SIGNED_STATES, Letter
from bihuan.capabilities.responsibility.letters.paper import document_of
from bihuan.kernel.attachments.keeping import attachments_of, keep_own_paper
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.documents import to_docx, to_pdf
from bihuan.kernel.people.actors import Actor

_SIGNED = [state.value for state in SIGNED_STATES]


def kind_of(edition: int) -> str:
    return f"letter.{edition}"


def word(letter: Letter) -> bytes:
    """The present edition as a Word file."""
    return to_docx(document_of(letter))


@transaction.atomic
def keep_paper(uid: UUID, edition: int) -> Attachment | None:
    """Set the PDF of a signed edition and keep it; repeated, it gives the one that is there.

    Nothing is set for an edition that was replaced or is waiting for a signature again.
    """
    letter = (
        Letter.objects.select_for_update(of=("self",))
        .filter(uid=uid, edition=edition, state__in=_SIGNED)
        .first()
    )
    if letter is None:
        return None
    there = kept(letter)
    if there is not None:
        return there
    pdf = to_pdf(document_of(letter))
    return keep_own_paper(letter.uid, kind_of(edition), pdf, Actor.system("责任书排印"))


def kept(letter: Letter) -> Attachment | None:
    """The PDF of the present edition, once it has been set."""
    return attachments_of(letter.uid, kind_of(letter.edition)).first()
