"""Facts as papers write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bihuan.kernel.documents.numerals import chinese_date, yuan
from bihuan.registers.instruments.kinds import Field, TableColumn


def shown(field: Field | TableColumn, value: Any) -> str:
    """A value in the words of a paper; nothing for none."""
    if value is None:
        return ""
    match field.shape:
        case "date":
            return chinese_date(date.fromisoformat(value))
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
