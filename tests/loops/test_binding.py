"""Which columns of each kind of matter its entries bind."""

from __future__ import annotations

import pytest

from bihuan.kernel.loops.binding import UNBOUND
from bihuan.kernel.loops.registry import Running, all_running
from bihuan.kernel.search import PairCodesField


@pytest.mark.parametrize("service", list(all_running()), ids=lambda service: service.loop.name)
def test_codes_to_be_found_by_are_declared_as_no_facts(service: Running) -> None:
    """They are written as an expression and read back as numbers: bound, every matter would look altered."""
    codes = {field.name for field in service.facts.fields if isinstance(field, PairCodesField)}
    assert codes == set()


@pytest.mark.parametrize("service", list(all_running()), ids=lambda service: service.loop.name)
def test_what_is_not_bound_says_why(service: Running) -> None:
    columns = {field.name for field in service.model._meta.concrete_fields}
    bound = {field.name for field in service.facts.fields}
    assert columns - bound == {*UNBOUND, *service.loop.unbound}
    assert all(len(reason) > 15 for reason in service.loop.unbound.values())
