"""The commands of ``bihuan``, one module a group.

A module defines ``register(subparsers)`` and gives each parser ``set_defaults(run=function)``; the function takes the
parsed arguments and returns the exit status (0 done, 1 refused). It runs with the database up and Django ready unless
the parser says ``database=False``. It answers through :mod:`bihuan.commands.answers` and refuses by raising
:class:`bihuan.kernel.errors.Refused`. At the top of a module import nothing that needs models.
"""
