"""Binding a case's papers into one page-numbered volume, and finding out whether a part changed since (M125)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.crypto import sm3
from bihuan.kernel.documents import Document
from bihuan.kernel.documents.binding import Part, Plate, Volume, bound
from bihuan.kernel.documents.freezing import thawed
from bihuan.kernel.documents.numerals import chinese_date, document_number
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.numbering.documents import draw_document_number
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.entries import canonical
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.uid import uuid7
from bihuan.registers.instruments import kinds, stages
from bihuan.registers.instruments.chains import note
from bihuan.registers.instruments.issuing import digest_of, issue, loop_of
from bihuan.registers.instruments.models import Dossier, Instrument
from bihuan.registers.instruments.organs import organ_of
from bihuan.registers.instruments.printing import FOOT_DIGEST, paper_of, picture_of
from bihuan.registers.instruments.shelf import instruments_of, matter_seen, reads_internal

SERIES = "案卷"
COVER, CATALOGUE = "dossier_cover", "dossier_catalogue"
FORM = "bihuan.dossier.1"
PICTURE_KINDS = frozenset({"hand_signature"})
"""Pictures that stand inside papers and are no evidence of their own."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the cover beside what the papers tell."""

    case_name: str
    outcome: str
    opened_on: date
    retention: str
    cause: str = ""
    concluded_on: date | None = None
    officers: Sequence[Any] = ()
    file_no: str = ""


def missing(matters: Sequence[UUID], required: Sequence[str]) -> list[str]:
    """Names of required documents that the matters do not have; ``a|b`` is met by either."""
    return stages.lacking(instruments_of(matters).values_list("kind", flat=True), required)


