"""The compiled forms on paper: the accident returns of a month, the early-warning form, and its text for broadcast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bihuan.capabilities.accidents.monthly import comparing
from bihuan.capabilities.accidents.monthly.compiled import Compiled, Line, accepted_risks, risks_of
from bihuan.capabilities.accidents.monthly.models import month_after
from bihuan.capabilities.accidents.monthly.states import FormState, Risk
from bihuan.capabilities.accidents.states import Branch
from bihuan.kernel import clock
from bihuan.kernel.documents import Column, Document, Heading, Paragraph, Table, Text
from bihuan.kernel.documents.numerals import wan_yuan
from bihuan.kernel.expectations.models import Standing
from bihuan.kernel.territory.trees import the_district

NUMBERS = ("count", "deaths", "serious", "loss_fen")
_AMOUNTS = (
    Column("起数\n（起）", 4),
    Column("死亡\n（人）", 4),
    Column("重伤\n（人）", 4),
    Column("直接经济损失\n（万元）", 7),
)
UNIT_COLUMNS = (Column("序号", 3), Column("填报单位", 11, "left"), *_AMOUNTS, Column("报送情况", 10))
FIELD_COLUMNS = (Column("行业领域", 16, "left"), *_AMOUNTS)


def amounts(sums: Mapping[str, int] | None) -> tuple[str, ...]:
    """The four numbers of a line; a dash where the unit said nothing, which is no zero."""
    if sums is None:
        return ("—",) * 4
    return (
        str(sums["count"]),
        str(sums["deaths"]),
        str(sums["serious"]),
        wan_yuan(sums["loss_fen"], trim=False),
    )


def added(lines: Sequence[Line]) -> dict[str, int]:
    """What the units of one list said together."""
    said = [line.sums for line in lines if line.sums is not None]
    return {name: sum(one[name] for one in said) for name in NUMBERS}


def stands(line: Line) -> str:
    """迟报，已备案."""
    words = line.standing.label
    if line.standing in (Standing.FILED, Standing.NIL, Standing.LATE) and line.form is not None:
        words += "，零报告" if line.form.nil and line.standing is Standing.LATE else ""
        words += "，已备案" if line.form.state == FormState.ACCEPTED else "，待审核"
    return words + ("，报后变动" if line.moved else "，与系统不一致" if line.differences else "")


def by_field(records: Sequence[comparing.Kept]) -> list[tuple[str, Mapping[str, int]]]:
    """The records of the month by field, one an accident, in the order of the form; the parts are the total."""
    return [
        (branch.label, comparing.totals(one.json() for one in records if one.branch == branch.value))
        for branch in Branch
    ]


def paper_of_returns(compiled: Compiled, office: str, who: str) -> Document:
    """The district's 安全生产事故统计报表: by place, by regulator, by field, and what differs."""
    month = compiled.month
    blocks: list[Heading | Paragraph | Table] = [
        _flush(f"填报单位：{office}　　报告期：{month.chinese()}"),
        Heading(1, "镇街报送（按事故发生地）"),
        _units(compiled.of_places()),
        Heading(1, "部门报送（按行业主管部门）"),
        _units(compiled.of_fields()),
        Heading(1, "系统记录（按行业领域）"),
        _fields(compiled.records),
    ]
    blocks += _remarks(compiled)
    blocks.append(_flush(_signers(who)))
    return _document(
        "安全生产事故统计报表",
        "安全生产事故统计报表",
        f"{month.chinese()}（全区汇总）",
        blocks,
        f"事故月报-{month.label}",
    )


def _flush(text: str) -> Paragraph:
    return Paragraph((Text(text),), indent=False)


def _signers(who: str) -> str:
    return f"制表人：{who}　　审核人：　　　　　单位负责人：　　　　　制表日期：{clock.today()}"


def _units(lines: Sequence[Line]) -> Table:
    rows = [
        (str(no), line.agency.name, *amounts(line.sums), stands(line)) for no, line in enumerate(lines, 1)
    ]
    came = sum(line.filed for line in lines)
    rows.append(("", f"合计（已报{came}家）", *amounts(added(lines)), f"应报{len(lines)}家"))
    return Table(UNIT_COLUMNS, tuple(rows), totals=1, size=10.5, numbered=False)


def _fields(records: Sequence[comparing.Kept]) -> Table:
    rows = [(label, *amounts(sums)) for label, sums in by_field(records)]
    rows.append(("合计", *amounts(comparing.totals(one.json() for one in records))))
    notes = ("一起事故只归一个行业，各行业之和等于合计；失踪人员不计入死亡。",)
    return Table(FIELD_COLUMNS, tuple(rows), totals=1, size=10.5, numbered=False, notes=notes)


