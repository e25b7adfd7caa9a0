"""What items become, and what their rewards come to: deeds that look into other rooms through :mod:`.hooks`."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.tipoffs import hooks, rewards
from bihuan.capabilities.tipoffs.gates import alone
from bihuan.capabilities.tipoffs.models import Item
from bihuan.capabilities.tipoffs.receipts import collecting_code, same
from bihuan.capabilities.tipoffs.states import ItemState, Link, RewardBasis
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops.deadlines import counted
from bihuan.kernel.policies import values as policies


def _linked(item: Any, kind: Link, no: str, context: Any) -> None:
    line = {"kind": kind.value, "no": no, "on": context.day.isoformat(), "done_on": None, "says": ""}
    item.links = [*item.links, line]
    context.facts["became"] = {"kind": kind.value, "no": no}


def make_hazard(item: Any, given: Any, context: Any) -> None:
    """转为隐患 (M245): reported with the item's number, in the same transaction."""
    _linked(item, Link.HAZARD, hooks.becoming(Link.HAZARD)(item, given, context.actor), context)


def make_lead(item: Any, given: Any, context: Any) -> None:
    """转为打非线索 (M245)."""
    _linked(item, Link.LEAD, hooks.becoming(Link.LEAD)(item, given, context.actor), context)


def link_accident(item: Any, given: Any, context: Any) -> None:
    """关联事故."""
    _linked(item, Link.ACCIDENT, given.accident.strip(), context)


def accident_fits(item: Any, given: Any, actor: Any) -> Failure | None:
    no = given.accident.strip()
    if hooks.known(Link.ACCIDENT, no) is None:
        return Failure("tipoff.accident_unknown", f"没有查到事故 {no}", "accident")
    return _again(item, no, "accident")


def _again(item: Any, no: str, field: str) -> Failure | None:
    if any(one["no"] == no for one in item.links):
        return Failure("tipoff.linked_already", f"{no} 已关联", field)
    return None


def note_outcome(item: Any, given: Any, context: Any) -> None:
    """What became of a linked matter comes back by itself; while the item is worked on, its handler owes the report."""
    known = any(one["no"] == given.no for one in item.links)
    done = context.day.isoformat() if given.done else None
    if not known:
        fresh = {
            "kind": given.kind,
            "no": given.no,
            "on": context.day.isoformat(),
            "done_on": done,
            "says": given.says,
        }
        item.links = [*item.links, fresh]
    else:
        item.links = [
            {**one, "done_on": done, "says": given.says} if one["no"] == given.no else one
            for one in item.links
        ]
    if given.done and item.state == ItemState.HANDLING:
        days = int(policies.recent("tipoff.feedback_days", on=context.began(item)).value)
        rule = f"关联事项 {given.no} 已办结，应在规定的工作日内反馈办理结果"
        context.owe(item, "feed_back", counted(context.day, days, "working", rule))


def propose_reward(item: Any, given: Any, context: Any) -> None:
    """拟奖励: the amount is the rule's, of the day the item was received."""
    basis = RewardBasis(given.basis)
    no = given.no.strip()
    if not any(one["no"] == no for one in item.links):
        raise Refused.because(
            "tipoff.reward_not_linked", f"{no} 不是本件转成或关联的事项，不能作为奖励依据", "no"
        )
    found = hooks.known(rewards.LINKS[basis], no)
    reward = rewards.reckon(basis, found, item.received_on)
    assert found is not None
    item.reward = {
        "basis": basis.value, "no": no, "amount_fen": reward.fen, "rule": reward.rule, "reckoning": reward.reckoning,
        "fine_fen": found.fine_fen, "grade": found.grade, "deaths": found.deaths, "on": context.day.isoformat(),
        "by": context.actor.name, "approved_on": None, "approved_by": "", "paid_on": None, "means": "", "voucher": "",
    }  # fmt: skip
    context.facts["amount_fen"] = reward.fen


def approve_reward(item: Any, given: Any, context: Any) -> None:
    """批准奖励, by another than who proposed it."""
    item.reward = {**item.reward, "approved_on": context.day.isoformat(), "approved_by": context.actor.name}


def refuse_reward(item: Any, given: Any, context: Any) -> None:
    context.facts["former"] = dict(item.reward)
    item.reward = None


def pay_reward(item: Any, given: Any, context: Any) -> None:
    """领取登记; nothing tells who collected."""
    paid = {"paid_on": given.paid_on.isoformat(), "means": given.means, "voucher": given.voucher}
    item.reward = {**item.reward, **paid}


def no_reward_yet(item: Any, given: Any, actor: Any) -> Failure | None:
    return None if item.reward is None else Failure("tipoff.reward_there", "本件已有奖励，不能重复拟定")


def no_reward_elsewhere(item: Any, given: Any, actor: Any) -> Failure | None:
    """One matter is rewarded once, whoever reported it first (先举报者得)."""
    no = given.no.strip()
    alone(f"tipoff.reward:{no}")
    other = Item.objects.filter(reward__no=no).exclude(pk=item.pk).values_list("no", flat=True).first()
    if other is not None:
        return Failure("tipoff.reward_given", f"{no} 已在举报件 {other} 中奖励，同一事项不重复奖励", "no")
    return None


def reward_proposed(item: Any, given: Any, actor: Any) -> Failure | None:
    if item.reward and not item.reward["approved_on"]:
        return None
    return Failure("tipoff.no_reward_proposed", "没有待批准的奖励")


def reward_approved(item: Any, given: Any, actor: Any) -> Failure | None:
    if item.reward and item.reward["approved_on"] and not item.reward["paid_on"]:
        return None
    return Failure("tipoff.no_reward_approved", "没有待领取的奖励")


def collected_rightly(item: Any, given: Any, actor: Any) -> Failure | None:
    """An anonymous reporter collects with the code that the receipt number shows; a named one without."""
    if item.reward is None:
        return None
    if given.paid_on.isoformat() < item.reward["approved_on"]:
        return Failure("tipoff.paid_before_approved", "领取日期早于批准日期，请核对", "paid_on")
    receipt = getattr(item.batch, "receipt", None)
    code = given.code.replace(" ", "")
    if not code and not item.batch.anonymous:
        return None
    if receipt is None or not same(collecting_code(bytes(receipt.digest), item.no), code):
        return Failure(
            "tipoff.code_wrong", "领奖码不对：请举报人在进展页输入查询码，核对页面上的八位领奖码", "code"
        )
    return None
