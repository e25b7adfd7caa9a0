"""Enforcement documents (执法文书): numbered, signed, served and bound into a dossier (M123, M125–M127).

The room knows kinds, facts and paper; which matter a document belongs to it knows by uid alone.
"""
