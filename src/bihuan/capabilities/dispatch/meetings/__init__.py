"""Meetings and what they decided; leaders' visits and what they found."""
