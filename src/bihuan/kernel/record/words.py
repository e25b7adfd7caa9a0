"""What entries repeat, kept once: which deed (kind, verb, states) and whose hand (account, name, post, signature).

Both tables are append-only like the record. Their content is under the digest of every entry that points at it, so a
word altered, exchanged or removed shows at each of those entries. Nothing is unique here: two deeds that bring the
same new word at once each write it, and neither waits for the other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from django.db import connection, transaction

from bihuan.kernel.record.entries import NewEntry, Signed


class Deed(NamedTuple):
    """What was done, and from which state to which."""

    kind: str
    verb: str
    from_state: str
    to_state: str


class Hand(NamedTuple):
    """Who did it, as named then, and how it was signed; ``signer`` is None when it bears no signature."""

    actor_id: str
    actor_name: str
    actor_post: str
    signer: int | None
    signed_as: str
    key: str
    witness: str

    @property
    def signed(self) -> Signed | None:
        """The signature the entry bears, if any."""
        return None if self.signer is None else Signed(self.signer, self.signed_as, self.key, self.witness)


Word = TypeVar("Word", Deed, Hand)


class _Learnt(Generic[Word]):
    """Words of one transaction, known to all that follow once it is committed."""

    def __init__(self, known: dict[Word, int], found: dict[Word, int]) -> None:
        self.known: dict[Word, int] = known
        self.found: dict[Word, int] = found

    def __call__(self) -> None:
        self.known.update(self.found)


class _Words(Generic[Word]):
    """One table of words. What is known to be committed is remembered for as long as the connection lives."""

    def __init__(self, table: str, word: type[Word], looked_up_by: str) -> None:
        self._make: Callable[[Iterable[Any]], Word] = word._make
        columns, places = ", ".join(word._fields), ", ".join(["%s"] * len(word._fields))
        self._all = f"SELECT id, {columns} FROM {table}"  # noqa: S608 constants only
        self._some = f"{self._all} WHERE {looked_up_by} = ANY(%s) ORDER BY id DESC"
        self._place = word._fields.index(looked_up_by)
        self._insert, self._row = f"INSERT INTO {table} ({columns}) VALUES ", f"({places})"  # noqa: S608
        self._known: WeakKeyDictionary[Hashable, dict[Word, int]] = WeakKeyDictionary()

    def numbers(self, words: Sequence[Word]) -> dict[Word, int]:
        """The number of each of ``words``; new ones are written within the transaction."""
        connection.ensure_connection()
        known = self._known.setdefault(connection.connection, {})
        wanted = set(words)
        missing = wanted.difference(known)
        if not missing:
            return known
        found = {word: known[word] for word in wanted - missing}
        for learnt in self._learnt(known):
            found |= {word: learnt.found[word] for word in wanted if word in learnt.found}
        missing -= found.keys()
        if missing:
            new = self._look_up(missing)
            fresh = [word for word in missing if word not in new]
            new |= self._write(fresh) if fresh else {}
            transaction.on_commit(_Learnt(known, new))
            found |= new
        return found

    def _learnt(self, known: dict[Word, int]) -> list[_Learnt[Word]]:
        """What this transaction found out or wrote. Django drops it from the list with the savepoint that is undone."""
        hooks = [hook for _, hook, *_ in connection.run_on_commit]
        return [hook for hook in hooks if isinstance(hook, _Learnt) and hook.known is known]

    def forget(self) -> None:
        """Let tests that undo what was committed start afresh."""
        self._known.clear()

    def all(self) -> dict[int, Word]:
        """Every word by its number."""
        with connection.cursor() as cursor:
            cursor.execute(self._all)
            return {row[0]: self._make(row[1:]) for row in cursor.fetchall()}

    def _look_up(self, words: Iterable[Word]) -> dict[Word, int]:
        with connection.cursor() as cursor:
            cursor.execute(self._some, [list({word[self._place] for word in words})])
            there = {self._make(row[1:]): row[0] for row in cursor.fetchall()}
        return {word: there[word] for word in words if word in there}

    def _write(self, words: Sequence[Word]) -> dict[Word, int]:
        with connection.cursor() as cursor:
            values = [value for word in words for value in word]
            cursor.execute(f"{self._insert}{', '.join([self._row] * len(words))} RETURNING id", values)
            return dict(zip(words, (row[0] for row in cursor.fetchall()), strict=True))


DEEDS = _Words("record_deed", Deed, "verb")
HANDS = _Words("record_hand", Hand, "actor_id")
_NOBODY = (None, "", "", "")


def deed_of(entry: NewEntry) -> Deed:
    """What ``entry`` says was done."""
    return Deed(entry.kind, entry.verb, entry.from_state, entry.to_state)


def hand_of(entry: NewEntry) -> Hand:
    """Who ``entry`` says did it."""
    return Hand(entry.actor_id, entry.actor_name, entry.actor_post, *(entry.signed or _NOBODY))
