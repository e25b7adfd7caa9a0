"""``bihuan tasks extract`` as clerks run it: a process of its own, any locale, with and without a district."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from bihuan.capabilities.dispatch.register_names import register_names
from bihuan.capabilities.dispatch.speeches.extraction import extract
from bihuan.kernel.territory.models import AgencyAlias
from bihuan.kernel.territory.names import name_key
from tests.dispatch.labels import FOLDER, speech
from tests.world import World, build_world

SOURCE = Path(__file__).resolve().parents[2] / "src"


def run(data: Path, *words: str, given: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PYTHONPATH": str(SOURCE),
        "BIHUAN_DATA": str(data),
        "LC_ALL": "C",
        **more,
    }
    command = [sys.executable, "-m", "bihuan.cli", "tasks", "extract", *words]
    return subprocess.run(
        command, env=surroundings, input=given, capture_output=True, timeout=120, check=False
    )


def test_json_is_one_object_with_the_promised_names_in_any_locale(tmp_path: Path) -> None:
    done = run(tmp_path / "data", str(FOLDER / "mayor.txt"), "--json")
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout.decode("utf-8"))
    text, _ = speech("mayor")
    assert len(told["tasks"]) == len(extract(text))
    first = told["tasks"][0]
    assert {"anchor", "summary", "lead_units", "support_units", "deadline", "kind"} <= set(first)
    assert {"text", "date", "recurrence"} <= set(first["deadline"])
    assert all(text[one["start"] : one["end"]] == one["anchor"] for one in told["tasks"])
    assert {one["kind"] for one in told["tasks"]} <= {"one-off", "standing", "prohibition"}
    dates = [one["deadline"]["date"] for one in told["tasks"] if one["deadline"]["date"]]
    assert dates == ["2023-04-30", "2023-06-30", "2023-05-10"]
    assert not (tmp_path / "data").exists()


def test_the_given_day_overrides_the_documents_own(tmp_path: Path) -> None:
    done = run(tmp_path / "data", str(FOLDER / "mayor.txt"), "--json", "--date", "2025-01-02")
    dates = [one["deadline"]["date"] for one in json.loads(done.stdout)["tasks"] if one["deadline"]["date"]]
    assert dates == ["2025-04-30", "2025-06-30", "2025-05-10"]


def test_the_table_shows_place_reasons_and_what_a_clerk_must_settle(tmp_path: Path) -> None:
    done = run(tmp_path / "data", str(FOLDER / "mayor.txt"))
    shown = done.stdout.decode("utf-8")
    assert done.returncode == 0
    assert "牵头：县公安局、县交通运输局（并列，须定一个）" in shown
    assert "时限：4月30日前（2023-04-30）" in shown
    assert "依据：" in shown
    assert "均须人工确认" in shown


def test_pasted_text_and_an_assumed_year_are_told(tmp_path: Path) -> None:
    pasted = "县文旅局要在6月底前更换救生设备。".encode("gb18030")
    done = run(tmp_path / "data", "-", "--json", given=pasted)
    (one,) = json.loads(done.stdout)["tasks"]
    assert one["deadline"]["year_assumed"] is True
    assert one["deadline"]["date"].endswith("-06-30")
    assert "年份按今天推定" in done.stderr.decode("utf-8")


def test_the_sheet_holds_one_row_a_proposal(tmp_path: Path) -> None:
    out = tmp_path / "建议.xlsx"
    done = run(tmp_path / "data", str(FOLDER / "campaign.txt"), "--out", str(out))
    assert done.returncode == 0, done.stderr.decode()
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    headings = next(row for row in rows if row[0] == "序号")
    numbered = [dict(zip(headings, row, strict=False)) for row in rows if isinstance(row[0], int | float)]
    text, _ = speech("campaign")
    found = extract(text)
    assert [row["原文"] for row in numbered] == [one.anchor for one in found]
    assert [row["牵头单位（提示）"] or "" for row in numbered] == [
        "、".join(unit.name for unit in one.lead_units) for one in found
    ]


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (["没有.txt"], 1, "speech.no_file"),
        (["{pdf}"], 1, "speech.pdf"),
        (["{txt}", "--out", "建议.csv"], 1, "speech.bad_ending"),
        (["{txt}", "--out", "没有/建议.xlsx"], 1, "speech.no_folder"),
        (["{txt}", "--date", "去年"], 2, ""),
        ([], 2, ""),
    ],
)
def test_refusals_and_wrong_usage(tmp_path: Path, words: list[str], status: int, code: str) -> None:
    pdf = tmp_path / "扫描件.pdf"
    pdf.write_bytes(b"%PDF-1.4")
    named = {"pdf": str(pdf), "txt": str(FOLDER / "mayor.txt")}
    done = run(tmp_path / "data", *(word.format(**named) for word in words), "--json")
    assert done.returncode == status
    if code:
        assert json.loads(done.stdout)["failures"][0]["code"] == code
    assert done.stderr.decode("utf-8").strip()


def test_a_text_without_tasks_says_so(tmp_path: Path) -> None:
    done = run(tmp_path / "data", "-", given="各级各部门要高度重视。".encode())
    assert (done.returncode, done.stdout.decode("utf-8").strip()) == (0, "没有识别出任务。")


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def test_names_come_from_the_register_with_former_and_short_ones(
    world: World, django_assert_num_queries: object
) -> None:
    AgencyAlias.objects.create(agency=world.bureau, name_key=name_key("区安监局"))
    with django_assert_num_queries(2):  # type: ignore[operator]
        known = register_names()
    (one,) = extract("全区重点任务。\n安监部门要核查自建房底数。东湖镇人民政府要封堵矿洞。", known)[:1]
    assert [(unit.name, unit.agency) for unit in one.lead_units] == [("区安监局", "区应急管理局")]
    assert known.find("东湖镇人民政府") == "东湖镇人民政府"


def test_a_database_that_does_not_answer_is_told_and_does_not_stop_the_reading(tmp_path: Path) -> None:
    nowhere = "postgresql://app@127.0.0.1:9/nothing?connect_timeout=2"
    done = run(tmp_path / "data", str(FOLDER / "notice.txt"), "--json", DATABASE_URL=nowhere)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["tasks"]
    assert "通用词典" in done.stderr.decode("utf-8")
