"""``/report/progress/``: what became of a tip-off, for whoever types its number, and what they want to say to it.

The number travels in the body of a form alone: never in an address, so in no log, no history and no referrer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.capabilities.tipoffs import receipts
from bihuan.capabilities.tipoffs.progress import Progress, progress_of
from bihuan.capabilities.tipoffs.public import answers, ceilings, delivering, limits, quarantine, tokens
from bihuan.capabilities.tipoffs.public.ceilings import TooOften
from bihuan.capabilities.tipoffs.public.form import clean
from bihuan.capabilities.tipoffs.public.guard import forged, open_to_citizens
from bihuan.capabilities.tipoffs.public.tokens import Pass
from bihuan.capabilities.tipoffs.public.views.face import around
from bihuan.capabilities.tipoffs.public.views.sending import photos_of, too_often
from bihuan.kernel.errors import Absent, Failure, Refused

UNKNOWN = Failure("tipoff.unknown_number", "没有查到这个查询码，请对照当时的16位号码再输一遍", "number")
NOT_SIXTEEN = "查询码是 16 位数字，请核对后再输"
AGAIN = Failure("tipoff.no_cookie", "请再点一次。还是不行的，请在浏览器里允许 Cookie")
THANKS = {
    "tell_more": "补充的内容已收到。", "rate": "谢谢您的评价。", "ask_again": "追问已收到，答复后写在这里。",
}  # fmt: skip


@open_to_citizens("GET", "POST")
def progress_page(request: HttpRequest) -> HttpResponse:
    """The number is asked for; with it, how the tip-off stands."""
    if request.method != "POST":
        return _ask(request)
    typed = clean(request.POST.get("number", ""), 40)
    if forged(request):
        return _ask(request, AGAIN, typed, 403)
    number = receipts.read(typed)
    if number is None:
        digits = sum(char.isdigit() for char in typed)
        says = f"{NOT_SIXTEEN}（现在是{digits}位）" if digits else NOT_SIXTEEN
        return _ask(request, Failure("tipoff.not_a_number", says, "number"), typed, 422)
    who = ceilings.who_asks(request)
    try:
        ceilings.an_hour("ask", who, limits.ASKS_AN_HOUR)
        ceilings.a_guess(who)
    except TooOften as limit:
        return _ask(request, _wait(limit), "", 429)
    found = progress_of(number)
    if found is None:
        return _ask(request, UNKNOWN, typed, 422)
    ceilings.a_right_number(who)
    if request.POST.get("say"):
        return _said(request, number, who)
    return _shown(request, number, found)


def _ask(
    request: HttpRequest, failure: Failure | None = None, typed: str = "", status: int = 200
) -> HttpResponse:
    context = {**around("ask"), "failure": failure, "typed": typed}
    return render(request, "tipoff_door/ask.html", context, status=status)


def _wait(limit: TooOften) -> Failure:
    if limit.by_all:
        return Failure("tipoff.too_many_guesses", "现在查询的人太多，请过一会儿再查", "number")
    minutes = -(-limit.seconds // 60)
    says = f"输错次数较多，为防止别人猜号，请 {minutes} 分钟后再查"
    return Failure("tipoff.too_many_guesses", says, "number")


def _said(request: HttpRequest, number: str, who: bytes | None) -> HttpResponse:
    given = tokens.read(request.POST.get("pass", ""))
    own = given or tokens.fresh()
    verb, ordinal = request.POST.get("say", ""), _whole(request.POST.get("item", ""))
    photos, failures = photos_of(request, own, who)
    if given is None or given.worn:
        failures = [Failure("tipoff.page_worn", "页面放得太久了，内容还在，请再点一次"), *failures]
    if not failures:
        try:
            ceilings.an_hour("speak", who, limits.SPEAKS_AN_HOUR)
            _spoken(request, own, number, ordinal, verb, photos)
            return _shown(request, number, done=THANKS.get(verb, ""))
        except TooOften as limit:
            failures = [too_often(limit)]
        except Refused as refusal:
            failures = list(refusal.failures)
        except Absent:
            failures = [Failure("tipoff.not_now", "这件事现在不能这样办理，请刷新后再看")]
    kept = {
        "ordinal": ordinal,
        "verb": verb,
        "note": clean(request.POST.get("note", ""), limits.REMARK),
        "photos": photos,
    }
    return _shown(request, number, failures=failures, kept=kept, own=own.renewed(), status=422)


@transaction.atomic
def _spoken(
    request: HttpRequest, own: Pass, number: str, ordinal: int, verb: str, photos: Sequence[quarantine.Held]
) -> None:
    """Once, however often the form is sent."""
    answers.alone(own.form)
    if answers.told(own) is not None:
        return
    held = quarantine.of_form(own.form, [str(each.uid) for each in photos], whole=True)
    given = {"note": clean(request.POST.get("note", ""), limits.REMARK)}
    if verb == "rate":
        given["verdict"] = request.POST.get("verdict", "")
    delivering.speak(number, ordinal, verb, given, quarantine.handed_over(held))
    answers.keep(own, verb)
    quarantine.let_go(own.form)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _shown(
    request: HttpRequest,
    number: str,
    found: Progress | None = None,
    *,
    done: str = "",
    failures: Sequence[Failure] = (),
    kept: dict[str, Any] | None = None,
    own: Pass | None = None,
    status: int = 200,
) -> HttpResponse:
    found = found or progress_of(number)
    if found is None:
        return _ask(request, UNKNOWN, "", 422)
    context = {
        **around("ask"), "found": found, "items": delivering.shown(number, found.items), "number": number, "done": done,
        "failures": failures, "kept": kept or {}, "pass": str(own or tokens.fresh()), "most": limits.PHOTOS,
    }  # fmt: skip
    return render(request, "tipoff_door/progress.html", context, status=status)
