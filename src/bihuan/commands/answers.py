"""How a command speaks: the answer to standard output, everything said on the way to standard error."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO

from bihuan.kernel.errors import Failure, Refused

_out: TextIO | None = None


class WrongUsage(Refused):
    """用法有误：命令写得不完整或前后矛盾。"""

    @classmethod
    def saying(cls, message: str) -> WrongUsage:
        """The command line itself is wrong, as only the command can tell; exit status 2."""
        return cls(Failure("cli.wrong_usage", message))


def say(text: str) -> None:
    """A remark for whoever watches; never part of the answer."""
    print(text, file=sys.stderr, flush=True)


def answer(arguments: Namespace, payload: Mapping[str, Any], text: str) -> None:
    """The one answer of a command: ``payload`` as a JSON object with ``--json``, else ``text``."""
    shown = json.dumps(payload, ensure_ascii=False) if getattr(arguments, "json", False) else text
    print(shown, file=_out or sys.stdout, flush=True)


def refuse(arguments: Namespace, refusal: Refused) -> int:
    """Give all reasons and the exit status of a refusal."""
    for failure in refusal.failures:
        say(failure.message)
    if getattr(arguments, "json", False):
        reasons = [{"code": f.code, "message": f.message, "field": f.field} for f in refusal.failures]
        answer(arguments, {"code": "refused", "failures": reasons}, "")
    return 1


@contextmanager
def pure_output(arguments: Namespace) -> Iterator[None]:
    """With ``--json``, send every stray ``print`` to standard error so that the answer stands alone."""
    global _out
    if not getattr(arguments, "json", False):
        yield
        return
    _out, sys.stdout = sys.stdout, sys.stderr
    try:
        yield
    finally:
        sys.stdout, _out = _out, None
