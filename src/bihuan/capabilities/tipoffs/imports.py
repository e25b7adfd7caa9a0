"""Ledgers of tip-offs, as the room of workbooks takes them in."""

from __future__ import annotations

from datetime import timedelta

from bihuan.capabilities.tipoffs.ledgers.columns import TIPOFFS
from bihuan.capabilities.tipoffs.ledgers.taking import columns_for, run
from bihuan.capabilities.tipoffs.states import Channel, Topic
from bihuan.kernel import clock
from bihuan.kernel.territory.trees import towns
from bihuan.kernel.workbooks import plain
from bihuan.kernel.workbooks.importers import Importer, register_importer
from bihuan.kernel.workbooks.templates import Entry, Guide


def _guide() -> Guide:
    names = tuple(towns().values_list("name", flat=True))
    today = clock.today()
    return Guide(
        "tipoffs",
        "举报投诉台账",
        (
            Entry("批次编号", "来文单位或热线自己的编号；同一编号的各行是一个批次。", "市建投〔2026〕86号", required=True, width=22),
            Entry("来源", "", "上级交办", choices=tuple(one.label for one in Channel), width=14),
            Entry("来文单位", "上级交办、部门移送的填写。", "市住房和城乡建设局", width=22),
            Entry("主题", "", "燃气安全", choices=tuple(one.label for one in Topic), width=18),
            Entry("反映内容", "只写事，不写举报人的姓名、电话。", "小区庭院燃气管线锈蚀", required=True, width=36),
            Entry("地点", "", "阳光花园西侧绿化带", width=22),
            Entry("所在镇街", "", names[0] if names else "东湖镇", choices=names, width=14),
            Entry("收到日期", "", today - timedelta(days=20), required=True, form="date", width=14),
            Entry("要求答复日期", "", today + timedelta(days=10), form="date", width=14),
            Entry("承办单位", "照登记的单位名称填写；还没有转办的留空。", "", width=22),
            Entry("办理企业", "", "城区燃气公司", width=16),
            Entry("办理结果", "", "", width=30),
            Entry("办结日期", "已经办结的填写。", "", form="date", width=14),
        ),
        (
            "同一来文单位、同一批次编号认作同一批次，重复导入不会多出一批。",
            "台账没有举报人一栏；姓名、电话写在内容里的，该行退回。",
            "办理结果和办结日期是台账所载，没有签名；没有办结的，导入后在系统中继续办理。",
        ),
    )  # fmt: skip


register_importer(
    Importer(
        kind=TIPOFFS.kind,
        label="举报投诉台账",
        columns=TIPOFFS,
        guide=_guide,
        parser=plain.PARSER,
        options=columns_for,
        run=run,
    )
)
