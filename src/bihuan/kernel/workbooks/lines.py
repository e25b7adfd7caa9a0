"""A ledger's lines are not all rows: totals, signatures, notes and repeated headings are named and left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bihuan.kernel.workbooks.text import as_text, blank, narrow

_TOTAL = re.compile(
    r"^(?:本页|本月|本表|本期|全区|全镇|全街道|以上)?(?:合计|总计|小计|共计|累计|总数)(?:[:：(（\d].*)?$"
    r"|^.{1,20}(?:小计|合计|总计)[:：]?$"
    r"|^(?:合计|总计|小计)?共(?:计|有)?\d+(?:处|条|项|个|家|起|件|宗|户).*$"
)
_SIGNATURE = re.compile(
    r"^(?:填表|填报|制表|编制|审核|复核|审批|审定|批准|经办|统计|汇总|报送|上报|填写|录入)(?:人|员|人员|单位|时间|日期|部门|领导)?"
    r"(?:\(?(?:签字|签名|签章|盖章)\)?)?(?:[:：(]|$)"
    r"|^(?:(?:本)?(?:单位|部门|企业|分管|主要|主管|镇街|街道|科室)(?:负责人|领导|意见)"
    r"|负责人|主要负责人|分管领导|联系人|联系电话|联系方式|电话|日期|时间|盖章|签字|签名|签章|领导签字)"
    r"(?:\(?(?:签字|签名|签章|盖章)\)?)?[:：(]"
    r"|^\(?(?:盖章|公章|签字|签章)\)?$"
)
_NOTE = re.compile(
    r"^(?:注|附|备注|说明|附注|注意|填表说明|填报说明|填写说明|注意事项)(?:\d|[一二三四五])?[:：.、]|^[※★*]"
)
_SECTION = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)?[、.,．)]|第[一二三四五六七八九十]+(?:部分|类|章)|【)|^(?:[A-Z]|[ⅠⅡⅢⅣⅤ])[、.]"
)
_NUMBER = re.compile(r"[(A-Za-z]{0,3}-?[\d.\-/]+[).、]?")
_SAME = frozenset({"同上", "〃", "″", '"', "同前", "“", "”"})


def filled(cells: Sequence[object]) -> list[int]:
    """Columns in which a reader sees something."""
    return [index for index, cell in enumerate(cells) if cell != "" and not blank(cell)]


def is_number(cell: object) -> bool:
    """A row's own number: 12, 12., (3), A-07."""
    return bool(_NUMBER.fullmatch(narrow(as_text(cell))))


def leading(cells: Sequence[object]) -> list[int]:
    """The first three of :func:`filled`, which tell whether a line is a row at all."""
    found: list[int] = []
    for index, cell in enumerate(cells):
        if cell != "" and not blank(cell):
            found.append(index)
            if len(found) == 3:
                break
    return found


def side_line(cells: Sequence[object], places: Sequence[int]) -> str | None:
    """Why a line beside the rows is none itself: total, signature or note; ``None`` when nothing says so."""
    for place in places[:3]:
        cell = cells[place]
        if type(cell) is str and (told := _told(cell, place == places[0])):
            return told
    return None


@lru_cache(maxsize=16384)
def _told(cell: str, opens: bool) -> str:
    """What a text says of its line; ``opens``: it is the line's first."""
    text = narrow(cell)
    if _TOTAL.match(text):
        return "合计行"
    if opens and _SIGNATURE.match(text):
        return "填表签字行"
    return "说明行" if opens and _NOTE.match(text) else ""


def section_title(cells: Sequence[object], places: Sequence[int]) -> str | None:
    """The text of a line that only names the part of the ledger below it (二、工贸行业)."""
    texts = {as_text(cells[place]) for place in places}
    if len(texts) != 1:
        return None
    text = texts.pop()
    if len(text) > 40 or text.replace(".", "").isdigit():
        return None
    return _SECTION.sub("", narrow(text)) if _SECTION.match(narrow(text)) else text


def repeat_above(cells: list[object], above: Sequence[object]) -> None:
    """Replace 同上 and its like by what stands in the line above."""
    if _SAME.isdisjoint(cells):
        return
    for index, cell in enumerate(cells):
        if cell in _SAME:
            cells[index] = above[index] if index < len(above) else ""
