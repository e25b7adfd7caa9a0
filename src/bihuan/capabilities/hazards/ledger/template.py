"""The ledger as the system would like it: every column typed, every choice from a list."""

from __future__ import annotations

from datetime import date

from bihuan.capabilities.hazards.ledger.words import GENERAL, MAJOR, SOURCES
from bihuan.kernel.workbooks.templates import Entry, Guide

_DATE = "写成 2023-03-01 这样的日期。"


def guide(
    towns: tuple[str, ...] = (), sectors: tuple[str, ...] = (), campaigns: tuple[str, ...] = ()
) -> Guide:
    """The template of the hazard ledger, with the district's own towns, sectors and campaigns to choose from."""
    return Guide(
        "hazards",
        "隐患台账",
        (
            Entry(
                "企业名称", "隐患所在的企业、场所或项目全称。", "东湖纺织有限公司", required=True, width=28
            ),
            Entry("统一社会信用代码", "18 位，照营业执照填写；没有营业执照的场所可以不填。", "", width=24),
            Entry("属地镇街", "隐患所在的镇街。", towns[0] if towns else "东湖镇", choices=towns, width=14),
            Entry("行业领域", "按行业主管部门的分类填写。", "工贸", choices=sectors, required=True, width=14),
            Entry("隐患部位", "具体位置。", "二车间北侧", width=18),
            Entry(
                "隐患描述",
                "写清什么设备、设施或行为，怎样不符合要求。",
                "安全出口被货物堵塞",
                required=True,
                width=36,
            ),
            Entry("隐患等级", "按判定标准填写。", GENERAL, required=True, choices=(GENERAL, MAJOR), width=10),
            Entry(
                "排查来源",
                "隐患是怎样发现的。",
                "日常检查",
                required=True,
                choices=tuple(SOURCES.values()),
                width=12,
            ),
            Entry("发现日期", _DATE, date(2023, 3, 1), required=True, form="date", width=13),
            Entry("检查人", "几个人的用顿号隔开。", "张某", width=14),
            Entry("整改责任人", "五落实之一：责任。", "李某", width=12),
            Entry("整改措施", "五落实之一：措施。", "清理通道，划线管理", width=28),
            Entry(
                "整改资金（万元）",
                "五落实之一：资金，单位万元；不需要资金的填 0。",
                0.5,
                form="number",
                width=12,
            ),
            Entry(
                "整改期限",
                f"五落实之一：时限。{_DATE}不早于发现日期。",
                date(2023, 3, 15),
                form="date",
                width=13,
            ),
            Entry("应急预案", "五落实之一：预案。填 有 或预案名称。", "有", width=12),
            Entry("整改完成日期", f"没有完成的不填。{_DATE}", date(2023, 3, 10), form="date", width=13),
            Entry("验收人", "不能是整改人。", "王某", width=12),
            Entry("验收日期", f"没有验收的不填。{_DATE}", date(2023, 3, 12), form="date", width=13),
            Entry(
                "专项行动", "属于某项专项行动的，填它的名称；不属于的留空。", "", choices=campaigns, width=22
            ),
            Entry("备注", "", "", width=20),
        ),
        (
            "每月在上月台账上接着填写、更新后整份报送即可：已经导入过的行不会重复，进度有变化的按台账所载更新。",
            "只有整改完成日期、没有验收日期的，不算已整改销号。",
            "表头可以沿用本单位的叫法；认不出的列在预览中列出，可由区安委办添加叫法。",
        ),
    )
