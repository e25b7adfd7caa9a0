"""What each deed of a paper asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.dispatch.papers.states import PaperKind
from bihuan.capabilities.dispatch.states import TaskKind
from bihuan.kernel.loops.inputs import Kind, entry

MOST_CHARACTERS = 60_000
"""Longer than any speech: a document of this length is read in a second; a bundle of documents is refused."""
MOST_QUOTED = 1000


@dataclass(frozen=True, kw_only=True)
class Receiving:
    """登记: what it is, whose, of which day, and its words, typed in or from the file."""

    kind: str = entry("文件类型", Kind.CHOICE, choices=PaperKind)
    title: str = entry("标题", max_length=120, help="例如：在全区安全生产工作会议上的讲话")
    issuer: str = entry("讲话人或发文单位", max_length=80, help="例如：区委书记、市安委会")
    number: str = entry("文号", required=False, max_length=60)
    issued_on: date = entry("文件日期", Kind.DATE, help="时限和单位名称都按这一天认定")
    superior: str = entry(
        "贯彻的上级文件",
        Kind.MATTER,
        required=False,
        max_length=24,
        help="这份文件贯彻哪份上级文件：填它的编号，没有的不填",
    )
    text: str = entry(
        "正文",
        Kind.LONG_TEXT,
        required=False,
        gated=True,
        max_length=MOST_CHARACTERS,
        help="把全文粘贴在这里，或上传文件",
    )
    original: tuple[UUID, ...] = entry("文件原件", Kind.FILES, required=False, help=".txt 或 .docx")


@dataclass(frozen=True, kw_only=True)
class Editing:
    """核改 one item: what is to be done, by exactly one unit, until when."""

    item: int = entry("条目", Kind.INTEGER)
    summary: str = entry("任务", max_length=120)
    requirement: str = entry("具体要求", Kind.LONG_TEXT, required=False)
    kind: str = entry("任务类型", Kind.CHOICE, choices=TaskKind)
    lead: int | None = entry("牵头单位", Kind.AGENCY, required=False, gated=True, help="只能有一个")
    supporting: tuple[int, ...] = entry("配合单位", Kind.AGENCIES, required=False)
    due_on: date | None = entry("完成期限", Kind.DATE, required=False, gated=True)
    leader_post: int | None = entry(
        "分管（督促）领导", Kind.POST, required=False, help="不选的，按分工由系统认定"
    )


@dataclass(frozen=True, kw_only=True)
class OneItem:
    item: int = entry("条目", Kind.INTEGER)


@dataclass(frozen=True, kw_only=True)
class Splitting:
    """拆分: at a place of its words, or into one item for each of several units."""

    item: int = entry("条目", Kind.INTEGER)
    at: int | None = entry("从第几个字断开", Kind.INTEGER, required=False, help="从原文这一条的第一个字数起")
    units: tuple[int, ...] = entry("每个单位各一条", Kind.AGENCIES, required=False)


@dataclass(frozen=True, kw_only=True)
class Dropping:
    item: int = entry("条目", Kind.INTEGER)
    reason: str = entry("不列为任务的理由", max_length=400)


@dataclass(frozen=True, kw_only=True)
class Adding:
    """补充: a run of the text that the rules did not see as a task."""

    quote: str = entry("原文", Kind.LONG_TEXT, max_length=MOST_QUOTED, help="照抄正文中的一段，一个字也不改")
    start: int | None = entry("起始位置", Kind.INTEGER, required=False)
    summary: str = entry("任务", required=False, max_length=120, help="不填的取原文")


@dataclass(frozen=True, kw_only=True)
class SettingDay:
    due_on: date = entry("未定期限的条目统一定为", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class Linking:
    superior: str = entry("上级文件", Kind.MATTER, max_length=24, help="这份文件贯彻哪份上级文件：填它的编号")


@dataclass(frozen=True, kw_only=True)
class Decomposing:
    """分解交办: every kept item becomes a task."""

    remark: str = entry("说明", Kind.LONG_TEXT, required=False)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT)
