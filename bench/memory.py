"""What a web worker holds after its pages have been walked by several people."""

from __future__ import annotations

import re
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.district import child, district, serving
from bench.results import Measured

HAZARDS = 20_000
USERS = ("office", "clerk_east", "regulator", "safety", "auditor")
PAGES = (
    "/", "/hazards/", "/hazards/?tab=all", "/hazards/?tab=closed&source=routine", "/hazards/?q=%E7%81%AD%E7%81%AB%E5%99%A8",
    "/hazards/new/report/", "/enterprises/", "/figures/", "/filings/", "/reports/", "/notices/", "/record/", "/import/",
    "/hazards/export.xlsx?tab=open",
)  # fmt: skip
ROUNDS = 12


def measure() -> Iterator[Measured]:
    """Resident memory of the largest worker; shared pages of the interpreter are counted in it."""
    with district() as data:
        child(data, "bulk:prepare")
        child(data, "bulk:fill", rows=HAZARDS)
        sessions = {user: child(data, "memory:session", user=user) for user in USERS}
        with serving(data) as base:
            before = max(_workers(data).values())
            for _ in range(ROUNDS):
                for key in sessions.values():
                    _walk(base, key)
            workers = _workers(data)
        note = f"{len(workers)} workers, {before:.0f} MB before the first page"
        yield Measured(
            f"memory of a web worker after {ROUNDS * len(USERS) * len(PAGES):,} pages",
            max(workers.values()),
            "MB",
            130,
            100,
            note=note,
        )


def session(user: str) -> str:
    """A signed-in session of ``user``."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from bihuan.kernel import clock
    from bihuan.kernel.people.models import User

    found = User.objects.get(username=user)
    store = SessionStore()
    store[SESSION_KEY] = str(found.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = found.get_session_auth_hash()
    store["confirmed_at"] = clock.now().isoformat()
    store.save()
    return str(store.session_key)


def _walk(base: str, key: str) -> None:
    for page in PAGES:
        asked = urllib.request.Request(base + page, headers={"Cookie": f"bihuan_session={key}"})
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                answer.read()
        except urllib.error.HTTPError as refused:
            if refused.code >= 500:
                raise


def _workers(data: Path) -> dict[int, float]:
    """MB by process for the children of this district's web server."""
    listed = subprocess.run(
        ["ps", "-eo", "pid,ppid,rss,args"], capture_output=True, text=True, check=True
    ).stdout
    rows = [
        match.groups() for match in re.finditer(r"^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$", listed, re.MULTILINE)
    ]
    servers = {pid for pid, _, _, words in rows if "bihuan.conf.web" in words and _serves(int(pid), data)}
    found = {
        int(pid): int(rss) / 1024
        for pid, parent, rss, words in rows
        if parent in servers and "tracker" not in words
    }
    if not found:
        raise SystemExit("no web worker found")
    return found


def _serves(pid: int, data: Path) -> bool:
    surroundings = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return f"BIHUAN_DATA={data}".encode() in surroundings
