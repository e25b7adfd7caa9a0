"""问题清单、责任清单、整改清单: one set, equal numbers, on the page, on paper and in the workbook."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from bihuan.capabilities.hazards.models import Hazard, Listing
from bihuan.kernel.documents import Table, to_docx
from bihuan.kernel.documents.outline import plain
from bihuan.kernel.errors import Refused
from bihuan.kernel.territory.trees import require_district
from bihuan.reporting import lists, printing
from bihuan.reporting.lists import Asked
from bihuan.reporting.models import Purpose, Status
from tests.reporting.ledgers import CUT, H1, hazard, keep
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_half")]
OPEN = Asked(H1, CUT)


def some(world: World) -> None:
    day = date(2023, 2, 1)
    keep(
        [
            hazard(world, day, rectify_by=date(2023, 4, n + 1), measures="=1+1", funds_planned_fen=150_000)
            for n in range(5)
        ]
        + [hazard(world, day, accepted_on=date(2023, 3, 1))]
        + [hazard(world, day, grade="major", region_path=world.west.path, sector_path=world.site.sector_path)]
    )
    major = Hazard.objects.get(grade="major")
    Listing.objects.create(
        hazard=major,
        level="district",
        lead=world.bureau,
        leader_name="副区长 赵立",
        listed_on=day,
        due_on=date(2023, 9, 1),
    )


def test_the_three_lists_name_the_same_hazards(world: World) -> None:
    some(world)
    made = lists.three_lists(world.actor("office"), OPEN)
    assert made.total == 6
    assert [len(rows) for rows in made.rows] == [6, 6, 6]
    for rows in made.rows:
        assert [row[0] for row in rows] == [1, 2, 3, 4, 5, 6]
        assert tuple(row[1] for row in rows) == made.numbers
    assert "副区长 赵立" in made.rows[1][-1]
    assert lists.three_lists(world.actor("office"), Asked(H1, CUT, only_open=False)).total == 7
    assert lists.three_lists(world.actor("office"), Asked(H1, CUT, grade="major")).total == 1


def test_a_list_without_one_of_the_numbers_is_no_list(world: World) -> None:
    some(world)
    made = lists.three_lists(world.actor("office"), OPEN)
    with pytest.raises(ValueError, match="same hazards"):
        lists.ThreeLists(
            OPEN, made.headings, (made.rows[0], made.rows[1][1:], made.rows[2]), made.numbers, made.total
        )


def test_everybody_sees_only_their_own(world: World) -> None:
    some(world)
    assert lists.three_lists(world.actor("clerk_east"), OPEN).total == 5
    assert lists.three_lists(world.actor("clerk_west"), OPEN).total == 1
    assert lists.three_lists(world.actor("builder"), OPEN).total == 1
    assert lists.three_lists(world.actor("auditor"), OPEN).total == 0


def test_paper_and_workbook_carry_the_same_rows(world: World) -> None:
    some(world)
    made = lists.three_lists(world.actor("office"), OPEN)
    document = lists.document_of(made, require_district())
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [[plain(row[1]) for row in table.rows] for table in tables] == [list(made.numbers)] * 3
    assert to_docx(document)
    held = io.BytesIO()
    lists.write_workbook(held, made, demo=True)
    book = openpyxl.load_workbook(io.BytesIO(held.getvalue()))
    assert book.sheetnames == list(lists.TITLES)
    for sheet in book.worksheets:
        assert "演示数据" in str(sheet.cell(1, 1).value)
        assert tuple(sheet.cell(line, 2).value for line in range(3, 9)) == made.numbers
    measures = book["整改清单"].cell(3, 3)
    assert (measures.value, measures.data_type) == ("=1+1", "s")


def test_more_than_a_paper_holds_is_refused_not_cut(world: World) -> None:
    some(world)
    with pytest.raises(Refused) as refusal:
        lists.three_lists(world.actor("office"), OPEN, at_most=5)
    assert refusal.value.failures[0].code == "lists.too_many"


def test_the_worker_prints_what_the_orderer_may_see(world: World) -> None:
    some(world)
    order = printing.order(Purpose.THREE_LISTS, world.actor("clerk_west"), question=OPEN.json())
    done = printing.carry_out(order.uid)
    assert done is not None
    assert done.status == Status.DONE
    assert done.pdf is not None
    assert Asked.of(order.question) == OPEN
