"""``bihuan record``: whether the record is what it was, and sealing it at once."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from bihuan.commands.answers import answer

_KINDS = {
    "altered": "被改动",
    "removed": "被删除",
    "reordered": "次序被调换",
    "altered_matter": "事项被改动",
    "missing_matter": "整个事项缺失",
    "bad_signature": "签名无效",
    "bad_seal": "封存文件有误",
}


def register(subparsers: Any) -> None:
    """Add the commands."""
    parser = subparsers.add_parser("record", help="记录的验证与封存")
    commands = parser.add_subparsers(dest="record_command", metavar="命令", required=True)
    verifying = commands.add_parser("verify", help="逐条核对全部记录、签名与封存文件")
    verifying.add_argument("--seals", type=Path, metavar="文件夹", help="以此前交出的封存文件为准")
    verifying.add_argument("--key", type=Path, metavar="公钥文件", help="只信任这一把公钥")
    verifying.add_argument("--files", action="store_true", help="连同全部照片与文件逐个读出核对（较慢）")
    verifying.set_defaults(run=verify)
    sealing = commands.add_parser("seal", help="立即封存尚未封存的记录")
    sealing.set_defaults(run=seal)


def verify(arguments: Namespace) -> int:
    """Check everything; 1 when anything is wrong."""
    from bihuan.kernel.loops import naming
    from bihuan.kernel.record import verification

    outcome = verification.verify(arguments.seals, key=arguments.key)
    if arguments.files:
        outcome = replace(outcome, findings=(*outcome.findings, *naming.verify_bytes()))
    lines = [f"共核对 {outcome.entries} 条记录，其中 {outcome.not_yet_sealed} 条尚未封存。"]
    for finding in outcome.findings:
        place = f"第{finding.entry}条" if finding.entry is not None else ""
        lines.append(f"{_KINDS[finding.kind]}：{finding.matter_no}{place}，{finding.detail}")
    if outcome.omitted:
        lines.append(f"另有 {outcome.omitted} 处未逐一列出。")
    lines.append("未发现异常。" if outcome.ok else f"发现 {len(outcome.findings) + outcome.omitted} 处异常。")
    answer(arguments, outcome.as_json(), "\n".join(lines))
    return 0 if outcome.ok else 1


def seal(arguments: Namespace) -> int:
    """Seal what is settled now."""
    from bihuan.kernel.record import sealing

    made = sealing.seal()
    payload = (
        {"seal": made.number, "entries": made.entries, "file": str(made.path)} if made else {"seal": None}
    )
    told = f"第{made.number}号封存：{made.entries} 条记录，{made.path}" if made else "没有需要封存的记录。"
    answer(arguments, payload, told)
    return 0
