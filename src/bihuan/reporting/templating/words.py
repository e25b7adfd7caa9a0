"""The words in 〔…〕 that a template leaves to the period and the place: 〔时段〕, 〔地区〕, 〔截至〕 and the like."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.trees import in_force
from bihuan.reporting.briefing import Question
from bihuan.reporting.genres import following

WORD = re.compile(r"〔(?P<word>[^〔〕\n]{1,12})〕")
YEAR = re.compile(r"[0-9０-９]{2,4}")
"""〔2023〕 within a document number is no word of ours."""
MEANINGS: Mapping[str, str] = {
    "时段": "报告的时段，如“2023年上半年”",
    "年份": "报告所属的年，如“2023年”",
    "地区": "报告的范围，如区、镇街的名称",
    "截至": "“截至2023年6月30日”",
    "截至日": "“2023年6月30日”",
    "去年同期": "上一年的同一时段，如“2022年上半年”",
    "下期": "紧接的月、季、半年或年，如“2023年第三季度”",
    "下步": "“下半年”“下一年”或“下一步”",
    "下步工作": "“下半年重点工作”“下一步工作”",
    "各镇街": "各镇人民政府、街道办事处的名称，按登记的顺序",
    "各部门": "区各部门的名称，按登记的顺序",
}
UNITS = ("各镇街", "各部门")
"""Words that need the register of units; read only where one of them stands."""
_RESTS = {"H1": "下半年", "H2": "下一年", "": "下一年"}


def rest_of(period: Period) -> str:
    """下半年 after a first half, 下一年 after a second or a year, else simply 下一步."""
    return _RESTS.get(period.label[4:], "下一步")


def next_work(period: Period) -> str:
    """How the last chapter is called: 下半年重点工作, else 下一步工作."""
    when = rest_of(period)
    return "下一步工作" if when == "下一步" else f"{when}重点工作"


def words_of(question: Question) -> dict[str, str]:
    """Every word with what it says in one report."""
    period = question.period
    return {
        "时段": period.chinese(),
        "年份": f"{period.first.year}年",
        "地区": question.place,
        "截至": question.until,
        "截至日": chinese_date(question.as_of),
        "去年同期": period.a_year_before().chinese() if period.label[4:7] != "W53" else "上年同期",
        "下期": following(period).chinese(),
        "下步": rest_of(period),
        "下步工作": next_work(period),
    }


def units() -> dict[str, str]:
    """The units by name as they are registered today: for whom a circular is addressed to."""
    rows = Agency.objects.filter(in_force(clock.today()))
    kinds = {"各镇街": AgencyKind.TOWN_GOVERNMENT, "各部门": AgencyKind.DEPARTMENT}
    named = rows.filter(kind__in=kinds.values()).order_by("order", "id").values_list("kind", "name")
    return {word: "、".join(name for of, name in named if of == kind) for word, kind in kinds.items()}


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with its words; what is no word of ours stays as it is."""
    if any(f"〔{word}〕" in text and word not in words for word in UNITS):
        words = {**words, **units()}
    return WORD.sub(lambda found: words.get(found["word"], found.group()), text)
