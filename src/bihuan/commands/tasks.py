"""``bihuan tasks extract``: a speech or notice in, proposed tasks out. Nothing is written to the district."""

from __future__ import annotations

import hashlib
import sys
from argparse import ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bihuan.commands.answers import answer, say
from bihuan.conf import env
from bihuan.kernel.errors import Refused

if TYPE_CHECKING:
    from bihuan.capabilities.dispatch.speeches.units import Register

PASTED = "-"


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("tasks", help="任务")
    commands = parser.add_subparsers(dest="tasks_command", metavar="命令", required=True)
    extracting = commands.add_parser("extract", help="从讲话、通知中提出任务建议（只提建议，不立项）")
    extracting.add_argument("file", metavar="文件", help=".txt 或 .docx；写 - 则读取粘贴到标准输入的文字")
    extracting.add_argument(
        "--date", type=_day, metavar="日期", help="文件日期，如 2023-06-30，用来推算时限；不写则取文中日期"
    )
    extracting.add_argument("--out", type=Path, metavar="文件.xlsx", help="另存为工作簿，供逐条确认")
    extracting.set_defaults(run=extract_tasks, database=False)


def extract_tasks(arguments: Namespace) -> int:
    """Answer the proposals. Works before a district is set up too; names then follow the general dictionary alone."""
    from bihuan.capabilities.dispatch.speeches import sources, telling
    from bihuan.capabilities.dispatch.speeches.extraction import extract

    if arguments.out is not None:
        _may_write(arguments.out)
    given: str = arguments.file
    source = (
        sources.read_bytes(sys.stdin.buffer.read(sources.MOST_FILE_BYTES))
        if given == PASTED
        else sources.read_file(Path(given))
    )
    found = extract(source.text, _register(), arguments.date)
    if any(one.deadline.assumed for one in found):
        say("文中没有写明年份，时限的年份按今天推定，请核对；可用 --date 写明文件日期。")
    if arguments.out is not None:
        telling.write_sheet(arguments.out, found)
        say(f"已写入 {arguments.out}。")
    digest = hashlib.sha256(source.text.encode("utf-8")).hexdigest()
    payload = {
        "tasks": [one.json() for one in found],
        "source": {
            "form": source.form,
            "encoding": source.encoding,
            "characters": len(source.text),
            "sha256": digest,
        },
    }
    answer(arguments, payload, telling.in_words(found))
    return 0


def _may_write(target: Path) -> None:
    if target.suffix.lower() != ".xlsx":
        raise Refused.because("speech.bad_ending", f"“{target.name}”应以 .xlsx 结尾。", "out")
    if not target.absolute().parent.is_dir():
        raise Refused.because(
            "speech.no_folder", f"文件夹 {target.absolute().parent} 不存在，请先建立。", "out"
        )


def _register() -> Register | None:
    """The district's units, or None (said aloud) where there is no district or its database does not answer."""
    environment = env.current()
    if environment.embedded and not environment.postgres.exists():
        say("这里还没有建立行政区，单位名称按通用词典识别。")
        return None
    import django
    from django.db.utils import OperationalError

    from bihuan.cli import database

    try:
        with database():
            django.setup()
            from bihuan.capabilities.dispatch.register_names import register_names
            from bihuan.conf import preparing

            if preparing.installation() is not None:
                return register_names()
            say("这里还没有建立行政区，单位名称按通用词典识别。")
    except (Refused, OperationalError) as fault:
        say(f"数据库没有应答（{fault}），单位名称按通用词典识别。")
    return None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as reason:
        raise ArgumentTypeError(f"日期“{text}”应写成 2023-06-30 的形式") from reason
