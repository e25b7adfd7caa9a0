"""``bihuan calendar``: when something falls due, and the years of statutory days a district loads itself."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path
from typing import Any

from bihuan.commands.answers import answer
from bihuan.conf import env
from bihuan.kernel.calendar.counting import Due, due
from bihuan.kernel.calendar.statutory import Statute, packaged


def register(subparsers: Any) -> None:
    """Add the commands."""
    parser = subparsers.add_parser("calendar", help="工作日与期限")
    commands = parser.add_subparsers(dest="calendar_command", metavar="命令", required=True)
    counting = commands.add_parser("due", help="计算届满日并说明理由；开始之日不计入")
    counting.add_argument("date", type=_date, metavar="日期", help="期限开始之日，如 2023-01-20")
    counting.add_argument("days", type=int, metavar="天数")
    counting.add_argument("--unit", choices=["working", "calendar"], required=True, help="工作日 | 自然日")
    counting.set_defaults(run=show_due, database=False)
    loading = commands.add_parser("load", help="载入国务院办公厅公布的年度放假安排（JSON）")
    loading.add_argument("file", type=Path, metavar="文件")
    loading.set_defaults(run=load_years)


def show_due(arguments: Namespace) -> int:
    """Count a term. Works before a district is set up too, with the years that came with the release."""
    found = due(arguments.date, arguments.days, arguments.unit, _statute())
    payload = {
        "due": found.due.isoformat(),
        "provisional": found.provisional,
        "skipped": [{"date": skipped.date.isoformat(), "why": skipped.why} for skipped in found.skipped],
        "rule": found.rule,
    }
    answer(arguments, payload, _told(found))
    return 0


def load_years(arguments: Namespace) -> int:
    """Keep the years of a file; deadlines counted provisionally are counted again."""
    from bihuan.kernel.calendar import years
    from bihuan.kernel.calendar.announcement import read_announcements

    found = read_announcements(arguments.file)
    revision = years.load(found)
    loaded = [announcement.year for announcement in found]
    told = "、".join(f"{year}年" for year in loaded)
    answer(arguments, {"loaded": loaded, "revision": revision}, f"已载入{told}放假安排，暂定期限将自动重算。")
    return 0


def _told(found: Due) -> str:
    lines = [f"届满日：{found.due.isoformat()}{'（暂定）' if found.provisional else ''}", found.rule + "。"]
    lines += [f"  {skipped.date.isoformat()} {skipped.why}，不计" for skipped in found.skipped]
    return "\n".join(lines)


def _statute() -> Statute:
    """Loaded years count when there is a district to have loaded them."""
    environment = env.current()
    if environment.embedded and not environment.postgres.exists():
        return packaged()
    import django

    from bihuan.cli import database

    with database():
        django.setup()
        from bihuan.conf import preparing
        from bihuan.kernel.calendar import years

        return years.current() if preparing.installation() is not None else packaged()


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as reason:
        raise ArgumentTypeError(f"日期“{text}”应写成 2023-01-20 的形式") from reason
