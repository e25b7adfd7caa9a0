"""A child of ``bihuan up`` ends with its parent, however that ended."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
SUPERVISED = "BIHUAN_SUPERVISED"


def end_with_parent() -> None:
    """Have Linux send SIGTERM when the parent dies. Only under ``bihuan up``; elsewhere parents have their own ways."""
    if sys.platform != "linux" or SUPERVISED not in os.environ:
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent or parent == 1:
        sys.exit(0)
