"""The workbench, full and empty."""

from __future__ import annotations

from bihuan.kernel.web.parts import Action, Card, Empty, Link, Todo
from tests.web.examples.people import (
    ACCEPTING,
    FRAME,
    GENERAL,
    MAJOR,
    NO,
    REAL,
    RECTIFYING,
    REPORTED,
    TODAY,
    Pages,
    due,
)

TODOS = (
    Todo(
        "青松铸造喷漆房可燃气体报警器失效",
        "/hazards/1/",
        "交办",
        "370491-H2023-000398",
        "临溪街道 · 工贸",
        MAJOR,
        REPORTED,
        due(6, 28),
    ),
    Todo(
        "宏远商贸城二层疏散通道堆放货物，安全出口上锁",
        "/hazards/2/",
        "验收",
        NO,
        "临溪街道 · 消防",
        GENERAL,
        ACCEPTING,
        due(6, 29),
    ),
    Todo(
        "永安加油站卸油口静电接地线断开",
        "/h/",
        "验收",
        "370491-H2023-000405",
        "石桥镇 · 危险化学品",
        GENERAL,
        ACCEPTING,
        due(6, 30),
    ),
    Todo(
        "北郊物流园三号库电缆沟积水",
        "/h/",
        "批延期",
        "370491-H2023-000371",
        "北郊镇 · 工贸",
        GENERAL,
        RECTIFYING,
        due(7, 4),
        "申请延到 2023-07-14",
    ),
    Todo(
        "云栖大道地铁站配套工程深基坑临边防护缺失",
        "/h/",
        "督办",
        "370491-H2023-000377",
        "临溪街道 · 建筑施工",
        MAJOR,
        RECTIFYING,
        due(7, 21),
    ),
)


WAITING = (
    Todo(
        "东岭采石场边坡浮石未清理",
        "/h/",
        "",
        "370491-H2023-000380",
        "东岭镇 · 非煤矿山",
        GENERAL,
        RECTIFYING,
        due(7, 7),
        "东岭采石场 整改中",
    ),
    Todo(
        "兴盛烟花爆竹零售点超量存放",
        "/h/",
        "",
        "370491-H2023-000391",
        "石桥镇 · 烟花爆竹",
        GENERAL,
        REPORTED,
        None,
        "区应急管理局 待交办",
    ),
)


UNFILED = (Todo("6 月隐患台账", "/filings/", "报送", where="全区汇总", deadline=due(7, 5)),)


CARDS = (
    Card("排查隐患", "526", "条", "2023年上半年", TODAY, 526, "/hazards/?found_from=2023-01-01"),
    Card("整改完成", "518", "条", "2023年上半年", TODAY, 518, "/hazards/?state=closed", claimed=37),
    Card("整改率", "98.5", "%", "2023年上半年", TODAY, None, "/figures/rate/", 518, 526),
    Card("逾期未改", "2", "条", "2023年上半年", TODAY, 2, "/hazards/?overdue=1", colour="red"),
    Card("重大隐患", "3", "条", "2023年上半年", TODAY, 3, "/hazards/?grade=major"),
    Card("整改资金", "312.46", "万元", "2023年上半年", TODAY, 241, "/hazards/?funds=1", note="按实际支出"),
)

PAGES: Pages = {
    "workbench": (
        "workbench.html",
        {
            "frame": FRAME,
            "crumbs": (),
            "summary": "6月30日 周五，您有 7 件待办，其中 2 件逾期。",
            "mine": TODOS,
            "waiting": WAITING,
            "escalated": TODOS[:1],
            "unfiled": UNFILED,
            "mine_more": Link("全部 7 件", "/hazards/?mine=1"),
            "figures": CARDS[:4],
            "begin": (
                Action("导入台账", "/import/", icon="file-import"),
                Action("上报隐患", "/hazards/report/", icon="plus", primary=True),
            ),
        },
    ),
    "workbench_empty": (
        "workbench.html",
        {
            "frame": REAL,
            "crumbs": (),
            "summary": "今天没有待办。",
            "mine": (),
            "waiting": (),
            "escalated": (),
            "unfiled": (),
            "figures": (),
            "begin": (),
            "mine_empty": Empty(
                "没有要您办的事",
                "交办给您、等您验收的隐患会排在这里，最急的在最上面。",
                "/hazards/report/",
                "上报隐患",
                "checklist",
            ),
            "waiting_empty": Empty("没有在等的事", "您交出去、还没回来的事会列在这里。", icon="hourglass"),
            "escalated_empty": Empty("没有升级到您的事", "下级逾期不办的，会逐级升到这里。", icon="alarm"),
            "unfiled_empty": Empty("该报的都报了", "每月应报的台账到期前会提醒。", icon="calendar"),
        },
    ),
}
