"""Pages of auditors, administrators and registers."""

from __future__ import annotations

from datetime import date

from bihuan.kernel.web.parts import (
    Action,
    Column,
    Empty,
    Fact,
    Filter,
    Ledger,
    Level,
    Link,
    Mark,
    Pager,
    Row,
    Stage,
    State,
    Tab,
    Tally,
    Todo,
)
from tests.web.examples.desk import CARDS
from tests.web.examples.hazard import CHAIN
from tests.web.examples.listing import HAZARD_COLUMNS, HAZARD_ROWS
from tests.web.examples.people import FRAME, NO, REAL, Pages, at

PAGES: Pages = {
    "record": (
        "record.html",
        {
            "frame": REAL,
            "crumbs": (Link("留痕核验", ""),),
            "verification": (Tally("已核验", 12408), Tally("待封存", 37), Tally("发现问题", 2, bad=True)),
            "verified_at": at(6, 30, 2, 10),
            "verify_href": "#",
            "progress": None,
            "findings": Ledger(
                (Column("事项", "title"), Column("第几条", "number"), Column("情形"), Column("说明")),
                (
                    Row(("370491-H2023-000012", 5, "内容被改动", "现存内容与封存时的摘要不符"), "#"),
                    Row(("370491-H2023-000044", 3, "记录缺失", "第 41 号封存中有，现已不在"), "#"),
                ),
            ),
            "seals": Ledger(
                (Column("封存", "title"), Column("条数", "number"), Column("时间", "day"), Column("签名")),
                (Row(("第 57 号", 212, at(6, 30, 10, 12), "封存密钥 2023-01"), "#"),),
            ),
            "seals_empty": Empty("还没有封存"),
            "filters": (
                Filter("q", "编号、经办人", "text"),
                Filter("verb", "动作", choices=(("accept", "验收"),)),
                Filter("from", "从", "date"),
            ),
            "chips": (),
            "clear_href": "",
            "ledger": Ledger(
                (
                    Column("事项", "title"),
                    Column("第几条", "number"),
                    Column("动作"),
                    Column("经办"),
                    Column("发生", "day"),
                    Column("入账", "day"),
                    Column("签名"),
                ),
                (
                    Row(
                        (
                            NO,
                            5,
                            "提交整改",
                            "何志强",
                            at(6, 20, 15, 10),
                            at(6, 20, 15, 18),
                            Mark("登录签名", good=True),
                        ),
                        "#",
                    ),
                    Row(
                        (
                            NO,
                            4,
                            "退回",
                            "秦海",
                            at(6, 16, 11),
                            at(6, 16, 11, 12),
                            Mark("登录签名", good=True),
                        ),
                        "#",
                    ),
                ),
            ),
            "empty": Empty("没有符合条件的记录"),
            "pager": Pager(2, None, next_href="?c"),
        },
    ),
    "people": (
        "people.html",
        {
            "frame": REAL,
            "crumbs": (Link("人员与岗位", ""),),
            "begin": (
                Action("导入人员", "#", icon="file-import"),
                Action("登记任职", "#", icon="plus", primary=True),
            ),
            "vacant": (Todo("副区长（分管消防）", "#", "登记任职", where="区政府", note="空缺 12 天"),),
            "tabs": (Tab("岗位", "?", 64, True), Tab("人员", "?", 71), Tab("账号", "?", 58)),
            "filters": (Filter("q", "姓名、岗位、单位", "text"),),
            "hidden": (),
            "chips": (),
            "clear_href": "",
            "ledger": Ledger(
                (
                    Column("岗位", "title"),
                    Column("单位"),
                    Column("职权"),
                    Column("现任"),
                    Column("任职起", "day"),
                ),
                (
                    Row(("综合科科长", "区安委办", "安委办工作人员", "周文静", date(2022, 3, 1)), "#"),
                    Row(("监督员", "区消防救援大队", "部门监管人员", "秦海", date(2021, 9, 1)), "#"),
                ),
            ),
            "empty": Empty("没有岗位"),
            "pager": Pager(2, 64),
        },
    ),
    "post": (
        "post.html",
        {
            "frame": REAL,
            "crumbs": (),
            "heading": "区安委办 综合科科长",
            "facts": (
                Fact("单位", "区安委办"),
                Fact("职权", "安委办工作人员"),
                Fact("辖区", "全区"),
                Fact("行业领域", "全部"),
            ),
            "tenures": Ledger(
                (Column("姓名", "title"), Column("起", "day"), Column("止", "day")),
                (Row(("周文静", date(2022, 3, 1), None)), Row(("方磊", date(2019, 5, 1), date(2022, 2, 28)))),
            ),
            "tenures_empty": None,
            "actions": (
                Action("结束任职", "#", icon="calendar"),
                Action("登记新任职", allowed=False, reasons=("周文静 在任，一个岗位同时只能一人",)),
            ),
            "not_mine": "",
        },
    ),
    "first_run": (
        "first_run.html",
        {
            "frame": REAL,
            "crumbs": (),
            "base_template": "base.html",
            "stages": (
                Stage("确定本区", "past", "云栖区（370491），已由命令行设定。"),
                Stage("镇街、村社区与网格", "past", "8 个镇街、112 个村社区。", "#", "再导入", "#", "空白表"),
                Stage(
                    "部门与单位", "here", "谁监管哪个行业领域，由这张表决定。", "#", "导入单位", "#", "空白表"
                ),
                Stage("人员、岗位与任职", "ahead", "先有单位，人才有岗位。"),
                Stage("企业", "ahead", "统一社会信用代码会逐个核对。"),
                Stage("第一本隐患台账", "ahead", "原样拖进来，先预览再写入。"),
            ),
        },
    ),
    "notices": (
        "notices.html",
        {
            "frame": FRAME,
            "crumbs": (Link("通知", ""),),
            "tabs": (Tab("未读", "?", 2, True), Tab("全部", "?all=1", 31)),
            "read_all_href": "#",
            "pager": None,
            "groups": (
                (
                    "今天",
                    (
                        {
                            "text": "青松铸造喷漆房可燃气体报警器失效：逾期 2 天未交办，已升级到您",
                            "href": "#",
                            "at": at(6, 30, 8, 30),
                            "urgent": True,
                            "unread": True,
                            "no": "370491-H2023-000398",
                        },
                        {
                            "text": "何志强 提交了整改，等您安排验收",
                            "href": "#",
                            "at": at(6, 30, 8, 30),
                            "urgent": False,
                            "unread": True,
                            "no": NO,
                        },
                    ),
                ),
                (
                    "更早",
                    (
                        {
                            "text": "6 月隐患台账请于 2023-07-05 前报送",
                            "href": "#",
                            "at": at(6, 26, 8, 30),
                            "urgent": False,
                            "unread": False,
                            "no": "",
                        },
                    ),
                ),
            ),
        },
    ),
    "enterprises": (
        "list.html",
        {
            "frame": FRAME,
            "crumbs": (Link("企业", ""),),
            "heading": "企业",
            "begin": (Action("导入企业", "#", icon="file-import"),),
            "tabs": (Tab("全部", "?", 600, True), Tab("待核实", "?", 7), Tab("已核实", "?", 593)),
            "filters": (Filter("q", "名称、统一社会信用代码", "text"),),
            "hidden": (),
            "chips": (),
            "clear_href": "",
            "ledger": Ledger(
                (
                    Column("企业", "title"),
                    Column("统一社会信用代码"),
                    Column("镇街"),
                    Column("行业领域"),
                    Column("核实", "state"),
                    Column("未销号隐患", "number", "条"),
                ),
                (
                    Row(
                        (
                            "云栖青松铸造有限公司",
                            "91370491MA3C0DE01A",
                            "临溪街道",
                            "工贸",
                            State("已核实"),
                            2,
                        ),
                        "#",
                    ),
                    Row(("恒达纸制品经营部", None, "北郊镇", "工贸", State("待核实", "waiting"), 1), "#"),
                ),
            ),
            "pager": Pager(2, 600, next_href="?c"),
            "count_words": "600 家",
            "export_label": "导出这 600 家",
            "export_href": "#",
        },
    ),
    "enterprise": (
        "enterprise.html",
        {
            "frame": FRAME,
            "crumbs": (Link("企业", "#"), Link("云栖青松铸造有限公司", "")),
            "name": "云栖青松铸造有限公司",
            "where": "临溪街道 · 工贸",
            "state": State("已核实"),
            "level": Level("黄", "yellow"),
            "cards": CARDS[:4],
            "facts": (
                Fact("统一社会信用代码", "91370491MA3C0DE01A"),
                Fact("主要负责人", "程远"),
                Fact("安全管理员", "罗敏"),
                Fact("从业人员", 186, hint="单位：人"),
                Fact("国民经济行业", "黑色金属铸造（C3391）"),
                Fact("地址", "临溪街道工业三路 6 号"),
            ),
            "more_facts": (),
            "chain": CHAIN[:3],
            "actions": (
                Action("上报隐患", "#", icon="plus"),
                Action("核实", allowed=False, reasons=("已于 2023-02-10 核实",)),
            ),
            "not_mine": "",
            "matters": Ledger(HAZARD_COLUMNS, HAZARD_ROWS[:1]),
            "matters_empty": None,
            "recurrences": Ledger(
                (Column("位置与类别", "title"), Column("次数", "number"), Column("最近", "day")),
                (Row(("喷漆房 · 可燃气体报警", 3, date(2023, 6, 26)), "#"),),
            ),
            "expectations": None,
        },
    ),
    "once_secret": (
        "once_secret.html",
        {
            "frame": REAL,
            "crumbs": (),
            "heading": "账号已建立",
            "says": "请当面把一次性口令交给本人，首次登录必须修改。",
            "secret": "rF7-kq2M-Xw94",
            "back": Link("回到人员与岗位", "#"),
        },
    ),
}
