"""The page used on site with a phone: arrive, answer items, write down what else is found; sent when there is a network.

What is done without a network waits in the browser under a key of its own (:file:`static/inspections/site.js`) and is sent
in order; the engine answers a repeated key as it did the first time, so nothing is done twice (M124). Ticks and findings
are not signed; the inspection itself is ended, signed, through the form of its step.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import path
from django.views.decorators.csrf import csrf_protect, ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from bihuan.capabilities.inspections import finding, hands, modes, sheets
from bihuan.capabilities.inspections.access import access_inspection
from bihuan.capabilities.inspections.loop import INSPECTION
from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.states import Handling, InspectionState
from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.inputs import build
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.places import add_urls
from bihuan.kernel.web.session import actor_for, signed_in

DEEDS = frozenset({"arrive", "tick", "find", "drop_finding"})
"""What may be sent from a phone without a signature."""
AT_ONCE = 40
OPEN = (InspectionState.PREPARED, InspectionState.ON_SITE)
_FILES = Path(__file__).parent / "static" / "inspections"


@cache
def _asset(name: str) -> str:
    digest = hashlib.sha256((_FILES / name).read_bytes()).hexdigest()
    return f"{static(f'inspections/{name}')}?{digest[:10]}"


@require_GET
@signed_in
@ensure_csrf_cookie
def site_page(request: HttpRequest, no: str) -> HttpResponse:
    """The phone's page; for whoever is not of the team or comes too late the ordinary one."""
    actor = actor_for(request)
    one = access_inspection(actor, no)
    if not hands.in_team(actor, one) or one.state not in OPEN:
        return redirect(f"/inspections/{one.no}/")
    context = {
        "crumbs": [parts.Link("监督检查", "/inspections/"), parts.Link(one.no, f"/inspections/{one.no}/"), parts.Link("现场检查", "")],
        "one": one,
        "mode": modes.label(one.mode),
        "data": _data(one, actor),
        "script": _asset("site.js"),
        "style": _asset("site.css"),
    }  # fmt: skip
    return render(request, "inspections/site.html", context)


def _data(one: Inspection, actor: Actor) -> dict[str, Any]:
    """All the page needs to work on without a network."""
    on = one.arrived_on or clock.today()
    return {
        "no": one.no, "who": actor.ref, "state": one.state, "content": one.content, "enforcing": one.enforcing,
        "here": f"/inspections/{one.no}/site/", "finish": f"/inspections/{one.no}/finish/",
        "usual": finding.usual_day(on).isoformat(),
        "handlings": [[way.value, way.label.split("（")[0]] for way in Handling if one.enforcing or way != Handling.MEASURE],
        "items": _items(one), "findings": _findings(one),
    }  # fmt: skip


def _items(one: Inspection) -> Sequence[dict[str, Any]]:
    """The lists in use; before arrival those that would be used if they came now, so that they are there without a network."""
    if one.arrived_on is None:
        one.versions = _foreseen(one)
    answers = sheets.answers_of(one)
    dealt = {row.item_id: row for row in finding.standing(one) if row.item_id}
    titles = {version.pk: version.checklist.title for version in sheets.versions_of(one)}
    told = []
    for item in sheets.items_of(one):
        answer, row = answers.get(item.pk), dealt.get(item.pk)
        told.append(
            {
                "id": item.pk, "no": item.no, "list": titles[item.version_id], "group": item.group,
                "content": item.content, "method": item.method, "violation": item.violation, "basis": item.basis,
                "unverified": item.mark == "K",
                "major": item.is_major, "outcome": answer.outcome if answer else "",
                "note": answer.note if answer else "", "place": answer.place if answer else "",
                "handling": row.handling if row else "", "measure": row.measure if row else "",
                "due_on": row.due_on.isoformat() if row and row.due_on else "",
            }
        )  # fmt: skip
    return told


def _foreseen(one: Inspection) -> list[int]:
    try:
        return sheets.chosen(one, clock.today())
    except Refused:
        return []


def _findings(one: Inspection) -> Sequence[dict[str, Any]]:
    rows = finding.standing(one).filter(item=None)
    return [
        {
            "order": row.order,
            "place": row.place,
            "words": row.words,
            "handling": Handling(row.handling).label.split("（")[0],
        }
        for row in rows
    ]


