"""``bihuan report half-year``: the paper straight from the command line."""

from __future__ import annotations

import hashlib
import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import docx
import pytest

from bihuan.commands import report as command
from bihuan.kernel.errors import Refused
from bihuan.reporting import drafting
from tests.reporting.ledgers import CUT, H1, found
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_half")]


def wrote(out: Path, **more: Any) -> int:
    given = {"period": "2023H1", "as_of": "2023-06-30", "out": out, "json": True, "report_kind": "half-year"}
    return command.written(Namespace(**{**given, **more}))


def test_it_writes_word_and_pdf(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found(world, 526, 518)
    assert wrote(tmp_path / "report.docx") == 0
    told = json.loads(capsys.readouterr().out)
    content = (tmp_path / "report.docx").read_bytes()
    assert told == {
        "path": str(tmp_path / "report.docx"), "size": len(content), "digest": hashlib.new("sm3", content).hexdigest(),
    }  # fmt: skip
    text = "\n".join(each.text for each in docx.Document(str(tmp_path / "report.docx")).paragraphs)
    assert "共排查登记事故隐患526项" in text
    assert "整改率98.5%" in text
    assert wrote(tmp_path / "report.PDF") == 0
    assert (tmp_path / "report.PDF").read_bytes().startswith(b"%PDF-")


def test_it_uses_the_draft_and_warns(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = drafting.begin("half-year", H1, CUT, world.district, world.actor("office"))
    drafting.write(report, {"opening": "整改工作到位。"}, CUT, 1, world.actor("office"), 1)
    assert wrote(tmp_path / "report.docx") == 0
    assert "工作到位" in capsys.readouterr().err
    text = "\n".join(each.text for each in docx.Document(str(tmp_path / "report.docx")).paragraphs)
    assert "整改工作到位。" in text


@pytest.mark.parametrize(
    "more,code",
    [
        ({"out": Path("report.doc")}, "report.bad_ending"),
        ({"out": Path("/nowhere/at/all/report.pdf")}, "report.no_folder"),
        ({"as_of": "30.6.2023"}, "report.bad_day"),
        ({"period": "上半年"}, "period.unreadable"),
        ({"period": "2023H2"}, "report.as_of_before_period"),
        ({"as_of": "2199-06-30"}, "report.as_of_in_future"),
    ],
)
def test_it_refuses_in_words(world: World, tmp_path: Path, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        wrote(**{"out": tmp_path / "report.pdf", **more})
    assert refusal.value.failures[0].code == code


def test_without_a_district_it_says_what_to_do(db: None, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        wrote(tmp_path / "report.pdf")
    assert "bihuan setup" in refusal.value.failures[0].message
