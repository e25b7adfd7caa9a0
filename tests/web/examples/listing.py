"""Lists of hazards."""

from __future__ import annotations

from bihuan.kernel.web.parts import Action, Chip, Column, Empty, Filter, Ledger, Link, Pager, Row, Tab
from tests.web.examples.people import (
    ACCEPTING,
    CLOSED,
    FRAME,
    GENERAL,
    MAJOR,
    NO,
    REAL,
    RECTIFYING,
    REPORTED,
    VOID,
    Pages,
    due,
)

HAZARD_COLUMNS = (
    Column("隐患", "title"),
    Column("企业"),
    Column("镇街 · 行业"),
    Column("等级", "mark"),
    Column("状态", "state"),
    Column("期限", "day"),
    Column("现由谁办"),
)


HAZARD_ROWS = (
    Row(
        (
            "喷漆房可燃气体报警器失效",
            "云栖青松铸造有限公司",
            "临溪街道 · 工贸",
            MAJOR,
            REPORTED,
            due(6, 28),
            "区安委办 周文静",
        ),
        "/hazards/1/",
        True,
        "370491-H2023-000398 · 专项检查 · 2023-06-26 发现",
    ),
    Row(
        (
            "二层疏散通道堆放货物，安全出口上锁",
            "宏远商贸城",
            "临溪街道 · 消防",
            GENERAL,
            ACCEPTING,
            due(6, 29),
            "区消防救援大队 秦海",
        ),
        "/hazards/2/",
        True,
        f"{NO} · 联合检查 · 2023-06-05 发现",
    ),
    Row(
        (
            "卸油口静电接地线断开",
            "永安加油站",
            "石桥镇 · 危险化学品",
            GENERAL,
            ACCEPTING,
            due(6, 30),
            "区应急管理局 冯立",
        ),
        "/hazards/3/",
        False,
        "370491-H2023-000405 · 日常检查 · 2023-06-12 发现",
    ),
    Row(
        (
            "三号库电缆沟积水",
            "云栖区北郊物流园管理服务有限责任公司",
            "北郊镇 · 工贸",
            GENERAL,
            RECTIFYING,
            due(7, 4),
            "北郊物流园 许平",
        ),
        "/hazards/4/",
        False,
        "370491-H2023-000371 · 企业自查 · 2023-06-10 发现",
    ),
    Row(
        (
            "深基坑临边防护缺失",
            "云栖大道地铁站配套工程",
            "临溪街道 · 建筑施工",
            MAJOR,
            RECTIFYING,
            due(7, 21),
            "中衡建设 项目部",
        ),
        "/hazards/5/",
        False,
        "370491-H2023-000377 · 领导带队 · 2023-06-08 发现",
    ),
    Row(
        ("液氨储罐压力表超期未检", "冷鲜食品加工厂", "石桥镇 · 工贸", GENERAL, CLOSED, None, None),
        "/hazards/6/",
        False,
        "370491-H2023-000122 · 专家排查 · 2023-03-14 发现",
    ),
    Row(
        ("配电箱未上锁", "石桥木器厂", "石桥镇 · 工贸", GENERAL, VOID, None, None),
        "/hazards/7/",
        False,
        "370491-H2023-000087 · 网格巡查 · 2023-02-20 发现",
    ),
)


FILTERS = (
    Filter("q", "编号、企业、隐患内容", "text", "疏散"),
    Filter("grade", "等级", value="", choices=(("general", "一般"), ("major", "重大"))),
    Filter(
        "town",
        "镇街",
        value="linxi",
        choices=(("linxi", "临溪街道"), ("shiqiao", "石桥镇"), ("beijiao", "北郊镇")),
    ),
    Filter("sector", "行业领域", choices=(("1.", "工贸"), ("2.", "危险化学品"), ("3.", "消防"))),
    Filter("source", "来源", choices=(("self", "自查"), ("routine", "日常"))),
    Filter("found_from", "发现日期从", "date", "2023-01-01"),
    Filter("found_to", "到", "date"),
    Filter("overdue", "只看逾期的", "flag"),
)


CHIPS = (
    Chip("内容", "疏散", "?"),
    Chip("镇街", "临溪街道", "?"),
    Chip("发现日期", "2023-01-01 起", "?"),
)


TABS = (
    Tab("全部", "?", 526, True),
    Tab("待交办", "?state=reported", 4),
    Tab("整改中", "?state=rectifying", 21),
    Tab("待验收", "?state=awaiting", 6),
    Tab("已销号", "?state=closed", 491),
    Tab("已作废", "?state=void", 4),
    Tab("逾期", "?overdue=1", 2, warn=True),
)

PAGES: Pages = {
    "list": (
        "list.html",
        {
            "frame": FRAME,
            "crumbs": (Link("隐患", ""),),
            "heading": "隐患",
            "begin": (
                Action("三个清单", "/hazards/lists/", icon="list-check"),
                Action("导入台账", "/import/", icon="file-import"),
                Action("上报隐患", "/hazards/report/", icon="plus", primary=True),
            ),
            "tabs": TABS,
            "filters": FILTERS,
            "hidden": (),
            "chips": CHIPS,
            "clear_href": "/hazards/",
            "ledger": Ledger(HAZARD_COLUMNS, HAZARD_ROWS, "隐患"),
            "pager": Pager(7, 526, "", "", "?cursor=abc"),
            "count_words": "符合条件 526 条，逾期的排在前面",
            "export_href": "/hazards/export/",
            "export_label": "导出这 526 条",
        },
    ),
    "list_empty": (
        "list.html",
        {
            "frame": REAL,
            "crumbs": (Link("隐患", ""),),
            "heading": "隐患",
            "begin": (),
            "tabs": (Tab("全部", "?", 0, True), Tab("待交办", "?", 0), Tab("逾期", "?", 0, warn=True)),
            "filters": FILTERS[:1],
            "hidden": (),
            "chips": (),
            "clear_href": "",
            "ledger": Ledger(HAZARD_COLUMNS, ()),
            "empty": Empty(
                "还没有隐患",
                "把手头的台账拖进来，或从一条现场发现的隐患开始。",
                "/import/",
                "导入台账",
                "alert-triangle",
            ),
            "pager": None,
            "count_words": "",
        },
    ),
    "three_lists": (
        "three_lists.html",
        {
            "frame": FRAME,
            "crumbs": (Link("隐患", "#"), Link("三个清单", "")),
            "heading": "问题清单、责任清单、整改清单",
            "count_words": "三个清单各 2 条，编号一致。",
            "export_href": "#",
            "empty": None,
            "lists": (
                (
                    "问题清单",
                    Ledger(
                        (Column("编号", "title"), Column("问题"), Column("等级", "mark")),
                        (
                            Row(("000398", "喷漆房可燃气体报警器失效", MAJOR)),
                            Row(("000412", "疏散通道堆放货物", GENERAL)),
                        ),
                    ),
                ),
                (
                    "责任清单",
                    Ledger(
                        (Column("编号", "title"), Column("责任单位"), Column("责任人")),
                        (
                            Row(("000398", "云栖青松铸造有限公司", "程远")),
                            Row(("000412", "宏远商贸城", "何志强")),
                        ),
                    ),
                ),
            ),
        },
    ),
}
