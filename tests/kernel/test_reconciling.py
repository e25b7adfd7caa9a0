"""Parts that do not make their whole are refused, and shares make 100."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures.reconciling import balanced, share_note, shares, whole
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import Coverage, FigureValue

HALF = Coverage(Period.parse("2023H1"), date(2023, 6, 30), Scope())


def value(label: str, amount: int, **more: object) -> FigureValue:
    base = FigureValue(label, label, "件", "count", (HALF,), amount)
    return replace(base, **more)  # type: ignore[arg-type]


def test_closed_and_open_are_what_was_received() -> None:
    """N04: 7 batches are 5 closed and 2 open, 19 items are 10 and 9."""
    for received, closed, left in ((7, 5, 2), (19, 10, 9)):
        found = value("受理", received)
        assert balanced(found, value("办结", closed), value("未办结", left)) is found
    with pytest.raises(
        Refused, match="“受理”为 19件，而分项（办结 10件 \\+ 未办结 8件）合计 18件，相差 1件"
    ) as refused:
        balanced(value("受理", 19), value("办结", 10), value("未办结", 8))
    assert refused.value.failures[0].code == "figure.parts_differ"


@pytest.mark.django_db
def test_numbers_of_other_days_prove_nothing() -> None:
    later = (replace(HALF, as_of=date(2023, 7, 15)),)
    with pytest.raises(Refused) as refused:
        balanced(value("受理", 7), value("办结", 5), value("未办结", 2, coverage=later))
    assert refused.value.failures[0].code == "figure.not_same_coverage"


def test_a_breakdown_with_something_left_over_is_refused() -> None:
    """N39: two accidents of no field make the parts less than the whole."""
    found = value("事故", 115, by={"道路交通": value("事故", 92), "其他": value("事故", 23)})
    assert whole(found) is found
    with pytest.raises(Refused, match="相差 2件"):
        whole(replace(found, amount=117))
    money = replace(found, kind="sum", unit="元", amount=100)
    with pytest.raises(Refused, match=r"为 1.00元.*相差 0.15元"):
        whole(money)


def test_shares_of_the_five_years() -> None:
    """N17: 92 and 23 of 115 are 80.0 and 20.0; N18: 19 and 16 of 35 are 54 and 46, never 55 and 45."""
    assert [share.told for share in shares({"道路": 92, "其他": 23})] == ["80.0", "20.0"]
    deaths = shares({"道路": 19, "其他": 16}, 0)
    assert [share.told for share in deaths] == ["54", "46"]
    assert share_note(deaths) == ""


def test_shares_that_do_not_round_to_100_say_which_was_moved() -> None:
    found = shares({"甲": 1, "乙": 1, "丙": 1})
    assert [share.told for share in found] == ["33.4", "33.3", "33.3"]
    assert share_note(found) == "为使占比合计为100%，按最大余数法进位：甲 33.3% 记为 33.4%。"
    assert [share.told for share in shares({"甲": 0, "乙": 0})] == ["—", "—"]
    assert shares({}) == ()


@given(
    st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 10**9), min_size=1, max_size=12),
    st.integers(0, 3),
)
def test_shares_always_make_100(parts: dict[str, int], digits: int) -> None:
    found = shares(parts, digits)
    assert [share.amount for share in found] == list(parts.values()) or not sum(parts.values())
    if not sum(parts.values()):
        return
    assert sum(Decimal(share.told) for share in found) == 100
    assert all(
        abs(Decimal(share.told) - Decimal(share.plain)) <= Decimal(1).scaleb(-digits) for share in found
    )
    assert all(Decimal(share.told) == 0 for share in found if not share.amount)
