"""JSON in its one form: no spaces, nothing escaped that JSON does not demand. Written for every entry, so written fast."""

from __future__ import annotations

import json
import json.encoder
from collections.abc import Callable, Sequence
from typing import Any

Encode = Callable[[Any], str]


def _refuse(value: Any) -> Any:
    raise TypeError(f"{type(value).__name__} has no place in the record")


def encoder(*, sort_keys: bool = False, default: Callable[[Any], Any] = _refuse) -> Encode:
    """What writes plain values; ``default`` turns others into plain ones.

    The standard library sets up its C encoder anew for every value, which takes longer than encoding an entry; here it is
    set up once. Without the C encoder the result is the same.
    """
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return json.JSONEncoder(
            ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys, default=default
        ).encode
    told = make(
        None, default, json.encoder.encode_basestring, None, ":", ",", sort_keys, False, False
    )  # fmt: skip

    def encode(value: Any) -> str:
        return "".join(told(value, 0))

    return encode


def alike(values: Sequence[Any]) -> bool:
    """Whether one column says the same in all rows; what may be equal and still be written in two ways never does."""
    first = values[0]
    if isinstance(first, dict | list) or first != values[-1] or values.count(first) < len(values):
        return False
    return isinstance(first, str) or len(set(map(type, values))) == 1
