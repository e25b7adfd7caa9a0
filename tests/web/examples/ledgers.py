"""Importing a ledger, from the drop to the end."""

from __future__ import annotations

from django import forms

from bihuan.kernel.web.parts import Action, Column, Ledger, Link, Pager, Progress, Row, Stage, Tab, Tally
from tests.web.examples.people import FRAME, Pages, at


class PeriodForm(forms.Form):
    period = forms.ChoiceField(label="报送月份", choices=(("2023-06", "2023年6月"), ("2023-05", "2023年5月")))


COLUMN_CHOICES = (("", "不用这一列"), ("place", "隐患部位"), ("note", "备注"))


class TeachForm(forms.Form):
    heading_0 = forms.ChoiceField(label="『存在处所』", required=False, choices=COLUMN_CHOICES)


REJECTED = {
    "errors_pager": Pager(3, next_href="?from=30#errors"),
    "rejected_rows": 3,
    "errors_href": "#",
    "conflict_count": 1,
    "conflicts_cut": "",
    "new_cut": "",
}
NOTHING_REJECTED = {
    "errors": None,
    "errors_pager": None,
    "rejected_rows": 0,
    "errors_href": "",
    "conflicts": None,
    "conflict_count": 0,
    "conflicts_cut": "",
    "again_href": "",
    "again_label": "",
    "codes": (),
    "number": "0188a5c4-7f10-7c3e-9a41-5b2f6f0f8b11",
}
IMPORT_STAGES = ("选择文件", "预览核对", "确认导入", "完成")


def stages(here: int) -> list[Stage]:
    return [
        Stage(word, "past" if i < here else "here" if i == here else "ahead")
        for i, word in enumerate(IMPORT_STAGES)
    ]


