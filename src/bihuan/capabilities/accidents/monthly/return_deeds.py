"""Gates and effects of the accident return: its own sums, and its equality with the records before it is accepted (M207)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bihuan.capabilities.accidents.monthly import comparing, deeds, stated
from bihuan.kernel.documents.numerals import exact_wan_yuan
from bihuan.kernel.errors import Failure, Refused

TOTALS = (
    ("count", "事故", "起"),
    ("deaths", "死亡", "人"),
    ("serious", "重伤", "人"),
    ("loss", "直接经济损失", "万元"),
)


def sums_agree(form: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """The totals are those of the lines, each of the month; a return without accidents is a nil one."""
    try:
        told = stated.accidents(given.accidents)
    except Refused as refused:
        yield from refused.failures
        return
    if not told:
        yield Failure("return.empty", "没有填写事故；本月没有发生事故的，请作零报告", "accidents")
        return
    for number, line in enumerate(told, 1):
        if not comparing.within(form.month, line["on"]):
            says = f"第 {number} 行：{line['on']} 不在{form.month.chinese()}，请核对日期"
            yield Failure("return.other_month", says, "accidents")
    sums = comparing.totals(told)
    for name, label, unit in TOTALS:
        total = sums["loss_fen" if name == "loss" else name]
        said = getattr(given, name)
        if said != total:
            shown = (exact_wan_yuan(total), exact_wan_yuan(said)) if name == "loss" else (total, said)
            says = f"逐起相加{label} {shown[0]} {unit}，合计填的是 {shown[1]} {unit}，请核对"
            yield Failure("return.sum_differs", says, name)


def equal_to_records(form: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Return and records are one, or each row on which they differ is named."""
    for one in comparing.differences(form.lines, comparing.kept_of(form)):
        yield Failure("return.differs", f"{one.words()}，一致后才能备案")


def file(form: Any, given: Any, context: Any) -> None:
    """签名上报."""
    form.lines = stated.accidents(given.accidents)
    form.explanation, form.agreed = given.explanation, []
    deeds.says_something(form, given)
    deeds.filed(form, context)


def file_nil(form: Any, given: Any, context: Any) -> None:
    """零报告: nothing happened, says the unit."""
    form.lines, form.explanation, form.agreed = [], "", []
    deeds.says_nil(form, given)
    deeds.filed(form, context)


def accept(form: Any, given: Any, context: Any) -> None:
    """备案: what it was equal to on this day is kept, accident by accident."""
    deeds.accept(form, given, context)
    form.agreed = [one.json() for one in comparing.kept_of(form)]
