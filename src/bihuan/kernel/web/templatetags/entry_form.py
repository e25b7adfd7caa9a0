"""Forms people fill in. ``{% load entry_form %}``: field, error_summary, dropzone, confirm_line.

``{% field form.name %}`` draws any Django form field. What Django does not know stands as attributes on it:
``basis`` (the law by name and article), ``unit`` (元, 天, 人), ``kind`` (money, photo, select for few choices that may
be left open, …), ``sealed`` (bool).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField

from bihuan.kernel.web.parts import Fact

register = template.Library()

RADIO_LIMIT = 4
DJANGO_ROWS = "10"
CLASSES = {"select": "form-select", "flag": "form-check-input", "file": "file-input", "photo": "file-input"}


def _kind(bound: BoundField) -> str:
    declared = str(getattr(bound.field, "kind", "") or "")
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.FileInput):
        return "photo" if declared == "photo" else "file"
    if isinstance(widget, forms.CheckboxInput):
        return "flag"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "many"
    if isinstance(widget, (forms.Select, forms.RadioSelect)) and not widget.allow_multiple_selected:
        choices = [choice for choice in getattr(bound.field, "choices", ()) if choice[0] not in ("", None)]
        grouped = any(isinstance(label, (list, tuple)) for _, label in choices)
        few = len(choices) <= RADIO_LIMIT and not grouped and declared != "select"
        return "radio" if few or isinstance(widget, forms.RadioSelect) else "select"
    if isinstance(widget, forms.Textarea):
        return "long"
    if isinstance(widget, (forms.DateInput, forms.DateTimeInput)):
        return "date"
    return declared or "text"


def _attributes(bound: BoundField, kind: str) -> dict[str, Any]:
    described = [f"{bound.auto_id}_hint"] if bound.help_text or getattr(bound.field, "basis", "") else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes: dict[str, Any] = {"class": CLASSES.get(kind, "form-control")}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
        attributes["class"] += " is-invalid"
    if kind == "photo":
        attributes |= {"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}
    if kind == "money":
        attributes |= {"inputmode": "decimal", "autocomplete": "off"}
    if kind == "number":
        attributes |= {"inputmode": "numeric"}
    if kind == "long":
        rows = str(bound.field.widget.attrs.get("rows", DJANGO_ROWS))
        attributes |= {"rows": "4" if rows == DJANGO_ROWS else rows}
    return attributes


@register.inclusion_tag("components/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One question: label above, law and hint in small grey, the error beside it."""
    kind = _kind(bound)
    attributes = _attributes(bound, kind)
    widget = bound.field.widget
    if kind == "date":
        widget.input_type = "datetime-local" if isinstance(widget, forms.DateTimeInput) else "date"
        widget.format = "%Y-%m-%dT%H:%M" if isinstance(widget, forms.DateTimeInput) else "%Y-%m-%d"
    value = bound.value()
    chosen = {str(one) for one in (value if isinstance(value, (list, tuple)) else [value])}
    return {
        "bound": bound,
        "kind": kind,
        "control": "" if kind in ("radio", "many") else bound.as_widget(attrs=attributes),
        "options": [
            (str(value), label, str(value) in chosen)
            for value, label in getattr(bound.field, "choices", ())
            if value not in ("", None)
        ]
        if kind in ("radio", "many")
        else (),
        "invalid": bool(bound.errors),
        "basis": getattr(bound.field, "basis", ""),
        "unit": getattr(bound.field, "unit", "") or ("元" if kind == "money" else ""),
        "sealed": getattr(bound.field, "sealed", False),
        "lines": getattr(bound.field, "lines", ()),
        "many_files": getattr(widget, "allow_multiple_selected", False),
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm | None, failures: Sequence[Any] = ()) -> dict[str, Any]:
    """Everything that stands in the way, at once, on top; ``failures`` are the gates' ``errors.Failure``."""
    lines: list[tuple[str, str, str]] = []
    if form is not None:
        for name, errors in form.errors.items():
            bound = form[name] if name in form.fields else None
            target = f"#{bound.auto_id}" if bound else ""
            label = str(bound.label) if bound else ""
            lines += [(target, "" if label in str(message) else label, str(message)) for message in errors]
    for failure in failures:
        bound = form[failure.field] if form is not None and failure.field in form.fields else None
        if bound is not None and failure.message in bound.errors:
            continue
        lines.append((f"#{bound.auto_id}" if bound else "", "", failure.message))
    codes = list(dict.fromkeys(failure.code for failure in failures))
    return {"lines": lines, "codes": codes}


@register.inclusion_tag("components/dropzone.html")
def dropzone(
    name: str, label: str, hint: str = "", accept: str = ".xlsx", multiple: bool = False
) -> dict[str, Any]:
    """A place to drop ledgers; without script it is a plain file input."""
    return {"name": name, "label": label, "hint": hint, "accept": accept, "multiple": multiple}


@register.inclusion_tag("components/confirm_line.html")
def confirm_line(label: str, says: str, cancel_href: str = "", facts: Sequence[Fact] = ()) -> dict[str, Any]:
    """The last line before something that cannot be undone: what will happen, and the way back."""
    return {"label": label, "says": says, "cancel_href": cancel_href, "facts": facts}
