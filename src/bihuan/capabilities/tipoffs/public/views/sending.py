"""``/report/``: a citizen tells of a danger, photos first, and is told a number that is the only key to what became of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from bihuan.capabilities.tipoffs.public import answers, ceilings, delivering, limits, quarantine, tokens
from bihuan.capabilities.tipoffs.public.ceilings import TooOften
from bihuan.capabilities.tipoffs.public.form import TOPICS, TRAP, Told, places, read
from bihuan.capabilities.tipoffs.public.ground import ground
from bihuan.capabilities.tipoffs.public.guard import forged, open_to_citizens, stopped
from bihuan.capabilities.tipoffs.public.tokens import Pass
from bihuan.capabilities.tipoffs.public.views.face import around
from bihuan.capabilities.tipoffs.receipts import grouped
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused

log = logging.getLogger(__name__)
NOTHING_WRONG = dict.fromkeys(("photos", "words", "topic", "place", "name", "contact"), "")
WORN = Failure("tipoff.page_worn", "页面放得太久了，您写的内容和照片都还在，请再点一次“发送举报”")
FORGED = Failure("tipoff.no_cookie", "请再点一次“发送举报”。还是不行的，请在浏览器里允许 Cookie，或拨打12350")
HASTY = Failure("tipoff.too_fast", "发送得太快了，请核对一下内容，再点一次“发送举报”")
TRAPPED = Failure("tipoff.trapped", "有一栏不该填写的被自动填上了，已经清空，请再点一次“发送举报”")


@open_to_citizens("GET", "POST")
def report_page(request: HttpRequest) -> HttpResponse:
    """The form, and what was sent with it."""
    says = limits.closed()
    if says:
        return stopped(request, "网上举报暂停", says, 503)
    if request.method != "POST":
        return _form(request, tokens.fresh(), Told())
    return _sent(request)


def _sent(request: HttpRequest) -> HttpResponse:
    given, told = tokens.read(request.POST.get("pass", "")), read(request.POST)
    own = given or tokens.fresh()
    who = ceilings.who_asks(request)
    before = answers.told(own)
    if before is not None and not forged(request):
        return _receipt(request, before)
    photos, refused = photos_of(request, own, who)
    failures = [*_unfit(request, given, told), *told.failures, *refused]
    if failures:
        return _form(request, own.renewed(), told, failures=failures, photos=photos, status=422)
    try:
        ceilings.a_sending(who)
        receipt = _deliver(own, told, photos)
    except TooOften as limit:
        return _form(request, own, told, failures=[too_often(limit)], photos=photos, status=429)
    except Refused as refusal:
        ceilings.take_back_sending(who)
        return _form(request, own, told, failures=list(refusal.failures), photos=photos, status=422)
    return _receipt(request, receipt)


def _unfit(request: HttpRequest, given: Pass | None, told: Told) -> Sequence[Failure]:
    """Why the form itself may not be sent, whatever was typed."""
    if forged(request):
        return [FORGED]
    if given is None or given.worn:
        return [WORN]
    if given.hasty:
        return [HASTY]
    return [TRAPPED] if told.trap else []


@transaction.atomic
def _deliver(own: Pass, told: Told, photos: Sequence[quarantine.Held]) -> str:
    """Hand it over once: whoever sends the same form at the same moment waits and is told the same number."""
    answers.alone(own.form)
    before = answers.told(own)
    if before is not None:
        return before
    held = quarantine.of_form(own.form, [str(each.uid) for each in photos], whole=True)
    receipt = delivering.deliver(told, quarantine.handed_over(held))
    answers.keep(own, receipt)
    quarantine.let_go(own.form)
    return receipt


def photos_of(
    request: HttpRequest, own: Pass, who: bytes | None
) -> tuple[Sequence[quarantine.Held], Sequence[Failure]]:
    """What was sent up before and is still wanted, and what came with the form itself from a browser without script."""
    dropped = set(request.POST.getlist("drop"))
    wanted = [each for each in request.POST.getlist("photo") if each not in dropped]
    kept = list(quarantine.shown(quarantine.of_form(own.form, wanted)))
    failures: list[Failure] = []
    for upload in request.FILES.getlist("photos"):
        if len(kept) >= limits.PHOTOS:
            failures.append(
                Failure("tipoff.too_many_photos", f"照片最多{limits.PHOTOS}张，多出的没有收下", "photos")
            )
            break
        try:
            ceilings.an_hour("photo", who, limits.PHOTOS_AN_HOUR)
            fresh = quarantine.hold(own.form, upload)
        except Refused as refusal:
            failures += [Failure(one.code, one.message, "photos") for one in refusal.failures]
        except TooOften as limit:
            failures.append(too_often(limit, "photos"))
        else:
            kept += [fresh] if fresh.uid not in {one.uid for one in kept} else []
    return kept, failures


@open_to_citizens("POST")
def photo(request: HttpRequest) -> HttpResponse:
    """One photo of a form that is still being written, sent ahead; the same one again is the same one."""
    given = tokens.read(request.POST.get("pass", ""))
    upload = request.FILES.get("photo")
    if limits.closed():
        return _answer(503, limits.closed())
    if forged(request) or given is None or given.worn:
        return _answer(409, "页面放得太久了，照片会在您点“发送举报”时一起发送")
    if upload is None:
        return _answer(422, "没有收到照片，请重新选择")
    try:
        ceilings.an_hour("photo", ceilings.who_asks(request), limits.PHOTOS_AN_HOUR)
        held = quarantine.hold(given.form, upload)
    except TooOften as limit:
        return _answer(429, too_often(limit).message)
    except Refused as refusal:
        return _answer(422, refusal.failures[0].message)
    return JsonResponse({"photo": str(held.uid), "preview": held.preview})


def _answer(status: int, says: str) -> HttpResponse:
    return JsonResponse({"says": says}, status=status, json_dumps_params={"ensure_ascii": False})


def too_often(limit: TooOften, field: str = "") -> Failure:
    minutes = -(-limit.seconds // 60)
    wait = f"{minutes}分钟" if minutes < 90 else f"{-(-minutes // 60)}小时"
    if limit.by_all:
        return Failure(
            "tipoff.day_full", f"今天网上举报太多，暂时收不下，请{wait}后再发，或拨打12350", field or None
        )
    return Failure("tipoff.too_often", f"这个网络发送得太频繁，请{wait}后再发，或拨打12350", field or None)


def _receipt(request: HttpRequest, number: str) -> HttpResponse:
    return render(
        request,
        "tipoff_door/receipt.html",
        {**around("send"), "number": grouped(number), "day": clock.today()},
    )


def _form(
    request: HttpRequest,
    own: Pass,
    told: Told,
    *,
    failures: Sequence[Failure] = (),
    photos: Sequence[quarantine.Held] = (),
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        **around("send"), "pass": str(own), "told": told, "topics": TOPICS, "places": places(), "photos": photos,
        "failures": failures, "wrong": {**NOTHING_WRONG, **{one.field: one.message for one in failures if one.field}},
        "most": limits.PHOTOS, "trap": TRAP, "ground": ground(), "words_most": limits.WORDS,
    }  # fmt: skip
    return render(request, "tipoff_door/form.html", context, status=status)
