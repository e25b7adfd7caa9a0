"""Matter numbers: ``370403-H2026-000412``."""

from __future__ import annotations

import re

from django.db import connection

_REGION = re.compile(r"\d{6}")
_LETTER = re.compile(r"[A-Z]")


def matter_numbers(region6: str, letter: str, year: int, count: int) -> list[str]:
    """``count`` new numbers of one kind and year, in order, drawn in one statement.

    Numbers come from a PostgreSQL sequence per letter and year, so writers never wait for each other and a
    transaction that fails leaves a gap. Past 999999 the number simply grows longer.

    Raises:
        ValueError: not six digits, one capital letter, a year of 1900-2200 or a count of at least one.
    """
    _check(letter, year)
    if not _REGION.fullmatch(region6) or count < 1:
        raise ValueError(f"no matter numbers for region {region6!r}, count {count}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT numbering_draw(%s, %s, %s)", [letter, year, count])
        (drawn,) = cursor.fetchone()
    return [f"{region6}-{letter}{year}-{number:06d}" for number in drawn]


def prepare(letter: str, year: int) -> None:
    """Make the sequence of a kind and year ahead of time.

    The first draw of a year would otherwise create it inside its own transaction, and others would wait for
    that one; set-up and the turn of the year call this.
    """
    _check(letter, year)
    with connection.cursor() as cursor:
        cursor.execute("SELECT numbering_prepare(%s, %s)", [letter, year])


def prepare_year(year: int) -> None:
    """Make the sequences of ``year`` for every letter that has been used in any year."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT upper(substr(relname, 11, 1)) FROM pg_class "
            "WHERE relkind = 'S' AND relname ~ '^matter_no_[a-z]_[0-9]{4}$'"
        )
        letters = [letter for (letter,) in cursor.fetchall()]
    for letter in letters:
        prepare(letter, year)


def _check(letter: str, year: int) -> None:
    if not _LETTER.fullmatch(letter) or not 1900 <= year <= 2200:
        raise ValueError(f"no matter numbers for letter {letter!r}, year {year}")
