"""Addresses survive being written and read, whatever is in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.conf.address import Address

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


@given(name=WORDS, user=WORDS, password=WORDS)
def test_an_address_reads_back_as_written(name: str, user: str, password: str) -> None:
    address = Address(
        name=name.lstrip("/") or "x", user=user, password=password, host="db.example", port="5433"
    )
    assert Address.parse(address.url()) == address


def test_a_socket_folder_travels_as_host() -> None:
    address = Address(name="bihuan", user="app", host="/var/lib/数据 1/socket", port="5432")
    assert Address.parse(address.url()) == address


def test_options_of_the_connection_are_kept() -> None:
    parsed = Address.parse("postgres://a@h/b?sslmode=verify-full&connect_timeout=3")
    assert parsed.options == {"sslmode": "verify-full", "connect_timeout": "3"}


@pytest.mark.parametrize("url", ["mysql://a@h/b", "postgresql://h", "bihuan"])
def test_what_is_no_address_of_ours_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="数据库地址"):
        Address.parse(url)
