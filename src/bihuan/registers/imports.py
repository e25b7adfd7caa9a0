"""Enterprise workbooks, as the room of workbooks takes them in."""

from __future__ import annotations

from collections.abc import Callable

from bihuan.kernel.territory.models import Sector
from bihuan.kernel.territory.trees import towns
from bihuan.kernel.workbooks import plain
from bihuan.kernel.workbooks.importers import Importer, Survey, Work, register_importer
from bihuan.kernel.workbooks.plain import PlainRow
from bihuan.kernel.workbooks.reasons import CellFailure, Rejection
from bihuan.kernel.workbooks.rowwise import run_rows
from bihuan.kernel.workbooks.templates import Entry, Guide
from bihuan.registers.enterprises.dated_kinds import PERMIT, PROCESS
from bihuan.registers.enterprises.registration import EnterpriseRow, RejectedRow, import_enterprises
from bihuan.registers.models import Ownership, Scale
from bihuan.registers.objects.keeping import register_object
from bihuan.registers.objects.stating import Stated
from bihuan.registers.objects.traits import KINDS, KindOf, Trait
from bihuan.registers.workbook_columns import BY_KIND, ENTERPRISES


def _run(work: Work) -> Survey:
    """Preview or import; the register decides row by row what may be entered and by whom."""
    rows: list[EnterpriseRow] = []
    sheets: dict[int, str] = {}
    for one in plain.parsed(work.spool):
        rows.append(EnterpriseRow(one.line, one.no, one.cells, one.headings))
        sheets.setdefault(one.line, one.sheet)
    outcome = import_enterprises(rows, work.actor, partial=work.partial, dry_run=not work.write)
    work.progress(len(rows), len(rows))
    return Survey(
        accepted=outcome.accepted,
        already_there=outcome.already_there,
        advanced=outcome.supplemented,
        rejected=[_rejection(one, sheets.get(one.row, "")) for one in outcome.rejected],
        further={"confirmed": outcome.confirmed},
    )


def _rejection(one: RejectedRow, sheet: str) -> Rejection:
    failure = CellFailure(one.code, one.reason, "", one.column, one.value)
    return Rejection(sheet, one.row, one.no, one.column, one.value, failure.sentence(one.row), one.code)


def _guide() -> Guide:
    names = tuple(towns().values_list("name", flat=True))
    sectors = tuple(Sector.objects.filter(parent=None).order_by("order", "id").values_list("name", flat=True))
    return Guide(
        "enterprises",
        "企业",
        (
            Entry("企业名称", "照营业执照填写全称。", "东湖纺织有限公司", required=True, width=28),
            Entry("统一社会信用代码", "18 位，照营业执照填写。", "", required=True, width=24),
            Entry("属地镇街", "", names[0] if names else "东湖镇", required=True, choices=names, width=14),
            Entry("行业领域", "按行业主管部门的分类填写。", "工贸", required=True, choices=sectors, width=14),
            Entry("地址", "生产经营的地址。", "东湖镇工业路 1 号", width=30),
            Entry("国民经济行业代码", "按《国民经济行业分类》（GB/T 4754）填写，如 C17。", "C17", width=18),
            Entry("经济类型", "", "", choices=tuple(Ownership.labels), width=14),
            Entry("规模", "", "", choices=tuple(Scale.labels), width=12),
            Entry("从业人数", "", 120, form="number", width=10),
            Entry("主要负责人", "", "张某", width=12),
            Entry("主要负责人电话", "", "13800000000", width=16),
            Entry("安全管理人员", "", "李某", width=14),
            Entry("安全管理人员电话", "", "", width=18),
            Entry("主要产品或经营范围", "", "棉纺织", width=28),
            Entry(
                "危险工艺与重点环节",
                f"有几项的用顿号隔开；可填：{'、'.join(label for _, label in PROCESS.codes)}。没有的不填。",
                "粉尘涉爆、有限空间",
                width=26,
            ),
            Entry("许可证", "", "", choices=tuple(label for _, label in PERMIT.codes), width=20),
            Entry("许可证编号", "照证件填写；有几张证的，其余的在企业档案里添。", "", width=20),
            Entry("许可证有效期至", "最后有效的一天。", "", form="date", width=16),
            Entry("安责险承保机构", "", "", width=20),
            Entry("安责险保单号", "", "", width=20),
            Entry("安责险有效期至", "最后有效的一天。", "", form="date", width=16),
        ),
    )


def _run_objects(kind: KindOf) -> Callable[[Work], Survey]:
    """Row after row: each object by itself, the same way a form enters it."""

    def take(row: PlainRow, work: Work) -> bool:
        names = {one.name for one in BY_KIND[kind.plural].columns}
        cells = {name: text for name, text in row.cells.items() if name in names}
        _, new = register_object(kind, Stated.of(cells), work.actor)
        return new

    return lambda work: run_rows(work, BY_KIND[kind.plural], take)


def _guide_objects(kind: KindOf) -> Callable[[], Guide]:
    def guide() -> Guide:
        names = tuple(towns().values_list("name", flat=True))
        tops = Sector.objects.filter(parent=None, until=None).order_by("order", "id")
        sectors = tuple(tops.values_list("name", flat=True))
        return Guide(
            kind.plural,
            kind.label,
            (
                Entry(f"{kind.label}名称", "同一镇街里名称要能分辨。", kind.example, required=True, width=26),
                Entry(
                    "属地镇街", "", names[0] if names else "东湖镇", required=True, choices=names, width=14
                ),
                Entry(
                    "行业领域",
                    "按行业主管部门的分类填写。",
                    kind.sector,
                    required=True,
                    choices=sectors,
                    width=14,
                ),
                Entry("地址", "", "", width=28),
                Entry("责任企业", "已登记企业的统一社会信用代码或全称；没有的留空。", "", width=26),
                *(_entry(one) for one in kind.traits),
            ),
        )

    return guide


def _entry(trait: Trait) -> Entry:
    forms = {"date": "date", "count": "number", "amount": "number"}
    unit = f"单位：{trait.unit}。" if trait.unit else ""
    return Entry(
        trait.label, f"{trait.help}{unit}", trait.example, required=trait.required, choices=trait.labels,
        form=forms.get(trait.form, "text"), width=max(12, min(24, 2 * len(trait.label) + 4)),
    )  # fmt: skip


for _kind in KINDS:
    register_importer(
        Importer(
            kind=_kind.plural,
            label=_kind.label,
            columns=BY_KIND[_kind.plural],
            guide=_guide_objects(_kind),
            parser=plain.PARSER,
            options=lambda actor, choices, name=_kind.plural.upper(): {  # type: ignore[misc]
                "columns": f"bihuan.registers.workbook_columns:{name}"
            },
            run=_run_objects(_kind),
        )
    )


register_importer(
    Importer(
        kind=ENTERPRISES.kind,
        label="企业",
        columns=ENTERPRISES,
        guide=_guide,
        parser=plain.PARSER,
        options=lambda actor, choices: {"columns": "bihuan.registers.workbook_columns:ENTERPRISES"},
        run=_run,
    )
)
