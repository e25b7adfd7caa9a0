"""``bihuan record …`` and ``bihuan calendar …``: the promised JSON and exit status."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bihuan.commands import calendar as calendar_command
from bihuan.commands import record as record_command
from bihuan.commands.answers import pure_output
from bihuan.kernel.calendar import due, is_working_day, why_not_working, years
from bihuan.kernel.calendar.models import CalendarYear
from bihuan.kernel.errors import Refused
from tests.kernel.record_of import recorded, sealed

NEXT_YEAR = {
    "year": 2027,
    "source": "国办发明电〔2026〕示例",
    "off_ranges": [["2027-01-01", "2027-01-03", "元旦"], ["2027-02-05", "2027-02-11", "春节"]],
    "makeup_workdays": ["2027-02-14"],
}


@pytest.fixture(autouse=True)
def ask_anew() -> Any:
    years.forget()
    yield
    years.forget()


def run(*words: str) -> tuple[int, argparse.Namespace]:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    subparsers = parser.add_subparsers(dest="command")
    calendar_command.register(subparsers)
    record_command.register(subparsers)
    arguments = parser.parse_args(["--json", *words])
    with pure_output(arguments):
        return int(arguments.run(arguments)), arguments


def answered(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(capsys.readouterr().out)
    return content


def test_due_before_there_is_a_district(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("calendar", "due", "2023-01-20", "7", "--unit", "working")[0] == 0
    told = answered(capsys)
    assert (told["due"], told["provisional"]) == ("2023-02-03", False)
    assert {"date": "2023-01-22", "why": "春节"} in told["skipped"]
    assert len(told["skipped"]) == 7


@pytest.mark.django_db
def test_a_loaded_year_counts_at_once_and_ends_the_provisional(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = years.revision()
    assert due(date(2027, 2, 4), 1, "working").provisional
    file = tmp_path / "2027.json"
    file.write_text(json.dumps(NEXT_YEAR), encoding="utf-8")
    assert run("calendar", "load", str(file))[0] == 0
    told = answered(capsys)
    assert told == {"loaded": [2027], "revision": years.revision()}
    assert told["revision"] != before
    found = due(date(2027, 2, 4), 3, "working")
    assert (found.due, found.provisional) == (date(2027, 2, 15), False)
    assert is_working_day(date(2027, 2, 14))
    assert why_not_working(date(2027, 2, 11)) == "春节"
    assert not due(date(2026, 10, 1), 1, "working").provisional


@pytest.mark.django_db
def test_a_year_loaded_again_is_corrected_and_revised(tmp_path: Path) -> None:
    file = tmp_path / "years.json"
    file.write_text(json.dumps({"years": {"2027": NEXT_YEAR}}), encoding="utf-8-sig")
    run("calendar", "load", str(file))
    first = years.revision()
    corrected = {**NEXT_YEAR, "makeup_workdays": []}
    file.write_text(json.dumps({"years": {"2027": corrected}}), encoding="utf-8")
    run("calendar", "load", str(file))
    assert years.revision() != first
    assert CalendarYear.objects.count() == 1
    assert not is_working_day(date(2027, 2, 14))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"off_ranges": []}, "没有任何放假日"),
        ({"off_ranges": [["2027-01-03", "2027-01-01", "元旦"]]}, "颠倒"),
        ({"off_ranges": [["2027-01-01", "2027-03-01", "元旦"]]}, "过长"),
        ({"off_ranges": [["2027-01-01", "元旦"]]}, "首日, 末日"),
        ({"off_ranges": [["2027年1月1日", "2027-01-03", "元旦"]]}, "2027-01-01 的形式"),
        ({"off_ranges": "元旦"}, "应为列表"),
        ({"off_ranges": [["2025-05-01", "2025-05-02", "劳动节"]]}, "不属于该年"),
        ({"makeup_workdays": ["2027-02-06"]}, "既列为放假又列为上班"),
        ({"makeup_workdays": ["2027-02-16"]}, "不是周末"),
        ({"year": "明年"}, "四位数字"),
    ],
)
def test_what_cannot_be_an_announcement_is_refused(
    tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    file = tmp_path / "2027.json"
    file.write_text(json.dumps({**NEXT_YEAR, **change}), encoding="utf-8")
    with pytest.raises(Refused, match=words):
        run("calendar", "load", str(file))
    assert CalendarYear.objects.count() == 0


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"years": {}}', "不是JSON"])
def test_a_file_without_years_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "2027.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        run("calendar", "load", str(file))
    assert refused.value.failures[0].code == "calendar.unreadable"
    with pytest.raises(Refused):
        run("calendar", "load", str(tmp_path / "absent.json"))


def test_verify_answers_in_the_promised_form(
    owner_connection: psycopg.Connection, capsys: pytest.CaptureFixture[str], bihuan_data: Path
) -> None:
    made = recorded(3, 3)
    sealed()
    recorded(1, 2, start=9)
    assert run("record", "verify")[0] == 0
    assert answered(capsys) == {"ok": True, "entries": 11, "not_yet_sealed": 2, "findings": [], "omitted": 0}
    owner_connection.execute("DELETE FROM record_entry WHERE matter = %s AND seq = 2", [made[1][0].matter])
    assert run("record", "verify", "--seals", str(bihuan_data / "seals"))[0] == 1
    told = answered(capsys)
    assert (told["ok"], told["entries"]) == (False, 10)
    (finding,) = told["findings"]
    assert (finding["kind"], finding["matter"], finding["entry"]) == ("removed", "370403-H2026-000002", 2)
    assert set(finding) == {"kind", "matter", "entry", "detail"}


def test_seal_says_what_it_sealed(
    owner_connection: psycopg.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed()
    assert run("record", "seal")[0] == 0
    assert answered(capsys) == {"seal": None}
