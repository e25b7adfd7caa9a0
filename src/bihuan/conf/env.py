"""What the surroundings decide, read once and typed: where the data lives, which database, demo or real district.

Everything that differs between two installations is here; everything else is the same program.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DEMO_FOLDER = "demo"
DEMO_MARK = "demo.mark"
BEHIND = "horizon-behind"
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})


@dataclass(frozen=True, slots=True)
class Environment:
    """One installation. ``data`` is the folder of the district itself; for a demo it lies inside ``root``."""

    root: Path
    data: Path
    demo: bool
    database_url: str | None
    owner_url: str | None
    hosts: tuple[str, ...]
    https: bool
    demo_code: str
    pooled: bool

    @property
    def embedded(self) -> bool:
        """Whether the district keeps its own PostgreSQL inside its folder."""
        return self.database_url is None

    @property
    def postgres(self) -> Path:
        """The folder of the embedded server: cluster, locks, socket, log."""
        return self.data / "postgres"


def read(environ: Mapping[str, str]) -> Environment:
    """Work out the installation from environment variables, without touching the disk.

    Without ``BIHUAN_DEMO`` the real district is meant as soon as it exists; a folder that holds only a demo
    means the demo, so that every command works on what ``make up`` has built.
    """
    root = Path(environ.get("BIHUAN_DATA") or "data").expanduser().absolute()
    database_url = environ.get("DATABASE_URL") or None
    inside_demo = (root / DEMO_MARK).exists()
    demo = inside_demo or _demo_meant(environ, root, database_url)
    data = root / DEMO_FOLDER if demo and not inside_demo else root
    hosts = tuple(name.strip() for name in environ.get("BIHUAN_HOSTS", "").split(",") if name.strip())
    return Environment(
        root=root,
        data=data,
        demo=demo,
        database_url=None if demo else database_url,
        owner_url=None if demo else environ.get("DATABASE_OWNER_URL") or database_url,
        hosts=hosts,
        https=environ.get("BIHUAN_HTTPS", "").lower() in TRUE_WORDS,
        demo_code=environ.get("BIHUAN_DEMO_CODE", ""),
        pooled=environ.get("BIHUAN_POOL", "").lower() in TRUE_WORDS,
    )


def _demo_meant(environ: Mapping[str, str], root: Path, database_url: str | None) -> bool:
    said = environ.get("BIHUAN_DEMO", "").lower()
    if said:
        return said in TRUE_WORDS
    if database_url or (root / "postgres").exists():
        return False
    return (root / DEMO_FOLDER / DEMO_MARK).exists()


@cache
def current() -> Environment:
    """The installation of this process. ``current.cache_clear()`` after changing the variables."""
    return read(os.environ)


def private_folder(path: Path) -> Path:
    """``path`` as a folder only its owner may open, made when missing."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def data_folder() -> Path:
    """The folder of the district: everything that must be kept lies below it."""
    return private_folder(current().data)


def keys_folder() -> Path:
    """Private keys: the signing key of pages, the vault's master key, the seal key."""
    return private_folder(data_folder() / "keys")


def seals_folder() -> Path:
    """Seals of the record, meant to be handed out."""
    return private_folder(data_folder() / "seals")


def files_folder() -> Path:
    """Attachments, under names that say nothing."""
    return private_folder(data_folder() / "files")


def secret_key() -> str:
    """The key that signs sessions and forms.

    A process that only looks at the code (type checker, a first start) gets one that dies with it; the key that
    lasts is written by :func:`keep_secret_key`.
    """
    try:
        return (current().data / "keys" / "django.key").read_text(encoding="ascii").strip()
    except OSError:
        return secrets.token_urlsafe(50)


def keep_secret_key() -> None:
    """Write the lasting key, once, readable by its owner only."""
    path = keys_folder() / "django.key"
    if path.exists():
        return
    fresh = path.with_name(f"django.key.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
