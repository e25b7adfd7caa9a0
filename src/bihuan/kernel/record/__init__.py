"""The record: what was done to every matter, append-only, chained by SM3, sealed into files to be handed out.

Whoever opens the database can change a row; nobody can do it unseen once the seal that names it has left.
"""

from bihuan.kernel.record.appending import append
from bihuan.kernel.record.entries import Entry, NewEntry, Signed, chained, digest_of, genesis
from bihuan.kernel.record.reading import FoundEntries, ends_of, entries_of, search

__all__ = [
    "Entry",
    "FoundEntries",
    "NewEntry",
    "Signed",
    "append",
    "chained",
    "digest_of",
    "ends_of",
    "entries_of",
    "genesis",
    "search",
]
