"""The row that says what this database is cannot be turned round."""

from __future__ import annotations

import psycopg
import pytest
from django.db import DatabaseError, connection

pytestmark = pytest.mark.django_db


def test_the_application_cannot_write_the_installation() -> None:
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO conf_installation VALUES (1, true, '', '', now())")


def test_the_application_cannot_truncate() -> None:
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE conf_installation")


@pytest.mark.django_db(transaction=True)
def test_a_demo_never_becomes_a_real_district(owner_connection: psycopg.Connection) -> None:
    owner_connection.execute("INSERT INTO conf_installation VALUES (1, true, '370403', '示例区', now())")
    with pytest.raises(psycopg.IntegrityError, match="演示区不能改为正式区"):
        owner_connection.execute("UPDATE conf_installation SET demo = false")
    with pytest.raises(psycopg.IntegrityError):
        owner_connection.execute("DELETE FROM conf_installation")


def test_committed_rows_of_other_tests_are_gone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM conf_installation")
        assert cursor.fetchone() == (0,)
