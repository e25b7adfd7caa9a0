"""The facts a deed of a round rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bihuan.capabilities.inspections.planning.rounds.states import SectionOutcome
from bihuan.capabilities.inspections.planning.rounds.templates import key_of, template_of
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import Told, photos_not_here


def template_known(round: Any, given: Any, actor: Any) -> Failure | None:
    if template_of(given.template) is not None:
        return None
    return Failure("round.template_unknown", "没有这张巡查表，或已停用，请重新选择", "template")


def of_this_round(round: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """A section of the sheet; what is wrong or missing there is described."""
    key = key_of(round.sections, given.section)
    if not key:
        yield Failure("round.section_unknown", "本次巡查没有这个环节，请重新选择", "section")
    before = round.results.get(key)
    if before and before["outcome"] == SectionOutcome.HAZARD:
        says = "这个环节已登记隐患并进入隐患台账；又发现的，请在隐患台账另行登记"
        yield Failure("round.hazard_registered", says, "section")
    if given.outcome == SectionOutcome.HAZARD and not given.note.strip():
        yield Failure("round.hazard_unsaid", "发现隐患的，请写清在哪里、是什么样", "note")
    if given.outcome == SectionOutcome.ABSENT and not given.note.strip():
        yield Failure("round.absence_unsaid", "本处没有这个环节的，请写明原因", "note")
    if given.major and not given.criterion:
        yield Failure("round.major_without_criterion", "可能是重大隐患的，请选择判定依据", "criterion")


def photos_here(round: Any, given: Any, actor: Any) -> Iterator[Failure]:
    for name in photos_not_here(round, given):
        yield Failure("round.photo_missing", "有照片没有上传成功，请重新选择照片后再提交", name)


def nothing_left_out(round: Any, given: Any, actor: Any) -> Failure | None:
    """Every section has its result (M113)."""
    left = [one["title"] for one in round.sections if one["key"] not in round.results]
    if not left:
        return None
    return Failure("round.section_left_out", f"还有 {len(left)} 个环节没有结果：{'、'.join(left)}")


def finished_in_order(round: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.finished_on, "finished_on", "完成日期", ahead="round.finished_in_future")
    return told.follows(round.began_on, "出发日期", "round.finished_before_setting_out")
