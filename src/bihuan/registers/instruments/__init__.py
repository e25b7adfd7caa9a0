"""Enforcement documents (执法文书): numbered, signed, served and bound into a dossier (M123, M125–M127).

The room knows kinds, facts and paper; which matter a document belongs to it knows by uid and loop alone, and a document is
seen exactly where its matter is seen. What a capability uses:

- ``kinds.kind(slug, on)``: the fields, signing places, basis and marks of a kind on a day; ``kinds.all_kinds()``.
- ``issuing.issue(slug, matter, facts, on=, actor=)`` at the end of a deed's transaction; ``issuing.void``.
- ``shelf.instruments_of``, ``has``, ``latest``; ``shelf.access_instrument`` and ``visible_instruments`` are the doors.
- ``organs.keep(agency, Organ(...), actor)``: what papers say of an organ; without it nothing is issued.
"""
