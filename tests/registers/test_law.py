"""Dated law: the row of the day, terms at their boundaries, the lighter of two laws, and proposals inside their range."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel import clock
from bihuan.kernel.calendar import is_working_day
from bihuan.kernel.policies import values as policies
from bihuan.registers.law import discretion, limits, penalties, procedures
from tests.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    policies.forget_recent()
    return build_world()


def test_every_value_tells_source_and_mark() -> None:
    for rule in limits.rules():
        assert rule.basis
        assert rule.mark in ("V1", "V2", "K")
        assert rule.label
        assert rule.words
    for clause in penalties.clauses():
        assert clause.basis.startswith("《")
        assert clause.mark in ("V1", "V2", "K")
        assert 0 <= clause.minimum_fen < clause.maximum_fen


def test_no_two_rows_of_a_key_hold_on_one_day() -> None:
    for key in {rule.key for rule in limits.rules()}:
        rows = sorted((r for r in limits.rules() if r.key == key), key=lambda r: r.effective_from)
        for older, younger in itertools.pairwise(rows):
            assert older.effective_to is not None
            assert older.effective_to < younger.effective_from


def test_the_hearing_threshold_changes_its_source_with_the_rule(world: World) -> None:
    old = limits.rule("hearing_large_fine_entity", date(2026, 1, 31))
    new = limits.rule("hearing_large_fine_entity", date(2026, 2, 1))
    assert "第15号" in old.basis
    assert "第18号" in new.basis
    assert old.mark == new.mark == "K"
    assert "待核对" in new.source


def test_the_districts_own_threshold_stands_for_the_unchecked_one(world: World) -> None:
    today = clock.today()
    policies.set_policy(
        "case.hearing_entity_yuan", 30_000, effective_from=today, actor=world.actor("office"), basis="省规定"
    )
    found = limits.rule("hearing_large_fine_entity", today)
    assert (found.value, found.basis, found.chosen) == (30_000, "省规定", True)
    assert limits.rule("hearing_large_fine_entity", today - timedelta(days=1)).value == 50_000


def test_a_value_of_a_day_without_law_is_a_mistake() -> None:
    with pytest.raises(limits.NotInForce):
        limits.rule("payment", date(2020, 1, 1))


@pytest.mark.parametrize(
    ("key", "start", "last"),
    [
        ("hearing_request", date(2026, 2, 12), date(2026, 2, 26)),  # 春节 2.15-2.23，2.14 上班
        ("service", date(2026, 4, 2), date(2026, 4, 14)),  # 清明 4.4-4.6
        ("payment", date(2026, 4, 17), date(2026, 5, 6)),  # 5.2 在劳动节假期内，顺延
        ("payment", date(2026, 3, 2), date(2026, 3, 17)),
        ("decision_limit", date(2026, 3, 2), date(2026, 6, 1)),  # 5.31 周日，顺延
        ("publish_penalty", date(2026, 9, 24), date(2026, 10, 12)),  # 中秋、国庆，10.10 上班
        ("withdraw_publication", date(2026, 3, 6), date(2026, 3, 11)),
        ("evidence_preservation_decision", date(2026, 4, 28), date(2026, 5, 11)),  # 5.9 上班
        ("demand_before_court", date(2026, 3, 2), date(2026, 3, 16)),
        ("litigation", date(2026, 3, 2), date(2026, 9, 2)),
        ("apply_court_enforcement", date(2026, 11, 30), date(2027, 3, 1)),  # 2 月没有 30 日；2.28 周日
        ("limitation", date(2024, 2, 29), date(2026, 2, 28)),
    ],
)
def test_terms_end_on_the_day_the_law_says(key: str, start: date, last: date, world: World) -> None:
    assert limits.due(key, start, on=max(start, date(2026, 2, 1))).due == last


@pytest.mark.django_db
@given(
    st.dates(date(2022, 1, 1), date(2026, 6, 30)),
    st.sampled_from(["payment", "decision_limit", "service", "hearing_request"]),
)
def test_a_term_never_ends_on_a_rest_day_nor_before_its_days_are_over(start: date, key: str) -> None:
    found = limits.due(key, start)
    value = next(rule for rule in limits.rules() if rule.key == key).value
    assert is_working_day(found.due)
    assert (found.due - start).days >= value


def test_old_law_counts_where_the_new_one_is_harsher() -> None:
    asked = penalties.clause("hcl-103-e-first")
    found = penalties.comparing(asked, date(2026, 4, 30), date(2026, 6, 1))
    assert found.old is not None
    assert found.new is not None
    assert (found.old.id, found.new.id) == ("wsl-101-e-first", "hcl-103-e-first")
    assert found.chosen is found.old
    assert "从旧兼从轻" in found.reason


def test_a_special_law_beside_a_general_one_does_not_take_its_place() -> None:
    asked = penalties.clause("wsl-101-e-first")
    assert penalties.comparing(asked, date(2026, 4, 30), date(2026, 6, 1)).chosen is asked
    assert penalties.comparing(asked, date(2026, 5, 2), date(2026, 6, 1)).chosen is asked


def test_the_law_of_the_act_counts_on_and_after_its_first_day() -> None:
    asked = penalties.clause("hcl-103-e-first")
    for day in (date(2026, 5, 1), date(2026, 6, 1)):
        found = penalties.comparing(asked, day, date(2026, 6, 2))
        assert found.chosen.id == "hcl-103-e-first"


def test_a_clause_without_a_twin_is_its_own() -> None:
    asked = penalties.clause("wsl-97-e-first")
    assert penalties.comparing(asked, date(2025, 1, 1), date(2026, 6, 1)).chosen is asked


CLAUSES = st.sampled_from(penalties.clauses())
KEYS = st.lists(st.sampled_from(sorted(discretion.factors())), max_size=4, unique=True)


@pytest.mark.django_db
@given(CLAUSES, KEYS, st.integers(0, 3), st.booleans(), st.booleans())
def test_what_is_proposed_lies_in_its_band_and_the_band_in_the_range(
    clause: penalties.Clause, keys: list[str], recurrence: int, most: bool, first: bool
) -> None:
    found = discretion.propose(
        clause, keys, date(2026, 6, 1), recurrence=recurrence, at_maximum=most, first_time=first
    )
    assert clause.minimum_fen <= found.low_fen <= found.high_fen <= clause.maximum_fen
    assert clause.minimum_fen <= found.amount_fen <= clause.maximum_fen
    assert (
        found.amount_fen == clause.maximum_fen
        if most
        else found.low_fen - 10_000 < found.amount_fen <= found.high_fen
    )
    assert clause.basis in found.reasons[0]
    assert any(found.branch.label in line for line in found.reasons)


@pytest.mark.django_db
@given(CLAUSES, KEYS)
def test_a_recurrence_never_lightens_and_raises_by_one(clause: penalties.Clause, keys: list[str]) -> None:
    bands = discretion.BANDS
    without = discretion.propose(clause, keys, date(2026, 6, 1))
    again = discretion.propose(clause, keys, date(2026, 6, 1), recurrence=1)
    assert bands.index(again.band) >= bands.index(without.band)


def test_a_plain_repeat_goes_from_ordinary_to_heavier() -> None:
    clause = penalties.clause("wsl-97-e-first")
    assert discretion.propose(clause, [], date(2026, 6, 1)).band == "ordinary"
    again = discretion.propose(clause, [], date(2026, 6, 1), recurrence=1)
    assert again.band == "heavier"
    assert any("上调一档" in line for line in again.reasons)


def test_what_nobody_compared_says_so_in_the_reasons() -> None:
    clause = penalties.clause("wsl-97-e-first")
    told = discretion.propose(clause, ["corrected", "merit"], date(2026, 6, 1)).reasons
    line = {
        words: next(one for one in told if words in one) for words in ("立案前已经改正", "立功", "差异化执法")
    }
    assert "待核对" in line["立案前已经改正"]
    assert "待核对" in line["差异化执法"]
    assert "待核对" not in line["立功"]


def test_differentiated_rules_take_the_first_row_that_fits() -> None:
    day = date(2026, 6, 1)
    assert discretion.branch_of(["refused", "self_reported", "corrected"], day).key == "refusing"
    assert discretion.branch_of(["self_reported", "corrected"], day).key == "trusted"
    assert discretion.branch_of(["corrected", "first_time"], day).key == "first"
    assert discretion.branch_of([], day).key == "plain"


def test_five_procedures_name_steps_and_documents_there_are(world: World) -> None:
    from bihuan.kernel.loops.registry import running
    from bihuan.registers.instruments.kinds import label_of

    loop = running("case").loop
    assert set(procedures.procedures()) == {"permit", "inspection", "penalty", "accident", "accountability"}
    for one in procedures.procedures().values():
        assert all(loop.label_of(step) for names in one.steps for step in names.split("|"))
        assert all(label_of(kind) for names in one.documents for kind in names.split("|"))
