"""Every page with a life-like example: look tests render them, ``tools/gallery.py`` takes their pictures.

All names are invented. The example day is Friday 2023-06-30 unless a context says otherwise.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from bihuan.kernel.clock import SHANGHAI
from bihuan.kernel.errors import Failure
from bihuan.kernel.web.parts import (
    Action,
    Card,
    Chip,
    Choice,
    Column,
    Deadline,
    Empty,
    Entry,
    Fact,
    File,
    Filter,
    Frame,
    Holder,
    Ledger,
    Level,
    Link,
    Mark,
    MatrixCell,
    MatrixRow,
    Money,
    Pager,
    Photo,
    Progress,
    Row,
    Stage,
    State,
    Stop,
    Tab,
    Tally,
    Todo,
    Track,
)

TODAY = date(2023, 6, 30)
NO = "370491-H2023-000412"


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=SHANGHAI)


def due(month: int, day: int, **more: Any) -> Deadline:
    return Deadline.of(date(2023, month, day), today=TODAY, **more)


NAVIGATION = (
    Link("工作台", "/", "layout-dashboard", 7),
    Link("任务", "/tasks/", "checklist"),
    Link("隐患", "/hazards/", "alert-triangle", current=True),
    Link("检查执法", "/inspections/", "gavel"),
    Link("台账", "/ledgers/", "table"),
    Link("报表", "/reports/", "report-analytics"),
    Link("企业", "/enterprises/", "building-factory-2"),
)
FRAME = Frame(
    district="云栖区",
    demo=True,
    user_name="周文静",
    post="区安委办 综合科科长",
    open_count=7,
    open_href="/",
    overdue_count=2,
    notice_count=3,
    navigation=NAVIGATION,
    account=(Link("我的岗位", "/me/", "id-badge-2"),),
)
REAL = Frame(district="云栖区", user_name="李建国", post="区应急管理局 信息中心", navigation=NAVIGATION[:3])
BARE = Frame(district="云栖区")
BARE_DEMO = Frame(district="云栖区", demo=True)

GENERAL, MAJOR = Level("一般"), Level("重大", "red")
RECTIFYING, ACCEPTING = State("整改中"), State("待验收", "waiting")
CLOSED, VOID, REPORTED = State("已销号", "done"), State("已作废", "off"), State("待交办", "waiting")

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

TRACK = Track(
    (
        Stop("上报", "done", "秦海", date(2023, 6, 5)),
        Stop("交办", "done", "周文静", date(2023, 6, 6)),
        Stop("整改", "done", "何志强", date(2023, 6, 20)),
        Stop("验收", "here"),
        Stop("销号", "ahead"),
    ),
    holder="秦海",
    holder_post="区消防救援大队 监督员",
    deadline=due(6, 29),
    returned=1,
)
FACTS = (
    Fact("企业", "宏远商贸城", href="/enterprises/9/", hint="统一社会信用代码 91370491MA3C0DE17X"),
    Fact("位置", "临溪街道建设路 88 号，二层东侧"),
    Fact("行业领域", "消防"),
    Fact("来源", "联合检查"),
    Fact("发现", at(6, 5, 10, 20), hint="秦海、冯立 现场发现"),
    Fact("等级", GENERAL, hint="依据消防类判定标准，未达到重大情形"),
    Fact(
        "隐患内容",
        "二层东侧疏散通道堆放纸箱约二十件，宽度不足一米；尽头安全出口用链条锁锁闭，无人值守。",
        wide=True,
    ),
)
FIVE = (
    Fact("责任人", "何志强（商贸城安全经理）"),
    Fact("整改措施", "清空通道，拆除链条锁，改装推杠式逃生门锁"),
    Fact("资金", Money(860000), hint="单位：元；实际支出 7,980 元"),
    Fact("整改期限", date(2023, 6, 20)),
    Fact("应急预案", "整改期间东侧商铺停业，安排两人值守", wide=True),
)
ENTRIES = (
    Entry(
        1,
        "上报",
        "秦海",
        "区消防救援大队 监督员",
        at(6, 5, 10, 20),
        at(6, 5, 10, 41),
        "二层东侧疏散通道堆放货物，安全出口上锁。",
        state=REPORTED,
        mark=Mark("登录签名", good=True),
        verified="ok",
        digest="9f3ac1e27b04d5518e6c",
        attachments=(Link("现场照片 2 张", "#photos"),),
    ),
    Entry(
        2,
        "交办",
        "周文静",
        "区安委办 综合科科长",
        at(6, 6, 9, 5),
        at(6, 6, 9, 5),
        "",
        (Fact("责任人", "何志强"), Fact("整改期限", date(2023, 6, 20))),
        RECTIFYING,
        Mark("登录签名", good=True),
        verified="ok",
        digest="41b07de90aa3c2f7735d",
    ),
    Entry(
        3,
        "提交整改",
        "何志强",
        "宏远商贸城 安全经理",
        at(6, 15, 16, 30),
        at(6, 15, 16, 52),
        "通道已清空，锁已拆。",
        state=ACCEPTING,
        mark=Mark("现场手写签名", "drawn", "秦海", True),
        verified="ok",
        digest="c07d5b8813fa9e2066ab",
    ),
    Entry(
        4,
        "退回",
        "秦海",
        "区消防救援大队 监督员",
        at(6, 16, 11, 0),
        at(6, 16, 11, 12),
        "逃生门锁尚未改装，仍为普通插销。请改装推杠锁后重新提交。",
        state=RECTIFYING,
        mark=Mark("登录签名", good=True),
        verified="ok",
        digest="77e1a9",
    ),
    Entry(
        5,
        "提交整改",
        "何志强",
        "宏远商贸城 安全经理",
        at(6, 20, 15, 10),
        at(6, 20, 15, 18),
        "东侧两樘逃生门已换推杠锁，附照片。",
        (Fact("实际支出", Money(798000), hint="单位：元"),),
        ACCEPTING,
        Mark("登录签名", good=True),
        digest="e2c48d0f",
    ),
    Entry(
        6,
        "验收提醒",
        "系统",
        "",
        at(6, 28, 8, 30),
        at(6, 28, 8, 30),
        "验收期限还有 1 个工作日，已通知 秦海。",
        system=True,
    ),
)
CLAIMED = (
    Entry(
        1,
        "台账登记",
        "临溪街道",
        "临溪街道安监办 报送",
        at(3, 14, 0, 0),
        at(6, 30, 9, 40),
        "液氨储罐压力表超期未检。",
        state=REPORTED,
        mark=Mark("台账自报，无本人签名", "claimed"),
        claimed=True,
        verified="ok",
        digest="5a0b",
    ),
    Entry(
        2,
        "自报已销号",
        "临溪街道",
        "临溪街道安监办 报送",
        at(4, 18, 0, 0),
        at(6, 30, 9, 40),
        "台账第 44 行「已于4月18日整改完成」。",
        state=CLOSED,
        claimed=True,
        verified="bad",
        digest="5a0c",
    ),
)
PIXEL = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 320 240'%3E%3Crect width='320' height='240' "
    "fill='%23{}'/%3E%3Cpath d='M0 190 L90 120 L150 170 L230 90 L320 180 V240 H0 Z' fill='%23{}'/%3E%3C/svg%3E"
)
PHOTOS = (
    Photo(
        "#",
        PIXEL.format("c9d2dc", "8d99a6"),
        "before",
        "通道堆放纸箱",
        at(6, 5, 10, 21),
        "临溪街道建设路",
        "秦海",
    ),
    Photo(
        "#",
        PIXEL.format("cfd6cf", "93a093"),
        "before",
        "安全出口链条锁",
        at(6, 5, 10, 23),
        "临溪街道建设路",
        "秦海",
    ),
    Photo(
        "#",
        PIXEL.format("dfe7ee", "a9bccb"),
        "after",
        "推杠锁已装",
        at(6, 20, 14, 55),
        "临溪街道建设路",
        "何志强",
    ),
)
CHAIN = (
    Holder("企业", "何志强", "宏远商贸城 安全经理", "安全生产法 第四十一条"),
    Holder("属地", "邵明", "临溪街道 安监办主任", "区属地责任分工，2023 年"),
    Holder("行业部门", "秦海", "区消防救援大队 监督员", "三管三必须：消防", here=True),
    Holder("安委办", "周文静", "区安委办 综合科科长", "区安委会工作规则"),
    Holder("分管领导", "", "副区长（分管消防）", "区政府领导分工", vacant=True),
)
ACTIONS = (
    Action(
        "验收",
        "accept/",
        primary=True,
        signed=True,
        icon="circle-check",
        hint="现场看过、照片对得上，再签名验收。",
    ),
    Action("退回整改", "send-back/", icon="arrow-back-up", signed=True),
    Action("改定等级", "regrade/", icon="flag"),
    Action("交办", allowed=False, reasons=("已于 2023-06-06 交办，不能重复交办",)),
    Action(
        "提交整改",
        allowed=False,
        reasons=("只有整改责任人何志强能提交", "您已是本次验收人（谁治理谁签名、谁验收谁签名）"),
    ),
    Action("延期", allowed=False, reasons=("整改已提交，不再延期",)),
)
EXPLAINED = due(
    6,
    29,
    rule="提交整改后 5 个工作日内验收（区安委办验收时限）。从 2023-06-20 的次日起算。",
    skipped=(
        (date(2023, 6, 22), "端午节"),
        (date(2023, 6, 23), "端午节调休"),
        (date(2023, 6, 24), "端午节调休"),
    ),
)
CRUMBS = (Link("隐患", "/hazards/"), Link(NO, ""))


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class AssignForm(forms.Form):
    """One field of each kind, as a step's input becomes a form."""

    grade = forms.ChoiceField(label="等级", choices=(("general", "一般"), ("major", "重大")))
    responsible = forms.CharField(label="整改责任人", max_length=60)
    agency = forms.ChoiceField(
        label="督促单位",
        choices=[
            ("", "请选择"),
            *(
                (str(i), w)
                for i, w in enumerate(("区应急管理局", "区消防救援大队", "区住建局", "区交通局", "临溪街道"))
            ),
        ],
    )
    measures = forms.CharField(label="整改措施", widget=forms.Textarea, help_text="写清改什么、改成什么样。")
    funds = forms.DecimalField(label="资金", help_text="没有花钱就填 0。")
    rectify_by = forms.DateField(label="整改期限", widget=forms.DateInput)
    plan = forms.CharField(label="应急预案", widget=forms.Textarea, required=False)
    cautions = forms.MultipleChoiceField(
        label="同时采取",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=(("stop", "整改期间停用该部位"), ("guard", "安排专人值守"), ("post", "现场公示")),
    )
    reporter = forms.CharField(label="举报人", required=False)
    photos = forms.FileField(label="现场照片", widget=Files, required=False)
    paper = forms.FileField(label="附件", required=False)
    told = forms.BooleanField(label="已当面告知企业主要负责人", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks: dict[str, dict[str, Any]] = {
            "responsible": {"basis": "《中华人民共和国安全生产法》第四十一条"},
            "funds": {"kind": "money"},
            "photos": {"kind": "photo"},
            "reporter": {"sealed": True},
        }
        for name, added in marks.items():
            for key, value in added.items():
                setattr(self.fields[name], key, value)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="退回原因", widget=forms.Textarea, help_text="写清哪里没改到位、要改成什么样。"
    )


