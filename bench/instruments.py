"""Enforcement documents: one as .docx and PDF, issuing one, and a dossier of sixty bound into one volume."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.district import child, district
from bench.results import Measured

DOCUMENTS = 60


def measure() -> Iterator[Measured]:
    """In one process that has printed before, as a web worker has; every document differs from the others."""
    with district() as data:
        child(data, "bulk:prepare")
        child(data, "bulk:fill", rows=100)
        told = child(data, "instruments:written", documents=DOCUMENTS)
    yield Measured(
        "one document as .docx and PDF",
        told["both"],
        "s",
        0.3,
        0.1,
        floor=f"{told['blank']:.3f} s, a blank PDF page",
    )
    yield Measured("issuing one: facts, number, wording, digest, entry", told["issue"], "s", note="median")
    pages = told["pages"]
    note = f"{told['processor']:.1f} s of it the processor's"
    floor = f"{told['blanks']:.2f} s, {pages} blank pages"
    yield Measured(
        f"a dossier of {DOCUMENTS} documents, {pages} pages",
        told["dossier"],
        "s",
        5,
        3,
        floor=floor,
        note=note,
    )
    yield Measured("verifying that dossier", told["verify"], "s")


def written(documents: int) -> dict[str, Any]:
    """Seconds for each; the matter is a hazard of the filled district, for any matter serves."""
    from django.db import transaction

    from bihuan.capabilities.hazards.models import Hazard
    from bihuan.kernel import clock
    from bihuan.kernel.documents import Document, to_pdf
    from bihuan.kernel.documents.model import PageBreak, Paragraph
    from bihuan.kernel.people.actors import Actor
    from bihuan.kernel.territory.models import Agency
    from bihuan.registers.instruments import dossiers, issuing, kinds, organs, printing

    actor, matter = Actor.system("bench"), Hazard.objects.select_related("object").order_by("uid")[0]
    agency = Agency.objects.order_by("id")[0]
    organs.keep(
        agency,
        organs.Organ("量测区应急管理局", "量", "政通路1号", "0632-1", "量测区人民政府", "量测区人民法院"),
        actor,
    )
    took, rows = [], []
    every = [kind for kind in kinds.all_kinds() if kind.slug not in (dossiers.COVER, dossiers.CATALOGUE)]
    for number in range(documents):
        kind = every[number % len(every)]
        began = time.perf_counter()
        with transaction.atomic():
            rows.append(
                issuing.issue(
                    kind.slug, matter, _facts(kind, number), on=clock.today(), actor=actor, organ=agency
                )
            )
        took.append(time.perf_counter() - began)
    both = [_seconds(lambda row=row: (printing.docx_of(row), printing.pdf_of(row))) for row in rows[:20]]
    cover = dossiers.Cover("量测案", "罚款", clock.today(), "10年")

    def bind() -> dossiers.Dossier:
        with transaction.atomic():
            return dossiers.bind(matter, cover, actor=actor, on=clock.today())

    began, worked = time.perf_counter(), time.process_time()
    made = bind()
    bound, processor = time.perf_counter() - began, time.process_time() - worked
    blank = Paragraph.of("　")
    pages = tuple(block for _ in range(made.pages) for block in (blank, PageBreak()))
    return {
        "issue": statistics.median(took), "both": statistics.median(both[1:]), "dossier": bound, "processor": processor,
        "pages": made.pages,
        "verify": _seconds(lambda: dossiers.verify(made)),
        "blank": statistics.median(_seconds(lambda at=at: to_pdf(Document("x", f"空白{at}", (blank,)))) for at in range(5)),
        "blanks": _seconds(lambda: to_pdf(Document("x", "空白页", pages))),
    }  # fmt: skip


def _facts(kind: Any, number: int) -> dict[str, Any]:
    words = f"第{number}号文书的情况说明，用来量测排印所需的时间。"
    shown: dict[str, Any] = {
        "text": f"内容{number}", "long": words * 3, "lines": [words, words], "date": "2026-03-02", "minute": "2026-03-02T09:30",
        "money": 5_000_000 + number * 100, "number": number + 1, "people": [("沈立文", "鲁D0001"), ("韩青", "鲁D0002")],
        "opinion": {"text": words, "by": "沈立文", "on": "2026-03-02"},
    }  # fmt: skip
    return {
        field.key: [{column.key: shown[column.shape] for column in field.columns}] * 3
        if field.shape == "table"
        else shown[field.shape]
        for field in kind.fields
    }


def _seconds(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began
