"""A case's page tells each stage as it is reached, and nothing of the stages before it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bihuan.capabilities.enforcement.sections import more_facts
from bihuan.kernel import clock
from bihuan.kernel.policies import values as policies
from tests.enforcement import steps
from tests.world import build_world

pytestmark = pytest.mark.django_db

ALWAYS = ["期限"]
ASSESSED = ["违法行为和裁量"]
PROPOSED = ["拟处理意见"]
NOTIFIED = ["告知、陈述申辩和听证"]
DECIDED = ["审核", "决定", "缴款"]


@pytest.fixture
def cast() -> Iterator[steps.Cast]:
    policies.forget_recent()
    with clock.frozen(steps.MORNING):
        yield steps.cast(build_world())


def headings(cast: steps.Cast, case: object) -> list[str]:
    told = more_facts(case, cast.actor("officer"))  # type: ignore[arg-type]
    return [heading for heading, _ in told if heading not in ("还缺什么", "证据", "出自")]


def test_each_stage_adds_what_it_has_to_say(cast: steps.Cast) -> None:
    assert headings(cast, steps.investigating(cast)) == ALWAYS
    assert headings(cast, steps.reviewing(cast)) == ALWAYS + ASSESSED
    assert headings(cast, steps.approved(cast)) == ALWAYS + ASSESSED + PROPOSED
    assert headings(cast, steps.notified(cast)) == ALWAYS + ASSESSED + PROPOSED + NOTIFIED
    case = steps.decided(cast, proposing=steps.proposal(suspension=True))
    whole = ALWAYS + ASSESSED + PROPOSED + NOTIFIED + DECIDED
    assert headings(cast, case) == [*whole, "处罚和措施的执行"]


def test_the_file_asks_for_the_hands_it_lacks_until_all_have_signed(cast: steps.Cast) -> None:
    case = steps.executing(cast)
    asked = dict(more_facts(case, cast.actor("officer")))["还缺什么"]
    assert "询问笔录待签名" in {fact.label for fact in asked}
    assert all(fact.href.startswith("/instruments/") for fact in asked if fact.label.endswith("待签名"))
    case = steps.signed(cast, steps.paid(cast, case))
    assert "还缺什么" not in dict(more_facts(case, cast.actor("officer")))
