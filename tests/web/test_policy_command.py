"""``bihuan policy``: the same choices from the terminal, through the same gates, in the operator's name."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bihuan import cli
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.policies import trail
from bihuan.kernel.policies.models import Policy
from bihuan.kernel.policies.values import value

pytestmark = pytest.mark.django_db
DAYS = "hazard.rectify_days"


def run(*words: str) -> int:
    arguments = cli._parser(["policy"]).parse_args(["policy", *words])
    return int(arguments.run(arguments))


def day(ahead: int = 0) -> str:
    return (clock.today() + timedelta(days=ahead)).isoformat()


def test_it_lists_value_range_basis_and_mark(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    found = {one["key"]: one for one in told["policies"]}
    days = found[DAYS]
    assert (days["value"], days["minimum"], days["maximum"], days["status"]) == (15, 1, 90, "K")
    assert days["effective_from"] is None
    assert run("list") == 0
    assert "待核对" in capsys.readouterr().out


def test_it_sets_from_a_day_on_in_the_operators_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("set", DAYS, "20", "--from", day(1), "--reason", "区安委办〔2026〕3号", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"key": DAYS, "value": 20, "effective_from": day(1), "reason": "区安委办〔2026〕3号"}
    assert value(DAYS, clock.today() + timedelta(days=1)).value == 20
    (entry,) = trail.history(DAYS)
    assert entry.actor_name.endswith("（命令行）")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((DAYS, "91", "--from", "TODAY"), "policy.outside_range"),
        ((DAYS, "很多", "--from", "TODAY"), "policy.outside_range"),
        ((DAYS, "20", "--from", "2020-01-01"), "policy.in_the_past"),
        (("none.such", "20", "--from", "TODAY"), "policy.unknown"),
        (("hazard.escalation", "[]", "--from", "TODAY"), "policy.outside_range"),
    ],
)
def test_what_the_page_refuses_it_refuses(words: tuple[str, ...], code: str) -> None:
    said = [day() if word == "TODAY" else word for word in words]
    with pytest.raises(Refused) as refused:
        run("set", *said, "--reason", "文件")
    assert [failure.code for failure in refused.value.failures] == [code]
    assert not Policy.objects.exists()


@pytest.mark.parametrize(
    "words", [("set", DAYS, "20"), ("set", DAYS, "20", "--from", "明天", "--reason", "x"), ("raise",), ()]
)
def test_wrong_usage_is_told_and_ends_with_two(words: tuple[str, ...], capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 2
    assert "用法" in capsys.readouterr().err
