"""Ways around the rules that somebody may try: each of them is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.capabilities.tipoffs import inputs, receiving
from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from tests.tipoffs import steps
from tests.world import World

SOON = clock.today() + timedelta(days=10)


def codes(found: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in found.value.failures}


@pytest.mark.parametrize("written", ["１３８０６３２８８１７", "138.0632.8817", "138 0632 8817", "+86-138-0632-8817"])
def test_a_number_is_recognised_however_it_is_written(world: World, written: str) -> None:
    with pytest.raises(Refused) as found:
        steps.registered(world, words=f"厂里安全出口堵了，找我打 {written}")
    assert codes(found) == {"tipoff.names_somebody"}


def test_the_sealed_name_stands_in_no_further_item_either(world: World) -> None:
    pieces = (steps.piece(), steps.piece(words=f"叉车没有证，{steps.NAME}亲眼看见"))
    with pytest.raises(Refused) as found:
        receiving.receive(receiving.TipoffGiven(items=pieces, reporter_name=steps.NAME))
    assert [(one.code, one.field) for one in found.value.failures] == [
        ("tipoff.names_reporter", "items.1.words")
    ]
    assert not Batch.objects.exists()


def test_neither_result_nor_reply_carries_a_persons_number(world: World) -> None:
    item = steps.handling(world)
    with pytest.raises(Refused) as found:
        steps.do(world, item, "report_result", steps.result(result="已约谈 13806328817"), "regulator")
    assert codes(found) == {"tipoff.names_somebody"}
    item = steps.do(world, item, "report_result", steps.result(), "regulator")
    given = inputs.Reply(reply="当事人电话 13806328817，已约谈。", replied_on=clock.today())
    with pytest.raises(Refused) as found:
        steps.do(world, item, "reply", given)
    assert codes(found) == {"tipoff.names_somebody"}
    assert Item.objects.get().reply == ""
