"""Factories named by the state they leave; every one goes through the engine as a person who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bihuan.capabilities.tipoffs import inputs, receiving, reporters
from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from tests.world import World

NAME, PHONE, ADDRESS = "孙桂兰", "13806328817", "东湖镇幸福里 3 号楼 2 单元"
"""Who reports in these tests: nothing of it may stand anywhere but in the vault."""
DAY = timedelta(days=1)


def piece(**changes: Any) -> receiving.PieceGiven:
    values: dict[str, Any] = {
        "topic": "hazard", "words": "纺织厂二车间的安全出口被布料堵死", "place": "东湖镇工业路 12 号",
    }  # fmt: skip
    return receiving.PieceGiven(**{**values, **changes})


def told(*pieces: receiving.PieceGiven, **changes: Any) -> str:
    """A message from the public page; returns the receipt number."""
    return receiving.receive(receiving.TipoffGiven(items=pieces or (piece(),), **changes))


def last_batch() -> Batch:
    return Batch.objects.latest("opened_at")


def batch_given(**changes: Any) -> inputs.BatchGiven:
    values: dict[str, Any] = {
        "channel": "hotline", "received_on": clock.today(), "topic": "hazard", "place": "东湖镇工业路 12 号",
        "words": "纺织厂二车间的安全出口被布料堵死",
    }  # fmt: skip
    return inputs.BatchGiven(**{**values, **changes})


def registered(world: World, by: str = "office", **changes: Any) -> Batch:
    outcome = engine.open_matter("tipoff_batch", "register", batch_given(**changes), actor=world.actor(by))
    return Batch.objects.get(uid=outcome.uid)


def received(world: World, **changes: Any) -> Item:
    """The one item of a batch registered by the office."""
    return registered(world, **changes).items.get()


def another(world: World, batch: Batch, **changes: Any) -> Item:
    values: dict[str, Any] = {
        "batch": batch.no,
        "topic": "gas",
        "words": "小区门口的饭店气瓶放在厨房里",
        "place": "东湖镇府前街",
    }
    given = inputs.AnotherItem(**{**values, **changes})
    return Item.objects.get(uid=engine.open_matter("tipoff", "add", given, actor=world.actor("office")).uid)


def fresh(item: Item) -> Item:
    return Item.objects.select_related("batch", "agency", "merged_into").get(pk=item.pk)


def do(world: World, item: Item, verb: str, given: Any, by: str = "office") -> Item:
    """One deed, as the person named."""
    engine.perform("tipoff", verb, item.no, given, actor=world.actor(by), version=fresh(item).version)
    return fresh(item)


def as_system(item: Item, verb: str, given: Any) -> Item:
    engine.perform("tipoff", verb, item.no, given, actor=Actor.system("测试"))
    return fresh(item)


def admitted(world: World, item: Item | None = None, **changes: Any) -> Item:
    return do(world, item or received(world), "admit", inputs.Admission(**changes))


def referral(world: World, **changes: Any) -> inputs.Referral:
    return inputs.Referral(**{"agency": world.bureau.pk, **changes})


def handling(world: World, item: Item | None = None, **changes: Any) -> Item:
    return do(world, admitted(world, item), "refer", referral(world, **changes))


def result(**changes: Any) -> inputs.Result:
    values: dict[str, Any] = {
        "outcome": "verified", "result": "现场核查，出口确被堵塞，已责令清空", "reported_on": clock.today(),
    }  # fmt: skip
    return inputs.Result(**{**values, **changes})


def reported(world: World, item: Item | None = None, by: str = "regulator") -> Item:
    return do(world, handling(world, item), "report_result", result(), by)


def replied(world: World, item: Item | None = None) -> Item:
    given = inputs.Reply(reply="您反映的情况属实，出口已经清空。", replied_on=clock.today())
    return do(world, reported(world, item), "reply", given)


def settled(world: World, item: Item | None = None) -> Item:
    return do(world, replied(world, item), "settle", inputs.Settling())


def rejected(world: World, item: Item | None = None) -> Item:
    given = inputs.Refusal(rejection="no_clue", reason="没有说明是哪一家，也没有地点")
    return do(world, item or received(world), "reject", given)


def merged(world: World, item: Item, lead: Item) -> Item:
    return do(world, item, "merge", inputs.Merging(lead=lead.no, reason="同一处安全出口"))


def settled_again(world: World, item: Item) -> Item:
    """An admitted item on its way to the end."""
    item = do(world, item, "refer", referral(world))
    item = do(world, item, "report_result", result(), "regulator")
    item = do(world, item, "reply", inputs.Reply(reply="已经清空。", replied_on=clock.today()))
    return do(world, item, "settle", inputs.Settling())


def rating(verdict: str) -> reporters.Rating:
    return reporters.Rating(verdict=verdict)


def question() -> reporters.Question:
    return reporters.Question(note="又堵上了，有人来看过吗")


def answer() -> reporters.Answer:
    return reporters.Answer(reply="已再次到场，责令清空。")
