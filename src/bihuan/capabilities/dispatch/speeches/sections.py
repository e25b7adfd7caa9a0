"""Which part of a speech a sentence stands in: what looks back or at the mind assigns nothing, what looks ahead does."""

from __future__ import annotations

import re
from enum import StrEnum

from bihuan.capabilities.dispatch.speeches.layout import INLINE_LEVEL, MOST_TITLE, Sentence
from bihuan.capabilities.dispatch.speeches.matter import without_adverbs
from bihuan.capabilities.dispatch.speeches.patterns import DEED, MODAL
from bihuan.capabilities.dispatch.speeches.vocabulary import one_of, words

_BACK = re.compile(one_of(words("narrative", "headings")))
_AWARE = re.compile(one_of(words("narrative", "awareness")))
_PLAN = re.compile(one_of(words("narrative", "plans")))
_REPORT = re.compile(one_of(words("narrative", "reports")))
_TITLE_OF_ORDERS = re.compile("讲话|通知|方案|意见|部署|纪要|要点|计划|安排|通报|令|措施")
_DEEDS = re.compile("抓|防|治理|整治|落实|推进|强化|加强|完善|提升|确保|解决|排查|夯实|压实|严")
_CLOSING = re.compile(one_of(words("narrative", "closings")))
_OPENING = re.compile(one_of(words("narrative", "openings")))
_SUPERIOR = re.compile(
    f"(?:{one_of(words('narrative', 'superiors'))}|会上|\\d日(?!前|之前|以前|止|起|至)|近日|日前).{{0,60}}?"
    "(?:(?<!工作)(?<!有关)(?<!各项)要求|强调|指出|提出|批示|明确|表示)(?!的|，按)"
)
_BY_ORDER = re.compile(r"(?:按照|按|根据|依据|落实|贯彻|对照|围绕|执行|符合|达到|依照)[^，。；]{0,40}$")
_AIMS = re.compile(
    "^(?:总体要求|指导思想|(?:工作|主要|总体|行动|整治)目标|基本原则|工作原则|(?:整治|检查|适用|工作|排查|行动)(?:范围|对象)|组织机构|编制依据)"
)
_MINUTED = re.compile("会(?:议)?(?:要求|强调|明确|决定|议定|确定|部署|提出)")
_HEARD = re.compile("会议(?:认为|指出|听取|传达|通报|审议|学习|观看|充分肯定)")
_LOOKS_BACK = re.compile("肯定|认清|总结|回顾|分析|研究|研判|看到|通报|认识|把握|正视")
_NEXT = re.compile("下一步|下步|下半年|下阶段|思路|打算|明年|今后")
_DONE = re.compile(
    "开展情况|完成情况|进展情况|推进情况|落实情况|工作回顾|主要做法|存在的?(?:主要)?问题|取得(?:的|成绩|成效|进展)"
)
_DUE = re.compile(r"(?:\d{1,2}日|月底|年底)前|于每|报送|上报")
_DATED = re.compile(
    r"(?:20\d\d年)?\d{1,2}月\d{1,2}日(?![^，。]{0,6}(?:前|起|至|止|—|-|~))|从[^，]{2,10}(?:看|来看)，|(?:会前|日前|近日|今天)，?(?=[^，]{0,12}(?:把|请来|召开|组织))"
)
_AHEAD = re.compile(r"下一步|下步|下阶段|接下来|为此，|我们将")
_DEFINES = re.compile("^[^，]{1,12}，就是")
_ANNOUNCES = re.compile(
    "(?:指导思想|总体目标|总体要求|工作目标|目标任务|总的要求|奋斗目标|主要目标)(?:是|为|：)|(?:以下|如下|下面|这么)(?:几|[一二三四五六七八九两])?[^，。]{0,6}(?:方面|工作|意见|要求|环节|点|项)|[强再]调[几一二三四五六]点|(?:抓好|做好|落实)[几两二三四五六七八]个方面"
)
_MATTERS = re.compile(
    "至关重要|(?:关键|前提|基础|根本|保障|重要|核心|灵魂|主线)(?:在于|是|所在|举措|内容)?[，。]?$|(?:是|意义)[^，]{0,16}(?:关键|前提|基础|根本|基石|生命线|重大)"
)


class Mode(StrEnum):
    OPENING = "opening"
    BACK = "back"
    AWARENESS = "awareness"
    WORK = "work"
    CLOSING = "closing"


