"""One entry as it lies in the record, its seal files, and asking for a verification."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from bihuan.conf import env
from bihuan.kernel.record import seal_files
from bihuan.kernel.record.entries import Entry, chained, genesis
from bihuan.kernel.record.models import RecordSeal
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.signatures.models import Signature
from bihuan.kernel.web import parts
from bihuan.kernel.web.auditing import verifying
from bihuan.kernel.web.auditing.reader import AUDITORS, mark_of, progress_of
from bihuan.kernel.web.auditing.words import kind_word, names_of, state_word, verb_word
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.models import VerificationRun
from bihuan.kernel.web.paging import address
from bihuan.kernel.web.session import actor_for


@require_GET
@only_for(AUDITORS)
def entry_page(request: HttpRequest, matter: UUID, seq: int) -> HttpResponse:
    """Everything the digest is taken over, and whether it still fits."""
    entries = {entry.seq: entry for entry in entries_of(matter)}
    entry = entries.get(seq)
    if entry is None:
        raise Http404
    before = entries.get(seq - 1)
    previous = bytes(before.digest) if before else genesis(matter)
    fits = chained(entry, previous) == bytes(entry.digest) and (seq == 1 or before is not None)
    whole = address("/record/", {"q": entry.matter_no})
    name = names_of([(entry.kind, entry.matter_no)]).get(entry.matter_no, "")
    context = {
        "crumbs": [
            parts.Link("留痕核验", "/record/"),
            parts.Link(name or entry.matter_no, whole),
            parts.Link(f"第 {seq} 条", ""),
        ],
        "heading": f"{name or entry.matter_no} 第 {seq} 条",
        "facts": _facts(entry, name, previous, Signature.objects.filter(matter=matter, seq=seq).first()),
        "fits": fits,
        "payload": json.dumps(entry.payload, ensure_ascii=False, indent=2, sort_keys=True),
        "canonical": entry.payload_text,
        "before_href": f"/record/entries/{matter}/{seq - 1}/" if before else "",
        "after_href": f"/record/entries/{matter}/{seq + 1}/" if seq + 1 in entries else "",
        "whole_href": whole,
        "count": len(entries),
    }
    return render(request, "record_entry.html", context)


def _facts(entry: Entry, name: str, previous: bytes, signature: Signature | None) -> list[parts.Fact]:
    states = [state_word(entry.kind, state) for state in (entry.from_state, entry.to_state) if state]
    return [
        *([parts.Fact("事项", name, hint=entry.matter_no)] if name else ()),
        parts.Fact("类别", kind_word(entry.kind)),
        parts.Fact("动作", verb_word(entry.kind, entry.verb), hint=entry.verb),
        parts.Fact("状态", " → ".join(states) or None),
        parts.Fact(
            "经办", f"{entry.actor_post} {entry.actor_name}".strip(), hint=f"账号编号 {entry.actor_id or '—'}"
        ),
        parts.Fact("发生（自报）", entry.happened_at),
        parts.Fact("入账（服务器）", entry.recorded_at),
        parts.Fact("签名", mark_of(signature)),
        parts.Fact("事项标识", str(entry.matter), wide=True),
        parts.Fact("前一条摘要", previous.hex(), wide=True),
        parts.Fact("本条摘要（SM3）", bytes(entry.digest).hex(), wide=True),
    ]


@require_POST
@only_for(AUDITORS)
def start_verification(request: HttpRequest) -> HttpResponse:
    """Queue a verification of everything; the page then shows how far it is."""
    actor = actor_for(request)
    verifying.ask_for(f"{actor.post} {actor.name}".strip())
    return HttpResponseRedirect("/record/")


@require_GET
@only_for(AUDITORS)
def verification_progress(request: HttpRequest) -> HttpResponse:
    """The newest run as a progress box, asked for every two seconds."""
    run = VerificationRun.objects.order_by("-asked_at").first()
    if run is None:
        raise Http404
    return render(request, "components/progress.html", {"progress": progress_of(run)})


@require_GET
@only_for(AUDITORS)
def seal_file(request: HttpRequest, number: int) -> FileResponse:
    """A seal as it lies in its folder, to be handed upward."""
    path = env.seals_folder() / seal_files.name_of(number)
    if not RecordSeal.objects.filter(number=number).exists() or not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=path.name, content_type="text/plain; charset=utf-8"
    )
