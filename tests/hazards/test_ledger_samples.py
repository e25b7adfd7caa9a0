"""The sample ledgers, read with exactly the truth beside them; skipped plainly where they are not at hand."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bihuan.capabilities.hazards.ledger import identity, parsing
from bihuan.capabilities.hazards.ledger.row import LedgerRow
from bihuan.capabilities.hazards.ledger.words import SOURCES
from bihuan.kernel.workbooks import parsing as process
from bihuan.registers.sectors import catalogue
from tests.hazards.ledgers import read_all

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "samples"
NAMES = ("clean", "fire", "gongmao", "gongmao-later", "street")
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the sample ledgers are not beside this checkout")
REASONS = {
    "sector": "hazard.unknown_sector",
    "found": "hazard.bad_found_date",
    "due": "hazard.due_before_found",
    "code": "hazard.bad_credit_code",
    "order": "hazard.rectified_before_found",
    "nodesc": "hazard.no_description",
}


def _sample(name: str) -> tuple[list[LedgerRow], dict[str, Any]]:
    path = FOLDER / f"hazards-{name}.xlsx"
    return read_all(path, today=date(2024, 1, 1)), json.loads(path.with_suffix(".json").read_text())


def _as_truth(row: LedgerRow) -> dict[str, Any]:
    assert row.funds_fen is not None
    return {
        "no": int(row.no),
        "sector": row.sector,
        "town": row.town,
        "grade": row.grade,
        "source": SOURCES[row.source],
        "found": str(row.found_on),
        "due": str(row.rectify_by),
        "closed": str(row.accepted_on) if row.accepted_on else None,
        "funds_yuan": row.funds_fen / 100,
    }


@pytest.mark.parametrize("name", NAMES)
def test_accepted_rows_are_exactly_the_truth(name: str) -> None:
    rows, truth = _sample(name)
    wanted = {row["no"]: row for row in truth["accepted"]}
    read = {row.no: _as_truth(row) for row in rows if not row.failures}
    assert set(read) == {str(no) for no in wanted}
    conflict = str(truth.get("again", {}).get("conflict_no"))
    differing = [no for no, row in read.items() if row != wanted[int(no)]]
    assert differing == ([conflict] if conflict != "None" else [])


@pytest.mark.parametrize("name", NAMES)
def test_rejected_rows_name_the_column_and_the_reason(name: str) -> None:
    rows, truth = _sample(name)
    found = sorted((row.no, one.column, one.code) for row in rows for one in row.rejections())
    wanted = [(str(row["no"]), row["column"], REASONS[row["kind"]]) for row in truth["rejected"]]
    assert found == sorted(wanted)


def test_the_ledger_of_a_month_later_brings_only_its_news() -> None:
    first, _ = _sample("gongmao")
    later, truth = _sample("gongmao-later")
    known = {identity.row_key(row): identity.claims(row) for row in first if not row.failures}
    news: Counter[str] = Counter()
    differing = []
    for row in later:
        if row.failures:
            continue
        here = known.get(identity.row_key(row))
        outcome = "accepted" if here is None else identity.compare(here, identity.claims(row)).outcome.value
        news[outcome] += 1
        if outcome == "differs":
            differing.append(row.no)
    again = truth["again"]
    assert news == {
        "accepted": again["accepted"],
        "advanced": again["advanced"],
        "same": again["already_there"],
        "differs": 1,
    }
    assert differing == [str(again["conflict_no"])]


def test_the_same_ledger_twice_brings_nothing() -> None:
    rows, _ = _sample("street")
    again, _ = _sample("street")
    assert [identity.row_key(row) for row in rows] == [identity.row_key(row) for row in again]
    assert len({identity.row_key(row) for row in rows if not row.failures}) == 116


@pytest.mark.parametrize("name", NAMES)
def test_the_parsing_process_reads_the_same(name: str, tmp_path: Path) -> None:
    rows, _ = _sample(name)
    words = {word: node.name for node in catalogue().nodes for word in node.words}
    summary = process.parse(
        parsing.PARSER,
        FOLDER / f"hazards-{name}.xlsx",
        tmp_path / "rows",
        parsing.options(date(2024, 1, 1), words),
    )
    assert list(parsing.parsed(tmp_path / "rows")) == rows
    assert summary["good"] + summary["wrong"] == summary["rows"] == len(rows)


def test_an_assumed_unit_is_said(tmp_path: Path) -> None:
    options = parsing.options(date(2024, 1, 1), {})
    summary = process.parse(parsing.PARSER, FOLDER / "hazards-street.xlsx", tmp_path / "rows", options)
    assert "『资金』没有写明单位，按万元计" in summary["sheets"][0]["said"]
