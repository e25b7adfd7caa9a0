"""The dictionaries, read once. Words live in ``words.toml`` and ``offices.toml`` so that extending them is no code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def words(*path: str) -> tuple[str, ...]:
    """A list of ``words.toml``, longest first, so that the longest word wins."""
    return longest_first(_at("words.toml", path))


def offices() -> dict[str, str | list[str]]:
    """Short word of a department to the name of its office; a pair is (in a district, in a county)."""
    found: dict[str, str | list[str]] = _table("offices.toml")["offices"]
    return found


def unit_words(*path: str) -> tuple[str, ...]:
    """A list of ``offices.toml``, longest first."""
    return longest_first(_at("offices.toml", path))


@cache
def families() -> dict[str, str]:
    """Every obligation verb to its family."""
    return {verb: family for family, verbs in _table("words.toml")["verbs"].items() for verb in verbs}


def longest_first(found: Iterable[str]) -> tuple[str, ...]:
    """The same words, each once, longest first."""
    return tuple(sorted(dict.fromkeys(found), key=lambda word: (-len(word), word)))


def one_of(found: Iterable[str]) -> str:
    """A regular expression that matches one of the words, the longest that fits."""
    return "(?:" + "|".join(re.escape(word) for word in longest_first(found)) + ")"


def _at(name: str, path: tuple[str, ...]) -> list[str]:
    found: Any = _table(name)
    for step in path:
        found = found[step]
    return list(found)
