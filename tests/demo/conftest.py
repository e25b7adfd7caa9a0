"""A small demo district, built once for this folder and thrown away with its database."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker

from bihuan import demo
from bihuan.conf import env
from bihuan.demo.building import Size
from bihuan.kernel.loops.writing import forget_district
from bihuan.kernel.signatures import keyring
from tests.databases import Clone

SMALL = Size(objects=90, accounts=12, hazards=40, ledger_rows=1)


@pytest.fixture(scope="package")
def district_data(data_root: Path) -> Path:
    """The keys, seals and files of the district; the same for every test on it."""
    return data_root / "demo-district"


@pytest.fixture(autouse=True)
def bihuan_data(district_data: Path) -> Iterator[Path]:
    """Point the program at them, however a test was left before."""
    with pointed_at(district_data):
        yield district_data


@pytest.fixture(scope="package")
def district(
    django_db_setup: None, clone: Clone, django_db_blocker: DjangoDbBlocker, district_data: Path
) -> Iterator[Size]:
    """Built and committed; tests read it and roll back what they try."""
    with django_db_blocker.unblock(), pointed_at(district_data):
        start_over(clone)
        with warned(logging.getLogger("bihuan.demo")) as words:
            assert demo.ensure(SMALL) is True
        assert words == [], "every story runs as it is written"
        yield SMALL
        start_over(clone)


class _Warned(logging.Handler):
    """Keeps what is complained of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.words.append(record.getMessage())


@contextmanager
def warned(log: logging.Logger) -> Iterator[list[str]]:
    """What is complained of meanwhile."""
    kept = _Warned()
    log.addHandler(kept)
    try:
        yield kept.words
    finally:
        log.removeHandler(kept)


def start_over(clone: Clone) -> None:
    """An empty database, and nothing remembered of the one before."""
    connections.close_all()
    clone.make()
    forget_district()
    keyring.forget()


class pointed_at:
    """The program looks for its keys and files in this folder meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        self.before = os.environ.get("BIHUAN_DATA")
        self._point(str(self.folder))

    def __exit__(self, *_: object) -> None:
        if self.before is None:
            os.environ.pop("BIHUAN_DATA", None)
            env.current.cache_clear()
        else:
            self._point(self.before)

    def _point(self, folder: str) -> None:
        os.environ["BIHUAN_DATA"] = folder
        env.current.cache_clear()
        settings.BIHUAN_DATA = Path(folder)