def _remarks(compiled: Compiled) -> list[Heading | Paragraph | Table]:
    told = [Paragraph.of(f"未报单位的数字不按零计。{_missing(compiled)}")]
    told.append(
        Paragraph.of("镇街按发生地、部门按行业分别报送，同一起事故在两表中各出现一次，两表不能相加。")
    )
    if compiled.loose:
        listed = "；".join(f"{one.no}（{one.words()}）" for one in compiled.loose)
        told.append(Paragraph.of(f"系统中不属于任何应报镇街的事故：{listed}。"))
    for heading, column in (("与系统记录不一致", "differences"), ("报后变动", "moved")):
        rows = [(line.agency.name, one) for line in compiled.lines for one in getattr(line, column)]
        if rows:
            told.append(Paragraph.of(f"{heading}：{'；'.join(f'{name}：{one}' for name, one in rows)}。"))
    return [Heading(1, "说明"), *told]


def _missing(compiled: Compiled) -> str:
    said = []
    for standing, words in ((Standing.MISSING, "未报"), (Standing.LATE, "迟报"), (Standing.DUE, "未到期")):
        names = compiled.named(standing)
        if names:
            said.append(f"{words}：{'、'.join(names)}")
    return f"{'；'.join(said)}。" if said else "应报单位均按期报送。"


def paper_of_forecasts(compiled: Compiled, office: str, who: str) -> Document:
    """The district's 预警预测月报表, every risk with the basis of its forecast."""
    ahead = month_after(compiled.month.last)
    rows = [
        (
            str(no),
            one["risk"],
            Risk(one["level"]).label,
            one["basis"],
            one["area"],
            one["measures"],
            agency.name,
        )
        for no, (agency, one) in enumerate(risks_of(compiled), 1)
    ]
    columns = (
        Column("序号", 2.6), Column("风险", 7, "left"), Column("等级", 3), Column("预测依据", 9, "left"),
        Column("涉及区域", 6, "left"), Column("防范措施", 9, "left"), Column("填报单位", 6, "left"),
    )  # fmt: skip
    nil = [line.agency.name for line in compiled.lines if line.filed and line.form.nil]
    blocks: list[Heading | Paragraph | Table] = [
        _flush(f"填报单位：{office}　　预测月份：{ahead.chinese()}"),
        Table(columns, tuple(rows) or ((("—",) * 7),), size=10.5, numbered=False),
        Paragraph.of(f"应报{len(compiled.lines)}家。{_missing(compiled)}"),
        *([Paragraph.of(f"报无突出风险的单位：{'、'.join(nil)}。")] if nil else []),
        _flush(_signers(who)),
    ]
    return _document(
        "预警预测月报表",
        "预警预测月报表",
        f"{ahead.chinese()}（全区汇总）",
        blocks,
        f"预警预测-{ahead.label}",
    )


def broadcast(compiled: Compiled) -> list[str]:
    """The accepted risks as sentences to be read aloud: short, one thought each, no brackets and no codes."""
    ahead = month_after(compiled.month.last)
    district = the_district()
    place = district.region.name if district else "本区"
    found = accepted_risks(compiled)
    month = f"{ahead.first.year}年{ahead.first.month}月"
    if not found:
        return [
            f"{place}{month}安全生产预警预测。",
            "经各单位研判，没有需要特别提示的突出风险。",
            "请继续做好日常安全防范。",
        ]
    told = [f"{place}{month}安全生产预警预测。", f"下面提示{len(found)}项风险。"]
    for number, (_, one) in enumerate(found, 1):
        told += [
            f"第{number}项，{spoken(one['risk'])}。",
            f"风险等级，{Risk(one['level']).label}。",
            f"涉及区域，{spoken(one['area'])}。",
        ]
        told += [
            f"{'请注意，' if place == 0 else ''}{each}。"
            for place, each in enumerate(sentences(one["measures"]))
        ]
    return [*told, "发现险情和安全隐患，请及时报告。"]


SPOKEN = {"（": "，", "）": "，", "(": "，", ")": "，", "/": "或", "℃": "摄氏度"}


def spoken(text: str) -> str:
    """Words without signs that nobody can read aloud."""
    for sign, word in SPOKEN.items():
        text = text.replace(sign, word)
    while "，，" in text:
        text = text.replace("，，", "，")
    return text.strip("，。；; ")


LONGEST = 20
"""So many characters are one breath; a longer sentence is parted at its commas."""


def sentences(text: str) -> list[str]:
    """A text in sentences of one breath."""
    found: list[str] = []
    for part in spoken(text).replace("；", "。").replace(";", "。").split("。"):
        held = ""
        for piece in part.split("，"):
            if held and len(held) + len(piece) > LONGEST:
                found.append(held)
                held = piece
            else:
                held = f"{held}，{piece}" if held else piece
        if held.strip():
            found.append(held)
    return found


def paper_of_broadcast(compiled: Compiled) -> Document:
    """The text for broadcast as a document: a paragraph a sentence group, nothing else."""
    ahead = month_after(compiled.month.last)
    blocks = [Paragraph.of(one) for one in broadcast(compiled)]
    return _document("播发稿", "安全生产预警预测播发稿", ahead.chinese(), blocks, f"播发稿-{ahead.label}")


def _document(kind: str, title: str, subtitle: str, blocks: Sequence[Any], serial: str) -> Document:
    district = the_district()
    return Document(
        kind=kind, title=title, subtitle=subtitle, blocks=tuple(blocks), serial=serial, compact=True,
        demo=bool(district and district.demo),
    )  # fmt: skip
