"""Every kind of enforcement document comes from a matter of the demo, prints, and has its place in an order."""

from __future__ import annotations

import pytest

from bihuan.demo.building import Size
from bihuan.registers.instruments import dossiers, kinds, printing
from bihuan.registers.instruments.models import Dossier, Instrument

pytestmark = pytest.mark.django_db


def test_every_kind_is_issued_by_some_matter_and_prints(district: Size) -> None:
    rows = {row.kind: row for row in Instrument.objects.order_by("issued_at")}
    assert sorted({each.slug for each in kinds.all_kinds()} - set(rows)) == []
    for row in rows.values():
        page = printing.html_of(row)
        assert row.number in page
        assert printing.pdf_of(row).startswith(b"%PDF")
        assert printing.docx_of(row).startswith(b"PK")


def test_every_dossier_of_the_demo_verifies(district: Size) -> None:
    bound = list(Dossier.objects.all())
    assert bound
    assert {one.file_no: dossiers.verify(one) for one in bound} == {one.file_no: [] for one in bound}