PAGES: Pages = {
    "import_drop": (
        "import_drop.html",
        {
            "frame": FRAME,
            "crumbs": (Link("台账", ""),),
            "stages": stages(0),
            "heading": "导入隐患台账",
            "kinds": (Tab("隐患台账", "#", None, True), Tab("企业名录", "#")),
            "form": PeriodForm(),
            "failures": (),
            "file_label": "隐患台账（.xlsx）",
            "limits": "单个文件不超过 50 MB；新旧两种格式的工作簿都可以。",
            "template_href": "#",
            "headings_href": "#",
            "recent": Ledger(
                (
                    Column("文件", "title"),
                    Column("谁导入"),
                    Column("时间", "day"),
                    Column("写入", "number"),
                    Column("未写入", "number"),
                ),
                (
                    Row(("工贸行业隐患台账（5月）.xlsx", "区工信局 高洁", at(6, 2, 9, 12), 132, 8), "#"),
                    Row(("临溪街道 5 月.xlsx", "临溪街道 邵明", at(6, 1, 16, 40), 57, 0), "#"),
                ),
            ),
            "recent_empty": None,
            "recent_pager": Pager(2, 2),
            "says": "报过的行不会重复。",
        },
    ),
    "import_preview": (
        "import_preview.html",
        {
            "frame": FRAME,
            "crumbs": (Link("台账", "#"), Link("导入", "#"), Link("预览", "")),
            "stages": stages(1),
            "file_name": "工贸行业隐患台账（6月）.xlsx",
            "sheet_title": "区工信局 · 2023年上半年工贸行业领域隐患排查治理台账 · 表头在第 4–5 行",
            "tally": (
                Tally("可以写入", 98),
                Tally("有新进展", 6),
                Tally("已在系统里", 31),
                Tally("不能导入", 3, bad=True, href="#errors"),
                Tally("与系统不一致", 1, bad=True, href="#conflicts"),
                Tally("新企业", 7, href="#new"),
            ),
            "notes": (
                "表头「整改资金」没写单位，按万元读取。",
                "日期没写年份，按标题中的 2023 年补上。",
                "跳过 2 个空行、第 146 行合计、第 147 行签名。",
            ),
            "errors": Ledger(
                (
                    Column("行", "number"),
                    Column("序号", "number"),
                    Column("列", "title"),
                    Column("写的是"),
                    Column("哪里不对，怎么改"),
                ),
                (
                    Row((12, 9, "整改期限", "2023-13-01", "不是日期，请写成 2023-03-01 这样的形式")),
                    Row(
                        (
                            40,
                            37,
                            "统一社会信用代码",
                            "91370491MA3C0DE17Y",
                            "校验位不对，请对照营业执照核对最后一位",
                        )
                    ),
                    Row(
                        (77, 74, "行业领域", "综合类", "没有这个行业领域，请写工贸、危险化学品等目录里的名称")
                    ),
                ),
            ),
            "conflicts": Ledger(
                (
                    Column("行", "number"),
                    Column("隐患", "title"),
                    Column("列"),
                    Column("系统里"),
                    Column("表里"),
                    Column("", "action"),
                ),
                (Row((4, "冲压车间光电保护失灵", "隐患等级", "一般", "重大", Action("定夺", "#"))),),
            ),
            "new_objects": Ledger(
                (Column("企业", "title"), Column("信用代码"), Column("镇街"), Column("出现", "number", "条")),
                (
                    Row(("云栖百川机械厂", "91370491MA3C0DE22B", "石桥镇", 3)),
                    Row(("恒达纸制品经营部", None, "北郊镇", 1)),
                ),
            ),
            "headings": Ledger(
                (Column("系统字段", "title"), Column("您的表头"), Column("单位")),
                (Row(("发现日期", "排查时间", None)), Row(("整改资金", "投入资金", "万元（未写，按惯例）"))),
            ),
            **REJECTED,
            "row_notes": ("第 9 行：整改期限写“三天内”，按 2023-03-04 读",),
            "unknown": ("存在处所",),
            "teach_form": TeachForm(),
            "teach_href": "#",
            "again_href": "#",
            "headings_href": "#",
            "new_count": 2,
            "skipped": Ledger(
                (Column("行", "number"), Column("为什么跳过"), Column("写的是", "title")),
                (Row((146, "合计行", "合计")),),
            ),
            "skipped_words": "空行 2、合计行 1",
            "confirm_href": "#",
            "may_whole": False,
            "whole_label": "整份导入",
            "may_partial": True,
            "partial_label": "只导入合格的行",
            "cannot": "有 3 行退回，不能整份导入；请下载带「错误」列的原表，改好后重新上传。",
            "confirm_says": "将新增 98 条，记下 6 条的新进展。台账里已办的事按「台账所载」记入，不算在本系统签办。",
            "partial_says": "退回的 3 行不导入；改好后把整份再传一次，已导入的不会重复。",
            "cancel_href": "#",
        },
    ),
    "import_progress": (
        "import_progress.html",
        {
            "frame": FRAME,
            **NOTHING_REJECTED,
            "crumbs": (Link("台账", "#"), Link("导入", "")),
            "stages": stages(2),
            "file_name": "工贸行业隐患台账（6月）.xlsx",
            "progress": Progress(
                "正在写入",
                6200,
                10000,
                "/import/1/progress/",
                lines=("已核对 10,000 行", "已写入 6,200 条，登记企业 7 家"),
            ),
            "tally": (),
            "next": (),
        },
    ),
    "import_done": (
        "import_progress.html",
        {
            "frame": FRAME,
            **NOTHING_REJECTED,
            "crumbs": (Link("台账", "#"), Link("导入", "")),
            "stages": stages(4),
            "file_name": "工贸行业隐患台账（6月）.xlsx",
            "progress": Progress(
                "导入完成",
                98,
                98,
                finished=True,
                lines=("2023-06-30 10:12 完成，用时 3 秒", "本次导入已封存（第 57 号）"),
            ),
            "tally": (
                Tally("写入", 98),
                Tally("新进展", 6),
                Tally("未写入", 3, bad=True, href="#"),
            ),
            "next": (Link("打开这 98 条", "#"), Link("处理 1 处不一致", "#"), Link("核实 7 家企业", "#")),
        },
    ),
    "import_failed": (
        "import_progress.html",
        {
            "frame": FRAME,
            **NOTHING_REJECTED,
            "crumbs": (),
            "stages": stages(1),
            "file_name": "大表.xlsx",
            "progress": Progress(
                "正在读取",
                0,
                0,
                failed="文件解开后超过 200 MB，没有读取。请删去图片和空白工作表后重新上传",
                next_href="#",
                next_label="重新选择文件",
            ),
            "tally": (),
            "next": (),
        },
    ),
}