class AfterForm(forms.Form):
    done = forms.CharField(label="怎么改的", widget=forms.Textarea({"rows": 3}))
    spent = forms.DecimalField(label="实际支出")
    photos = forms.FileField(label="整改后照片", widget=Files)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spent"].kind = "money"  # type: ignore[attr-defined]
        self.fields["photos"].kind = "photo"  # type: ignore[attr-defined]


class PeriodForm(forms.Form):
    period = forms.ChoiceField(label="报送月份", choices=(("2023-06", "2023年6月"), ("2023-05", "2023年5月")))


class PartialForm(forms.Form):
    mode = forms.ChoiceField(
        label="怎么导入",
        choices=(("all", "全部无误才导入"), ("partial", "先导入没问题的 98 行")),
        initial="partial",
    )


IMPORT_STAGES = ("选择文件", "预览核对", "确认导入", "完成")


def stages(here: int) -> list[Stage]:
    return [
        Stage(word, "past" if i < here else "here" if i == here else "ahead")
        for i, word in enumerate(IMPORT_STAGES)
    ]


def bound(form: type[forms.Form], data: dict[str, Any]) -> forms.Form:
    filled = form(data)
    filled.is_valid()
    return filled


MATTER: dict[str, Any] = {
    "frame": FRAME,
    "crumbs": CRUMBS,
    "no": NO,
    "what": "二层疏散通道堆放货物，安全出口上锁",
    "where": "宏远商贸城 · 临溪街道",
    "level": GENERAL,
    "state": ACCEPTING,
    "tags": ("联合检查", "第 2 次发生"),
    "track": TRACK,
    "facts": FACTS,
    "more_facts": (("五落实", FIVE),),
    "photos": PHOTOS,
    "files": (File("现场检查记录.pdf", "#", "214 KB", "秦海", at(6, 5, 17)),),
    "actions": ACTIONS,
    "deadline": EXPLAINED,
    "chain": CHAIN,
    "entries": ENTRIES,
    "verification": "前 4 条已封存并核验一致，2 条待封存",
    "related": (Link("同一处上次发生：370491-H2022-001873（2022-11-02 销号）", "#"),),
    "not_mine": "",
}
NO_CELL = MatrixCell("—")


