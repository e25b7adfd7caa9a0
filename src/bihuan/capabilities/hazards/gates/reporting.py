"""What is said of a hazard itself: its day, campaign, criterion and grade, by a person or by a ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bihuan.capabilities.hazards.states import Grade
from bihuan.kernel import campaigns, clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import photos_not_here
from bihuan.registers import criteria


def found_not_in_future(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """Nobody finds a hazard tomorrow."""
    if given.found_on is not None and given.found_on > clock.today():
        return Failure("hazard.found_in_future", f"发现日期 {given.found_on} 晚于今天，请核对", "found_on")
    return None


def campaign_fits(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A hazard is counted under a campaign that was on when it was found; what it carries already is not asked again."""
    if not given.campaign or given.campaign == hazard.campaign:
        return None
    return campaigns.objection(given.campaign, given.found_on or hazard.found_on)


def major_has_criterion(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A major hazard is one by a published criterion of its sector and day, not by opinion (M089)."""
    if given.grade != Grade.MAJOR:
        return None
    if not given.criterion:
        return Failure(
            "hazard.no_criterion", "定为重大隐患须注明判定依据，请选择判定标准中的条款", "criterion"
        )
    day = getattr(given, "found_on", None) or hazard.found_on or clock.today()
    if not _in_force(given.criterion, day):
        return Failure(
            "hazard.criterion_not_in_force",
            f"{given.criterion} 不是 {day} 有效的判定标准条款，请重新选择",
            "criterion",
        )
    return None


def _in_force(criterion: str, day: date) -> bool:
    try:
        found = criteria.criterion(criterion)
    except KeyError:
        return False
    return found.decides and found.standard.in_force(day)


def corrected_in_time_order(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """发现 → 整改 → 验收 holds for what is corrected too, and a major hazard keeps a criterion in force on its day."""
    day = given.found_on
    if day is None:
        return
    for label, later in (
        ("整改期限", hazard.rectify_by), ("整改完成日期", hazard.rectified_on), ("验收日期", hazard.accepted_on),
    ):  # fmt: skip
        if later is not None and day > later:
            yield Failure("hazard.found_after", f"发现日期 {day} 晚于{label} {later}，请核对", "found_on")
    if hazard.grade == Grade.MAJOR and hazard.criterion and not _in_force(hazard.criterion, day):
        sentence = f"{hazard.criterion} 不是 {day} 有效的判定标准条款，请先调整等级的依据"
        yield Failure("hazard.criterion_not_in_force", sentence, "found_on")


def photos_are_here(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """A picture the record names lies with this hazard; checked here so that no outside program can name others."""
    for field in photos_not_here(hazard, given):
        yield Failure("hazard.photo_unknown", "有照片没有上传成功，请重新上传", field)


def grade_changes(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A regrade that changes nothing is no regrade."""
    if given.grade == hazard.grade:
        return Failure("hazard.same_grade", f"该隐患已经是{Grade(given.grade).label}隐患", "grade")
    return None


def untouched_here(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A claim never overrides a step taken in the system; an import by a person is itself only a claim."""
    if any(not name.startswith(("claim", "note_claim")) for name in hazard.hands):
        return Failure("hazard.acted_here", "该隐患已在系统中办理，台账所载进度只作记录，不改变状态")
    return None


def claim_in_time_order(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A later ledger may fill in what an earlier one left open, but not turn time around: 发现 → 整改 → 验收."""
    rectified = given.rectified_on or hazard.rectified_on
    accepted = given.accepted_on or hazard.accepted_on
    days = [day for day in (hazard.found_on, rectified, accepted) if day is not None]
    if days != sorted(days):
        return Failure(
            "hazard.claim_out_of_order",
            "台账所载整改、验收日期与已记录的日期前后颠倒，请核对后更正台账",
            "accepted_on",
        )
    return None


def names_another(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A hazard is not merged into itself."""
    if given.into == hazard.no:
        return Failure("hazard.merged_into_itself", "不能并入自身，请填写另一条隐患的编号", "into")
    return None
