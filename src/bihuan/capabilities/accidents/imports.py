"""Accident ledgers, as the room of workbooks takes them in."""

from __future__ import annotations

from datetime import date

from bihuan.capabilities.accidents import law
from bihuan.capabilities.accidents.history.columns import ACCIDENTS
from bihuan.capabilities.accidents.history.taking import run
from bihuan.capabilities.accidents.states import Grade
from bihuan.kernel import clock
from bihuan.kernel.territory.models import Sector
from bihuan.kernel.territory.trees import towns
from bihuan.kernel.workbooks import plain
from bihuan.kernel.workbooks.importers import Importer, register_importer
from bihuan.kernel.workbooks.templates import Entry, Guide


def _guide() -> Guide:
    names = tuple(towns().values_list("name", flat=True))
    tops = Sector.objects.filter(parent=None, until=None).order_by("order", "id")
    year = clock.today().year - 1
    types = tuple(kind.name for kind in law.kinds_on(date(year, 3, 1)))
    return Guide(
        "accidents",
        "事故台账",
        (
            Entry("发生日期", "", date(year, 3, 12), required=True, form="date", width=14),
            Entry("事故发生单位", "单位和地点至少填一项；道路交通等没有单位的填地点。", "东湖纺织有限公司", width=26),
            Entry("统一社会信用代码", "登记单位的代码，用来对上企业档案；没有的留空。", "", width=24),
            Entry("事故地点", "", "二车间", width=22),
            Entry("所在镇街", "", names[0] if names else "东湖镇", choices=names, width=14),
            Entry(
                "行业领域", "每起事故必须归入且只归入一个行业。", "工贸", required=True,
                choices=tuple(tops.values_list("name", flat=True)), width=14,
            ),
            Entry("事故类型", f"按事故发生当日有效的 GB 6441 填写，如：{'、'.join(types[:6])}。", types[2] if types else "", width=16),
            Entry("死亡人数", "没有死亡的填 0；失踪不计为死亡。", 1, required=True, form="number", width=10),
            Entry("重伤人数", "含急性工业中毒。", 0, form="number", width=10),
            Entry("轻伤人数", "", 0, form="number", width=10),
            Entry("直接经济损失（万元）", "", 85.5, form="number", width=18),
            Entry(
                "事故等级", "可不填；填写的与当日等级标准核对，不符的退回。", "一般",
                choices=tuple(grade.label for grade in Grade), width=12,
            ),
            Entry("简要经过", "", "检修设备时手臂被卷入", width=32),
            Entry("结案日期", "已经结案的填写；没有结案的留空，在系统中继续办理。", date(year, 6, 20), form="date", width=14),
            Entry("结案机关和文号", "", "区政府，薛政复〔2025〕3号", width=26),
        ),
        (
            "同一天、同一单位（地点）、同一行业的一行，系统认作同一起事故，重复导入不会多出一起。",
            "有一行不正确，整份不导入；错误写在导出表的“错误”一列。",
            "导入的事故标明“台账所载”，没有记载的报告时间不推定，不判断迟报。",
            "发生在30日以内的事故不能导入，请在“事故”中按接报登记，报告时限照常核对。",
        ),
    )  # fmt: skip


register_importer(
    Importer(
        kind=ACCIDENTS.kind,
        label="事故台账",
        columns=ACCIDENTS,
        guide=_guide,
        parser=plain.PARSER,
        options=lambda actor, choices: {"columns": "bihuan.capabilities.accidents.history.columns:ACCIDENTS"},
        run=run,
    )
)