def filed(word: str, standing: Any, hint: str = "") -> MatrixCell:
    return MatrixCell(word, standing, "/filings/1/" if standing != "none" else "", hint)


PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "signin": ("signin.html", {"frame": BARE, "form": forms.Form(), "next": "/"}),
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
    "matter": ("matter.html", MATTER),
    "matter_closed": (
        "matter.html",
        MATTER
        | {
            "state": CLOSED,
            "level": MAJOR,
            "what": "液氨储罐压力表超期未检",
            "no": "370491-H2023-000122",
            "entries": CLAIMED,
            "photos": (),
            "files": (),
            "related": (),
            "deadline": None,
            "track": Track(
                tuple(
                    Stop(
                        s.word,
                        "done",
                        s.who or "邵明",
                        s.at or date(2023, 4, 18),
                        "台账自报" if i == 4 else "",
                    )
                    for i, s in enumerate(TRACK.stops)
                ),
                "冯立",
                "区应急管理局",
                None,
                True,
            ),
            "actions": (Action("更正", allowed=False, reasons=("只有登记单位能更正",)),),
            "verification": "核验发现 1 处不一致",
            "not_mine": "这条隐患已销号。",
        },
    ),
    "matter_void": (
        "matter.html",
        MATTER
        | {
            "state": VOID,
            "track": Track(
                tuple(
                    Stop(
                        s.word, "done" if i < 1 else "ahead", s.who if i < 1 else "", s.at if i < 1 else None
                    )
                    for i, s in enumerate(TRACK.stops)
                ),
                left="作废（重复登记，并入 370491-H2023-000398）",
            ),
            "actions": (),
            "not_mine": "这条隐患已作废。",
            "photos": PHOTOS[:1],
            "deadline": None,
        },
    ),
    "step": (
        "step.html",
        {
            "frame": FRAME,
            "crumbs": (*CRUMBS, Link("交办", "")),
            "label": "交办",
            "says": "把五件事说清楚，交给能改的人。",
            "basis": "《中华人民共和国安全生产法》第四十一条",
            "matter": Link(f"{NO} 二层疏散通道堆放货物，安全出口上锁", "#"),
            "facts": (),
            "form": AssignForm(initial={"grade": "general"}),
            "failures": (),
            "multipart": True,
            "signed": True,
            "confirmed": False,
            "one_click_sign": False,
            "password_error": "",
            "version": 3,
            "key": "k",
            "cancel_href": "../",
        },
    ),
    "step_refused": (
        "step.html",
        {
            "frame": FRAME,
            "crumbs": (*CRUMBS, Link("交办", "")),
            "label": "交办",
            "says": "把五件事说清楚，交给能改的人。",
            "basis": "",
            "matter": Link(f"{NO} 二层疏散通道堆放货物，安全出口上锁", "#"),
            "facts": FACTS[:2],
            "form": bound(
                AssignForm,
                {
                    "grade": "general",
                    "responsible": "何志强",
                    "measures": "清空通道",
                    "funds": "很多",
                    "rectify_by": "2023-13-01",
                },
            ),
            "failures": (
                Failure("hazard.due_before_found", "整改期限不能早于发现日期 2023-06-05", "rectify_by"),
                Failure("hazard.elements_incomplete", "五落实还缺应急预案，请补齐后再交办", "plan"),
            ),
            "multipart": True,
            "signed": True,
            "confirmed": False,
            "one_click_sign": False,
            "password_error": "密码不对，请重输",
            "version": 3,
            "key": "k",
            "cancel_href": "../",
        },
    ),
    "step_phone": (
        "step.html",
        {
            "frame": FRAME,
            "crumbs": CRUMBS,
            "label": "提交整改",
            "says": "拍下改好的样子，写一句怎么改的。",
            "basis": "",
            "matter": None,
            "facts": (),
            "form": AfterForm(),
            "failures": (),
            "multipart": True,
            "signed": True,
            "confirmed": True,
            "one_click_sign": False,
            "password_error": "",
            "version": 4,
            "key": "k",
            "cancel_href": "../",
        },
    ),
    "stale": (
        "stale.html",
        {
            "frame": FRAME,
            "crumbs": CRUMBS,
            "matter": Link(NO, "#"),
            "label": "验收",
            "since": ENTRIES[3:4],
            "typed": (Fact("验收意见", "通道畅通，同意销号"),),
            "again_href": "#",
        },
    ),
    "refused": (
        "refused.html",
        {
            "frame": FRAME,
            "crumbs": CRUMBS,
            "label": "验收",
            "failures": (
                Failure("hazard.accepter_is_rectifier", "验收人不能是整改人（谁治理谁签名、谁验收谁签名）"),
                Failure("hazard.no_after_photo", "还没有整改后照片，请整改责任人补传"),
            ),
            "back": Link("回到这条隐患", "#"),
        },
    ),
    "import_drop": (
        "import_drop.html",
        {
            "frame": FRAME,
            "crumbs": (Link("台账", ""),),
            "stages": stages(0),
            "form": PeriodForm(),
            "failures": (),
            "template_href": "#",
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
            "says": "",
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
            "errors_href": "#",
            "form": PartialForm(),
            "may_confirm": True,
            "cannot": "",
            "confirm_label": "确认导入 98 行",
            "confirm_says": "写入 98 条隐患、记 6 条进展、登记 7 家待核实企业。台账里已办的事按「台账自报」记入，不算本系统签办。",
            "cancel_href": "#",
        },
    ),
    "import_progress": (
        "import_progress.html",
        {
            "frame": FRAME,
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
    "figures": (
        "figures.html",
        {
            "frame": FRAME,
            "crumbs": (Link("数据", ""),),
            "heading": "隐患数据",
            "period_words": "2023年上半年",
            "as_of": TODAY,
            "filters": (
                Filter(
                    "period",
                    "时段",
                    value="2023H1",
                    choices=(("2023H1", "2023年上半年"), ("2023-06", "2023年6月")),
                ),
                Filter("as_of", "截至", "date", "2023-06-30"),
                Filter("by", "分组", value="sector", choices=(("sector", "行业领域"), ("town", "镇街"))),
            ),
            "chips": (),
            "clear_href": "",
            "cards": CARDS,
            "breakdown_heading": "按行业领域",
            "note": "一条隐患只计入一个行业领域；各行业之和等于合计。",
            "export_href": "#",
            "breakdown": Ledger(
                (
                    Column("行业领域", "title"),
                    Column("排查", "number", "条"),
                    Column("整改完成", "number", "条"),
                    Column("整改率", "number", "%"),
                    Column("逾期", "number", "条"),
                    Column("整改资金", "money", "万元"),
                ),
                (
                    Row(("工贸", 214, 212, "99.1", 0, "128.30"), "#"),
                    Row(("危险化学品", 97, 95, "97.9", 1, "86.02"), "#"),
                    Row(("消防", 88, 86, "97.7", 1, "40.14"), "#"),
                    Row(("建筑施工", 74, 73, "98.6", 0, "58.00"), "#"),
                    Row(("非煤矿山", 53, 52, "98.1", 0, "0"), "#"),
                ),
                "按行业领域",
                ("合计", 526, 518, "98.5", 2, "312.46"),
            ),
        },
    ),
    "report": (
        "report.html",
        {
            "frame": FRAME,
            "crumbs": (Link("报表", "#"), Link("半年报告", "")),
            "heading": "2023年上半年隐患排查治理情况报告",
            "state": State("草稿"),
            "number": "",
            "digest": "8a6f0c3be21d7745c0f19e52ab03d8e6",
            "period_words": "2023年上半年",
            "as_of": TODAY,
            "docx_href": "#",
            "pdf_href": "#",
            "actions": (
                Action(
                    "签发",
                    "#",
                    primary=True,
                    signed=True,
                    icon="signature",
                    hint="签发后数据固定，再签发会列出变化。",
                ),
                Action("撤回草稿", "#", icon="x"),
            ),
            "changes": (("排查隐患", "524 条", "526 条", "#"), ("整改率", "98.3%", "98.5%", "#")),
            "issued": (),
            "not_mine": "",
            "body": '<h1>关于2023年上半年隐患排查治理情况的报告</h1><h2>一、总体情况</h2><p>截至2023年6月30日，全区共排查各类隐患<a class="fig" href="#">526</a>条，完成整改<a class="fig" href="#">518</a>条，整改率<a class="fig" href="#">98.5%</a>，投入整改资金<a class="fig" href="#">312.46</a>万元。</p><table><caption>表1　各行业领域隐患排查治理情况</caption><thead><tr><th>行业领域</th><th>排查（条）</th><th>整改（条）</th><th>整改率（%）</th></tr></thead><tbody><tr><td>工贸</td><td>214</td><td>212</td><td>99.1</td></tr><tr><td>危险化学品</td><td>97</td><td>95</td><td>97.9</td></tr></tbody></table><p class="signed">云栖区安全生产委员会办公室<br>2023年7月3日</p>',
        },
    ),
    "filings": (
        "filings.html",
        {
            "frame": FRAME,
            "crumbs": (Link("应报未报", ""),),
            "heading": "应报未报",
            "filters": (Filter("year", "年份", value="2023", choices=(("2023", "2023年"),)),),
            "tally": (
                Tally("应报", 48),
                Tally("已报", 37),
                Tally("零报告", 4),
                Tally("迟报", 3),
                Tally("未报", 4, late=True),
            ),
            "months": tuple(Column(f"{m}月") for m in range(1, 7)),
            "actions": (
                Action("催报 4 个单位", "#", icon="bell"),
                Action("代为登记零报告", "#", icon="plus"),
            ),
            "rows": (
                MatrixRow(
                    "区应急管理局",
                    (
                        filed("21 条", "met"),
                        filed("18 条", "met"),
                        filed("25 条", "met"),
                        filed("19 条", "met"),
                        filed("22 条", "met"),
                        filed("待报", "due", "2023-07-05 前"),
                    ),
                    "#",
                ),
                MatrixRow(
                    "区工信局",
                    (
                        filed("32 条", "met"),
                        filed("零报告", "nil"),
                        filed("28 条", "met"),
                        filed("30 条", "met"),
                        filed("迟 3 天", "late"),
                        filed("待报", "due"),
                    ),
                    "#",
                ),
                MatrixRow(
                    "区住房和城乡建设局",
                    (
                        filed("12 条", "met"),
                        filed("未报", "missing"),
                        filed("14 条", "met"),
                        filed("未报", "missing"),
                        filed("9 条", "met"),
                        filed("待报", "due"),
                    ),
                    "#",
                ),
                MatrixRow(
                    "临溪街道",
                    (
                        filed("57 条", "met"),
                        filed("61 条", "met"),
                        filed("48 条", "met"),
                        filed("55 条", "met"),
                        filed("57 条", "met"),
                        filed("60 条", "met"),
                    ),
                    "#",
                ),
                MatrixRow(
                    "石桥镇",
                    (
                        NO_CELL,
                        filed("免报", "waived", "机构调整"),
                        filed("零报告", "nil"),
                        filed("8 条", "met"),
                        filed("未报", "missing"),
                        filed("待报", "due"),
                    ),
                    "#",
                ),
            ),
        },
    ),
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
    "three_lists": (
        "three_lists.html",
        {
            "frame": FRAME,
            "crumbs": (Link("隐患", "#"), Link("三个清单", "")),
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
    "404": ("404.html", {"frame": BARE}),
    "403": ("403.html", {"frame": BARE}),
    "500": ("500.html", {}),
    "403_csrf": ("403_csrf.html", {}),
}


def signin_pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Pages whose forms live beside models, which need Django set up first."""
    from bihuan.kernel.web.signin import DemoCodeForm, SignInForm

    wrong = SignInForm({"username": "zhou", "password": "x"})
    wrong.add_error("password", "账号或密码不对，请核对后重输。连续输错 5 次会锁定 15 分钟")
    roles = (
        Choice(
            "a",
            "安委办工作人员",
            "周文静 · 区安委办综合科科长。收台账、交办、催办、看谁没报、出半年报告",
            "clipboard-list",
        ),
        Choice(
            "b",
            "部门监管人员",
            "秦海 · 区消防救援大队监督员。交办、验收本行业领域的隐患",
            "building-community",
        ),
        Choice("c", "网格员", "孙丽 · 临溪街道第三网格网格员。巡查时用手机拍照上报", "map-pin"),
        Choice(
            "d",
            "企业安全管理员",
            "罗敏 · 云栖青松铸造安全管理员。自查自报，整改后提交照片",
            "clipboard-check",
        ),
        Choice("e", "审计管理员", "林岚 · 区大数据中心审计员。查阅和核验留痕，不碰业务", "shield-check"),
    )
    return {
        "signin": ("signin.html", {"frame": BARE, "form": SignInForm(), "next": "/"}),
        "signin_wrong": ("signin.html", {"frame": BARE, "form": wrong, "next": "/"}),
        "signin_locked": (
            "signin.html",
            {"frame": BARE, "form": SignInForm(), "locked_minutes": 15, "next": "/"},
        ),
        "demo_code": (
            "demo_signin.html",
            {"frame": BARE_DEMO, "form": DemoCodeForm(), "opened": False, "next": "/"},
        ),
        "demo_roles": ("demo_signin.html", {"frame": BARE_DEMO, "opened": True, "roles": roles, "next": "/"}),
    }
