"""An import under way, done, or come to nothing: what is said of each, and where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.importing import words
from bihuan.kernel.web.importing.headings import may_teach
from bihuan.kernel.web.importing.intakes import intake_of
from bihuan.kernel.web.places import Intake
from bihuan.kernel.workbooks import storing
from bihuan.kernel.workbooks.models import BatchStatus, ImportBatch

TASKS = ("workbooks.read", "workbooks.apply")
PATIENCE_SECONDS = 20
_LABELS = {"读取": "正在读取", "核对": "正在核对", "导入": "正在导入"}
_WRITING = (BatchStatus.CONFIRMED, BatchStatus.IMPORTING)
_NO_HEADING = "workbook.no_heading"
_BROKEN = "处理到一半系统出了错，什么都没有写入。请再试一次；还是不行的，请把下面的编号告诉系统管理员"


def broken_off(batch: ImportBatch) -> bool:
    """Whether nobody works on the batch any more although it is not at its end."""
    if batch.status not in (BatchStatus.UPLOADED, BatchStatus.PARSING, *_WRITING):
        return False
    mine = ProcrastinateJob.objects.filter(task_name__in=TASKS, args__batch=str(batch.pk))
    standing = set(mine.values_list("status", flat=True))
    if "failed" not in standing or standing & {"todo", "doing"}:
        return False
    before = batch.status
    batch.refresh_from_db()
    return batch.status == before


def progress_of(batch: ImportBatch) -> parts.Progress:
    """How far the work is, by what the worker noted last."""
    noted = storing.progress(batch.pk)
    phase, done, total = str(noted["phase"]), int(noted["done"]), int(noted["total"])
    writing = batch.status in _WRITING
    if writing != (phase == "导入") or batch.status == BatchStatus.UPLOADED:
        phase, done, total = "", 0, 0
    lines = [f"已收下 {size_in_words(batch.size)}"]
    if writing:
        lines.append(f"已确认，共 {batch.summary.get('rows', 0):,} 行；写完之前中断的，一行都不会写入")
    if phase == "核对":
        lines.append(f"已读完，共 {total:,} 行")
    if not phase and (clock.now() - batch.created_at).total_seconds() > PATIENCE_SECONDS:
        lines.append("前面还有别的事在处理，轮到时自动开始")
    label = _LABELS.get(phase) or ("等待导入" if writing else "等待读取")
    return parts.Progress(label, min(done, total), total, f"/imports/{batch.pk}/progress/", lines=lines)


def size_in_words(size: int) -> str:
    """A file's size as people say it."""
    return f"{max(1, size // 1024):,} KB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB"


def _frame(batch: ImportBatch, intake: Intake, here: int) -> dict[str, Any]:
    return {
        "crumbs": [parts.Link("台账", intake.href), parts.Link(batch.filename, "")],
        "stages": words.stages(here),
        "file_name": batch.filename,
        "tally": (),
        "next": (),
        "errors": None,
        "errors_pager": None,
        "errors_href": "",
        "rejected_rows": 0,
        "conflicts": None,
        "conflict_count": 0,
        "conflicts_cut": "",
        **words.dropped(intake, {}),
        "again_href": "",
        "again_label": "",
        "codes": (),
        "number": str(batch.pk),
    }


def under_way(batch: ImportBatch) -> dict[str, Any]:
    """The page while a worker is at it, or has given up."""
    intake = intake_of(batch.kind)
    here = 2 if batch.status in _WRITING else 1
    told = {**_frame(batch, intake, here), "progress": progress_of(batch)}
    if broken_off(batch):
        told["progress"] = parts.Progress("处理中断", 0, 0, failed=_BROKEN)
        told |= {"again_href": f"/imports/{batch.pk}/again/", "again_label": "再试一次"}
    return told


def done(batch: ImportBatch, start: str) -> dict[str, Any]:
    """What came of it, and where to go on."""
    intake, result = intake_of(batch.kind), batch.result
    errors, errors_pager = words.rejections(batch, words.start_of(start))
    conflicts, conflict_count = words.conflicts(intake, result), len(result.get("conflicts", ()))
    lines = []
    if batch.finished_at is not None:
        at = batch.finished_at.astimezone(clock.SHANGHAI)
        lines.append(f"{at:%Y-%m-%d %H:%M} 导入完成，表中共 {batch.summary.get('rows', 0):,} 行")
    lines += _filed(batch, intake)
    if errors.rows:
        lines.append("退回的行改好后，把整份再传一次即可，已导入的不会重复")
    links = [*intake.after(batch.pk, result), parts.Link("再导入一份", intake.href)]
    return {
        **_frame(batch, intake, len(words.STAGES)),
        "progress": parts.Progress("导入完成", 1, 1, finished=True, lines=lines),
        "tally": words.tally(intake, result, done=True),
        "next": links,
        "errors": errors,
        "errors_pager": errors_pager,
        "errors_href": f"/imports/{batch.pk}/errors.xlsx" if errors.rows else "",
        "rejected_rows": result.get("rejected_rows", 0),
        "conflicts": conflicts,
        "conflict_count": conflict_count,
        "conflicts_cut": words.only_first(conflicts, conflict_count),
        **words.dropped(intake, result),
    }


def _filed(batch: ImportBatch, intake: Intake) -> Sequence[str]:
    """Whether a filing that was due is met by this batch, or was before."""
    met = Expectation.objects.filter(met_by=batch.pk).select_related("holder").first()
    if met is not None:
        return [f"已记为{met.holder.name}报送了{Period.parse(met.period).chinese()}的{intake.label}"]
    filing = batch.result.get("filing")
    if not filing:
        return ()
    month = Period.parse(filing["period"]).chinese()
    return [f"{filing['unit']}{month}的{intake.label}先前已经报送，或那个月没有应报的，这次没有另记"]


def failed(actor: Actor, batch: ImportBatch) -> dict[str, Any]:
    """Why nothing came of it, and what to do."""
    intake = intake_of(batch.kind)
    codes = words.codes_of(batch.reasons)
    told = "；".join(reason[1] for reason in batch.reasons)
    links = [parts.Link("重新选择文件", intake.href), parts.Link("下载空白模板", intake.template_href)]
    page = {
        **_frame(batch, intake, 1),
        "progress": parts.Progress("没有导入", 0, 0, failed=told, lines=["系统里没有写入任何内容"]),
        "next": links,
        "codes": codes,
    }
    if _NO_HEADING in codes:
        if may_teach(actor):
            links.append(parts.Link("添表头叫法", f"/imports/headings/new/?kind={batch.kind}"))
        page |= {"again_href": f"/imports/{batch.pk}/again/", "again_label": "添好叫法后，再读一次"}
    return page
