"""``GET /cases/rules/``: every dated value in use with its source and its mark (依据与期限)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.enforcement import pages
from bihuan.capabilities.enforcement.access import READERS
from bihuan.kernel import clock
from bihuan.kernel.policies.declarations import declarations
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.rules.words import basis_words, value_words
from bihuan.registers.criteria import MARKS
from bihuan.registers.law import discretion, limits, penalties, procedures

UNCHECKED = parts.Level("待核对", "yellow")
SUBJECTS = {"entity": "单位", "person": "个人"}
Table = tuple[str, str, parts.Ledger]


@require_GET
@only_for(READERS)
def rules_page(request: HttpRequest) -> HttpResponse:
    """Limits, the district's own rows, laws, penalties, discretion, differentiated rules, four absolutes, procedures."""
    today = clock.today()
    context = {
        "crumbs": [parts.Link("执法案件", "/cases/"), parts.Link("依据与期限", "")],
        "beside": pages.tabs("/cases/rules/"),
        "tables": [
            _limits(today), _policies(today), _laws(), _penalties(today), _discretion(), _branches(), _absolutes(), _procedures(),
        ],
    }  # fmt: skip
    return render(request, "cases/rules.html", context)


def _mark(mark: str, chosen: bool = False) -> Any:
    return "本区已设定" if chosen else UNCHECKED if mark == "K" else MARKS[mark]


def _days(since: date, until: date | None) -> str:
    return f"{since} 至 {until}" if until else f"{since} 起"


def _limits(today: date) -> Table:
    rows = []
    for row in limits.rules():
        held = limits.rule(row.key, today) if row.in_force(today) else row
        rows.append(
            parts.Row(
                (row.label, held.words, row.start or "—", held.basis, _days(row.effective_from, row.effective_to),
                 _mark(row.mark, held.chosen)),
                href=f"/policies/{row.policy}/" if row.policy and row.in_force(today) else "",
                sub=row.note,
            )
        )  # fmt: skip
    columns = (
        parts.Column("事项", "title"), parts.Column("规定"), parts.Column("起算", phone=False),
        parts.Column("依据"),
        parts.Column("施行", phone=False), parts.Column("核对", "mark"),
    )  # fmt: skip
    note = "开始之日不计入，届满日为休假日的顺延至其后第一个工作日；写明“工作日”的不计法定节假日和休息日。"
    return "程序期限和数额", note, parts.Ledger(columns, rows, "程序期限和数额")


def _policies(today: date) -> Table:
    from bihuan.kernel.policies import values as policies

    own = [one for one in declarations(today) if one.key.startswith("case.")]
    found = policies.values([one.key for one in own], today)
    rows = [
        parts.Row(
            (
                one.label,
                value_words(one, found[one.key].value),
                basis_words(one),
                found[one.key].effective_from or "未另行设定",
            ),
            href=f"/policies/{one.key}/",
        )
        for one in own
    ]
    columns = (
        parts.Column("规则", "title"),
        parts.Column("现行"),
        parts.Column("依据"),
        parts.Column("设定日期", "day"),
    )
    return (
        "由本区设定的规则",
        "打开一项，由安委办负责人设定；没有设定的按预设办理。",
        parts.Ledger(columns, rows, "由本区设定的规则"),
    )


def _laws() -> Table:
    rows = [
        parts.Row(
            (f"《{law.title}》", law.number, _days(law.effective_from, law.effective_to), _mark(law.mark)),
            sub=law.note,
        )
        for law in penalties.laws().values()
    ]
    columns = (
        parts.Column("法律、规章", "title"),
        parts.Column("文本"),
        parts.Column("施行"),
        parts.Column("核对", "mark"),
    )
    return "法律、规章", "", parts.Ledger(columns, rows, "法律、规章")


def _penalties(today: date) -> Table:
    rows = [
        parts.Row(
            (
                f"{one.basis}",
                one.violation,
                SUBJECTS[one.subject],
                one.tier,
                one.range_words,
                _mark(one.mark),
            ),
            sub=one.measure,
        )
        for one in penalties.clauses()
    ]
    columns = (
        parts.Column("依据", "title"), parts.Column("违法行为"), parts.Column("当事人", phone=False), parts.Column("情形", phone=False),
        parts.Column("罚款"), parts.Column("核对", "mark"),
    )  # fmt: skip
    note = (
        f"按违法行为发生之日选用，规定有变化的从旧兼从轻（《行政处罚法》第三十七条）；{penalties.SPECIAL}。"
    )
    return "处罚幅度", note, parts.Ledger(columns, rows, "处罚幅度")


def _discretion() -> Table:
    rows = [
        parts.Row(
            (
                one.label,
                "从轻" if one.shift < 0 else "从重",
                "可以减轻" if one.mitigates else "—",
                one.basis,
                _mark(one.mark),
            )
        )
        for one in discretion.factors().values()
    ]
    columns = (
        parts.Column("情节", "title"), parts.Column("方向"), parts.Column("减轻", phone=False), parts.Column("依据"),
        parts.Column("核对", "mark"),
    )  # fmt: skip
    kept = discretion.bands()
    bands = "；".join(
        f"{row['label']} {row['from_percent']}%—{row['to_percent']}%" for row in kept["rows"].values()
    )
    return "裁量情节", f"{kept['basis']}：{bands}。", parts.Ledger(columns, rows, "裁量情节")


def _branches() -> Table:
    steps = {-1: "下调一档", 0: "不变", 1: "上调一档"}
    rows = [
        parts.Row((one.label, steps[one.shift], one.inspection, one.measures or "—", _mark(one.mark)))
        for one in discretion.branches()
    ]
    columns = (
        parts.Column("对象", "title"), parts.Column("裁量档次"), parts.Column("检查频次"), parts.Column("综合手段", phone=False),
        parts.Column("核对", "mark"),
    )  # fmt: skip
    return (
        "差异化执法",
        "从上到下，符合的第一行适用，写入裁量过程。",
        parts.Ledger(columns, rows, "差异化执法"),
    )


def _absolutes() -> Table:
    rows = [parts.Row((one.label, one.demands, _mark(one.mark))) for one in discretion.absolutes().values()]
    columns = (parts.Column("情形", "title"), parts.Column("要求"), parts.Column("核对", "mark"))
    return "四个一律", "", parts.Ledger(columns, rows, "四个一律")


def _procedures() -> Table:
    from bihuan.kernel.loops.registry import running
    from bihuan.registers.instruments.kinds import label_of

    loop = running("case").loop
    rows = [
        parts.Row((one.label, _named(one.steps, loop.label_of), _named(one.documents, label_of)))
        for one in procedures.procedures().values()
    ]
    columns = (parts.Column("程序模板", "title"), parts.Column("必经步骤"), parts.Column("必备文书"))
    return (
        "五类执法程序",
        "缺少必经步骤或者必备文书的案件不能结案。",
        parts.Ledger(columns, rows, "五类执法程序"),
    )


def _named(keys: Sequence[str], name: Any) -> str:
    return "、".join("或".join(name(one) for one in key.split("|")) for key in keys)
