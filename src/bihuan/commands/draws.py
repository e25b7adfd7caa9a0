"""``bihuan draw replay``: cast a published lot again and say whether it comes out the same."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from bihuan.commands.answers import answer
from bihuan.kernel.errors import Refused


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("draw", help="双随机抽查")
    commands = parser.add_subparsers(dest="draw_command", metavar="命令", required=True)
    replaying = commands.add_parser("replay", help="按下载的名单和种子重新抽取，核对结果；不需要数据库")
    replaying.add_argument("file", type=Path, metavar="文件.json", help="从抽查页面“复算”下载的文件")
    replaying.set_defaults(run=replay_draw, database=False)


def replay_draw(arguments: Namespace) -> int:
    """Answer what agrees and what does not; exit status 1 where anything does not. Works without a database."""
    from bihuan.capabilities.inspections.planning.draws import proof

    told = _read(arguments.file)
    checked = proof.replay(told)
    good = all(one.good for one in checked)
    payload = {
        "no": told["no"],
        "ok": good,
        "checked": [{"item": one.label, "kept": one.kept, "computed": one.computed, "ok": one.good} for one in checked],
    }  # fmt: skip
    lines = [f"{'一致' if one.good else '不一致'}  {one.label}：{one.kept}" for one in checked]
    lines += [f"  重新算出：{one.computed}（{one.label}）" for one in checked if not one.good]
    lines.append(f"{told['no']} {told['title']}：" + ("全部一致" if good else "有不一致的，结果不可信"))
    answer(arguments, payload, "\n".join(lines))
    return 0 if good else 1


def _read(file: Path) -> dict[str, Any]:
    """The file, looked at before it is trusted.

    Raises:
        Refused: it is not there, or no file of a draw.
    """
    from bihuan.capabilities.inspections.planning.draws.proof import FORM

    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise Refused.because("draw.unreadable", f"读不出 {file}：请用抽查页面下载的 .json 文件") from wrong
    needed = {
        "no",
        "title",
        "count",
        "team",
        "targets",
        "officers",
        "apart",
        "targets_digest",
        "officers_digest",
    }
    if not isinstance(told, dict) or told.get("form") != FORM or not needed <= told.keys():
        raise Refused.because("draw.not_a_draw", f"{file} 不是抽查的名单文件，请从抽查页面“复算”处下载")
    return told
