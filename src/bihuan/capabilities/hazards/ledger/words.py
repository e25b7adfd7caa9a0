"""What the words in a ledger's cells mean: sources, grades, ticks. A word not known here refuses its row, never guessed."""

from __future__ import annotations

import re
from functools import lru_cache

from bihuan.kernel.workbooks.reasons import Unreadable
from bihuan.kernel.workbooks.text import narrow

SOURCES: dict[str, str] = {
    "自查": "企业自查", "日常": "日常检查", "专项": "专项检查", "联合": "联合检查", "督查": "督查", "暗访": "暗访",
    "领导带队": "领导带队", "举报": "群众举报", "专家": "专家排查", "网格": "网格巡查", "移交": "移交", "人大": "人大",
}  # fmt: skip
"""The twelve official sources (mandatory), each with the wording that ledgers and reports use."""

_SOURCE_WORDS: dict[str, tuple[str, ...]] = {
    "自查": ("自查自纠", "自查自改", "自检自查", "自检", "自排", "自行排查", "企业排查", "企业上报", "企业自报", "班组",
           "岗位排查", "全员排查", "单位自查", "自我排查", "内部检查", "主动报告", "自主排查", "员工排查"),
    "日常": ("日常巡查", "日常监管", "日常监督", "常规检查", "日常", "例行检查", "执法检查", "监督检查", "行政检查", "行业检查",
           "部门检查", "现场检查", "定期检查", "巡查检查", "安全检查", "行业部门检查", "镇街检查", "街道检查", "监管检查",
           "双随机", "镇级检查", "乡镇检查", "区级检查", "镇检查", "办事处检查"),
    "专项": ("专项整治", "专项行动", "专项排查", "专项", "大排查", "百日攻坚", "集中整治", "攻坚行动", "节前检查", "节日检查",
           "季节性检查", "拉网式排查", "整治行动", "治本攻坚", "三年行动", "复工复产"),
    "联合": ("联合执法", "联合", "综合检查", "部门联合", "联查", "交叉检查", "交叉互查", "互查", "综合执法"),
    "督查": ("督导检查", "督导", "督查", "督察", "督办", "上级检查", "省级检查", "市级检查", "国务院", "巡视", "巡察", "考核巡查",
           "上级督查", "安全生产巡查", "安委办督查", "综合督查", "省督导", "市督导", "明查暗访", "明察暗访"),
    "暗访": ("暗访", "暗查", "夜查", "四不两直", "暗访暗查", "突击检查"),
    "领导带队": ("领导带队", "领导检查", "领导督导", "领导包保", "带队检查", "县级领导", "区领导", "领导干部带队", "包保领导"),
    "举报": ("举报", "投诉", "信访", "12345", "12350", "热线", "群众反映", "随手拍", "群众上报", "舆情"),
    "专家": ("专家", "第三方", "技术服务", "中介机构", "外脑", "政府购买服务", "服务机构", "安全评价", "诊断"),
    "网格": ("网格", "村居巡查", "社区巡查", "村(社区)巡查", "安全员巡查", "村级排查", "社区排查"),
    "移交": ("移交", "转办", "交办", "移送", "转交", "抄告", "函告", "线索"),
    "人大": ("人大", "政协", "代表建议", "委员提案", "提案", "议案"),
}  # fmt: skip
_SOURCE_ORDER = (
    "领导带队",
    "暗访",
    "举报",
    "专家",
    "网格",
    "人大",
    "移交",
    "自查",
    "督查",
    "联合",
    "专项",
    "日常",
)
"""Where a text names two (领导带队专项检查), the more telling word wins."""

