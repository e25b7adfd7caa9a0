"""Facts as papers write them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bihuan.kernel.documents.numerals import chinese_date, chinese_day, yuan
from bihuan.registers.instruments.kinds import Field, TableColumn


def shown(field: Field | TableColumn, value: Any) -> str:
    """A value in the words of a paper; nothing for none."""
    if value is None:
        return ""
    match field.shape:
        case "date":
            return chinese_day(value)
        case "minute":
            return moment(value)
        case "money":
            return f"{yuan(value)}元"
        case "lines":
            return numbered(value)
        case "people":
            return people(value)
        case "opinion":
            return str(value["text"])
        case _:
            return str(value)


def moment(value: str) -> str:
    """2026年11月22日9时30分."""
    at = datetime.fromisoformat(value)
    return f"{chinese_date(at.date())}{at.hour}时{at.minute:02d}分"


def people(value: list[dict[str, str]]) -> str:
    """张三（证号 鲁D001）、李四（证号 鲁D002）."""
    return "、".join(
        f"{each['name']}（证号 {each['certificate']}）" if each.get("certificate") else each["name"]
        for each in value
    )


def numbered(lines: list[str]) -> str:
    """One line as it is; several as 1. … 2. … on lines of their own."""
    if len(lines) == 1:
        return lines[0]
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


_LAWS = (
    "安全生产法", "行政处罚法", "行政强制法", "危险化学品安全法", "消防法", "矿山安全法", "行政复议法", "行政诉讼法",
    "特种设备安全法", "突发事件应对法", "道路交通安全法", "建筑法", "刑法",
)  # fmt: skip
_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def cited(articles: list[str]) -> str:
    """Articles as a sentence cites them, laws by their full name."""
    return "、".join(full_name(each) for each in articles)


def full_name(article: str) -> str:
    """《安全生产法》第二十条 as 《中华人民共和国安全生产法》第二十条."""
    for law in _LAWS:
        article = article.replace(f"《{law}》", f"《中华人民共和国{law}》")
    return article


def capital_money(fen: int) -> str:
    """Money in capitals, as papers that order a payment write it: 5000000 fen is 伍万元整, 1020 is 壹拾元贰角整."""
    yuan_part, rest = divmod(fen, 100)
    jiao, cent = divmod(rest, 10)
    text = f"{_capital(yuan_part)}元" if yuan_part or not rest else ""
    if not rest:
        return text + "整"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif yuan_part:
        text += "零"
    return text + (f"{_DIGITS[cent]}分" if cent else "整")


def _capital(number: int) -> str:
    if number == 0:
        return "零"
    groups: list[str] = []
    gap = False
    for order, name in ((8, "亿"), (4, "万"), (0, "")):
        part = number // 10**order % 10_000 if order < 8 else number // 10**8
        if part == 0:
            gap = bool(groups)
            continue
        text = _four(part) if part < 10_000 else _capital(part)
        if groups and (gap or part < 1000):
            text = "零" + text
        groups.append(text + name)
        gap = False
    return "".join(groups)


def _four(number: int) -> str:
    text, gap = "", False
    for place, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return text
