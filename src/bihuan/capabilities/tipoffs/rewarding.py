"""Rewards, deed by deed: proposed for whoever told first, approved by another while its ground stands, collected once."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from bihuan.capabilities.tipoffs import hooks, rewards
from bihuan.capabilities.tipoffs.gates import alone
from bihuan.capabilities.tipoffs.models import Item
from bihuan.capabilities.tipoffs.receipts import collecting_code, same
from bihuan.capabilities.tipoffs.states import ItemState, Outcome, RewardBasis
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.record.reading import entries_of


def links_of(item: Any) -> list[dict[str, Any]]:
    """What an item became; what was merged became what its leading item became."""
    lead = item.merged_into
    return [*item.links, *(lead.links if lead is not None else ())]


def propose_reward(item: Any, given: Any, context: Any) -> None:
    """拟奖励: the amount is the rule's, of the day the item was received."""
    basis = RewardBasis(given.basis)
    no = given.no.strip()
    if not any(one["no"] == no for one in links_of(item)):
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


def found_true(item: Any, given: Any, actor: Any) -> Failure | None:
    """Nothing is paid for what was not so; it may turn out so after the reward was approved."""
    lead = item.merged_into or item
    if lead.outcome in (Outcome.VERIFIED.value, Outcome.PARTLY.value):
        return None
    return Failure("tipoff.reward_not_verified", "核查结论不是属实或部分属实，不能奖励")


def told_first(item: Any, given: Any, actor: Any) -> Failure | None:
    """Of those who told the same, whoever told first is rewarded."""
    lead = item.merged_into_id or item.pk
    told = Item.objects.filter(Q(pk=lead) | Q(merged_into=lead)).exclude(state=ItemState.REVOKED.value)
    same_matter = told.order_by("received_on", "opened_at", "uid")
    first = same_matter.first()
    if first is None or first.pk == item.pk:
        return None
    says = f"{first.no} 于 {first.received_on} 先收到，同一事项奖励最先举报的；请在该件办结后为其拟定"
    return Failure("tipoff.reward_told_before", says)


def ground_stands(item: Any, given: Any, actor: Any) -> Failure | None:
    """What the reward rests on may have changed since it was proposed: a fine revoked, a hazard voided."""
    reward = item.reward
    if not reward:
        return None
    basis = RewardBasis(reward["basis"])
    try:
        now = rewards.reckon(basis, hooks.known(rewards.LINKS[basis], reward["no"]), item.received_on)
    except Refused as refusal:
        return Failure(
            "tipoff.reward_changed", f"奖励依据已经变化：{refusal.failures[0].message}；请不批准，重新拟定"
        )
    if now.fen == reward["amount_fen"]:
        return None
    return Failure("tipoff.reward_changed", f"奖励依据已经变化（{now.reckoning}）；请不批准，重新拟定")


def _named_from_the_start(batch: Any) -> bool:
    """Contact noted later stands for nobody who holds a receipt: whoever noted it could collect."""
    return not batch.anonymous and all(entry.verb != "note_reporter" for entry in entries_of(batch.pk))


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
    if not code and not item.batch.anonymous and (receipt is None or _named_from_the_start(item.batch)):
        return None
    if receipt is None or not same(collecting_code(bytes(receipt.digest), item.no), code):
        return Failure(
            "tipoff.code_wrong", "领奖码不对：请举报人在进展页输入查询码，核对页面上的八位领奖码", "code"
        )
    return None
