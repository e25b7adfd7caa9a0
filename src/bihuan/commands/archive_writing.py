"""Writing a backup: a consistent dump of the database, then the files and seals that belong to it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg

import bihuan
from bihuan.commands.archive_binding import Bound
from bihuan.conf import binaries, env, preparing, roles
from bihuan.kernel import clock

FORMAT = 2
"""Since 2 an archive ends with the digests of what is in it, signed by the key that seals the record."""
MANIFEST = "manifest.json"
DUMP = "database.dump"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """A finished archive."""

    size: int
    sha256: str


def write(path: Path) -> Written:
    """Write the archive to the new file ``path``, whole or not at all.

    A seal in the archive must never cover an entry missing from the dump, and a seal registered in the dump must be
    there: so the seals are those present before the snapshot and those the snapshot knows.
    """
    draft, dump = path.with_name(path.name + ".part"), path.with_name(path.name + ".dump.part")
    before = _seals()
    try:
        known = _dump(dump)
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w+b") as file, tarfile.open(fileobj=file, mode="w") as archive:
            bound = Bound(archive)
            bound.add_text(MANIFEST, json.dumps(_manifest(), ensure_ascii=False, indent=1))
            bound.add(dump, DUMP)
            _add_folder(bound, env.files_folder(), "files")
            _add_seals(bound, before | known)
            bound.close()
            archive.close()
            file.flush()
            os.fsync(file.fileno())
            size, digest = file.tell(), _sha256(file)
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
        dump.unlink(missing_ok=True)
    return Written(size, digest)


def _manifest() -> dict[str, object]:
    demo, code, name = preparing.installation() or (False, "", "")
    return {
        "format": FORMAT,
        "bihuan": bihuan.__version__,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "demo": demo,
        "district_code": code,
        "district": name,
    }


def _dump(target: Path) -> set[str]:
    """Dump under one snapshot; returns the names of the seals registered in it."""
    address = roles.installed_owner()
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    with psycopg.connect(address.url()) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute(
            "SELECT pg_export_snapshot(), to_regclass('record_seal') IS NOT NULL"
        ).fetchone()
        snapshot, sealed = row or ("", False)
        rows = connection.execute("SELECT number FROM record_seal").fetchall() if sealed else []
        binaries.run(
            "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}",
            f"--dbname={address.without_password().url()}", password=address.password,
        )  # fmt: skip
    return {f"{number:06d}.seal" for (number,) in rows}


def _seals() -> set[str]:
    return {path.name for path in env.seals_folder().glob("*.seal")}


def _add_seals(bound: Bound, names: Iterable[str]) -> None:
    folder = env.seals_folder()
    for path in sorted(folder.iterdir()):
        if path.is_file() and (path.name in names or path.suffix == ".pub"):
            bound.add(path, f"seals/{path.name}")


def _add_folder(bound: Bound, folder: Path, name: str) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            bound.add(path, f"{name}/{path.relative_to(folder)}")


def _sha256(file: io.BufferedRandom) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
