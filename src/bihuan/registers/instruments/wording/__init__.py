"""From facts to the words of an official paper: one composer, and the fixed wording of every kind."""

from bihuan.registers.instruments.wording.composing import Wording, compose

__all__ = ["Wording", "compose"]
