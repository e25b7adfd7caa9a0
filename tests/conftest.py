"""Real PostgreSQL for every test: one embedded server, a migrated template, a clone of it for each test process."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from bihuan.conf import env, roles
from bihuan.conf.address import Address
from bihuan.conf.postgres import Server
from bihuan.kernel.record import words
from tests.databases import Clone, template

FAST = (
    ("fsync", "off"),
    ("full_page_writes", "off"),
    ("synchronous_commit", "off"),
    ("shared_buffers", "128MB"),
    ("max_connections", "200"),
    ("max_wal_size", "4GB"),
    ("autovacuum_naptime", "10min"),
)
hypothesis_settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # no test is timed: a busy machine proves nothing against the code
hypothesis_settings.load_profile("untimed")
REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Address]:
    """The server shared by all test processes on this checkout; stopped by the last one."""
    folder = Path(os.environ.get("BIHUAN_TEST_DATA") or REPOSITORY / ".cache" / "test-pg")
    with Server(folder.absolute(), FAST).use() as address:
        yield address


@pytest.fixture(scope="session")
def clone(postgres_server: Address, django_db_blocker: DjangoDbBlocker) -> Iterator[Clone]:
    """This process's own database."""
    with django_db_blocker.unblock():
        copy = Clone(template(postgres_server), f"bihuan_test_{os.getpid()}")
    copy.make()
    yield copy
    copy.drop()


@pytest.fixture(scope="session")
def django_db_setup(clone: Clone) -> Iterator[None]:
    """Point Django at the clone as role ``app``; a test that commits gets a fresh clone for its successor."""

    def start_over(_case: TransactionTestCase) -> None:
        connections.close_all()
        clone.make()

    default = connections.settings["default"]
    default.update(clone.address(roles.APP).django())
    default["OPTIONS"] = {key: value for key, value in default["OPTIONS"].items() if key != "pool"}
    original = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = start_over  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[method-assign]
    connections.close_all()


@pytest.fixture
def database_url(transactional_db: None, clone: Clone) -> str:
    """The clone's address as ``app``, for child processes of a test."""
    return clone.address(roles.APP).url()


@pytest.fixture
def owner_url(transactional_db: None, clone: Clone) -> str:
    """The clone's address as ``owner``."""
    return clone.address(roles.OWNER).url()


@pytest.fixture
def owner_connection(transactional_db: None, clone: Clone) -> Iterator[psycopg.Connection]:
    """Superuser SQL behind the application's back. Sees committed rows only, so the test is transactional."""
    with psycopg.connect(clone.address(roles.SUPERUSER).url(), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def data_root() -> Iterator[Path]:
    """Below it every test gets its own ``BIHUAN_DATA``."""
    with tempfile.TemporaryDirectory(prefix="bihuan-test-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session", autouse=True)
def names_do_not_expire() -> None:
    """Statements are counted: a remembered name must not be asked anew in the middle of a test because a minute is over."""
    from bihuan.capabilities.hazards import naming

    naming.KEPT = float("inf")


@pytest.fixture(autouse=True)
def bihuan_data(data_root: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Keys, seals and files of this test alone; the folder appears when something is written."""
    before = {name: os.environ.pop(name, None) for name in ("BIHUAN_DATA", "BIHUAN_DEMO", "DATABASE_URL")}
    folder = data_root / f"{abs(hash(request.node.nodeid)):x}"
    os.environ["BIHUAN_DATA"] = str(folder)
    env.current.cache_clear()
    settings.BIHUAN_DATA = folder
    for known in (words.DEEDS, words.HANDS):
        known.forget()  # what a test was told is committed may go with it
    yield folder
    os.environ.pop("BIHUAN_DATA")
    os.environ.update({name: value for name, value in before.items() if value is not None})
    env.current.cache_clear()


CHROMIUM = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        if (found := shutil.which(name))
    ),
    None,
)
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser, once for all."""
    if CHROMIUM is None:
        pytest.skip("这台机器上没有 Chromium，浏览器测试未运行")
    from playwright.sync_api import sync_playwright

    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        # Whoever uses a browser has one that can read the names of files, whatever the shell of the tests says.
        told = {**os.environ, "LC_ALL": "C.UTF-8"}
        yield play.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS), env=told)
    if before is None:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
