"""A child of ``bihuan up`` ends with its parent, however that ended."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
SUPERVISED = "BIHUAN_SUPERVISED"


def end_with_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """Have Linux send ``how`` when the parent dies. Only under ``bihuan up``; elsewhere parents have their own ways.

    ``make up`` sets the same variable, so that killing make ends the installation too.
    """
    if sys.platform != "linux" or SUPERVISED not in os.environ:
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(0)


def end_when_parent_does() -> None:
    """For a program between fork and exec: on Linux it is killed with its parent, so that no half-made cluster or load
    goes on behind the back of the next start.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
