"""Every command: 0 done, 1 refused for the reasons given, 2 wrong usage; with ``--json`` one object and nothing else.

Tried in the locale ``C``, where a program that trusts its surroundings would break on the first Chinese word.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bihuan.cli import _known
from tests.conf.conftest import run

pytestmark = pytest.mark.slow

DONE = [
    "setup",
    "figures --period 2023H1",
    "figures check",
    "record verify",
    "record seal",
    "calendar due 2023-01-20 5 --unit working",
    "template hazards {place}/h.xlsx",
    "accident grade --deaths 3 --serious 0 --loss-yuan 0",
    "keys show",
    "dburl",
    "backup {place}/a.tar",
    "report half-year --period 2023H1 --as-of 2023-06-30 --out {place}/r.docx",
    "report circular --period 2023-05 --as-of 2023-06-30 --out {place}/c.docx",
    "report speech --period 2023H1 --as-of 2023-06-30 --out {place}/s.docx",
]
REFUSED = [
    "setup --district 37 某区",
    "createadmin 中文 --role system",
    "token nobody-here",
    "template hazards {place}/none/h.xlsx",
    "import hazards {place}/none.xlsx",
    "import hazards {place}/none.xlsx --as nobody-here",
    "figures hazards.nothing --period 2023H1",
    "figures --period 2023X",
    "figures --period 2023H1 --region 没有的镇",
    "report half-year --period 2023H1 --as-of 2023-06-30 --out {place}/r.txt",
    "calendar load {place}/none.json",
    "draw replay {place}/none.json",
    "keys rotate vault --reason 例行更换",
    "keys revoke nobody-here --reason 密码泄露",
    "vault forget 370403-H2026-000001 --reason 按规定销毁 --as nobody-here",
    "backup {place}/none/a.tar",
    "restore {place}/none.tar",
]
WRONG = [
    "",
    "no-such-command",
    "setup --no-such-option",
    "up --port 0",
    "createadmin",
    "createadmin x --role king",
    "token",
    "token x --days many",
    "template",
    "template cats {place}/c.xlsx",
    "import hazards",
    "import cats {place}/c.xlsx",
    "figures",
    "figures --period 2023H1 --by colour",
    "record",
    "record nothing",
    "report",
    "report half-year --period 2023H1",
    "calendar due 昨天 5 --unit working",
    "calendar due 2023-01-20 5 --unit weeks",
    "keys",
    "keys rotate nothing --reason 例行更换",
    "keys rotate vault",
    "keys revoke x --reason 密码泄露 --since 昨天",
    "vault forget 370403-H2026-000001 --reason 按规定销毁",
    "backup",
    "restore",
    "dburl x",
    "doctor --x",
    "draw",
    "draw replay",
    "accident",
    "accident grade --deaths many",
    "policy",
]


@pytest.fixture(scope="module")
def here(places: Callable[[], Path]) -> Path:
    return places()


def _tried(data: Path, words: str, here: Path) -> tuple[int, str, str]:
    done = run(
        data, *words.format(place=here).split(), "--json", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0"
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("words", DONE)
def test_done_is_0_with_one_object(district: Path, here: Path, words: str) -> None:
    code, out, err = _tried(district, words, here)
    assert code == 0, err
    assert out.count("\n") == 1
    assert isinstance(json.loads(out), dict)


@pytest.mark.parametrize("words", REFUSED)
def test_refused_is_1_with_its_reasons(district: Path, here: Path, words: str) -> None:
    code, out, err = _tried(district, words, here)
    assert code == 1, (out, err)
    told = json.loads(out)
    assert told["code"] == "refused"
    for failure in told["failures"]:
        assert set(failure) == {"code", "message", "field"}
        assert failure["message"] in err
        assert "." in failure["code"]


@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage_is_2_and_answers_nothing(district: Path, here: Path, words: str) -> None:
    code, out, err = _tried(district, words, here)
    assert (code, out) == (2, ""), err
    assert "用法有误" in err


def test_every_command_is_tried_every_way() -> None:
    elsewhere = {"tasks"}
    assert set(_known()) - elsewhere <= {line.split()[0] for line in WRONG if line}