GENERAL, MAJOR = "一般", "重大"
_GENERAL_WORDS = frozenset({"一般", "普通", "一般性", "轻微", "较小", "小"})
_MAJOR_WORDS = frozenset({"重大", "特别重大", "特大"})
_NOISE = re.compile(r"(生产|事故|安全|火灾|质量|消防|类|级|问题|性|型|等级|的)|隐患$|隐患")
_LEVEL = re.compile(r"^[IVC-D四三]+(?=\(?一般)|(?<=一般)\(?[IVCD四三]+\)?$")
_TICK = "[√☑✓✔■●☒▣✅]"
_TICKED = re.compile(_TICK)
_UNTICKED = re.compile(r"[□☐○▢◻]")
_BOX = re.compile(rf"(?:{_TICK}|[□☐○▢◻])")
_YES = frozenset(
    {"√", "✓", "✔", "☑", "■", "●", "有", "是", "已制定", "制定", "已编制", "编制", "已落实", "落实", "已有", "具备", "已建立",
     "完善", "已完善", "到位", "已到位", "Y", "YES", "V", "T", "TRUE", "1", "已备案", "备案", "已制订", "已", "对", "R", "√√"}
)  # fmt: skip
_NO = frozenset(
    {"×", "✗", "✘", "X", "无", "否", "没有", "未制定", "未编制", "未落实", "N", "NO", "F", "FALSE", "0", "□", "未建立",
     "不需要", "无需", "不涉及", "未制订", "未", "没", "缺"}
)  # fmt: skip
_BLANKS = frozenset({"", "/", "\\", "-", "--", "—", "——", "―"})


@lru_cache(maxsize=32768)
def is_blank_mark(text: str) -> bool:
    """``/`` and ``—`` are how a clerk says that nothing stands here."""
    return narrow(text) in _BLANKS


@lru_cache(maxsize=4096)
def read_source(text: str) -> str:
    """The official source a wording means.

    Raises:
        Unreadable: none of the twelve.
    """
    plain = narrow(text)
    if plain in SOURCES:
        return plain
    for code in _SOURCE_ORDER:
        if plain == SOURCES[code] or code in plain or any(word in plain for word in _SOURCE_WORDS[code]):
            return code
    raise Unreadable(f"不是隐患来源，请写 {'、'.join(SOURCES)} 之一")


def looks_like_source(text: str) -> bool:
    """Whether a column of such words is the source column."""
    try:
        read_source(text)
    except Unreadable:
        return False
    return True


@lru_cache(maxsize=4096)
def read_grade(text: str) -> str:
    """``一般`` or ``重大``; also ticked boxes (□一般 ☑重大).

    Raises:
        Unreadable: another word; 较大 has no place in the two grades of 《安全生产事故隐患排查治理暂行规定》第三条.
    """
    plain = narrow(text)
    if _UNTICKED.search(plain) or (_TICKED.search(plain) and GENERAL in plain and MAJOR in plain):
        return _ticked_grade(plain)
    word = _LEVEL.sub("", _NOISE.sub("", _TICKED.sub("", plain))).strip("()、/,.")
    if word in _GENERAL_WORDS:
        return GENERAL
    if word in _MAJOR_WORDS:
        return MAJOR
    raise Unreadable("不是隐患等级，请按判定标准写 一般 或 重大")


def _ticked_grade(plain: str) -> str:
    """The ticked one of two: the box stands before its word (□一般☑重大) or behind it (一般□重大☑)."""
    before = bool(_BOX.match(plain))
    chosen = [
        grade
        for grade in (GENERAL, MAJOR)
        if re.search(rf"{_TICK}{grade}" if before else rf"{grade}(?:事故|安全)?(?:隐患)?{_TICK}", plain)
    ]
    if len(chosen) != 1:
        raise Unreadable("看不出勾选的是哪一级，请只写 一般 或 重大")
    return chosen[0]


def looks_like_grade(text: str) -> bool:
    """Whether a column of such words is the grade column (隐患类别 is the grade in one ledger, the kind in another)."""
    try:
        read_grade(text)
    except Unreadable:
        return False
    return True


@lru_cache(maxsize=4096)
def read_tick(text: str) -> bool | None:
    """Yes, no, or ``None`` for other words (which may be the plan's own name)."""
    plain = narrow(text).upper()
    if plain in _YES:
        return True
    return False if plain in _NO else None
