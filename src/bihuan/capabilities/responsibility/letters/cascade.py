"""目标层层分解: what a level gives on may never exceed what it was given (M007).

Letters to towns cut the district by place, letters to departments by sector: the same accident counts in both, so each
level is added up by itself. Whoever changes a letter first locks the giving side's year, by name rather than by row, so
that two signing at once are judged one after the other even where the letter above is not there yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.responsibility.letters.states import LetterLevel
from bihuan.capabilities.responsibility.letters.targets import Target, TargetKind, of, percent
from bihuan.kernel.errors import Failure

NAMED = 8
"""So many letters below are named in a refusal, the largest first."""
Given = tuple[str, str, Sequence[Target]]
"""Level, name of the receiving side, and its targets."""


def lock(year: int, *keys: str) -> None:
    """Hold the letters that ``keys`` give in ``year`` until this transaction ends; in one order for everybody."""
    with connection.cursor() as cursor:
        for key in sorted(set(keys)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"letters:{year}:{key}"])


def above(letter: Letter) -> Letter | None:
    """The letter that the giving side was itself given for the year."""
    return Letter.objects.filter(year=letter.year, receiver_key=letter.issuer_key, ended=False).first()


def below(letter: Letter) -> list[Letter]:
    """The letters the receiving side gives on, in force or not: what is drafted is spoken for."""
    rows = Letter.objects.filter(year=letter.year, issuer_key=letter.receiver_key, ended=False)
    return list(rows.exclude(pk=letter.pk).order_by("level", "receiver_name"))


def beside(letter: Letter) -> list[Letter]:
    """The other letters of the same giving side and level."""
    rows = Letter.objects.filter(
        year=letter.year, issuer_key=letter.issuer_key, level=letter.level, ended=False
    )
    return list(rows.exclude(pk=letter.pk).order_by("receiver_name"))


def given(letters: Iterable[Letter]) -> list[Given]:
    return [(letter.level, letter.receiver_name, of(letter.targets)) for letter in letters]


def failures_of(letter: Letter, targets: Sequence[Target]) -> Iterator[Failure]:
    """What stands against ``letter`` having ``targets``, seen from the letter above and from those below.

    The caller holds no lock yet: it is taken here, for the rest of the transaction.
    """
    lock(letter.year, letter.issuer_key, letter.receiver_key)
    upper = above(letter)
    own: Given = (letter.level, letter.receiver_name, targets)
    if upper is not None:
        yield from excesses(upper.issuer_name, of(upper.targets), [*given(beside(letter)), own])
    yield from excesses(letter.issuer_name, targets, given(below(letter)))


def excesses(issuer: str, allowed: Sequence[Target], parts: Sequence[Given]) -> Iterator[Failure]:
    """Caps whose parts add up to more than was given, and floors that were lowered; level by level."""
    for level in dict.fromkeys(level for level, _, _ in parts):
        mine = [(name, targets) for one, name, targets in parts if one == level]
        for target in allowed:
            if target.kind is TargetKind.CAP:
                yield from _exceeded(issuer, target, LetterLevel(level), mine)
            elif target.kind is TargetKind.FLOOR:
                yield from _lowered(issuer, target, mine)


def _exceeded(
    issuer: str, target: Target, level: LetterLevel, parts: Sequence[tuple[str, Sequence[Target]]]
) -> Iterator[Failure]:
    amounts = [(name, one.limit or 0) for name, one in _fitting(target, parts) if one.limit]
    total = sum(amount for _, amount in amounts)
    if total <= (target.limit or 0):
        return
    largest = sorted(amounts, key=lambda pair: -pair[1])
    named = "、".join(f"{name} {amount}" for name, amount in largest[:NAMED])
    more = f" 等 {len(amounts)} 个单位" if len(amounts) > NAMED else ""
    yield Failure(
        "letter.cap_exceeded",
        f"“{target.label}”（{level.label}）分解合计 {total} {target.unit}，超过{issuer}下达的 {target.limit} {target.unit}，"
        f"超出 {total - (target.limit or 0)} {target.unit}：{named}{more}。请调减后再保存",
        "targets",
    )


def _lowered(issuer: str, target: Target, parts: Sequence[tuple[str, Sequence[Target]]]) -> Iterator[Failure]:
    low = [
        (name, one.limit or 0)
        for name, one in _fitting(target, parts)
        if (one.limit or 0) < (target.limit or 0)
    ]
    if low:
        named = "、".join(f"{name} {percent(limit)}%" for name, limit in low[:NAMED])
        yield Failure(
            "letter.floor_lowered",
            f"“{target.label}”不得低于{issuer}下达的 {percent(target.limit or 0)}%：{named}。请调高后再保存",
            "targets",
        )


def _fitting(target: Target, parts: Sequence[tuple[str, Sequence[Target]]]) -> Iterator[tuple[str, Target]]:
    for name, targets in parts:
        for one in targets:
            if one.label == target.label and one.kind is target.kind:
                yield name, one
