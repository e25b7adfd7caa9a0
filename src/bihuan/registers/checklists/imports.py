"""A workbook of checklists: the rows of one name are one version, taken whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Sector
from bihuan.kernel.territory.trees import find_sector
from bihuan.kernel.workbooks import plain
from bihuan.kernel.workbooks.importers import Importer, Survey, Work, register_importer
from bihuan.kernel.workbooks.plain import PlainRow
from bihuan.kernel.workbooks.reasons import CellFailure, Rejection
from bihuan.kernel.workbooks.templates import Entry, Guide
from bihuan.registers.checklists import keeping
from bihuan.registers.checklists.catalogue import Line
from bihuan.registers.checklists.models import Checklist
from bihuan.registers.checklists.workbook import CHECKLISTS


def _run(work: Work) -> Survey:
    """Preview or import: each list in a savepoint; the preview takes everything back."""
    lists: dict[str, list[PlainRow]] = {}
    for row in plain.parsed(work.spool):
        title = row.cells.get("title", "").strip() or next(reversed(lists), "")
        lists.setdefault(title, []).append(row)
    survey = Survey()
    with transaction.atomic():
        for done, (title, rows) in enumerate(lists.items(), 1):
            try:
                with transaction.atomic():
                    new = _take(title, rows, work.actor)
            except Refused as refused:
                survey.rejected += _rejections(rows[0], refused)
            else:
                survey.accepted += len(rows) if new else 0
                survey.already_there += 0 if new else len(rows)
            work.progress(done, len(lists))
        if not work.write or (survey.rejected and not work.partial):
            transaction.set_rollback(True)
    return survey


def _take(title: str, rows: Sequence[PlainRow], actor: Actor) -> bool:
    """Write one list; False when its newest version says the very same."""
    if not title:
        raise Refused.because("checklist.no_title", "没有写检查表名称", "title")
    said = {name: _first(rows, name) for name in ("sector", "since", "source")}
    lines = [_line(place, row) for place, row in enumerate(rows, start=1)]
    known = Checklist.objects.select_related("sector").filter(title=title).first()
    since = _day(said["since"])
    if known is None:
        keeping.begin_list(title, _sector(said["sector"]), "", since, said["source"], lines, actor)
        return True
    newest = known.versions.filter(shipped=False).order_by("-number").first()
    if newest is not None and _texts(keeping.lines_of(newest)) == _texts(lines):
        return False
    keeping.begin_version(known, since, said["source"], "K", lines, actor)
    return True


def _first(rows: Sequence[PlainRow], name: str) -> str:
    return next((text for row in rows if (text := row.cells.get(name, "").strip())), "")


def _texts(lines: Sequence[Line]) -> list[tuple[str, ...]]:
    return [(one.group, one.content, one.method, one.violation, one.basis, one.penalty) for one in lines]


def _line(place: int, row: PlainRow) -> Line:
    cells = {name: row.cells.get(name, "").strip() for name in ("group", "content", "method", "violation", "basis", "penalty")}  # fmt: skip
    return Line(key=f"L-{place:03d}", **cells)


def _day(text: str) -> date:
    if not text:
        return clock.today()
    try:
        return date.fromisoformat(text[:10])
    except ValueError as wrong:
        says = "不是日期，请写成 2026-12-01 这样的形式"
        raise Refused.because("checklist.not_a_day", says, "since") from wrong


def _sector(text: str) -> Sector | None:
    if not text:
        return None
    found = find_sector(text)
    if found is None:
        raise Refused.because("checklist.unknown_sector", "不是已知的行业领域；各行业通用的请留空", "sector")
    return found


def _rejections(row: PlainRow, refused: Refused) -> list[Rejection]:
    labels = {column.name: column.label for column in CHECKLISTS.columns}
    found = []
    for failure in refused.failures:
        name = failure.field if failure.field in labels else "title"
        column = row.headings.get(name, labels[name])
        one = CellFailure(failure.code, failure.message, name, column, row.cells.get(name, ""))
        found.append(
            Rejection(row.sheet, row.line, row.no, column, one.value, one.sentence(row.line), one.code)
        )
    return found


def _guide() -> Guide:
    sectors = tuple(Sector.objects.filter(parent=None).order_by("order", "id").values_list("name", flat=True))
    return Guide(
        "checklists",
        "检查表",
        (
            Entry("检查表名称", "名称相同的行是同一张表；已有这张表的，作为本区新版。", "餐饮场所燃气检查表", required=True, width=24),
            Entry("行业领域", "各行业通用的留空。", "城镇燃气", choices=sectors, width=14),
            Entry("启用日期", "不早于今天；留空为今天。", "", form="date", width=14),
            Entry("来源文件", "依据的文件、标准，每张表写一次即可。", "本区餐饮燃气专项整治方案", required=True, width=28),
            Entry("类别", "", "用气设备", width=14),
            Entry("检查内容", "一行一项。", "可燃气体报警装置", required=True, width=30),
            Entry("检查方法", "到哪里看什么、怎么试。", "看安装位置，按测试键", required=True, width=34),
            Entry("违法情形", "看到什么算不符合。", "没有安装或者不能正常使用", required=True, width=34),
            Entry("检查依据", "法律、标准的名称和条款。", "《安全生产法》第三十六条", width=28),
            Entry("处罚依据", "", "《安全生产法》第九十九条", width=28),
        ),
        ("同一张表的行要么都导入，要么都不导入。",),
    )  # fmt: skip


register_importer(
    Importer(
        kind=CHECKLISTS.kind,
        label="检查表",
        columns=CHECKLISTS,
        guide=_guide,
        parser=plain.PARSER,
        options=lambda actor, choices: {"columns": "bihuan.registers.checklists.workbook:CHECKLISTS"},
        run=_run,
    )
)
