"""The facts a filing rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from bihuan.capabilities.dispatch.weekly import suspicions
from bihuan.capabilities.dispatch.weekly.computing import of_form, zero_blocks
from bihuan.capabilities.dispatch.weekly.layouts import ANSWER, WEEK
from bihuan.capabilities.dispatch.weekly.notation import blocks_named, read
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure

EARLIEST = 3
"""A week may be filed from its Thursday on; before that there is no week to speak of."""
SHORTEST = 4
LARGEST = 1_000_000
REASON = 10


def opens_on(form: Any) -> date:
    """The first day on which the form may be filed."""
    day: date = form.week_from + timedelta(days=EARLIEST)
    return day


def week_is_there(form: Any, given: Any, actor: Any) -> Failure | None:
    """A week that has hardly begun cannot be reported on."""
    first = opens_on(form)
    if clock.today() < first:
        return Failure("weekly.too_early", f"本周的调度表从 {first}（周四）起可以填报，现在可以先查看数据")
    return None


def content_complete(form: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Every judgement that is asked for, every stated number a number."""
    layout = form.template.asks
    words, stated, strange = read(layout, given.content)
    for label in strange:
        yield Failure("weekly.unknown_cell", f"表中没有“{label}”这一栏，请核对栏名", "content")
    for one in layout.judgements:
        if one.required and len(words.get(one.key, "")) < SHORTEST:
            yield Failure("weekly.judgement_missing", f"请填写“{one.label}”，至少 {SHORTEST} 个字", one.key)
    for number in layout.stated:
        text = stated.get(number.key, "")
        if not text.isascii() or not text.isdigit() or int(text) > LARGEST:
            says = f"请填写“{number.label}”的数字（{number.unit}），没有的写 0"
            yield Failure("weekly.stated_not_a_number", says, number.key)


def zeros_confirmed(form: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """A zero is an explicit filing, never inferred (M038)."""
    layout = form.template.asks
    confirmed, strange = blocks_named(layout, given.zeros)
    for title in strange:
        yield Failure("weekly.unknown_block", f"表中没有“{title}”这一部分，请核对名称", "zeros")
    for key, zero in zero_blocks(of_form(form, clock.today())).items():
        if key not in confirmed:
            rows = "、".join(cell.row.label.removeprefix("其中：") for cell in zero)
            says = f"“{zero[0].block.title}”本周有为零的数（{rows}），请核实后勾选确认为零"
            yield Failure("weekly.zero_not_confirmed", says, f"zero_{key}")


def suspicions_answered(form: Any, given: Any, actor: Any) -> Failure | None:
    """What was pointed out is answered in words."""
    found = suspicions.of_form(form, of_form(form, clock.today()))
    words, _, _ = read(form.template.asks, given.content)
    if found and len(words.get(ANSWER, "")) < REASON:
        listed = "；".join(each.text for each in found)
        return Failure(
            "weekly.suspicion_unanswered",
            f"{listed}请在“零数据说明”中写明核实情况（不少于 {REASON} 个字）",
            ANSWER,
        )
    return None


def nothing_happened(form: Any, given: Any, actor: Any) -> Failure | None:
    """A nil filing says that there is nothing; the records must not say otherwise."""
    something = [
        cell for cell in of_form(form, clock.today()) if cell.column == WEEK and cell.amount not in (None, 0)
    ]
    if something:
        told = "、".join(f"{cell.row.label}{cell.value.text()}" for cell in something[:3])
        return Failure("weekly.not_nil", f"系统中本周{told}，不能作零报告，请按表填报", "reason")
    return None
