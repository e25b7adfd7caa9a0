"""A form for the facts of a kind, made from its fields: what is known stands in it already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from bihuan.registers.instruments.kinds import Field, Kind

MANY_LINES = 4


class FactsForm(forms.Form):
    """The facts of one kind; what they hold is judged by :mod:`bihuan.registers.instruments.facts`."""

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in kind.fields:
            self.fields[field.key] = _asked(field)


def form_for(kind: Kind, known: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> FactsForm:
    """The form with everything known filled in."""
    initial = {field.key: typed(field, known[field.key]) for field in kind.fields if known.get(field.key)}
    return FactsForm(kind, data, initial=initial)


def facts_from(kind: Kind, typed_in: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as facts; malformed lines are left for the judgement of the facts."""
    return {field.key: read(field, str(typed_in.get(field.key) or "").strip()) for field in kind.fields}


def _asked(field: Field) -> forms.Field:
    area = forms.Textarea({"rows": MANY_LINES})
    made: forms.Field
    match field.shape:
        case "date":
            made = forms.DateField(widget=forms.DateInput())
        case "minute":
            made = forms.CharField(widget=forms.DateTimeInput())
        case "text":
            made = forms.CharField(max_length=300)
        case "number" | "money":
            made = forms.CharField(max_length=20)
        case _:
            made = forms.CharField(widget=area, max_length=20_000)
    made.label, made.required, made.help_text = field.label, field.required, _hint(field)
    return made


def _hint(field: Field) -> str:
    match field.shape:
        case "lines":
            return "每行一项"
        case "people":
            return "每行一人：姓名，空格，证号"
        case "table":
            return "每行一条，各栏用竖线“|”分开：" + " | ".join(column.label for column in field.columns)
        case "money":
            return "单位：元"
        case "minute":
            return "写到分钟，例如 2026-11-22 09:30"
        case _:
            return ""


def typed(field: Field, value: Any) -> str:
    """A fact as somebody would have typed it."""
    match field.shape:
        case "lines":
            return "\n".join(value) if isinstance(value, list) else str(value)
        case "people":
            return "\n".join(f"{each['name']} {each.get('certificate', '')}".strip() for each in value)
        case "table":
            return "\n".join(
                " | ".join(str(row.get(column.key, "")) for column in field.columns) for row in value
            )
        case "money":
            return f"{value / 100:.2f}".removesuffix(".00")
        case "opinion":
            return str(value["text"])
        case _:
            return str(value).replace("T", " ") if field.shape == "minute" else str(value)


def read(field: Field, text: str) -> Any:
    """What was typed for one fact."""
    if not text:
        return None
    match field.shape:
        case "people":
            return [tuple((*line.split(maxsplit=1), "")[:2]) for line in text.splitlines() if line.strip()]
        case "table":
            keys = [column.key for column in field.columns]
            rows = [
                [cell.strip() for cell in line.replace("｜", "|").split("|")] for line in text.splitlines()
            ]
            return [dict(zip(keys, row, strict=False)) for row in rows if any(row)]
        case "money":
            return _fen(text)
        case _:
            return text


def _fen(text: str) -> Any:
    """Yuan typed as fen; what is no amount goes on as it is and is refused there."""
    whole, _, rest = text.replace(",", "").partition(".")
    if whole.isdecimal() and (not rest or rest.isdecimal()) and len(rest) <= 2:
        return int(whole) * 100 + int((rest + "00")[:2])
    return text
