"""When the installation was last backed up, so that nobody has to remember."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bihuan.conf import env
from bihuan.kernel import clock

FILE = "last-backup"


@dataclass(frozen=True, slots=True)
class Backup:
    """The newest backup made from here, whether or not its file still lies there."""

    made_at: datetime
    file: str
    keys: bool


def _path() -> Path:
    return env.current().data / FILE


def note(file: Path, *, keys: bool) -> None:
    """Write down that a backup has just been finished."""
    told = {"made_at": clock.now().isoformat(timespec="seconds"), "file": str(file), "keys": keys}
    draft = _path().with_name(FILE + ".part")
    draft.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    draft.replace(_path())


def read() -> Backup | None:
    """The newest backup; None when there was none, or nobody can read what was noted."""
    try:
        told = json.loads(_path().read_text(encoding="utf-8"))
        return Backup(datetime.fromisoformat(told["made_at"]), str(told["file"]), bool(told["keys"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
