"""``bihuan template`` and ``bihuan import``: an empty workbook out, a filled one in."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bihuan.commands.answers import answer, say
from bihuan.commands.operators import actor_named
from bihuan.kernel.errors import Refused

if TYPE_CHECKING:
    from bihuan.kernel.people.actors import Actor

KINDS = ("regions", "agencies", "people", "enterprises", "hazards")
_SHOWN = 20


def register(subparsers: Any) -> None:
    """Add both commands."""
    template = subparsers.add_parser("template", help="生成一份空白的工作簿模板")
    template.add_argument("kind", choices=KINDS, metavar="种类", help="、".join(KINDS))
    template.add_argument("out", metavar="文件.xlsx")
    template.set_defaults(run=write_template)
    importing = subparsers.add_parser("import", help="导入工作簿；默认有一行不对就整份不导入")
    importing.add_argument("kind", choices=KINDS, metavar="种类", help="、".join(KINDS))
    importing.add_argument("file", metavar="文件")
    importing.add_argument("--as", dest="user", metavar="账号", help="以该账号的权限导入")
    importing.add_argument("--dry-run", action="store_true", help="只预览，不写入")
    importing.add_argument("--partial", action="store_true", help="只导入正确的行")
    importing.add_argument("--errors", metavar="文件.xlsx", help="把错误写回原表的「错误」列，存为此文件")
    importing.add_argument(
        "--with", dest="beside", action="append", default=[], metavar="项=值",
        help="工作簿里没有的，如 报送单位、报送月份、排查来源、行业领域、属地镇街；可写几次",
    )  # fmt: skip
    importing.set_defaults(run=import_workbook)


def write_template(arguments: Namespace) -> int:
    """Write the empty workbook of a kind."""
    from bihuan.kernel.workbooks import importers

    target = Path(arguments.out)
    _may_write(target)
    importers.write_template(arguments.kind, target)
    answer(arguments, {"kind": arguments.kind, "file": str(target)}, f"模板已写入 {target}。")
    return 0


def import_workbook(arguments: Namespace) -> int:
    """Import one workbook and answer with what became of every row."""
    from bihuan.kernel.workbooks import batches, importing

    path = Path(arguments.file)
    if not path.is_file():
        raise Refused.because("import.no_file", f"没有文件 {path}，请核对路径")
    errors = Path(arguments.errors) if arguments.errors else None
    if errors is not None:
        _may_write(errors)
    actor = actor_named(arguments.user)
    choices = _beside(arguments.kind, arguments.beside, actor)
    batch, result = importing.run(
        arguments.kind, path, actor, choices=choices, dry_run=arguments.dry_run, partial=arguments.partial,
        progress=_show_progress if sys.stderr.isatty() else None,
    )  # fmt: skip
    if errors is not None:
        errors.write_bytes(batches.errors_book(batch))
        say(f"错误已写入 {errors} 的「错误」列。")
    answer(arguments, result, _in_words(result, dry_run=arguments.dry_run))
    refused = result["rejected"] and not (arguments.partial and result["written"])
    return 1 if refused else 0


def _beside(kind: str, said: list[str], actor: Actor) -> dict[str, str]:
    """What is chosen beside the workbook, by the words of the page: 行业领域=校园.

    Raises:
        Refused: the page offers no such choice for this kind and account.
    """
    from bihuan.kernel.web.importing.intakes import intake_of

    offered = {one.label: one for one in intake_of(kind).beside(actor)}
    chosen = {}
    for one in said:
        label, _, value = one.partition("=")
        asked = offered.get(label.strip())
        if asked is None:
            known = "、".join(offered) or "没有"
            raise Refused.because("import.no_choice", f"没有“{label}”这一项，可以写的：{known}")
        words = {word: key for key, text in asked.options for word in (key, text)}
        if value.strip() not in words:
            raise Refused.because(
                "import.bad_choice",
                f"“{label}”里没有“{value}”，可以写的：{'、'.join(text for _, text in asked.options[:40])}",
            )
        chosen[asked.name] = words[value.strip()]
    return chosen


def _may_write(target: Path) -> None:
    if not target.parent.is_dir():
        raise Refused.because("import.no_folder", f"没有目录 {target.parent}，请先建立")


def _show_progress(phase: str, done: int, total: int) -> None:
    end = "\n" if done >= total else ""
    sys.stderr.write(f"\r{phase} {done}/{total}{end}")
    sys.stderr.flush()


def _in_words(result: dict[str, Any], *, dry_run: bool) -> str:
    lines = [one["reason"] for one in result["rejected"][:_SHOWN]]
    if len(result["rejected"]) > _SHOWN:
        lines.append(f"……另有 {len(result['rejected']) - _SHOWN} 处，用 --errors 写回原表查看。")
    for conflict in result["conflicts"]:
        lines.append(
            f"第 {conflict['row']} 行『{conflict['column']}』系统中是“{conflict['here']}”，"
            f"表中是“{conflict['sheet']}”，请核实后在系统中更正。"
        )
    for one in result.get("dropped", ())[:_SHOWN]:
        lines.append(
            f"先前报过、这次没有：{one['object']} {one['found_on']} {one['description']}（{one['matter']}，{one['state']}）。"
        )
    if result.get("dropped_rows"):
        lines.append(f"该单位先前报过、这份里没有的共 {result['dropped_rows']} 条，系统里照旧，没有改动。")
    verb = (
        "已导入"
        if result["written"]
        else ("将导入" if dry_run or not result["rejected"] else "没有导入；正确的有")
    )
    lines.append(
        f"{verb} {result['accepted']} 行，进度更新 {result['advanced']} 行，已在系统中 {result['already_there']} 行，"
        f"不一致 {len(result['conflicts'])} 处，不正确 {len(result['rejected'])} 处，"
        f"新增待核实企业 {result['new_enterprises']} 家。"
    )
    return "\n".join(lines)
