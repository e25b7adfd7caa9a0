"""Investigation: evidence in time order, amounts inside the range with their reasons, and what must be there to close it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bihuan.capabilities.enforcement import completeness, papers, terms, weighing
from bihuan.capabilities.enforcement.gates.filing import clause_fits
from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping as attachments
from bihuan.kernel.documents.numerals import yuan
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import photos_not_here
from bihuan.registers.law import discretion


def not_suspended(case: Any, given: Any, actor: Any) -> Failure | None:
    return Failure("case.suspended", "案件已中止调查，请先恢复调查") if _pause(case) else None


def is_suspended(case: Any, given: Any, actor: Any) -> Failure | None:
    return None if _pause(case) else Failure("case.not_suspended", "案件没有中止调查")


def _pause(case: Any) -> Any:
    return next((one for one in case.limit.get("pauses", ()) if not one.get("until")), None)


def times_in_order(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Began before it ended, and both lie behind us."""
    ended = getattr(given, "ended_at", given.started_at)
    if ended < given.started_at:
        yield Failure("case.ends_before_it_begins", "结束时间早于开始时间，请核对", "ended_at")
    if ended > clock.now():
        yield Failure("case.moment_ahead", "时间晚于现在，请核对", "ended_at")


def obtained_by_now(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Not ahead of today, and what is named was received."""
    if given.obtained_on > clock.today():
        yield Failure("case.evidence_in_future", "取得日期晚于今天，请核对", "obtained_on")
    for field in photos_not_here(case, given):
        yield Failure("case.photo_unknown", "有照片没有上传成功，请重新上传", field)
    if len(attachments.here(case.uid, set(given.files))) != len(set(given.files)):
        yield Failure("case.file_unknown", "有附件没有上传成功，请重新上传", "files")


def nothing_preserved(case: Any, given: Any, actor: Any) -> Failure | None:
    if "preserve" in _owed(case):
        return Failure("case.preserved_already", "已有先行登记保存的证据等待处理，请先作出处理决定")
    return None


def nothing_left_preserved(case: Any, given: Any, actor: Any) -> Failure | None:
    """Whoever ends or hands over a case first says what becomes of what was taken into keeping (行政处罚法第五十六条)."""
    if "preserve" not in _owed(case):
        return None
    return Failure("case.preservation_open", "先行登记保存的证据还没有处理，请先作出处理决定")


def something_preserved(case: Any, given: Any, actor: Any) -> Failure | None:
    return (
        None
        if "preserve" in _owed(case)
        else Failure("case.nothing_preserved", "没有待处理的先行登记保存证据")
    )


def _owed(case: Any) -> set[str]:
    return set((case.duties or {}).get("open") or {})


def amount_in_range(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Inside the statutory range; outside the band, below a maximum that is the rule, or mitigated only with a reason."""
    unfit = list(clause_fits(case, given.clause))
    if unfit:
        yield from unfit
        return
    weighed = weighing.weigh(case, given, clock.today())
    clause, amount = weighed.clause, weighed.amount_fen
    if amount > clause.maximum_fen:
        yield Failure("case.over_range", _range(clause, "不得超过法定上限"), "amount")
    elif amount < clause.minimum_fen and not given.mitigate:
        yield Failure(
            "case.under_range", _range(clause, "不得低于法定下限；具有法定减轻情节的勾选“减轻处罚”"), "amount"
        )
    yield from _mitigated(given, clause, amount)
    yield from _reasoned(case, given, weighed, amount)
    yield from _not_raised(case, given, weighed)


def _range(clause: Any, words: str) -> str:
    return f"{clause.basis}规定的罚款幅度为{clause.range_words}，{words}"


def _mitigated(given: Any, clause: Any, amount: int) -> Iterable[Failure]:
    if not given.mitigate:
        return
    if not any(discretion.factors()[key].mitigates for key in weighing.factors_of(given)):
        yield Failure(
            "case.no_ground_to_mitigate", "减轻处罚须有《行政处罚法》第三十二条规定的情节，请选择", "lighter"
        )
    if amount >= clause.minimum_fen:
        yield Failure("case.nothing_mitigated", "罚款没有低于法定下限，不必勾选“减轻处罚”", "mitigate")
    if not given.reason:
        yield Failure("case.mitigated_without_reason", "请写明减轻处罚的理由", "reason")


def _reasoned(case: Any, given: Any, weighed: Any, amount: int) -> Iterable[Failure]:
    proposal = weighed.proposal
    if given.reason or given.mitigate:
        return
    if case.absolute and amount < weighed.clause.maximum_fen:
        yield Failure("case.below_maximum", "属于上限处罚情形，罚款低于上限的请写明理由", "reason")
    elif not case.absolute and not proposal.low_fen <= amount <= proposal.high_fen:
        yield Failure(
            "case.outside_band",
            f"建议档次为{proposal.band_label}（{yuan(proposal.low_fen)}—{yuan(proposal.high_fen)}元），"
            "数额不在档内的请写明理由",
            "reason",
        )


def _not_raised(case: Any, given: Any, weighed: Any) -> Iterable[Failure]:
    """After the notice the sum does not rise, unless new evidence was found since (行政处罚法第四十五条)."""
    if case.ceiling_fen is None or len(case.evidence) > int(case.notice.get("evidence", 0)):
        return
    others = sum(row["amount_fen"] for row in case.violations if row["clause"] != weighed.clause.id)
    if others + weighed.amount_fen > case.ceiling_fen:
        yield Failure(
            "case.raised_after_notice",
            f"已告知的罚款为{yuan(case.ceiling_fen)}元，不得因当事人陈述、申辩而加重（《行政处罚法》第四十五条）；"
            "有新证据的先登记证据",
            "amount",
        )


def violation_there(case: Any, given: Any, actor: Any) -> Failure | None:
    if not 1 <= given.number <= len(case.violations):
        return Failure(
            "case.no_such_violation", f"只有 {len(case.violations)} 项违法行为，请核对序号", "number"
        )
    return None


def extension_allowed(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Within the limit and before it has passed."""
    most = int(terms.policy("case.extension_max_days", case.filed_on))
    so_far = int(case.limit.get("extended", 0))
    if given.days < 1:
        yield Failure("case.no_days", "延长天数应大于零", "days")
    elif so_far + given.days > most:
        yield Failure(
            "case.extended_too_long",
            f"累计延长不得超过{most}日，已延长{so_far}日（依据见“依据与期限”，待核对）",
            "days",
        )
    if case.decide_by and case.decide_by < clock.today():
        yield Failure("case.extended_too_late", f"办案期限已于 {case.decide_by} 届满，不能再延期", "days")


def investigated(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Evidence by a document of ours or an inspection's, nothing preserved left hanging."""
    present = papers.here(case)
    if papers.lacking(present, [completeness.EVIDENCE]):
        yield Failure("case.no_evidence", "还没有询问笔录、勘验笔录、现场检查记录等证据文书，请先调查取证")
    for name in papers.lacking(present, completeness.of_investigation(case)):
        yield Failure("case.document_missing", f"程序模板要求的{name}还没有，调查终结后不能再补")
    hanging = nothing_left_preserved(case, given, actor)
    if hanging:
        yield hanging
