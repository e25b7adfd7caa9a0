"""The parts of a case's page, stage by stage; each tells only what there is."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.capabilities.enforcement import later
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.sections.contesting import referral, remedies, working_along
from bihuan.capabilities.enforcement.sections.deciding import decision, measures, money
from bihuan.capabilities.enforcement.sections.file import documents, evidence, former, origin
from bihuan.capabilities.enforcement.sections.hearing import notice, review
from bihuan.capabilities.enforcement.sections.standing import facts, missing, running
from bihuan.capabilities.enforcement.sections.weighing import proposal, worksheet
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts

__all__ = ["facts", "more_facts"]

Section = tuple[str, Sequence[parts.Fact]]


def more_facts(case: Case, actor: Actor) -> Sequence[Section]:
    """Every section that has something to say."""
    made = (
        ("还缺什么", missing(case)), ("期限", running(case)), ("违法行为和裁量", worksheet(case)),
        ("拟处理意见", proposal(case)), ("告知、陈述申辩和听证", notice(case)), ("审核", review(case)),
        ("决定", decision(case)), ("按日连续处罚", later.daily(case)), ("缴款", money(case)), ("处罚和措施的执行", measures(case)),
        ("复议、诉讼和强制执行", remedies(case)), ("退还款项", later.refunded(case)),
        ("移送", referral(case)), ("联合办案", working_along(case)),
        ("证据", evidence(case)), ("来源事项的文书", documents(case)), ("出自", origin(case, actor)), ("此前同类", former(case, actor)),
    )  # fmt: skip
    return [(heading, told) for heading, told in made if told]
