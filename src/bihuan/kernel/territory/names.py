"""Names as people type them: full-width letters, stray spaces and two kinds of brackets are one and the same name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_BRACKETS = str.maketrans(
    {"[": "(", "【": "(", "〔": "(", "{": "(", "]": ")", "】": ")", "〕": ")", "}": ")"}
)


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """The form under which two spellings of one name meet: NFKC width, no white space, one kind of bracket, upper case."""
    folded = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    return _SPACES.sub("", folded).upper()
