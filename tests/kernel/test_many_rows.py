"""Many rows at once are digested and copied as each of them alone: the record of an import is that of a single deed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import Grade, Source
from bihuan.kernel import copying
from bihuan.kernel.loops.registry import running
from bihuan.kernel.record.canonical import alike


def _hazard(number: int) -> Hazard:
    moment = datetime(2026, 5, 3, 8, tzinfo=UTC)
    return Hazard(
        uid=UUID(int=number), no=f"370403-H2026-{number:06}", state="reported", region_path="1.2.", opened_at=moment,
        object_id=UUID(int=7), hands={"report": number} if number % 2 else {}, head=b"", grade=Grade.GENERAL,
        source=(Source.ROUTINE, "routine", Source.SPECIAL)[number % 3], description=f"第{number}处“线路”\t老化\\破损",
        voluntary=bool(number % 2), found_on=date(2026, 5, number), funds_planned_fen=None if number % 3 else number,
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
