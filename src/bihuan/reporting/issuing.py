"""Issuing a report: everything in one transaction over one view of the data, or nothing, not even a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction

from bihuan.kernel import clock, record
from bihuan.kernel.attachments.keeping import keep_own_paper
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.crypto import sm3
from bihuan.kernel.documents import Document, to_docx, to_html, to_pdf
from bihuan.kernel.documents.numerals import document_number
from bihuan.kernel.errors import Absent, Refused, Stale
from bihuan.kernel.figures import freezing
from bihuan.kernel.figures.models import FrozenFigure
from bihuan.kernel.numbering import draw_document_number
from bihuan.kernel.numbering.models import DocumentCounter
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.entries import canonical
from bihuan.kernel.record.heads import Row
from bihuan.kernel.signatures.models import Kind as SignatureKind
from bihuan.kernel.signatures.signing import take_pen, with_key_in_force
from bihuan.kernel.territory.trees import require_district
from bihuan.kernel.uid import uuid7
from bihuan.reporting import differences, drafting, half_year, regular
from bihuan.reporting.access import may_issue
from bihuan.reporting.appendix import frozen_by_key
from bihuan.reporting.imprint import Imprint
from bihuan.reporting.models import Issue, Report

RECORD_KIND = "report"
FOOT_DIGEST = 16
TRIES = 8
SERIALIZATION = "40001"
_MARK = re.compile(r"[一-鿿A-Za-z]{2,12}")


@dataclass(frozen=True, slots=True)
class _Papers:
    document: Document
    docx: bytes
    pdf: bytes
    figures: bytes | None


@with_key_in_force
def issue(
    report: UUID, actor: Actor, *, version: int, mark: str, then: Callable[[Issue], None] = lambda made: None
) -> Issue:
    """Issue a report over the actor's signature and return what went out; ``then`` belongs to the transaction.

    The figures, their digests and the records behind them are read in one snapshot; the papers are set before the
    number is drawn, so what cannot be printed draws none and others wait only for the last moment.

    Raises:
        Absent: not the actor's to issue. Stale: it was changed since the actor saw it.
        Refused: no fresh password, no person behind the account, a bad mark, or a text that cannot be printed.
    """
    if actor.person_id is None or not actor.confirmed:
        raise Refused.because("report.not_confirmed", "签发须由本人重新输入密码确认，请回到报告页重新签发。")
    words = mark.strip()
    if not _MARK.fullmatch(words):
        raise Refused.because("report.bad_mark", "机关代字应为二至十二个汉字或字母，例如“薛安办”。", "mark")
    for attempt in range(TRIES):
        try:
            with _one_view():
                made = _issued(report, actor, version, words)
                then(made)
                return made
        except OperationalError as clash:
            if getattr(clash.__cause__, "sqlstate", "") != SERIALIZATION or attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


@contextmanager
def _one_view() -> Iterator[None]:
    """A transaction that sees one state of the data throughout; inside another one, that one's view."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _issued(uid: UUID, actor: Actor, version: int, mark: str) -> Issue:
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related("region", "agency", "template")
        .filter(pk=uid)
        .first()
    )
    if report is None or not may_issue(actor, report.region_path, report.agency_id):
        raise Absent("没有查到这份报告")
    if report.version != version:
        raise Stale
    issue_uid, moment = uuid7(), clock.now()
    composition = drafting.compose(report).printable()
    before = report.issues.order_by("-ordinal").first()
    changes = [change.json() for change in _changes(before, composition)]
    frozen = freezing.freeze(issue_uid, composition.citations.to_freeze())
    content = _content_digest(report, composition, frozen)
    year = clock.day_of(moment).year
    expected = _next_number(mark, year)
    imprint = _imprint(report, actor, content)
    papers = _set(composition, imprint, frozen, document_number(mark, year, expected))
    number = draw_document_number(_series(mark), year)
    if number != expected:
        papers = _set(composition, imprint, frozen, document_number(mark, year, number))
    ordinal = (before.ordinal if before else 0) + 1
    docx, pdf, apart = _kept(report, papers, actor, ordinal)
    _enter(report, actor, document_number(mark, year, number), content, docx, pdf, len(frozen), len(changes))
    made = Issue.objects.create(
        uid=issue_uid, report=report, ordinal=ordinal, mark=mark, year=year, number=number, as_of=report.as_of,
        texts=report.texts, digits=report.digits, title=composition.title.replace("\n", ""),
        page=to_html(papers.document), rolls=[roll.json() for roll in composition.citations.rolls()], changes=changes,
        flags=[flag.json() for flag in composition.flags], content_digest=content, docx=docx, pdf=pdf, figures_pdf=apart,
        issued_at=moment, issued_by_name=actor.name, issued_by_post=actor.post[:160], seq=report.entry_count,
    )  # fmt: skip
    differences.keep_records(made, composition.citations)
    regular.meet(report, actor)
    return made


