"""The machine, named, so that a number can be compared with another of its kind."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path

from bihuan.conf import binaries


def processor() -> str:
    """What the processor calls itself."""
    told = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", told.read_text()) if told.exists() else None
    return found[1] if found else platform.processor() or platform.machine()


def memory() -> float:
    """GB of memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def described() -> str:
    """One line: processor, cores, memory, system, PostgreSQL, Python, and how busy it was with other things."""
    server = subprocess.run(
        [binaries.program("postgres", binaries.NEWEST), "--version"], capture_output=True, text=True
    )
    version = re.search(r"[\d.]+", server.stdout)
    load = os.getloadavg()[0]
    return (
        f"{processor()}, {os.cpu_count()} cores, {memory():.0f} GB, {platform.system()} {platform.release()}, "
        f"PostgreSQL {version[0] if version else '?'} (embedded), Python {platform.python_version()}, "
        f"load before the run {load:.1f}"
    )
