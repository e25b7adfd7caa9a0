"""What was understood of a workbook and what would come of it, for a person to confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.importing import words
from bihuan.kernel.web.importing.headings import TeachForm, may_teach
from bihuan.kernel.web.importing.intakes import intake_of
from bihuan.kernel.web.importing.namesakes import NamesakeForm
from bihuan.kernel.web.places import Intake
from bihuan.kernel.workbooks.district.columns import ASSUMED, NAMESAKES
from bihuan.kernel.workbooks.models import ImportBatch

NOTES = 30
SKIPPED = 100
_EMPTY_LINE = "空行"


def preview(
    request: HttpRequest, actor: Actor, batch: ImportBatch, form: TeachForm | None = None, status: int = 200
) -> HttpResponse:
    """The page between the upload and the confirmation."""
    intake, result = intake_of(batch.kind), batch.result
    start = words.start_of(request.GET.get("from", ""))
    errors, errors_pager = words.rejections(batch, start)
    base = f"/imports/{batch.pk}/"
    conflicts, new_objects = words.conflicts(intake, result), words.new_objects(result)
    conflict_count, new_count = len(result.get("conflicts", ())), result.get("new_enterprises", 0)
    unknown = unknown_headings(batch)
    teaching = may_teach(actor) and bool(unknown)
    context = {
        "crumbs": [parts.Link("台账", intake.href), parts.Link(batch.filename, "")],
        "stages": words.stages(1),
        "file_name": batch.filename,
        "sheet_title": _sheets_in_words(batch),
        "tally": words.tally(intake, result, done=False),
        "notes": _notes(batch, intake, actor),
        "row_notes": _row_notes(batch),
        "unknown": unknown,
        "teach_form": (form or TeachForm(batch.kind, unknown)) if teaching else None,
        "teach_href": f"{base}headings/",
        "again_href": f"{base}again/",
        "headings_href": f"/imports/headings/?kind={batch.kind}",
        "namesake_form": NamesakeForm(undecided) if (undecided := result.get(NAMESAKES, ())) else None,
        "namesake_href": f"{base}namesakes/",
        "errors": errors,
        "errors_pager": errors_pager,
        "rejected_rows": result.get("rejected_rows", 0),
        "errors_href": f"{base}errors.xlsx" if errors.rows else "",
        "conflicts": conflicts,
        "conflict_count": conflict_count,
        "conflicts_cut": words.only_first(conflicts, conflict_count),
        **words.dropped(intake, result),
        "new_objects": new_objects,
        "new_count": new_count,
        "new_cut": words.only_first(new_objects, new_count),
        "headings": _headings(batch),
        "skipped": _skipped(batch),
        "skipped_words": _skipped_in_words(batch),
        **_confirmation(batch, intake),
    }
    return render(request, "import_preview.html", context, status=status)


def unknown_headings(batch: ImportBatch) -> list[str]:
    """Headings nothing was made of, each once, as the sheets write them."""
    return list(dict.fromkeys(word for sheet in _sheets(batch) for word in sheet.get("unknown", ())))


def _sheets(batch: ImportBatch) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = batch.summary.get("sheets", ())
    return found


def _sheets_in_words(batch: ImportBatch) -> str:
    told = []
    for sheet in _sheets(batch):
        title = sheet.get("title") or sheet["name"]
        told.append(f"{title}（工作表『{sheet['name']}』，表头在第 {sheet['heading_row']} 行）")
    return f"{'；'.join(told)}。共读出 {batch.summary.get('rows', 0):,} 行。"


def _notes(batch: ImportBatch, intake: Intake, actor: Actor) -> list[str]:
    """What was assumed, and what was left aside."""
    many = words.several_sheets(batch)
    told = [
        (f"工作表『{sheet['name']}』：" if many else "") + str(said)
        for sheet in _sheets(batch)
        for said in sheet.get("said", ())
    ]
    chosen = dict(batch.choices)
    if chosen.get("source"):
        told.append(f"没有写来源的，按您选的“{chosen['source']}”")
    if chosen.get("town"):
        told.append(f"没有写镇街的，按您选的“{chosen['town']}”")
    told += [f"工作表『{one['sheet']}』没有读：{one['reason']}" for one in batch.summary.get("left_out", ())]
    if batch.summary.get("has_macros"):
        told.append("工作簿带有宏，没有执行，只读取了数据")
    if batch.summary.get("has_links"):
        told.append("工作簿链接了别的文件，没有打开，只读取了表里留存的数据")
    if skipped := _skipped_in_words(batch):
        told.append(f"跳过的行：{skipped}")
    told += batch.result.get(ASSUMED, ())
    if _files(batch.result):
        filing = batch.result["filing"]
        month = Period.parse(filing["period"]).chinese()
        told.append(
            f"确认后记为{filing['unit']}报送了{month}的{intake.label}；月份不对的，请重新上传并选择报送月份"
        )
    elif intake.recurring and "filing" not in batch.result and actor.holds(Role.OFFICE):
        told.append("没有选报送单位，这次导入不记作哪个单位的月报；代单位导入的，请重新上传并选报送单位")
    return told


def _row_notes(batch: ImportBatch) -> list[str]:
    many = words.several_sheets(batch)
    return [
        (f"『{one['sheet']}』" if many else "") + f"第 {one['row']} 行：{one['note']}"
        for one in batch.summary.get("notes", ())[:NOTES]
    ]


def _skipped_in_words(batch: ImportBatch) -> str:
    counts: Counter[str] = Counter()
    for sheet in _sheets(batch):
        counts.update(sheet.get("skipped_by_reason", {}))
    return words.counted(counts.most_common())


def _headings(batch: ImportBatch) -> parts.Ledger:
    many = words.several_sheets(batch)
    columns = [
        *((parts.Column("工作表"),) if many else ()),
        parts.Column("您的表头", "title"),
        parts.Column("当作"),
    ]
    rows = [
        parts.Row(((sheet["name"],) if many else ()) + (one["heading"], one["label"]))
        for sheet in _sheets(batch)
        for one in sheet.get("headings", ())
    ]
    return parts.Ledger(columns, rows, "认出的表头")


def _skipped(batch: ImportBatch) -> parts.Ledger:
    many = words.several_sheets(batch)
    columns = [
        *((parts.Column("工作表"),) if many else ()),
        parts.Column("行", "number"),
        parts.Column("为什么跳过"),
        parts.Column("写的是", "title"),
    ]
    rows = [
        parts.Row(((sheet["name"],) if many else ()) + (one["row"], one["reason"], one["text"] or None))
        for sheet in _sheets(batch)
        for one in sheet.get("skipped", ())
        if one["reason"] != _EMPTY_LINE
    ]
    return parts.Ledger(columns, rows[:SKIPPED], "跳过的行")


def _confirmation(batch: ImportBatch, intake: Intake) -> dict[str, Any]:
    """The two ways to confirm: all of it while no row is wrong, else only the rows that are right."""
    result = batch.result
    rejected, news = result.get("rejected_rows", 0), _news(intake, result)
    worth = bool(news) or _files(result)
    return {
        "confirm_href": f"/imports/{batch.pk}/confirm/",
        "cancel_href": intake.href,
        "may_whole": worth and not rejected,
        "whole_label": "整份导入" if news or not _files(result) else "确认报送",
        "may_partial": worth and bool(rejected),
        "partial_label": "只导入合格的行",
        "cannot": f"有 {rejected:,} 行退回，不能整份导入；请下载带「错误」列的原表，改好后重新上传。"
        if rejected
        else "",
        "confirm_says": _will(intake, result, news),
        "partial_says": f"退回的 {rejected:,} 行不导入；改好后把整份再传一次，已导入的不会重复。"
        if rejected
        else "",
    }


def _news(intake: Intake, result: Mapping[str, Any]) -> int:
    """Rows that would change something."""
    found = result.get("accepted", 0) + result.get("confirmed", 0)
    return int(found + (result.get("advanced", 0) if intake.recurring else 0))


def _files(result: Mapping[str, Any]) -> bool:
    """Whether confirming would meet a filing: a sheet of which no row is right is no filing."""
    right = ("accepted", "advanced", "already_there", "conflicts")
    return bool(result.get("filing")) and any(result.get(name) for name in right)


def _will(intake: Intake, result: Mapping[str, Any], news: int) -> str:
    """One sentence about what the confirmation does."""
    if not news:
        if _files(result):
            return "没有新增和变化，确认后只记下这次报送。"
        return (
            "没有可以导入的新内容。"
            if result.get("rejected_rows")
            else "表里的内容系统里都有了，不用再导入。"
        )
    told = []
    if result.get("accepted"):
        told.append(f"新增 {result['accepted']:,} {intake.unit}")
    if intake.recurring and result.get("advanced"):
        told.append(f"记下 {result['advanced']:,} {intake.unit}的新进展")
    if result.get("confirmed"):
        told.append(f"核实 {result['confirmed']:,} {intake.unit}")
    if result.get("new_enterprises"):
        told.append(f"登记 {result['new_enterprises']:,} 家待核实单位")
    tail = "。台账里已办的事按“台账所载”记入，不算在本系统签办。" if intake.recurring else "。"
    return "将" + "，".join(told) + tail