def bind(
    matter: Any,
    cover: Cover,
    *,
    actor: Actor,
    on: date,
    also: Sequence[UUID] = (),
    required: Sequence[str] = (),
    pictures: bool = True,
) -> Dossier:
    """Bind the documents of ``matter`` and of linked matters, with their photos, into one volume; part of the deed.

    Raises:
        Refused: a required document is missing (``dossier.incomplete``), there is nothing to bind (``dossier.empty``),
            the retention is none of the rule's (``dossier.bad_retention``), or a paper was altered.
        RuntimeError: outside a transaction, where a later failure would leave a gap in the file numbers.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("bind() must run inside the transaction of its deed")
    lacking = missing([matter.uid, *also], required)
    if lacking:
        raise Refused.because("dossier.incomplete", f"案卷还缺：{'、'.join(lacking)}，请补齐后再归档")
    if cover.retention not in stages.retentions():
        raise Refused.because(
            "dossier.bad_retention", f"保存期限应为：{'、'.join(stages.retentions())}", "retention"
        )
    rows = stages.in_order(
        row
        for row in instruments_of([matter.uid, *also]).select_related("organ")
        if row.kind not in (COVER, CATALOGUE)
    )
    if not rows:
        raise Refused.because("dossier.empty", "这件案件还没有文书，不能组卷")
    photos = _photos([matter.uid, *also]) if pictures else []
    return _Binder(matter, cover, actor, on, rows, photos).bound()


def dossiers_of(matter: UUID) -> QuerySet[Dossier]:
    """The dossiers of a matter, the first first."""
    return Dossier.objects.filter(matter=matter).select_related("volume").order_by("ordinal")


def access_dossier(actor: Actor, uid: UUID) -> Dossier:
    """One dossier, seen where its matter is seen.

    Raises:
        Absent: it does not exist, its matter is not the actor's to see, or the actor is no official; all answer alike.
    """
    found = Dossier.objects.select_related("volume").filter(pk=uid).first()
    if found is None or not reads_internal(actor) or not matter_seen(actor, found.loop, found.matter):
        raise Absent("没有查到这份案卷")
    return found


def volume_of(dossier: Dossier) -> bytes:
    """The bound PDF; refused when the file is gone or altered."""
    return keeping.content_of(dossier.volume)


def verify(dossier: Dossier) -> list[str]:
    """What changed since it was bound, in words; nothing when every part is what it was."""
    found = []
    if digest_of_parts(dossier) != bytes(dossier.digest):
        found.append("卷内目录与组卷时的摘要不符")
    try:
        volume_of(dossier)
    except Refused as refused:
        found.append(f"案卷文件：{refused.failures[0].message}")
    rows = {str(row.uid): row for row in Instrument.objects.filter(pk__in=_uids(dossier, "instrument"))}
    photos = {str(row.uid): row for row in Attachment.objects.filter(pk__in=_uids(dossier, "picture"))}
    for number, part in enumerate(dossier.parts, 1):
        words = f"第{number}件“{part['title']}”"
        row = rows.get(part["uid"])
        if part["kind"] == "picture":
            found += _picture_faults(words, part, photos.get(part["uid"]))
        elif row is None:
            found.append(f"{words}已不存在")
        else:
            found += _row_faults(words, part, row)
    return found


def digest_of_parts(dossier: Dossier) -> bytes:
    """SM3 over cover and parts in their order."""
    about = {"form": FORM, "matter": dossier.matter.hex, "file_no": dossier.file_no, "cover": dossier.cover}
    return sm3.digest(canonical({**about, "parts": dossier.parts}).encode())


def _uids(dossier: Dossier, sort: str) -> list[str]:
    return [part["uid"] for part in dossier.parts if (part["kind"] == "picture") == (sort == "picture")]


def _row_faults(words: str, part: Mapping[str, Any], row: Instrument) -> list[str]:
    found = []
    if bytes(row.digest).hex() != part["digest"] or digest_of(row).hex() != part["digest"]:
        found.append(f"{words}的内容在组卷后被改动")
    if row.voided:
        found.append(f"{words}在组卷后作废")
    if row.entry_count != part["entries"] or bytes(row.head).hex() != part["head"]:
        found.append(f"{words}在组卷后又有签名、送达等变动")
    return found


def _picture_faults(words: str, part: Mapping[str, Any], row: Attachment | None) -> list[str]:
    if row is None:
        return [f"{words}已不存在"]
    try:
        keeping.content_of(row)
    except Refused as refused:
        return [f"{words}：{refused.failures[0].message}"]
    return [] if bytes(row.digest).hex() == part["digest"] else [f"{words}在组卷后被改动"]


def _photos(matters: Sequence[UUID]) -> list[Attachment]:
    return list(
        Attachment.objects.filter(
            matter__in=matters, named_seq__isnull=False, superseded_by=None, media_type__startswith="image/"
        )
        .exclude(kind__in=PICTURE_KINDS)
        .order_by("at", "uid")
    )


class _Binder:
    """One dossier in the making."""

    def __init__(
        self,
        matter: Any,
        cover: Cover,
        actor: Actor,
        on: date,
        rows: Sequence[Instrument],
        photos: Sequence[Attachment],
    ) -> None:
        self.matter, self.cover, self.actor, self.on = matter, cover, actor, on
        self.rows, self.photos = rows, photos
        self.organ: Agency = rows[0].organ
        self.front: list[Instrument] = []
        self.file_no = cover.file_no

    def bound(self) -> Dossier:
        papers: list[Document] = [paper_of(row) for row in self.rows]
        plates = [
            Plate(picture_of(photo.uid), f"{number}. {photo.name}（{chinese_date(_taken(photo))}）")
            for number, photo in enumerate(self.photos, 1)
        ]
        parts: list[Part] = [*papers, *plates]
        with transaction.atomic():
            volume = bound(
                self.cover.case_name, papers[0].issuer, parts, self._front, demo=any(p.demo for p in papers)
            )
        return self._kept(volume)

    def _front(self, begins: Sequence[int], pages: int) -> list[Document]:
        """Cover and catalogue, issued as documents of the matter once the pages are known."""
        self.file_no = self.file_no or self._number()
        ends = [*begins[1:], pages + 1]
        titles = [*(_title(row) for row in self.rows), *(f"照片：{photo.name}" for photo in self.photos)]
        days = [*(row.issued_on for row in self.rows), *(_taken(photo) for photo in self.photos)]
        notes = [*("副卷" if stages.inner(row.kind) else "" for row in self.rows), *("" for _ in self.photos)]
        entries = [
            {"title": title, "on": day.isoformat(), "page": _span(first, after), "note": note}
            for title, day, first, after, note in zip(titles, days, begins, ends, notes, strict=True)
        ]
        cover = self.cover
        told = {
            "case_name": cover.case_name, "cause": cover.cause, "outcome": cover.outcome, "opened_on": cover.opened_on,
            "concluded_on": cover.concluded_on, "officers": cover.officers, "filed_on": self.on,
            "file_no": self.file_no, "retention": cover.retention, "pieces": len(entries), "pages": pages,
        }  # fmt: skip
        self.front = [self._issue(COVER, told), self._issue(CATALOGUE, {"entries": entries})]
        return [self._with_digest(row) for row in self.front]

    def _issue(self, kind: str, facts: Mapping[str, Any]) -> Instrument:
        return issue(kind, self.matter, facts, on=self.on, actor=self.actor, organ=self.organ)

    def _with_digest(self, row: Instrument) -> Document:
        return replace(thawed(row.paper), digest=bytes(row.digest).hex()[:FOOT_DIGEST])

    def _number(self) -> str:
        profile, year = organ_of(self.organ), self.on.year
        series = profile.mark + SERIES
        return document_number(
            f"（{profile.short_name}）{series}",
            year,
            draw_document_number(f"instrument:{self.organ.pk}:{series}", year),
        )

    def _kept(self, volume: Volume) -> Dossier:
        ends = [*volume.begins[1:], volume.pages + 1]
        spans = list(zip(volume.begins, ends, strict=True))
        parts = [
            *(_row_part(row, 0, 0) for row in self.front),
            *(_row_part(row, *span) for row, span in zip(self.rows, spans, strict=False)),
            *(_photo_part(photo, *span) for photo, span in zip(self.photos, spans[len(self.rows) :], strict=True)),
        ]  # fmt: skip
        made = Dossier(
            uid=uuid7(), loop=loop_of(self.matter), matter=self.matter.uid, matter_no=self.matter.no,
            ordinal=dossiers_of(self.matter.uid).count() + 1, file_no=self.file_no, title=self.cover.case_name[:200],
            retention=self.cover.retention, parts=parts, pages=volume.pages, bound_at=clock.now(),
            bound_by=self.actor.name, cover=self.front[0].facts,
            volume=keeping.keep_own_paper(self.matter.uid, "dossier", volume.pdf, self.actor),
        )  # fmt: skip
        made.no = f"dossier/{self.matter.no}/{made.ordinal}"
        made.digest = digest_of_parts(made)
        said = {
            "file_no": made.file_no, "digest": bytes(made.digest).hex(), "pages": made.pages, "pieces": len(parts),
            "volume": bytes(made.volume.digest).hex(), "retention": made.retention,
        }  # fmt: skip
        note(made, "bound", self.actor, said)
        made.save(force_insert=True)
        return made


def _title(row: Instrument) -> str:
    return f"{kinds.label_of(row.kind)}{row.number}"


def _taken(photo: Attachment) -> date:
    return clock.day_of(photo.taken_at or photo.at)


def _span(first: int, after: int) -> str:
    last = after - 1
    return str(first) if last <= first else f"{first}—{last}"


def _row_part(row: Instrument, first: int, after: int) -> dict[str, Any]:
    return {
        "uid": str(row.uid), "kind": row.kind, "title": _title(row), "on": row.issued_on.isoformat(), "page": first,
        "pages": max(0, after - first), "digest": bytes(row.digest).hex(), "entries": row.entry_count,
        "head": bytes(row.head).hex(), "inner": stages.inner(row.kind),
    }  # fmt: skip


def _photo_part(photo: Attachment, first: int, after: int) -> dict[str, Any]:
    return {
        "uid": str(photo.uid), "kind": "picture", "title": f"照片：{photo.name}", "on": _taken(photo).isoformat(),
        "page": first, "pages": max(0, after - first), "digest": bytes(photo.digest).hex(),
    }  # fmt: skip
