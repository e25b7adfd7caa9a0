"""The half-year report as .docx and PDF, at about ten pages."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace

from bench.district import child, district
from bench.results import Measured

HAZARDS = 20_000
PERIOD = ("2024H1", "2024-06-30")


def measure() -> Iterator[Measured]:
    """Composed once from figures; then written several times in one process, as the job does."""
    with district() as data:
        child(data, "bulk:prepare")
        child(data, "bulk:fill", rows=HAZARDS)
        told = child(data, "papers:written")
        pages = told["pages"]
        yield Measured(f"report as .docx, {pages} pages", told["docx"], "s", 0.3, 0.15)
        yield Measured(f"report as PDF, {pages} pages", told["pdf"], "s", 1, 0.3)
        yield Measured("composing it from figures", told["compose"], "s")


def written(pages: int = 10) -> dict[str, float]:
    """Seconds to write the district's report, its body repeated until it has ``pages`` pages."""
    from datetime import date

    from pypdf import PdfReader

    from bihuan.kernel.calendar.periods import Period
    from bihuan.kernel.documents import to_docx, to_pdf
    from bihuan.reporting.proofs import proof_of_district

    began = time.perf_counter()
    document, _ = proof_of_district(Period.parse(PERIOD[0]), date.fromisoformat(PERIOD[1]))
    composed = time.perf_counter() - began
    body = document.blocks
    count = len(PdfReader(io.BytesIO(to_pdf(document))).pages)
    while count < pages:
        document = replace(document, blocks=(*document.blocks, *body))
        count = len(PdfReader(io.BytesIO(to_pdf(document))).pages)
    return {
        "pages": count,
        "compose": composed,
        "docx": _median(lambda: to_docx(document)),
        "pdf": _median(lambda: to_pdf(document)),
    }


def _median(deed: object, times: int = 7) -> float:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        deed()  # type: ignore[operator]
        took.append(time.perf_counter() - began)
    return statistics.median(took)
