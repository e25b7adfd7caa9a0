"""Chinese search on core PostgreSQL: a text is kept as the pairs of its neighbouring characters.

A phrase query over pairs finds exactly the texts that contain the words asked for, without a dictionary that would
have to guess where words end.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

MOST_PLACES = 16_000
"""PostgreSQL numbers the places of a text up to 16,383."""

_PLACES = [f"':{place} '" for place in range(1, MOST_PLACES + 1)]
_RUN = re.compile(r"[0-9a-z\u3400-\u9fff\uf900-\ufaff]+")


@lru_cache(maxsize=16_384)
def _runs(text: str) -> list[str]:
    """The stretches of letters and figures; names, places and findings recur by the thousand."""
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def pairs_literal(*texts: str) -> str:
    """A ``tsvector`` literal of the character pairs of ``texts``; a gap keeps words of two texts from touching.

    A pair that occurs again is written again: PostgreSQL joins the places of one pair itself.
    """
    whole = " ".join([run for text in texts for run in _runs(text)])
    pairs = [
        f"{one}{two}{place}"
        for one, two, place in zip(whole, whole[1:] + " ", _PLACES, strict=False)
        if one != " "
    ]
    return f"'{''.join(pairs)[:-2]}".replace(" ':", "':") if pairs else ""


def pairs_query(text: str) -> str:
    """A ``tsquery`` that every text containing all runs of ``text`` answers; empty when nothing can be searched."""
    phrases = []
    for run in _runs(text):
        if len(run) == 1:
            phrases.append(f"'{run}':*")
            continue
        pairs = [run[index : index + 2] for index in range(len(run) - 1)]
        phrases.append("(" + " <-> ".join(f"'{pair}'" for pair in pairs) + ")")
    return " & ".join(phrases)


class PairsField(models.Field[Any, Any]):
    """A ``tsvector`` column of character pairs; its Python value is the literal of :func:`pairs_literal`."""

    def db_type(self, connection: Any) -> str:
        return "tsvector"

    def get_internal_type(self) -> str:
        return "PairsField"


def containing(column: str, text: str) -> Q:
    """Rows whose ``column`` (a qualified tsvector column) contains every run of ``text``."""
    query = pairs_query(text)
    if not query:
        return Q(pk__in=[])
    return Q(RawSQL(f"{column} @@ %s::tsquery", [query], output_field=models.BooleanField()))  # noqa: S611
