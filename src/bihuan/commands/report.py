"""``bihuan report half-year|annual|speech|circular|monthly|quarterly``: the paper of a period, straight from the press."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

from bihuan.commands.answers import answer, say
from bihuan.kernel.errors import Refused

ENDINGS = (".docx", ".pdf")
KINDS = {
    "half-year": ("半年推进落实报告", "2023H1"),
    "annual": ("年度工作总结", "2023"),
    "speech": ("会议发言材料", "2023H1"),
    "circular": ("形势通报", "2023-05"),
    "monthly": ("月调度材料", "2023-05"),
    "quarterly": ("季统筹计划", "2023Q2"),
    "bulletin": ("形势通报", "2023-05"),
}
GENRES = {"circular": "bulletin"}
"""What the command calls otherwise than the pages do."""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("report", help="生成报告")
    kinds = parser.add_subparsers(dest="report_kind", metavar="种类", required=True)
    for kind, (label, period) in KINDS.items():
        one = kinds.add_parser(kind, help=f"{label}（未签发的送审稿）")
        one.add_argument("--period", required=True, help=f"时段，如 {period}")
        one.add_argument("--as-of", required=True, help="截至日期，如 2023-06-30")
        one.add_argument("--out", required=True, type=Path, metavar="文件", help="以 .docx 或 .pdf 结尾")
        one.add_argument(
            "--changes", action="store_true", help="另外列出与上次签发稿、与上年同期签发稿相比有变化的数"
        )
        one.set_defaults(run=written)


def written(arguments: Namespace) -> int:
    """Write the district's report; texts of a draft begun on the page are used."""
    from bihuan.kernel.calendar.periods import Period
    from bihuan.kernel.crypto import sm3
    from bihuan.kernel.documents import to_docx, to_pdf
    from bihuan.reporting.drafting import checked_days
    from bihuan.reporting.proofs import compose_district

    out: Path = arguments.out
    if out.suffix.lower() not in ENDINGS:
        raise Refused.because("report.bad_ending", f"“{out.name}”应以 .docx 或 .pdf 结尾。", "out")
    if not out.absolute().parent.is_dir():
        raise Refused.because("report.no_folder", f"文件夹 {out.absolute().parent} 不存在，请先建立。", "out")
    period, as_of = Period.parse(arguments.period), _day(arguments.as_of)
    checked_days(period, as_of)
    made = compose_district(period, as_of, GENRES.get(arguments.report_kind, arguments.report_kind))
    document = made.document
    content = to_docx(document) if out.suffix.lower() == ".docx" else to_pdf(document)
    try:
        out.write_bytes(content)
    except OSError as fault:
        raise Refused.because("report.not_written", f"写不进 {out}：{fault.strerror}。", "out") from fault
    for flag in made.composition.flags:
        say(flag.message)
    digest = sm3.digest(content).hex()
    payload = {"path": str(out), "size": len(content), "digest": digest}
    if getattr(arguments, "changes", False):
        payload |= _changes(made)
    answer(arguments, payload, f"已写入 {out}（{len(content):,} 字节，SM3 {digest}）。")
    return 0


def _changes(made: Any) -> dict[str, Any]:
    """What moved since the last issue and against last year's, told in lines and given in the answer."""
    from bihuan.reporting import last_year

    changes = made.changes()
    against, movements = last_year.told(made.report, made.composition.citations)
    say(f"与上次签发稿相比：{f'{len(changes)} 处变化。' if changes else '没有变化，或者还没有签发过。'}")
    for one in changes:
        say(f"  {one.label}：{one.was} → {one.now}")
    say(f"与上年同期签发稿相比（{against}）：" if against else "上年同期没有签发过这种报告，不作比较。")
    for one in movements:
        say(f"  {one.label}：{one.then} → {one.now}{f'（{one.moved}）' if one.moved else ''}")
    return {
        "changes": [one.json() for one in changes],
        "last_year": {"against": against, "figures": [one.json() for one in movements]},
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"看不懂截至日期“{text}”，请写成 2023-06-30 的形式。"
        raise Refused.because("report.bad_day", message, "as_of") from None