@require_POST
@signed_in
@csrf_protect
def sync(request: HttpRequest, no: str) -> JsonResponse:
    """What waited in the phone, in order; each answered under its own key. After an arrival that is refused nothing follows."""
    actor = actor_for(request)
    one = access_inspection(actor, no)
    answers: list[dict[str, Any]] = []
    for said in _said(request):
        answer = _answered(one, said, actor)
        answers.append(answer)
        if not answer["ok"] and said.get("deed") == "arrive":
            break
    state = Inspection.objects.values_list("state", flat=True).get(pk=one.pk)
    return JsonResponse({"answers": answers, "state": state, "label": INSPECTION.state(state).label})


def _said(request: HttpRequest) -> Sequence[dict[str, Any]]:
    try:
        entries = json.loads(request.body)["entries"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    good = [each for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []
    return good[:AT_ONCE]


def _answered(one: Inspection, said: dict[str, Any], actor: Actor) -> dict[str, Any]:
    key = str(said.get("key", ""))[:80]
    try:
        if said.get("deed") not in DEEDS or not key:
            raise Refused.because("inspection.not_from_phone", "这一步请在检查页面上办理")
        deed = INSPECTION.deed(said["deed"])
        raw = said.get("input")
        given: Any = build(deed.input, raw if isinstance(raw, dict) else {})
        happened = _claimed(one, given) if deed.name == "arrive" else None
        engine.perform("inspection", deed.name, one.uid, given, actor=actor, key=key, happened_at=happened)
    except Refused as refusal:
        return {"key": key, "ok": False, "failures": [_failure(each) for each in refusal.failures]}
    except Absent as absent:
        return {"key": key, "ok": False, "failures": [{"code": "absent", "message": str(absent)}]}
    return {"key": key, "ok": True}


def _failure(one: Failure) -> dict[str, str]:
    return {"code": one.code, "message": one.message, "field": one.field or ""}


def _claimed(one: Inspection, given: Any) -> datetime | None:
    """The phone's own time of arrival where it can be true; a clock that is wrong is kept beside ours and moves nothing."""
    said: datetime | None = given.device_at
    if said is None or not one.opened_at <= said <= clock.now():
        return None
    last = Inspection.objects.filter(pk=one.pk).values_list("approved_on", flat=True).get()
    return None if last is not None and clock.day_of(said) <= last else said


@require_POST
@signed_in
@csrf_protect
def photo(request: HttpRequest, no: str) -> JsonResponse:
    """One photo for a deed that is still to be sent; the same bytes from the same person are the same photo."""
    actor = actor_for(request)
    one = access_inspection(actor, no)
    upload = request.FILES.get("photo")
    if upload is None or not hands.in_team(actor, one) or one.state not in OPEN:
        return JsonResponse(
            {"ok": False, "failures": [{"code": "inspection.no_photo", "message": "没有收到照片"}]}
        )
    try:
        kept = _once(one, upload.read(), actor)
    except Refused as refusal:
        return JsonResponse({"ok": False, "failures": [_failure(each) for each in refusal.failures]})
    return JsonResponse({"ok": True, "uid": str(kept.pk)})


@transaction.atomic
def _once(one: Inspection, content: bytes, actor: Actor) -> Attachment:
    """The photo kept, or the one kept before: two tabs that send the same at once take turns."""
    with connection.cursor() as cursor:
        lock = f"inspections.photo:{one.uid}:{actor.ref}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
    known = Attachment.objects.filter(
        matter=one.uid,
        kind="photos",
        source_digest=hashlib.new("sm3", content).digest(),
        uploaded_by_id=actor.ref,
    ).first()
    return known or keeping.store_image(one.uid, "photos", content, actor)


def install() -> None:
    """Serve the phone's page before the made pages of the loop."""
    add_urls(
        [
            path("inspections/<str:no>/site/", site_page, name="inspection_site"),
            path("inspections/<str:no>/site/sync/", sync, name="inspection_site_sync"),
            path("inspections/<str:no>/site/photo/", photo, name="inspection_site_photo"),
        ]
    )
