"""Reading a backup into an empty installation."""

from __future__ import annotations

import json
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import psycopg

from bihuan.commands import archive_binding
from bihuan.commands.archive_writing import DUMP, FORMAT, MANIFEST
from bihuan.conf import binaries, env, preparing, roles
from bihuan.kernel.errors import Refused

BOUND_SINCE = 2


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that has been looked into."""

    path: Path
    demo: bool
    made_at: str
    key: str


def open_archive(path: Path) -> Archive:
    """Read what the archive says about itself.

    Raises:
        Refused: no such file, not an archive of this program, of a later version, or changed since it was made.
    """
    try:
        with tarfile.open(path, "r:") as archive:
            member = archive.next()
            if member is None or member.name != MANIFEST:
                raise KeyError(MANIFEST)
            file = archive.extractfile(member)
            manifest = json.loads(file.read()) if file else {}
            found, demo, made_at = int(manifest["format"]), bool(manifest["demo"]), str(manifest["made_at"])
    except (OSError, KeyError, ValueError, tarfile.TarError) as error:
        raise Refused.because("restore.not_an_archive", f"{path} 不是本系统的备份文件，或已损坏。") from error
    if found > FORMAT:
        raise Refused.because("restore.too_new", f"{path} 由更新的版本备份，请先升级本程序。")
    return Archive(path, demo, made_at, _bound_by(path) if found >= BOUND_SINCE else "")


def _bound_by(path: Path) -> str:
    """The key under which everything in the archive is as it was.

    Raises:
        Refused: it was changed since; each member is named (``restore.tampered``).
    """
    try:
        checked = archive_binding.check(path)
    except (OSError, KeyError, TypeError, ValueError, tarfile.TarError) as error:
        raise Refused.because("restore.tampered", f"备份文件 {path} 已损坏，没有恢复。") from error
    if checked.faults:
        told = "；".join(checked.faults[:10])
        more = f"；另有 {len(checked.faults) - 10} 处" if len(checked.faults) > 10 else ""
        raise Refused.because(
            "restore.tampered", f"备份文件 {path} 与备份时不同，没有恢复：{told}{more}。请换用另一份备份。"
        )
    return checked.key


def require_empty() -> None:
    """Never write over a district.

    Raises:
        Refused: tables or files are there already.
    """
    with psycopg.connect(roles.installed_owner().url()) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    used = [
        folder
        for folder in (env.files_folder(), env.seals_folder(), env.keys_folder())
        if any(folder.iterdir())
    ]
    if row != (0,) or used:
        raise Refused.because(
            "restore.not_empty",
            f"数据目录 {env.current().data} 或其数据库中已有内容，恢复不会覆盖它。请用 BIHUAN_DATA 指定一个空目录。",
        )


def load(archive: Archive) -> None:
    """Database first, in one transaction, then files and seals; the note that the record's count must catch up."""
    address = roles.installed_owner()
    dump = env.data_folder() / "restore.dump"
    try:
        with tarfile.open(archive.path, "r:") as tar:
            for member in tar:
                if member.name == DUMP:
                    _extract(tar, member, dump)
                    preparing.leave_behind()
                    with roles.only_dumped_rights(address):
                        binaries.run(
                            "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner",
                            f"--dbname={address.without_password().url()}", str(dump), password=address.password,
                        )  # fmt: skip
                else:
                    _place(tar, member)
    finally:
        dump.unlink(missing_ok=True)


def _place(tar: tarfile.TarFile, member: tarfile.TarInfo) -> None:
    """Only plain files below the two folders we wrote; an archive is a file from elsewhere."""
    parts = PurePosixPath(member.name).parts
    if not member.isfile() or len(parts) < 2 or ".." in parts:
        return
    folders = {"files": env.files_folder(), "seals": env.seals_folder()}
    if parts[0] in folders:
        target = folders[parts[0]].joinpath(*parts[1:])
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _extract(tar, member, target)


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    source = tar.extractfile(member)
    if source is None:
        return
    with source, target.open("wb") as file:
        target.chmod(0o644 if target.suffix in {".seal", ".pub"} else 0o600)
        shutil.copyfileobj(source, file)
