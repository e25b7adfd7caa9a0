"""Many rows at once are digested and copied as each of them alone: the record of an import is that of a single deed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import Grade, Source
from bihuan.kernel import clock, copying
from bihuan.kernel.loops import writing
from bihuan.kernel.loops.registry import running
from bihuan.kernel.record.canonical import alike


def _hazard(number: int) -> Hazard:
    moment = datetime(2026, 5, 3, 8, tzinfo=UTC)
    return Hazard(
        uid=UUID(int=number), no=f"370403-H2026-{number:06}", state="reported", region_path="1.2.", opened_at=moment,
        object_id=UUID(int=7), hands={"report": number} if number % 2 else {}, head=b"", grade=Grade.GENERAL,
        source=(Source.ROUTINE, "routine", Source.SPECIAL)[number % 3], description=f"第{number}处“线路”\t老化\\破损",
        voluntary=bool(number % 2), found_on=date(2026, 5, 1 + number % 28), funds_planned_fen=None if number % 3 else number,
        row_facts={"town": "邹坞镇"} if number % 2 else None, row_key=bytes([number]), search="{1,0,2}",
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 9])
def test_digests_of_many_are_those_of_each(count: int) -> None:
    facts, rows = running("hazard").facts, [_hazard(number) for number in range(1, count + 1)]
    assert facts.of_all(rows) == [facts.of(row) for row in rows]


def test_what_is_equal_but_written_in_two_ways_is_not_alike() -> None:
    assert alike(["", ""])
    assert alike([Source.ROUTINE, "routine"])
    assert not alike([1, True])
    assert not alike([0, False, 0])
    assert not alike([{"a": 1}, {"a": True}])
    assert not alike([None, "", None])


def test_columns_are_copied_as_their_values_one_by_one() -> None:
    values = [None, "a\tb", "c\\d", "e\nf", True, 3, date(2026, 5, 3), Source.ROUTINE, b"\x01"]
    alone = [copying.column([value])[0] for value in values]
    assert alone == ["\\N", "a\\tb", "c\\\\d", "e\\nf", "t", "3", "2026-05-03", "routine", "\\\\x01"]
    assert copying.column(values) == alone
    assert copying.column([Source.ROUTINE, Source.SPECIAL]) == ["routine", "special"]
    assert copying.column(["x", "x"]) == ["x", "x"]
    assert copying.column([{"a": "b\n"}, None], copying.json_text) == ['{"a":"b\\\\n"}', "\\N"]
    assert copying.lines([["1", "2"], ["a", "b"]]) == "1\ta\n2\tb\n"


NASTY = (
    "", "\\N", "\\.", "\\", "a\\tb", "'\"“”$$;--", "行一\n行二\r\n行三\t\x0b\x08\x7f", "🦺隐患", "{1,2}", " 空 ", "NULL", "%s{}",
)  # fmt: skip
VALUES: tuple[dict[str, Any], ...] = (
    *({"description": text, "place": text[:120], "note": text} for text in NASTY),
    *({"hands": {"甲": text, text: [1, None, True, 0.1]}, "row_facts": {"说": text}} for text in NASTY),
    {"row_facts": None}, {"row_facts": {}}, {"row_facts": []}, {"row_facts": "null"}, {"row_facts": "\\N"},
    {"head": bytes(range(256))}, {"head": memoryview(b"\\x\n\t")}, {"row_key": None}, {"row_key": b""},
    {"found_on": date(1899, 12, 31)}, {"found_on": date(1, 1, 1)}, {"found_on": date(9999, 12, 31)},
    {"opened_at": datetime(2026, 5, 3, 8, 0, 0, 1, tzinfo=clock.SHANGHAI)},
    {"opened_at": datetime(1900, 1, 1, tzinfo=clock.SHANGHAI)}, {"opened_at": datetime(2026, 5, 3, tzinfo=UTC)},
    {"voluntary": True}, {"voluntary": False}, {"funds_planned_fen": 2**62}, {"funds_planned_fen": -0},
    {"recurrence": -1}, {"grade": Grade.MAJOR, "source": Source.SPECIAL}, {"search": "{}"}, {"search": None},
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("many", [True, False])
def test_what_is_copied_is_what_an_insert_would_have_written(many: bool) -> None:
    """Every kind of column with what is awkward in it, among others and alike in all rows."""
    rows = [_hazard(number) for number in range(1, len(VALUES) + 1)]
    for row, values in zip(rows, VALUES, strict=True):
        for name, value in values.items():
            if hasattr(row, name):
                setattr(row, name, value)
    table = writing._table_of(rows[0])
    with connection.cursor() as cursor:
        for name in ("copied", "inserted"):
            cursor.execute(f"CREATE TEMP TABLE {name} (LIKE hazards_hazard) ON COMMIT DROP")
        for some in [rows] if many else [[row] for row in rows]:
            with cursor.copy(table.copy.replace('"hazards_hazard"', "copied")) as copy:
                copy.write(writing._lines(some, table).encode())
            for row in some:
                into = table.insert.replace('"hazards_hazard"', "inserted") + table.values
                cursor.execute(into, writing._values(row, table))
        cursor.execute("SELECT (SELECT count(*) FROM copied), (SELECT count(*) FROM inserted)")
        assert cursor.fetchone() == (len(VALUES), len(VALUES))
        for one, other in (("copied", "inserted"), ("inserted", "copied")):
            cursor.execute(f"SELECT * FROM {one} EXCEPT SELECT * FROM {other}")
            assert cursor.fetchall() == []
    facts = running("hazard").facts
    assert facts.of_all(rows) == [facts.of(row) for row in rows]
