"""One hazard: on its way, closed by a ledger, and void."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.kernel.web.parts import Action, Entry, Fact, File, Holder, Link, Mark, Money, Photo, Stop, Track
from tests.web.examples.people import (
    ACCEPTING,
    CLOSED,
    CRUMBS,
    FRAME,
    GENERAL,
    MAJOR,
    NO,
    RECTIFYING,
    REPORTED,
    VOID,
    Pages,
    at,
    due,
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

PAGES: Pages = {
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
}
