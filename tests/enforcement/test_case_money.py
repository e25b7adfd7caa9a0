"""Money of cases is exact: additional fines day by day with cap and pauses, daily penalties, 万元 to two places."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.capabilities.enforcement.money import (
    Instalment,
    Payment,
    Span,
    additional,
    daily,
    late_on,
)

DUE = date(2026, 4, 17)
DAY = timedelta(days=1)
FINE = 1_000_000


@pytest.mark.parametrize(
    ("days", "fen"),
    [(-1, 0), (0, 0), (1, 30_000), (2, 60_000), (33, 990_000), (34, FINE), (35, FINE), (400, FINE)],
)
def test_three_per_cent_a_day_from_the_day_after_up_to_the_fine(days: int, fen: int) -> None:
    found = additional([Instalment(DUE, FINE)], [], [], DUE + days * DAY)
    assert found.fen == fen
    assert found.capped == (fen == FINE)
    assert found.first == (DUE + DAY if fen else None)


@pytest.mark.parametrize(("paid_on", "fen"), [(-1, 0), (0, 0), (1, 30_000), (10, 300_000)])
def test_the_day_of_a_late_payment_still_counts_and_none_after_it(paid_on: int, fen: int) -> None:
    found = additional([Instalment(DUE, FINE)], [Payment(DUE + paid_on * DAY, FINE)], [], DUE + 300 * DAY)
    assert found.fen == fen


def test_nothing_runs_during_reconsideration_and_litigation() -> None:
    paused = Span(DUE + 3 * DAY, DUE + 12 * DAY)
    found = additional([Instalment(DUE, FINE)], [], [paused], DUE + 15 * DAY)
    assert found.days == 5
    assert found.fen == 5 * 30_000
    still = additional([Instalment(DUE, FINE)], [], [Span(DUE + 3 * DAY, None)], DUE + 50 * DAY)
    assert still.days == 2


def test_only_what_is_late_bears_it() -> None:
    plan = [Instalment(DUE, 400_000), Instalment(DUE + 30 * DAY, 600_000)]
    assert additional(plan, [Payment(DUE, 400_000)], [], DUE + 20 * DAY).fen == 0
    assert additional(plan, [], [], DUE + 10 * DAY).fen == 10 * 12_000
    part = additional([Instalment(DUE, FINE)], [Payment(DUE, 500_000)], [], DUE + 10 * DAY)
    assert part.fen == 10 * 15_000


FINES = st.integers(1, 10**12)
PAID = st.lists(st.tuples(st.integers(-20, 60), st.integers(1, 10**11)), max_size=4)
PAUSED = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), max_size=2)


@given(FINES, PAID, PAUSED, st.integers(-10, 120))
def test_an_additional_fine_is_the_sum_of_its_days_and_never_above_the_fine(
    fine: int, paid: list[tuple[int, int]], paused: list[tuple[int, int]], upto: int
) -> None:
    schedule = [Instalment(DUE, fine)]
    payments = [Payment(DUE + offset * DAY, amount) for offset, amount in paid]
    spans = [Span(DUE + since * DAY, DUE + (since + length) * DAY) for since, length in paused]
    found = additional(schedule, payments, spans, DUE + upto * DAY)
    total = Decimal(0)
    for offset in range(1, upto + 1):
        day = DUE + offset * DAY
        if any(span.since <= day <= (span.until or day) for span in spans):
            continue
        total += Decimal(late_on(schedule, payments, day)) * 3 / 100
    assert found.fen == min(int(total), fine)
    assert 0 <= found.fen <= fine


@given(FINES, PAID, st.integers(0, 100))
def test_it_never_shrinks_as_days_go_by(fine: int, paid: list[tuple[int, int]], upto: int) -> None:
    schedule, payments = [Instalment(DUE, fine)], [Payment(DUE + a * DAY, b) for a, b in paid]
    now = additional(schedule, payments, [], DUE + upto * DAY)
    later = additional(schedule, payments, [], DUE + (upto + 1) * DAY)
    assert now.fen <= later.fen


def test_a_daily_penalty_runs_from_the_day_after_the_order() -> None:
    assert daily(50_000, date(2026, 3, 1), date(2026, 3, 11)) == (date(2026, 3, 2), 10, 500_000)
    assert daily(50_000, date(2026, 3, 1), date(2026, 3, 1)) == (date(2026, 3, 2), 0, 0)
