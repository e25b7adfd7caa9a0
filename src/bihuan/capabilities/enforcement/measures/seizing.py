"""The facts that sealing, seizing and giving back rest on (行政强制法第十八条至第二十八条)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bihuan.capabilities.enforcement.measures import gates, terms
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.states import Disposal
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure

CELLS = ("name", "model", "quantity", "unit", "condition", "place")
REQUIRED = {"name": "名称", "quantity": "数量", "unit": "单位"}
MOST = 200


def lines_of(text: str) -> list[dict[str, str]]:
    """The list as written, one item a line."""
    rows = [line for line in text.splitlines() if line.strip(" ｜|\t\u3000")]
    split = [
        [cell.strip() for cell in row.replace("|", "｜").replace("\t", "｜").split("｜")] for row in rows
    ]
    return [dict(zip(CELLS, [*cells, *[""] * len(CELLS)], strict=False)) for cells in split]


def list_complete(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """What is taken is listed: each item with name, quantity and unit."""
    rows = lines_of(given.inventory)
    if not rows:
        yield Failure("measure.list_empty", "清单至少有一项", "inventory")
    if len(rows) > MOST:
        yield Failure(
            "measure.list_too_long", f"清单至多 {MOST} 项，现有 {len(rows)} 项，请分次实施", "inventory"
        )
    for number, row in enumerate(rows, 1):
        lacking = [label for cell, label in REQUIRED.items() if not row[cell]]
        if lacking:
            says = f"清单第 {number} 项缺少{'、'.join(lacking)}，请写成“名称｜规格型号｜数量｜单位｜状况｜存放地点”"
            yield Failure("measure.list_incomplete", says, "inventory")


def carried_out_already(measure: Any, given: Any, actor: Any) -> Failure | None:
    return gates.past(given.carried_out_at, "carried_out_at", "实施时间")


def after_approval(measure: Measure, given: Any, actor: Any) -> Failure | None:
    """Approved first, carried out then."""
    day = clock.day_of(given.carried_out_at)
    if measure.approved_on is not None and day < measure.approved_on:
        says = f"实施时间早于批准日期 {measure.approved_on}；情况紧急当场实施的，请用“当场查封扣押”登记"
        return Failure("measure.carried_out_before_approval", says, "carried_out_at")
    return None


def is_urgent(measure: Measure, given: Any, actor: Any) -> Failure | None:
    if measure.carried_out_at is not None and measure.approved_on is None and measure.urgent:
        return None
    return Failure("measure.not_urgent", "这项措施不是当场实施的，没有补报事项")


def not_reported_yet(measure: Measure, given: Any, actor: Any) -> Failure | None:
    return None if measure.reported_at is None else Failure("measure.reported_already", "已报告")


def reported_in_order(measure: Measure, given: Any, actor: Any) -> Failure | None:
    if measure.carried_out_at is not None and given.reported_at < measure.carried_out_at:
        return Failure("measure.reported_before", "报告时间早于实施时间，请核对", "reported_at")
    return gates.past(given.reported_at, "reported_at", "报告时间")


def not_expired(measure: Measure, given: Any, actor: Any) -> Failure | None:
    """Once the term is over the thing goes back; nothing else can still be decided about it (AEL 27, 28)."""
    if not expired(measure):
        return None
    says = f"查封扣押期限已于 {measure.until} 届满，只能立即解除（《行政强制法》第二十八条）"
    return Failure("measure.seizure_expired", says)


def expired(measure: Measure) -> bool:
    """Whether the last day has passed and nobody gave the thing back; on that day itself it is held rightly."""
    return not measure.testing and measure.until is not None and clock.today() > measure.until


def not_extended(measure: Measure, given: Any, actor: Any) -> Failure | None:
    if not measure.extended_days:
        return None
    return Failure(
        "measure.extended_already", f"已于 {measure.extended_on} 延长 {measure.extended_days} 日，不能再延长"
    )


def extension_allowed(measure: Measure, given: Any, actor: Any) -> Iterable[Failure]:
    most = terms.longest(clock.today())
    if not 1 <= given.days <= most:
        says = f"延长 1 至 {most} 日，填写的是 {given.days} 日（{terms.SEIZURE_BASIS}）"
        yield Failure("measure.extension_too_long", says, "days")
    ahead = gates.not_past_day(given.told_on, "told_on", "告知日期")
    if ahead is not None:
        yield ahead


def no_test_running(measure: Measure, given: Any, actor: Any) -> Failure | None:
    return Failure("measure.testing", "正在检测检验鉴定，请先登记结果") if measure.testing else None


def test_running(measure: Measure, given: Any, actor: Any) -> Failure | None:
    return None if measure.testing else Failure("measure.not_testing", "没有正在进行的检测检验鉴定")


def test_told(measure: Measure, given: Any, actor: Any) -> Iterable[Failure]:
    """检测期间应当明确，并书面告知当事人."""
    if measure.since is not None and given.begun_on < measure.since:
        yield Failure(
            "measure.test_before_seizure", f"送检日期早于查封扣押开始日期 {measure.since}", "begun_on"
        )
    if measure.tests and given.begun_on.isoformat() < str(measure.tests[-1]["ended"]):
        yield Failure("measure.tests_overlap", "与上一次检测的期间重叠，请核对送检日期", "begun_on")
    for field, label in (("begun_on", "送检日期"), ("told_on", "告知日期")):
        ahead = gates.not_past_day(getattr(given, field), field, label)
        if ahead is not None:
            yield ahead
    if given.expected_on < given.begun_on:
        yield Failure("measure.test_ends_before", "预计完成日期早于送检日期", "expected_on")


def test_ended_in_order(measure: Measure, given: Any, actor: Any) -> Iterable[Failure]:
    begun = str(measure.tests[-1]["begun"])
    if given.ended_on.isoformat() < begun:
        yield Failure("measure.test_ended_before", f"结果日期早于送检日期 {begun}", "ended_on")
    ahead = gates.not_past_day(given.ended_on, "ended_on", "结果日期")
    if ahead is not None:
        yield ahead


def given_back_in_order(measure: Measure, given: Any, actor: Any) -> Iterable[Failure]:
    day, field = (
        (given.released_on, "released_on")
        if hasattr(given, "released_on")
        else (given.disposed_on, "disposed_on")
    )
    if measure.since is not None and day < measure.since:
        yield Failure("measure.ended_before_start", f"日期早于实施日期 {measure.since}", field)
    ahead = gates.not_past_day(day, field, "日期")
    if ahead is not None:
        yield ahead


def approved_before_disposal(measure: Measure, given: Any, actor: Any) -> Failure | None:
    """What was taken without approval is not kept for good before it is approved."""
    if measure.approved_on is not None:
        return None
    ways = "、".join(one.label for one in Disposal)
    return Failure("measure.not_approved_yet", f"尚未补办批准，不能{ways}")
