"""``bihuan backup`` and ``bihuan restore``: one archive for the district, a second file for what must stay secret."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from bihuan.commands.answers import answer, say
from bihuan.commands.setup import choose, make_ready
from bihuan.conf import env
from bihuan.kernel.errors import Refused

PASSPHRASE = "BIHUAN_BACKUP_PASSPHRASE"  # noqa: S105
SHORTEST = 10
WITHOUT_KEYS = (
    "没有密钥文件时：\n"
    "  · 密封内容（举报人、受害人、暗访对象等）无法读取；\n"
    "  · 个人签名私钥无法使用，各人下次签名时另发新钥，旧签名仍可验证；\n"
    "  · 今后的封存改用新的封存密钥，旧封存仍可用旧公钥验证；\n"
    "  · 所有人须重新登录。\n"
    "记录、附件、封存与公钥都在备份文件中，不受影响。"
)


def register(subparsers: Any) -> None:
    """Add both commands."""
    backup = subparsers.add_parser("backup", help="备份为一个文件")
    backup.add_argument("file", type=Path, metavar="文件")
    backup.add_argument("--keys-to", type=Path, metavar="文件", help="把密钥用口令加密后另存为这个文件")
    backup.set_defaults(run=back_up)
    restore = subparsers.add_parser("restore", help="从备份恢复到一个空的数据目录")
    restore.add_argument("file", type=Path, metavar="文件")
    restore.add_argument("--keys", type=Path, metavar="文件", help="备份时另存的密钥文件")
    restore.set_defaults(run=bring_back, database=False)


def back_up(arguments: Namespace) -> int:
    """Write the archive and, asked to, the keys; work may go on meanwhile.

    Raises:
        Refused: a file of that name is there, or the passphrase is too short.
    """
    from bihuan.commands import archive_writing, key_bundle, last_backup
    from bihuan.kernel.crypto import custody

    for path in filter(None, (arguments.file, arguments.keys_to)):
        if path.exists():
            raise Refused.because("backup.file_exists", f"文件 {path} 已存在，请换一个名称。")
        if not path.absolute().parent.is_dir():
            raise Refused.because("backup.no_folder", f"目录 {path.absolute().parent} 不存在。")
    passphrase = _passphrase(twice=True) if arguments.keys_to else ""
    with custody.unchanging():
        made = archive_writing.write(arguments.file.absolute())
        if arguments.keys_to:
            key_bundle.write(arguments.keys_to.absolute(), env.keys_folder(), passphrase)
    last_backup.note(arguments.file.absolute(), keys=bool(arguments.keys_to))
    if arguments.keys_to:
        kept = f"密钥已加密存入 {arguments.keys_to}，请与备份文件分开保管；忘记口令便无法打开。"
    else:
        kept = f"未备份密钥（--keys-to 文件）。{WITHOUT_KEYS}"
    payload = {
        "file": str(arguments.file),
        "bytes": made.size,
        "sha256": made.sha256,
        "keys": str(arguments.keys_to) if arguments.keys_to else None,
    }
    answer(
        arguments,
        payload,
        f"已备份到 {arguments.file}（{made.size:,} 字节，SHA-256 {made.sha256}）。\n{kept}",
    )
    return 0


def bring_back(arguments: Namespace) -> int:
    """Load an archive into an empty data folder or database.

    Raises:
        Refused: not an archive, the target is not empty, or the passphrase does not open the keys.
    """
    from bihuan.cli import database
    from bihuan.commands import archive_reading, key_bundle

    archive = archive_reading.open_archive(arguments.file)
    choose(archive.demo)
    keys = key_bundle.read(arguments.keys, _passphrase(twice=False)) if arguments.keys else {}
    with database():
        archive_reading.require_empty()
        archive_reading.load(archive)
        key_bundle.place(keys, env.keys_folder())
        name = make_ready()
    if not keys:
        say(WITHOUT_KEYS)
    kind = "演示区" if archive.demo else "正式区"
    payload = {
        "district": name,
        "demo": archive.demo,
        "made_at": archive.made_at,
        "keys": bool(keys),
        "bound_by": archive.key,
    }
    bound = (
        f"备份内容与备份时一致，由封存密钥 {archive.key} 签名，请与纸上所记的指纹核对。"
        if archive.key
        else ""
    )
    answer(
        arguments,
        payload,
        f"已恢复{kind} {name}（备份于 {archive.made_at}），数据在 {env.current().data}。\n{bound}"
        "请接着运行 bihuan record verify 逐条核对留痕；手里有交出过的封存文件的，加上 --seals 文件夹。",
    )
    return 0


def _passphrase(*, twice: bool) -> str:
    given = os.environ.get(PASSPHRASE)
    if given is None and sys.stdin is not None and sys.stdin.isatty():
        given = getpass.getpass("密钥口令：")
        if twice and getpass.getpass("再输入一次：") != given:
            raise Refused.because("backup.passphrase_differs", "两次输入的口令不同，请重新执行。")
    elif given is None and sys.stdin is not None:
        given = sys.stdin.readline().rstrip("\n")
    if not given or len(given) < SHORTEST:
        raise Refused.because(
            "backup.passphrase_short",
            f"口令至少 {SHORTEST} 个字。请在提示时输入，或写入环境变量 {PASSPHRASE}，或由标准输入给出。",
        )
    return given
