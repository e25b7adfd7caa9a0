"""Numbers under many hands at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from django.db import connection, connections, transaction

from bihuan.kernel.numbering import draw_document_number, matter_numbers, prepare
from bihuan.kernel.numbering.matters import prepare_year
from bihuan.kernel.numbering.models import DocumentCounter

T = TypeVar("T")


def at_once(work: Callable[[], T], times: int) -> list[T]:
    """Run ``work`` in threads with a connection each."""

    def one(_: int) -> T:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@pytest.mark.django_db
def test_numbers_follow_each_other_in_one_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        drawn = matter_numbers("370403", "H", 2026, 3)
    assert drawn == ["370403-H2026-000001", "370403-H2026-000002", "370403-H2026-000003"]
    assert matter_numbers("370403", "H", 2026, 1) == ["370403-H2026-000004"]


@pytest.mark.django_db
def test_each_letter_and_year_counts_by_itself() -> None:
    matter_numbers("370403", "H", 2026, 5)
    assert matter_numbers("370403", "T", 2026, 1) == ["370403-T2026-000001"]
    assert matter_numbers("370403", "H", 2027, 1) == ["370403-H2027-000001"]


@pytest.mark.django_db
def test_past_a_million_the_number_grows() -> None:
    prepare("Z", 2026)
    matter_numbers("370403", "Z", 2026, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM unnest(numbering_draw('Z', 2026, 999999))")
    assert matter_numbers("370403", "Z", 2026, 1) == ["370403-Z2026-1000001"]


@pytest.mark.django_db
def test_the_turn_of_the_year_is_prepared_for_every_letter_in_use() -> None:
    prepare("H", 2026)
    prepare("T", 2025)
    prepare_year(2027)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relname LIKE 'matter_no_%_2027' ORDER BY relname")
        made = [name for (name,) in cursor.fetchall()]
    assert made == ["matter_no_h_2027", "matter_no_t_2027"]


@pytest.mark.parametrize(
    "wrong",
    [
        ("37040", "H", 2026, 1),
        ("370403", "h", 2026, 1),
        ("370403", "H'; DROP", 2026, 1),
        ("370403", "H", 26, 1),
    ],
)
def test_nonsense_is_refused_before_it_reaches_the_database(wrong: tuple[str, str, int, int]) -> None:
    with pytest.raises(ValueError):
        matter_numbers(*wrong)


@pytest.mark.django_db(transaction=True)
def test_writers_do_not_wait_for_an_open_transaction() -> None:
    prepare("H", 2026)
    drawn, go = threading.Event(), threading.Event()

    def slow() -> list[str]:
        try:
            with transaction.atomic():
                mine = matter_numbers("370403", "H", 2026, 2)
                drawn.set()
                go.wait(10)
                return mine
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(slow)
        assert drawn.wait(10)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '500ms'")
            mine = matter_numbers("370403", "H", 2026, 1)
        go.set()
        assert not set(mine) & set(waiting.result())


@pytest.mark.django_db(transaction=True)
def test_the_first_draw_of_a_year_by_many_hands_gives_everyone_their_own() -> None:
    lists = at_once(lambda: matter_numbers("370403", "F", 2031, 50), 8)
    drawn = [number for numbers in lists for number in numbers]
    assert len(set(drawn)) == 400


@pytest.mark.django_db(transaction=True)
def test_a_failed_transaction_leaves_a_gap_in_matter_numbers_only() -> None:
    prepare("H", 2026)
    with transaction.atomic():
        lost = matter_numbers("370403", "H", 2026, 1)
        draw_document_number("应急责改", 2026)
        transaction.set_rollback(True)
    assert matter_numbers("370403", "H", 2026, 1) > lost
    with transaction.atomic():
        assert draw_document_number("应急责改", 2026) == 1


@pytest.mark.django_db(transaction=True)
def test_document_numbers_have_no_gap_under_many_hands() -> None:
    def issue() -> list[int]:
        mine = []
        for turn in range(10):
            try:
                with transaction.atomic():
                    number = draw_document_number("应急责改", 2026)
                    if turn % 3 == 1:
                        raise ConnectionAbortedError
                    mine.append(number)
            except ConnectionAbortedError:
                continue
        return mine

    issued = sorted(number for numbers in at_once(issue, 6) for number in numbers)
    assert issued == list(range(1, len(issued) + 1))
    assert DocumentCounter.objects.get().last == len(issued)


@pytest.mark.django_db(transaction=True)
def test_a_document_number_needs_the_issuing_transaction() -> None:
    with pytest.raises(RuntimeError, match="issuing transaction"):
        draw_document_number("应急责改", 2026)
