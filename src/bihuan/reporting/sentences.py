"""Sentences are templates over figures: what a template says is fixed in code and may hold no digit of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import Formatter

from bihuan.kernel.documents import Run, Text

Part = str | Run | tuple[Run, ...]
DIGITS = re.compile(r"[0-9０-９]")
_formatter = Formatter()


def say(template: str, **parts: Part) -> tuple[Run, ...]:
    """The template with its ``{places}`` filled: by figures, or by words that are no numbers (a name, a date).

    Raises:
        ValueError: a digit stands in the template itself; somebody typed a number.
    """
    said: list[Run] = []
    for literal, name, _, _ in _formatter.parse(template):
        if DIGITS.search(literal):
            raise ValueError(f"a number is typed in a sentence: {literal!r}")
        if literal:
            said.append(Text(literal))
        if name:
            said += runs_of(parts[name])
    return joined(said)


def runs_of(part: Part) -> tuple[Run, ...]:
    """A part as runs."""
    if isinstance(part, str):
        return (Text(part),)
    return part if isinstance(part, tuple) else (part,)


def listed(items: Iterable[tuple[Run, ...]], mark: str = "、") -> tuple[Run, ...]:
    """Items one after the other with ``mark`` between."""
    said: list[Run] = []
    for item in items:
        said += [Text(mark), *item] if said else item
    return joined(said)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Neighbouring plain texts as one."""
    kept: list[Run] = []
    for run in runs:
        last = kept[-1] if kept else None
        if isinstance(run, Text) and isinstance(last, Text) and run.strong == last.strong:
            kept[-1] = Text(last.text + run.text, run.strong)
        else:
            kept.append(run)
    return tuple(kept)
