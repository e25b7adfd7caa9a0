"""What a reward comes to: by the rule in force on the day the item was received, from what was decided elsewhere."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from importlib import resources
from typing import Any

from bihuan.capabilities.tipoffs.hooks import Known
from bihuan.capabilities.tipoffs.states import Link, RewardBasis
from bihuan.kernel.documents.numerals import yuan
from bihuan.kernel.errors import Refused

LINKS = {
    RewardBasis.FINE: Link.CASE,
    RewardBasis.MAJOR_HAZARD: Link.HAZARD,
    RewardBasis.CONCEALED: Link.ACCIDENT,
}
"""Which kind of matter each part of the rule looks at."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One edition of the rule on rewards. Money in fen."""

    name: str
    document: str
    percent: int
    least: int
    most: int
    per_death: dict[str, int]
    mark: str
    document_mark: str
    effective_from: date
    effective_to: date | None

    @property
    def words(self) -> str:
        """Where the amounts come from; what nobody compared with the official text says so."""
        checked = "" if self.document_mark in ("V1", "V2") and self.mark in ("V1", "V2") else "（文号待核对）"
        return f"{self.name}{self.document}{checked}"


@dataclass(frozen=True, slots=True)
class Reward:
    """An amount in fen and how it came about."""

    fen: int
    rule: str
    reckoning: str


@functools.cache
def rules() -> tuple[Rule, ...]:
    """Every edition, the oldest first."""
    text = (
        resources.files("bihuan.capabilities.tipoffs")
        .joinpath("catalogues", "reward.json")
        .read_text("utf-8")
    )
    return tuple(_rule(one) for one in json.loads(text))


def _rule(one: dict[str, Any]) -> Rule:
    until = one["effective_to"]
    return Rule(
        one["name"], one["document"], one["fine_percent"], one["least_yuan"] * 100, one["most_yuan"] * 100,
        {grade: yuan * 100 for grade, yuan in one["per_death_yuan"].items()}, one["mark"], one["document_mark"],
        date.fromisoformat(one["effective_from"]), date.fromisoformat(until) if until else None,
    )  # fmt: skip


def rule_on(day: date) -> Rule:
    """The edition in force on ``day``.

    Raises:
        Refused: ``tipoff.no_reward_rule``.
    """
    for rule in rules():
        if rule.effective_from <= day and (rule.effective_to is None or day <= rule.effective_to):
            return rule
    raise Refused.because("tipoff.no_reward_rule", f"{day} 没有可用的举报奖励标准", "basis")


def reckon(basis: RewardBasis, known: Known | None, received_on: date) -> Reward:
    """The reward for what is known of the linked matter.

    Raises:
        Refused: the matter is unknown, or nothing in it carries a reward.
    """
    rule = rule_on(received_on)
    if known is None:
        raise Refused.because("tipoff.reward_matter_unknown", "没有查到这个编号，或不是这一类事项", "no")
    match basis:
        case RewardBasis.FINE:
            return _by_fine(rule, known)
        case RewardBasis.MAJOR_HAZARD:
            return _least(rule, known)
        case RewardBasis.CONCEALED:
            return _by_deaths(rule, known)


def _by_fine(rule: Rule, known: Known) -> Reward:
    if known.fine_fen is None:
        raise Refused.because(
            "tipoff.reward_no_fine", f"{known.no} 还没有作出罚款决定，不能按罚款金额计算奖励", "no"
        )
    share = int((Decimal(known.fine_fen) * rule.percent / 100).quantize(Decimal(1), ROUND_HALF_UP))
    fen = min(max(share, rule.least), rule.most)
    limits = f"最低 {yuan(rule.least)} 元、最高 {yuan(rule.most)} 元"
    says = f"罚款 {yuan(known.fine_fen)} 元的 {rule.percent}% 为 {yuan(share)} 元，{limits}"
    return Reward(fen, rule.words, says)


def _least(rule: Rule, known: Known) -> Reward:
    if known.grade != "major":
        raise Refused.because(
            "tipoff.reward_not_major", f"{known.no} 不是重大事故隐患，现行奖励办法没有规定奖励", "no"
        )
    if known.fine_fen is not None:
        raise Refused.because(
            "tipoff.reward_fined", f"{known.no} 已作出罚款决定，请按行政处罚金额计算", "basis"
        )
    return Reward(rule.least, rule.words, f"重大事故隐患，没有罚款，按最低额 {yuan(rule.least)} 元")


def _by_deaths(rule: Rule, known: Known) -> Reward:
    if not known.deaths or known.grade not in rule.per_death:
        raise Refused.because(
            "tipoff.reward_nothing_concealed", f"{known.no} 没有认定瞒报、谎报，或没有死亡人数", "no"
        )
    each = rule.per_death[known.grade]
    fen = min(each * known.deaths, rule.most)
    says = f"查实 {known.deaths} 人，每人 {yuan(each)} 元，最高 {yuan(rule.most)} 元"
    return Reward(fen, rule.words, says)
