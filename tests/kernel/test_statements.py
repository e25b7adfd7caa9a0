"""What is said together is sent together, in order, and fails together."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.kernel import statements

pytestmark = pytest.mark.django_db

INSERT = "INSERT INTO said (id, text) VALUES (%s, %s)"


@pytest.fixture(autouse=True)
def table(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE said (id int PRIMARY KEY, text text) ON COMMIT DROP")


def said() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, text FROM said ORDER BY id")
        return list(cursor.fetchall())


def test_one_journey_for_all_in_the_order_they_were_said() -> None:
    with CaptureQueriesContext(connection) as asked, statements.together():
        statements.send(INSERT, [1, "一 100%; '"])
        with statements.together():
            statements.send("UPDATE said SET text = text || %s", ["二"])
        statements.send(INSERT, [2, "三"])
    assert len(asked) == 1
    assert said() == [(1, "一 100%; '二"), (2, "三")]


def test_alone_it_is_sent_at_once() -> None:
    statements.send(INSERT, [1, "一"])
    assert said() == [(1, "一")]


def test_each_is_told_how_many_rows_it_touched() -> None:
    told: list[int] = []
    with statements.together():
        statements.send("INSERT INTO said VALUES (1, ''), (2, '')", [], told.append)
        statements.send("UPDATE said SET text = 'x' WHERE id = %s", [9], told.append)
        statements.send("UPDATE said SET text = 'x'", [], told.append)
    assert told == [2, 0, 2]


def test_what_fails_takes_all_of_it_along() -> None:
    def refuse(touched: int) -> None:
        raise ValueError(touched)

    with pytest.raises(ValueError, match="1"), transaction.atomic(), statements.together():
        statements.send(INSERT, [1, "一"], refuse)
    with pytest.raises(IntegrityError), transaction.atomic(), statements.together():
        statements.send(INSERT, [1, "一"])
        statements.send(INSERT, [1, "二"])
    assert said() == []


def test_what_was_said_before_an_error_is_never_sent() -> None:
    with pytest.raises(KeyError), statements.together():
        statements.send(INSERT, [1, "一"])
        raise KeyError
    statements.send(INSERT, [2, "二"])
    assert said() == [(2, "二")]


def test_something_sent_in_another_way_comes_after_what_was_said() -> None:
    with statements.together():
        statements.send(INSERT, [1, "一"])
        statements.flush()
        assert said() == [(1, "一")]
        statements.send(INSERT, [2, "二"])
    assert len(said()) == 2


def test_what_is_asked_at_every_request_is_planned_once_a_session() -> None:
    statements.send(INSERT, [1, "一"])
    statements.send(INSERT, [2, "二"])
    planned = statements.Planned("SELECT id, text FROM said WHERE id = $1 OR text = $2", "int", "text")
    with CaptureQueriesContext(connection) as asked:
        answers = [planned.rows(1, "三"), planned.rows(3, "二"), planned.rows(3, "'; DROP TABLE said; --")]
    assert answers == [[(1, "一")], [(2, "二")], []]
    assert [query["sql"].split()[0] for query in asked.captured_queries] == ["PREPARE", "EXECUTE", "EXECUTE"]


@pytest.mark.django_db(transaction=True)
def test_a_new_session_plans_anew() -> None:
    planned = statements.Planned("SELECT $1 + 1", "int")
    assert planned.rows(1) == [(2,)]
    connection.close()
    assert planned.rows(2) == [(3,)]
