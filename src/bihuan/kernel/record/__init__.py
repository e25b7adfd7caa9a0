"""The record: what was done to every matter, append-only, chained by SM3 and sealed into files that can be
handed out.

Whoever opens the database can change a row; nobody can change it unseen once the seal that names it has left
the house.
"""

from bihuan.kernel.record.appending import append
from bihuan.kernel.record.entries import Entry, NewEntry, chained, digest_of, genesis
from bihuan.kernel.record.reading import FoundEntries, entries_of, search

__all__ = [
    "Entry",
    "FoundEntries",
    "NewEntry",
    "append",
    "chained",
    "digest_of",
    "entries_of",
    "genesis",
    "search",
]
