"""How an import is called in each of its states, and the tables that several of its pages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from bihuan.kernel.web import parts
from bihuan.kernel.web.places import Intake
from bihuan.kernel.workbooks import storing
from bihuan.kernel.workbooks.models import BatchStatus, ImportBatch
from bihuan.kernel.workbooks.reasons import Rejection

STAGES = ("选择文件", "预览核对", "确认导入", "完成")
PAGE = 30
SHOWN = 100
"""Conflicts and new units that a page lists; all of them are counted."""
_LOOKS: Mapping[str, parts.Standing] = {
    BatchStatus.PREVIEW: "open",
    BatchStatus.DONE: "done",
    BatchStatus.FAILED: "off",
}


def stages(here: int) -> list[parts.Stage]:
    """The way of an import, with where it stands."""
    return [
        parts.Stage(word, "past" if place < here else "here" if place == here else "ahead")
        for place, word in enumerate(STAGES)
    ]


def state_of(batch: ImportBatch) -> parts.State:
    """The batch's state as a badge."""
    return parts.State(str(batch.get_status_display()), _LOOKS.get(batch.status, "waiting"))


def tally(intake: Intake, result: Mapping[str, Any], *, done: bool) -> list[parts.Tally]:
    """What would come of it or has come of it, counted."""
    told = [parts.Tally("新增", result.get("accepted", 0))]
    if intake.recurring:
        told.append(parts.Tally("有新进展", result.get("advanced", 0)))
    told.append(parts.Tally("已有，不重复", result.get("already_there", 0)))
    if intake.recurring:
        conflicts = len(result.get("conflicts", ()))
        told.append(parts.Tally("与系统不一致", conflicts, bad=True, href="#conflicts"))
    if "confirmed" in result:
        told.append(parts.Tally("随之核实", result["confirmed"]))
    if result.get("dropped_rows"):
        told.append(parts.Tally("先前报过、这次没有", result["dropped_rows"], bad=True, href="#dropped"))
    rejected = result.get("rejected_rows", 0)
    told.append(parts.Tally("未导入" if done else "退回", rejected, bad=True, href="#errors"))
    if intake.recurring:
        told.append(parts.Tally("新建待核实单位", result.get("new_enterprises", 0), href="#new"))
    return told


def several_sheets(batch: ImportBatch) -> bool:
    """Whether a line number alone does not say where it stands."""
    return len(batch.summary.get("sheets", ())) > 1


def rejections(batch: ImportBatch, start: int) -> tuple[parts.Ledger, parts.Pager]:
    """One page of the rows turned away, and the way to the next."""
    many = several_sheets(batch)
    found = list(islice(storing.rejections(batch.pk), start, start + PAGE + 1))
    shown = found[:PAGE]
    columns = [
        *((parts.Column("工作表"),) if many else ()),
        parts.Column("行", "number"),
        parts.Column("编号"),
        parts.Column("列"),
        parts.Column("写的是"),
        parts.Column("哪里不对，怎么改", "title"),
    ]
    rows = [_rejected(one, many) for one in shown]
    base = f"/imports/{batch.pk}/"
    return parts.Ledger(columns, rows, "不能导入的行"), parts.Pager(
        shown=len(shown),
        first_href=f"{base}#errors" if start else "",
        previous_href=f"{base}?from={max(0, start - PAGE)}#errors" if start else "",
        next_href=f"{base}?from={start + PAGE}#errors" if len(found) > PAGE else "",
    )


def _rejected(one: Rejection, many: bool) -> parts.Row:
    place = ((one.sheet,) if many else ()) + (one.row, one.no or None, one.column or None, one.value or None)
    return parts.Row((*place, _reason_alone(one)), sub=one.code)


def _reason_alone(one: Rejection) -> str:
    """The sentence without the place, which has columns of its own here."""
    place = f"第 {one.row} 行{f'『{one.column}』' if one.column else ''}"
    return one.reason.removeprefix(place).removeprefix(one.value).lstrip(" ，") or one.reason


def conflicts(intake: Intake, result: Mapping[str, Any]) -> parts.Ledger:
    """Where the sheet and the system disagree; a person decides, the import changes nothing there."""
    columns = (
        parts.Column("行", "number"),
        parts.Column("编号"),
        parts.Column("列", "title"),
        parts.Column("系统里"),
        parts.Column("表里"),
        parts.Column("", "action"),
    )
    rows = [
        parts.Row(
            (
                one["row"],
                one["no"] or None,
                one["column"],
                one["here"],
                one["sheet"],
                parts.Action("打开定夺", intake.settle(one)) if intake.settle(one) else "",
            ),
            sub=one.get("matter", ""),
        )
        for one in result.get("conflicts", ())[:SHOWN]
    ]
    return parts.Ledger(columns, rows, "与系统里不一致的")


def new_objects(result: Mapping[str, Any]) -> parts.Ledger:
    """What the register lacks and would get as 待核实."""
    columns = (parts.Column("单位", "title"), parts.Column("统一社会信用代码"), parts.Column("属地"))
    rows = [
        parts.Row((one["name"], one["credit_code"] or None, one["region"]))
        for one in result.get("new_objects", ())[:SHOWN]
    ]
    return parts.Ledger(columns, rows, "将登记为待核实的单位")


def dropped(intake: Intake, result: Mapping[str, Any]) -> dict[str, Any]:
    """What the unit's earlier sheets had and this one lacks, as the template wants it; the import changes nothing there."""
    columns = (
        parts.Column("单位"),
        parts.Column("发现日期"),
        parts.Column("写的是", "title"),
        parts.Column("系统里"),
    )
    rows = [
        parts.Row(
            (one["object"], one["found_on"], f"{one['place']} {one['description']}".strip(), one["state"]),
            href=intake.settle(one),
            sub=one["matter"],
        )
        for one in result.get("dropped", ())[:SHOWN]
    ]
    ledger, count = parts.Ledger(columns, rows, "先前报过、这次没有的"), result.get("dropped_rows", 0)
    return {"dropped": ledger, "dropped_count": count, "dropped_cut": only_first(ledger, count)}


def only_first(ledger: parts.Ledger, count: int) -> str:
    """Says so where a list does not show all it counts."""
    return f"，先列出 {len(ledger.rows)} 项" if len(ledger.rows) < count else ""


def counted(reasons: Iterable[tuple[str, int]]) -> str:
    """空行 12、合计行 1."""
    return "、".join(f"{reason} {count}" for reason, count in reasons)


def start_of(text: str) -> int:
    """The place in the list of rejections an address asks for."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def codes_of(reasons: Sequence[Sequence[str]]) -> list[str]:
    """The stable codes of a refusal, for support."""
    return list(dict.fromkeys(reason[0] for reason in reasons))
