"""Gates and effects of the early-warning form (M179): no forecast without its basis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bihuan.capabilities.accidents.monthly import deeds, stated
from bihuan.kernel.errors import Failure, Refused


def items_read(form: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Each line says risk, level, basis, area and measures."""
    try:
        if not stated.items(given.items):
            yield Failure("forecast.empty", "没有填写预测事项；没有突出风险的，请作零报告", "items")
    except Refused as refused:
        yield from refused.failures


def file(form: Any, given: Any, context: Any) -> None:
    """签名上报."""
    form.items = stated.items(given.items)
    deeds.says_something(form, given)
    deeds.filed(form, context)


def file_nil(form: Any, given: Any, context: Any) -> None:
    """零报告, with what it rests on."""
    form.items = []
    deeds.says_nil(form, given)
    deeds.filed(form, context)
