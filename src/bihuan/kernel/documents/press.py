"""Typst, kept warm: loading fonts is what costs, so each process loads them once.

User text reaches Typst only as JSON data, never as markup: a name like ``#read("/etc/passwd")`` prints as it
is written. Any warning is a refusal: Typst warns where paper would silently be wrong.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from bihuan.kernel.documents.typefaces import typefaces
from bihuan.kernel.errors import Refused

TEMPLATES = Path(__file__).parent / "templates_typst"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
CHART_PPI = 200.0
_one_at_a_time = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=TEMPLATES, font_paths=typefaces().fonts)


def compiled(
    template: str, data: Mapping[str, Any], form: Literal["pdf", "png"], ppi: float | None = None
) -> bytes:
    """The named template filled with ``data``; raises Refused ``document.not_typeset`` on any warning or
    error."""
    inputs = {"data": json.dumps(data, ensure_ascii=False, separators=(",", ":"))}
    with _one_at_a_time:
        try:
            made, warnings = _compiler().compile_with_warnings(
                TEMPLATES / template, format=form, ppi=ppi, sys_inputs=inputs, timestamp=EPOCH
            )
        except typst.TypstError as error:
            raise Refused.because("document.not_typeset", f"文件无法排版：{error.message}") from error
    if warnings:
        raise Refused.because("document.not_typeset", f"文件排版有疑问，未生成：{warnings[0].message}")
    if not isinstance(made, bytes):
        raise Refused.because("document.not_typeset", "文件无法排版：图形超出一页")
    return made


def asked(template: str, data: Mapping[str, Any], selector: str) -> list[Any]:
    """The values that a template notes under ``selector`` once it is laid out, such as where each part begins."""
    inputs = {"data": json.dumps(data, ensure_ascii=False, separators=(",", ":"))}
    with _one_at_a_time:
        compiler = typst.Compiler(
            TEMPLATES / template, root=TEMPLATES, font_paths=typefaces().fonts, sys_inputs=inputs
        )
        try:
            found = compiler.query(selector, field="value")
        except typst.TypstError as error:
            raise Refused.because("document.not_typeset", f"文件无法排版：{error.message}") from error
    values: list[Any] = json.loads(found) if isinstance(found, str | bytes) else found
    return values


@lru_cache(maxsize=64)
def picture(svg: str) -> bytes:
    """An SVG as PNG by the same engine and fonts as the PDF, so that Word shows the same chart."""
    return compiled("picture.typ", {"svg": svg, "font": list(typefaces().chains["hei"])}, "png", CHART_PPI)
