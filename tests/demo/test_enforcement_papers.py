"""Every main document of the catalogue stands in the demo, made by a deed of a case, an inspection or a measure (M123, M125)."""

from __future__ import annotations

import pytest

from bihuan.capabilities.enforcement.models import Case
from bihuan.demo.building import Size
from bihuan.kernel import clock
from bihuan.registers.instruments import dossiers, kinds
from bihuan.registers.instruments.models import Dossier, Instrument
from bihuan.registers.instruments.printing import docx_of, pdf_of

pytestmark = pytest.mark.django_db
MAIN = 48


def test_all_48_main_documents_are_there(district: Size) -> None:
    main = {kind.slug for kind in kinds.all_kinds() if kind.in_force(clock.today()) and kind.no <= MAIN}
    assert len(main) == MAIN
    issued = set(Instrument.objects.values_list("kind", flat=True))
    assert main - issued == set()


def test_each_kind_prints_in_both_forms(district: Size) -> None:
    seen = set()
    for one in Instrument.objects.order_by("kind", "pk"):
        if one.kind not in seen:
            seen.add(one.kind)
            assert pdf_of(one).startswith(b"%PDF")
            assert docx_of(one).startswith(b"PK")
    assert len(seen) >= MAIN


def test_archived_cases_are_bound_and_verify(district: Size) -> None:
    archived = Case.objects.filter(state="archived")
    assert archived.exists()
    for case in archived:
        (volume,) = Dossier.objects.filter(matter=case.uid)
        assert dossiers.verify(volume) == []
