"""The report before it is issued: what the preview shows and the command writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Document
from bihuan.kernel.territory.trees import require_district
from bihuan.reporting import differences, drafting, half_year
from bihuan.reporting.genres import genre_of
from bihuan.reporting.imprint import Holder, Imprint, holder_of
from bihuan.reporting.models import Kind, Report
from bihuan.reporting.templating import shelf
from bihuan.reporting.wording import Flag


@dataclass(frozen=True, slots=True)
class Proof:
    """An unissued report of the district; ``report`` is its draft, or one that was never kept."""

    report: Report
    composition: half_year.Composition
    holder: Holder

    @property
    def document(self) -> Document:
        return document(self.composition.printable(), self.holder, self.report.no, apart=True)

    def changes(self) -> Sequence[differences.Change]:
        """What differs from the last issue of this very report; nothing where none went out."""
        last = self.report.issues.order_by("-ordinal").first() if self.report.no else None
        if last is None:
            return ()
        return differences.between(last, self.composition.citations) + differences.records_moved(last)


def compose_district(period: Period, as_of: date, kind: str = Kind.HALF_YEAR.value) -> Proof:
    """The district's report of a period with the texts of its draft.

    A cut-off to come is allowed here: nothing is issued, and what lies ahead simply has not happened.

    Raises:
        Refused: there is no district, or no such report of this period.
    """
    genre_of(kind).about(period)
    district = require_district()
    drafts = Report.objects.filter(kind=kind, period=period.label, region=district.region, agency=None)
    draft = drafts.select_related("template").first()
    holder = holder_of(district.region)
    question = drafting.ask(period, as_of, holder, draft.digits if draft else 1, kind)
    template = shelf.template_of(draft.template, kind) if draft else shelf.current(kind)
    texts = drafting.with_recipient(draft.texts if draft else {}, holder, template)
    report = draft or Report(kind=kind, period=period.label, as_of=as_of, region=district.region)
    report.as_of = as_of
    return Proof(report, half_year.compose(question, texts, template), holder)


def proof_of_district(
    period: Period, as_of: date, kind: str = Kind.HALF_YEAR.value
) -> tuple[Document, Sequence[Flag]]:
    """The paper of :func:`compose_district`, and what is to be looked at."""
    made = compose_district(period, as_of, kind)
    return made.document, made.composition.flags


def document(
    composition: half_year.Composition, holder: Holder, serial: str = "", *, apart: bool = False
) -> Document:
    """The composition as an unissued paper: no number, no digest, marked 送审稿; ``apart`` as it goes to print."""
    imprint = Imprint(holder.organ, serial=serial, demo=require_district().demo)
    return half_year.document_of(composition, imprint, apart=apart)
