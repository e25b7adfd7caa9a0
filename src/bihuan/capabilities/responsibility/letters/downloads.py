"""What is taken away from the letters: the caps, who has not signed, and the paper itself."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.letters.access import access_letter
from bihuan.capabilities.responsibility.letters.control import rows_of
from bihuan.capabilities.responsibility.letters.measuring import Standing
from bihuan.capabilities.responsibility.letters.printing import kept, word
from bihuan.capabilities.responsibility.letters.unsigned import COLUMNS as UNSIGNED_COLUMNS
from bihuan.capabilities.responsibility.letters.unsigned import document_of, unsigned
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import content_of
from bihuan.kernel.documents import to_docx
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.exporting import workbook_response
from bihuan.kernel.web.session import actor_for, signed_in

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONTROL_EXPORT = (
    ("指标", lambda pair: pair[1].target.label),
    ("单位名称", lambda pair: pair[0].receiver_name),
    ("下达单位", lambda pair: pair[0].issuer_name),
    ("目标值", lambda pair: pair[1].target.amount),
    ("已发生", lambda pair: pair[1].used_words() if pair[1].standing is not Standing.UNKNOWN else "—"),
    ("剩余", lambda pair: "—" if pair[1].remaining is None else pair[1].remaining),
    ("情况", lambda pair: pair[1].standing.label),
    ("说明", lambda pair: pair[1].note),
)


@require_GET
@only_for(places.UNITS)
def control_export(request: HttpRequest) -> HttpResponseBase:
    """``/letters/control.xlsx``."""
    actor, today = actor_for(request), clock.today()
    title = f"{today.year}年控制指标"
    return workbook_response(
        title=title,
        filename=f"{title}-{today}.xlsx",
        columns=CONTROL_EXPORT,
        rows=rows_of(actor, today.year),
        actor=actor,
    )


@require_GET
@only_for(places.UNITS)
def unsigned_export(request: HttpRequest, ending: str) -> HttpResponseBase:
    """``/letters/unsigned.xlsx`` and ``.docx``: who has not signed."""
    actor, year = actor_for(request), _year(request)
    rows = unsigned(year, actor)
    title = f"{year}年度责任书未签订单位名单"
    if ending == "docx":
        return _file(to_docx(document_of(year, rows)), f"{title}.docx", WORD)
    return workbook_response(
        title=title,
        filename=f"{title}-{clock.today()}.xlsx",
        columns=UNSIGNED_COLUMNS,
        rows=rows,
        actor=actor,
    )


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    if not asked:
        return clock.today().year
    if not asked.isdecimal() or not 2000 <= int(asked[:5]) <= 2100:
        raise Refused.because(
            "letter.bad_year", f"年度“{asked[:10]}”无法识别，请写成 {clock.today().year} 这样的形式", "year"
        )
    return int(asked)


@require_GET
@signed_in
def paper(request: HttpRequest, no: str, ending: str) -> HttpResponseBase:
    """``/letters/<no>/paper.docx`` and, once both have signed, ``.pdf``."""
    letter = access_letter(actor_for(request), no)
    name = f"{letter.about()}.{ending}"
    if ending == "docx":
        return _file(word(letter), name, WORD)
    there = kept(letter)
    if there is None:
        raise Absent("PDF 在双方签订后由系统排印，请先下载 Word 文本")
    response = _file(content_of(there), name, "application/pdf")
    response["X-Digest-SM3"] = bytes(there.digest).hex()
    return response


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    ending = name.rsplit(".", 1)[-1]
    response["Content-Disposition"] = (
        f"attachment; filename=\"letter.{ending}\"; filename*=UTF-8''{quote(name)}"
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