def _changes(before: Issue | None, composition: half_year.Composition) -> list[differences.Change]:
    if before is None:
        return []
    return differences.between(before, composition.citations) + differences.records_moved(before)


def _imprint(report: Report, actor: Actor, content: bytes) -> Imprint:
    holder = drafting.holder_for(report)
    return Imprint(
        organ=holder.organ, on=clock.today(), serial=report.no, signer=actor.name,
        digest=content.hex()[:FOOT_DIGEST], demo=require_district().demo,
    )  # fmt: skip


def _set(
    composition: half_year.Composition, imprint: Imprint, frozen: list[FrozenFigure], number: str
) -> _Papers:
    numbered, known = replace(imprint, number=number), frozen_by_key(frozen)
    whole = half_year.document_of(composition, numbered, known)
    if not composition.template.plain:
        return _Papers(whole, to_docx(whole), to_pdf(whole), None)
    spoken = half_year.document_of(composition, numbered, known, apart=True)
    figures = to_pdf(half_year.figures_of(composition, numbered, known))
    return _Papers(whole, to_docx(spoken), to_pdf(spoken), figures)


def _content_digest(report: Report, composition: half_year.Composition, frozen: list[FrozenFigure]) -> bytes:
    """SM3 over question, every frozen value with the digest of its records, the counted lists and the texts."""
    figures = [
        [row.name, row.line, row.scope, row.value, row.records, bytes(row.records_digest).hex()]
        for row in frozen
    ]
    about: dict[str, Any] = {
        "report": report.no, "period": report.period, "as_of": report.as_of.isoformat(), "figures": figures,
        "rolls": [[roll.name, roll.count, roll.digest.hex()] for roll in composition.citations.rolls()],
        "texts": report.texts, "template": composition.template.digest.hex(),
    }  # fmt: skip
    return sm3.digest(canonical(about).encode())


def _series(mark: str) -> str:
    return f"report:{mark}"


def _next_number(mark: str, year: int) -> int:
    last = (
        DocumentCounter.objects.filter(series=_series(mark), year=year).values_list("last", flat=True).first()
    )
    return (last or 0) + 1


def _kept(
    report: Report, papers: _Papers, actor: Actor, ordinal: int
) -> tuple[Attachment, Attachment, Attachment | None]:
    kind = f"issue_{ordinal}"
    apart = keep_own_paper(report.uid, f"{kind}_figures", papers.figures, actor) if papers.figures else None
    return (
        keep_own_paper(report.uid, kind, papers.docx, actor),
        keep_own_paper(report.uid, kind, papers.pdf, actor),
        apart,
    )


def _enter(
    report: Report,
    actor: Actor,
    number: str,
    content: bytes,
    docx: Attachment,
    pdf: Attachment,
    figures: int,
    changes: int,
) -> None:
    """The entry of the issue, the issuer's signature under it, and the report that points at it."""
    assert actor.person_id is not None
    moment = clock.now()
    kind = SignatureKind.SIGNED_IN if actor.token_scope is None else SignatureKind.TOKEN
    pen = take_pen(actor.person_id, kind)
    payload = {
        "number": number, "period": report.period, "as_of": report.as_of.isoformat(), "content": content.hex(),
        "docx": bytes(docx.digest).hex(), "pdf": bytes(pdf.digest).hex(), "figures": figures, "changes": changes,
    }  # fmt: skip
    entry = record.NewEntry(
        matter=report.uid, seq=report.entry_count + 1,
        previous=bytes(report.head) if report.entry_count else record.genesis(report.uid),
        kind=RECORD_KIND, matter_no=report.no, verb="issue", from_state="issued" if report.entry_count else "draft",
        to_state="issued", actor_id=actor.ref, actor_name=actor.name, actor_post=actor.post, happened_at=moment,
        recorded_at=moment, payload=payload, signed=pen.signed,
    )  # fmt: skip
    [report.head] = record.append([entry], pen.sign)
    report.entry_count += 1
    report.version += 1
    report.save(update_fields=["head", "entry_count", "version"])


def ends() -> Iterator[Row]:
    """Where each report says its chain in the record ends; a draft changes as it likes, what was issued is frozen."""
    rows = Report.objects.filter(entry_count__gt=0).order_by("uid").only("uid", "no", "entry_count", "head")
    for row in rows.iterator():
        yield row.uid, row.no, row.entry_count, bytes(row.head), None
