"""The golden district, built once for all its tests; each test that changes something undoes it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from bihuan.conf import env
from bihuan.kernel import clock
from bihuan.kernel.record import words
from tests.reporting.golden import half, people, years
from tests.reporting.golden.people import Golden, moment
from tests.web.conftest import sign_in

__all__ = ["sign_in"]


@pytest.fixture(scope="package")
def golden_data() -> Iterator[Path]:
    """One data folder for the whole set, so that keys made while building serve its tests."""
    with tempfile.TemporaryDirectory(prefix="bihuan-golden-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def bihuan_data(golden_data: Path, golden: Golden) -> Iterator[Path]:
    """In place of a folder for each test."""
    with _living_in(golden_data):
        yield golden_data


class _living_in:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        self.before = {
            name: os.environ.pop(name, None) for name in ("BIHUAN_DATA", "BIHUAN_DEMO", "DATABASE_URL")
        }
        os.environ["BIHUAN_DATA"] = str(self.folder)
        env.current.cache_clear()
        settings.BIHUAN_DATA = self.folder

    def __exit__(self, *_: object) -> None:
        os.environ.pop("BIHUAN_DATA")
        os.environ.update({name: value for name, value in self.before.items() if value is not None})
        env.current.cache_clear()


@pytest.fixture(scope="package")
def golden(django_db_setup: None, django_db_blocker: DjangoDbBlocker, golden_data: Path) -> Iterator[Golden]:
    """Everything in one transaction that is rolled back after the last test of this folder."""
    for known in (words.DEEDS, words.HANDS):
        known.forget()
    with django_db_blocker.unblock(), transaction.atomic():
        with _living_in(golden_data):
            built = people.founded()
            half.build(built, golden_data)
            years.build(built.world)
            years.missing(built.world)
        yield built
        transaction.set_rollback(True)
    for known in (words.DEEDS, words.HANDS):
        known.forget()


@pytest.fixture(autouse=True)
def undone(golden: Golden) -> Iterator[None]:
    """A savepoint for each test, and the morning in July when the report is due."""
    point = transaction.savepoint()
    with clock.frozen(moment(date(2023, 7, 3), 9)):
        yield
    transaction.savepoint_rollback(point)