def modes(sentences: list[Sentence]) -> list[Mode]:
    """The mode of every sentence."""
    report = _is_report(sentences)
    first = next((at for at, one in enumerate(sentences) if _numbered(one)), None)
    if first is None:
        first = _first_item(sentences)
    last_part = max((one.paragraph for one in sentences if _numbered(one)), default=0)
    # A paragraph with its own 一要……二要…… works even before the first numbered part.
    begun = {
        one.paragraph for one in sentences
        if (one.level == INLINE_LEVEL and "要" in one.marker) or _MINUTED.match(one.text)
    }  # fmt: skip
    found, ahead = [], -1
    for at, one in enumerate(sentences):
        if _AHEAD.search(one.text):
            ahead = one.paragraph
        if _HEARD.match(one.text) and not MODAL.search(one.text):
            mode = Mode.BACK
        elif one.paragraph > last_part and _CLOSING.match(one.text):
            last_part, mode = -1, Mode.CLOSING
        elif last_part == -1:
            mode = Mode.CLOSING
        elif first is None:
            mode = Mode.BACK if report and ahead != one.paragraph else Mode.WORK
        elif at < first and one.paragraph not in begun:
            mode = Mode.OPENING
        else:
            mode = _of_headings(one, report, ahead == one.paragraph)
        found.append(mode)
    return found


def _first_item(sentences: list[Sentence]) -> int | None:
    """Where a speech without numbered parts comes to its points: the first paragraph that begins 「第一，」 or 「一是」."""
    first_of: dict[int, int] = {}
    for at, one in enumerate(sentences):
        if first_of.setdefault(one.paragraph, at) == at and one.level == INLINE_LEVEL:
            return at
    return None


def _numbered(one: Sentence) -> bool:
    return 0 < one.level < INLINE_LEVEL


def _is_report(sentences: list[Sentence]) -> bool:
    head = "".join(one.text for one in sentences[:8])[:600]
    title = sentences[0].text if sentences and len(sentences[0].text) <= 60 else ""
    if _TITLE_OF_ORDERS.search(title) and not re.search("汇报|总结|述职", title):
        return False
    return bool(_REPORT.search(title)) or bool(
        re.search("汇报如下|报告如下|总结如下|作如下发言|发言如下", head)
    )


def _of_headings(one: Sentence, report: bool, ahead: bool) -> Mode:
    mode = Mode.BACK if report else Mode.WORK
    for depth, whole in enumerate(one.headings):
        title = whole[:MOST_TITLE]
        if _AIMS.match(title):
            mode = Mode.BACK
        elif MODAL.search(title) or _DUE.search(title):
            mode = Mode.BACK if report else Mode.WORK
        elif _NEXT.search(title):
            mode = Mode.WORK
        elif _DONE.search(title):
            mode = Mode.BACK
        elif mode is not Mode.BACK and _PLAN.search(title):
            mode = Mode.WORK
        elif depth == 0 and _AWARE.search(title) and not re.search("宣传|教育|培训", title):
            mode = Mode.AWARENESS
        elif _BACK.search(title) and not _DEEDS.search(title) and not _asks_for_deeds(title):
            mode = Mode.BACK
    return Mode.WORK if ahead and mode is Mode.BACK and report else mode


def _asks_for_deeds(title: str) -> bool:
    """「依法依规，查清事故原因」 is no look at causes, 「肯定成绩，认清形势」 is one."""
    for piece in title.split("，"):
        verb = DEED.match(without_adverbs(piece))
        if verb and not _LOOKS_BACK.match(verb.group()):
            return True
    return False


def tells(sentence: Sentence) -> bool:
    """A sentence that begins as a report of what was: 「去年……」, 「7月28日，某泵站……」, 「从调查情况看……」."""
    return bool(
        _OPENING.match(sentence.text) or (_DATED.match(sentence.text) and not MODAL.search(sentence.text))
    )


def announces(sentence: Sentence) -> bool:
    """A sentence that states aims, says why something matters, or announces what comes."""
    text = sentence.text
    return bool(_ANNOUNCES.search(text) or _DEFINES.match(text)) or (
        bool(_MATTERS.search(text)) and not MODAL.search(text)
    )


def asked_elsewhere(sentence: Sentence) -> bool:
    """A sentence that reports what somebody else has asked for: a superior, another meeting."""
    text = sentence.text
    asked = _SUPERIOR.search(text)
    return bool(asked and not _BY_ORDER.search(text[: asked.end() - 2]) and not text.startswith("会议"))
