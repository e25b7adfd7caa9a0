"""群众投诉举报 in a report: both levels, a rate only with its level, and nothing at all where they do not add up (M243)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from bihuan.capabilities.tipoffs.models import Item
from bihuan.kernel import clock
from bihuan.kernel.documents import Table
from bihuan.kernel.documents.outline import plain as cell_text
from bihuan.kernel.errors import Refused
from bihuan.kernel.numbering.models import DocumentCounter
from bihuan.reporting import drafting, half_year, issuing, proofs
from tests.reporting.ledgers import CUT, H1, composed, found, prose
from tests.tipoffs import steps
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_half")]
MAY = datetime(2023, 5, 4, 10, tzinfo=clock.SHANGHAI)


def some(world: World) -> list[Item]:
    """Three batches of four items, two of gas; the gas batch's items not admitted on their day, so closed."""
    with clock.frozen(MAY):
        first = steps.registered(world)
        steps.another(world, first)
    with clock.frozen(MAY + timedelta(days=20)):
        steps.registered(world, topic="gas", words="液化气站夜间违规充装")
    with clock.frozen(MAY + timedelta(days=50)):
        steps.registered(world)
    with clock.frozen(MAY + timedelta(days=21)):
        gas = Item.objects.get(words__startswith="液化气站")
        given = steps.inputs.Refusal(rejection="no_clue", reason="没有写明是哪一家，请补充后再报。")
        steps.do(world, gas, "reject", given)
    return list(Item.objects.order_by("received_on", "ordinal"))


def test_both_levels_are_told_and_every_rate_names_its_level(world: World) -> None:
    some(world)
    text = prose(composed(world))
    assert (
        "收到群众投诉举报3批次4件。截至2023年6月30日，已办结1批次1件（其中按期办结1件，不予受理1件），正在办理2批次3件，"
        "按批次计的办结率为33.3%、按件计的办结率为25.0%。" in text
    )
    assert "从来源看，12350热线4件。" in text
    assert "从反映内容看，燃气安全2件、事故隐患2件。" in text


def test_gas_is_told_with_its_trade(world: World) -> None:
    some(world)
    assert "城镇燃气领域，收到燃气安全举报2件，已办结1件，正在办理1件。" in prose(composed(world))


def test_who_waits_for_an_answer_is_told_by_age(world: World) -> None:
    some(world)
    composition = composed(world)
    table = next(b for b in composition.blocks if isinstance(b, Table) and "未回复" in b.caption)
    assert [[cell_text(cell) for cell in row] for row in table.rows] == [
        ["十五日以内", "1"], ["十六日至三十日", "0"], ["三十一日至六十日", "2"], ["六十日以上", "0"], ["合计", "3"],
    ]  # fmt: skip
    assert "有3件投诉举报还没有回复举报人" in prose(composition)


def test_what_does_not_add_up_is_refused_with_the_reason(world: World) -> None:
    """An item moved to another batch behind the loop's back leaves a batch of nothing."""
    items = some(world)
    assert items[-1].batch_id != items[0].batch_id
    Item.objects.filter(pk=items[-1].pk).update(batch=items[0].batch_id, ordinal=9)
    made = composed(world)
    with pytest.raises(Refused) as refused:
        made.printable()
    [failure] = refused.value.failures
    assert failure.code == "tipoff.not_reconciled"
    assert "“举报投诉”不能印出" in failure.message
    assert "批次和件对不上，不能出具报告" in failure.message


def test_the_draft_shows_the_rest_and_the_refusal_and_nothing_goes_out(world: World, client: Client) -> None:
    items = some(world)
    Item.objects.filter(pk=items[-1].pk).update(batch=items[0].batch_id, ordinal=9)
    found(world, 8, 5)
    report = drafting.begin("half-year", H1, CUT, world.district, world.actor("office"))
    client.force_login(world.user("office"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/reports/{report.no}/").content.decode()
    for said in ("「本部分不能印出」", "“举报投诉”不能印出", "共排查登记事故隐患"):
        assert said in page
    assert "「本部分不能印出」" in client.get(f"/reports/{report.no}/write/").content.decode()
    with pytest.raises(Refused, match="不能印出"):
        issuing.issue(report.uid, world.actor("office"), version=report.version, mark="薛安办")
    assert not DocumentCounter.objects.exists()
    assert not report.issues.exists()
    with pytest.raises(Refused, match="不能印出"):
        proofs.proof_of_district(H1, CUT)
    assert client.get(f"/reports/{report.no}/issue/").status_code == 422


def test_a_town_reads_items_alone(world: World) -> None:
    """A batch is the district's; a town has no share of one."""
    some(world)
    holder = drafting.own_holder(world.actor("clerk_east"))
    assert holder is not None
    text = prose(half_year.compose(drafting.ask(H1, CUT, holder), {}))
    assert "批次计" not in text


def test_without_any_tip_off_the_report_is_silent(world: World) -> None:
    assert "投诉举报" not in prose(composed(world))
    assert date(2023, 6, 30) == CUT


def test_whoever_told_before_the_period_and_has_no_answer_is_not_forgotten(world: World) -> None:
    with clock.frozen(datetime(2022, 12, 5, 10, tzinfo=clock.SHANGHAI)):
        steps.registered(world)
    composition = composed(world)
    table = next(b for b in composition.blocks if isinstance(b, Table) and "未回复" in b.caption)
    assert [cell_text(cell) for cell in table.rows[-1]] == ["合计", "1"]
    assert "有1件投诉举报还没有回复举报人" in prose(composition)


def test_what_reporters_think_of_the_answers_is_said(world: World) -> None:
    with clock.frozen(MAY):
        item = steps.settled(world)
        steps.as_system(item, "rate", steps.rating("unsatisfied"))
        steps.as_system(item, "ask_again", steps.question())
        steps.settled(world)
    text = prose(composed(world))
    assert "举报人对答复评价满意0件、不满意1件，已回复未评价1件；另有1件的追问尚未答复。" in text


def test_what_was_entered_by_mistake_is_in_no_number(world: World) -> None:
    some(world)
    before = prose(composed(world))
    with clock.frozen(MAY):
        item = steps.received(world)
    with clock.frozen(MAY + timedelta(days=1)):
        given = steps.inputs.Revocation(mistake="twice", reason="登记了两次")
        steps.do(world, item, "revoke", given, "office_two")
    assert prose(composed(world)) == before
