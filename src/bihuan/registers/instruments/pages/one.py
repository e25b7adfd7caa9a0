"""The page of one document: as it prints, who signed, how it was served, what may be done, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from bihuan.kernel import record
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.session import actor_for, signed_in
from bihuan.registers.instruments import kinds, offering, printing, serving, shelf
from bihuan.registers.instruments import signing_places as places
from bihuan.registers.instruments.chains import VERBS
from bihuan.registers.instruments.closed import volume_holding
from bihuan.registers.instruments.models import Instrument, Standing
from bihuan.registers.instruments.pages.layout import PDF, WORD, asset, crumbs, file, href_of, matter_link

SIGNS = (
    parts.Column("位置", "title"), parts.Column("签名人"), parts.Column("方式"), parts.Column("时间", "day"),
    parts.Column("见证人"), parts.Column("说明", phone=False),
)  # fmt: skip
MARKS: dict[str, Any] = {places.SIGNED_IN: "signed_in", places.DRAWN: "drawn", places.REFUSED: "refused"}


@require_GET
@signed_in
def page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """``/instruments/<uid>/``."""
    actor = actor_for(request)
    one = shelf.access_instrument(actor, uid)
    kind = kinds.kind(one.kind, one.issued_on)
    actions = actions_for(one, actor)
    context = {
        "crumbs": crumbs(one),
        "name": kind.name,
        "number": one.number,
        "on": one.issued_on,
        "state": parts.State(Standing(one.state).label, "off" if one.voided else "done"),
        "unchecked": "、".join(kind.unchecked),
        "void_reason": one.void_reason,
        "body": mark_safe(printing.html_of(one)),  # noqa: S308 escaped by the renderer
        "docx_href": href_of(one, "paper.docx"),
        "pdf_href": href_of(one, "paper.pdf"),
        "paper_css": asset("documents/paper.css"),
        "facts": _facts(one, kind, reads_internal=shelf.reads_internal(actor)),
        "service": _service(one),
        "signs": parts.Ledger(SIGNS, [_sign(each) for each in _signs(one)], "签名"),
        "no_signs": parts.Empty("这种文书没有签名位置。", icon="signature"),
        "actions": actions,
        "not_mine": "" if actions else "这份文书现在不用您办，您可以查看和下载。",
        "entries": [_entry(entry) for entry in record.entries_of(one.uid)],
    }
    return render(request, "instruments/one.html", context)


@require_GET
@signed_in
def paper(request: HttpRequest, uid: UUID, ending: str) -> HttpResponseBase:
    """``/instruments/<uid>/paper.pdf`` and ``.docx``."""
    one = shelf.access_instrument(actor_for(request), uid)
    made = printing.pdf_of(one) if ending == "pdf" else printing.docx_of(one)
    response = file(made, printing.filename_of(one, ending), PDF if ending == "pdf" else WORD)
    response["X-Digest-SM3"] = bytes(one.digest).hex()
    return response


def actions_for(one: Instrument, actor: Actor) -> list[parts.Action]:
    """What the actor may do with a document now; with one that lies in a volume, nothing."""
    if one.voided or volume_holding(one) is not None:
        return []
    found = []
    if places.hands_for(one, actor):
        found.append(parts.Action("签名", href_of(one, "sign/"), primary=True, signed=True, icon="signature"))
    if offering.handles(actor, one):
        if places.open_places(one):
            found.append(parts.Action("当场手写签名", href_of(one, "draw/"), signed=True, icon="signature"))
            found.append(parts.Action("登记拒签", href_of(one, "refuse/"), signed=True))
        if one.served_on is None and offering.lets(actor, one, "serve"):
            found.append(parts.Action("登记送达", href_of(one, "serve/")))
        if offering.lets(actor, one, "void"):
            found.append(parts.Action("作废", href_of(one, "void/")))
        if not kinds.kind(one.kind, one.issued_on).internal:
            found.append(parts.Action("登记电子送达确认书", href_of(one, "consent/")))
    return found


def _facts(one: Instrument, kind: kinds.Kind, *, reads_internal: bool) -> Sequence[parts.Fact]:
    link = matter_link(one)
    told = [
        parts.Fact("所属事项", link.label, href=link.href, wide=True),
        parts.Fact("制发", f"{one.issued_by}　{one.organ.name}", wide=True),
        parts.Fact("送达对象", one.addressee or "—", wide=True),
        parts.Fact("依据", "；".join(kind.basis), wide=True),
        parts.Fact("期限和要求", kind.rule or "—", wide=True),
        parts.Fact("印章", kinds.SEALS[kind.seal]),
        parts.Fact("摘要（SM3）", bytes(one.digest).hex()[:16]),
    ]
    volume = volume_holding(one)
    if volume is not None and reads_internal:
        told.append(
            parts.Fact(
                "案卷",
                volume.file_no,
                href=f"/instruments/dossiers/{volume.uid}/",
                hint="已归档，不再签名、送达",
                wide=True,
            )
        )
    if one.replaces is not None:
        told.append(parts.Fact("代替", str(one.replaces), href=href_of(one.replaces), wide=True))
    return told


def _service(one: Instrument) -> Sequence[parts.Fact]:
    told = [parts.Fact("情况", serving.words_of(one), wide=True)]
    due = serving.due_of(one)
    if due is not None:
        value = due.due if one.served_on else parts.Deadline.of(due.due, rule=due.rule)
        told.append(parts.Fact("送达期限", value, hint=due.rule, wide=True))
    if one.service.get("receipt"):
        told.append(
            parts.Fact(
                "送达回执",
                one.service["receipt_number"],
                href=f"/instruments/{one.service['receipt']}/",
                wide=True,
            )
        )
    return told


def _signs(one: Instrument) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for each in places.standing(one):
        rows += each.signings or [
            {"label": places.seat_label(one, each.place), "must": each.place.required and each.asked}
        ]
    return rows


def _sign(row: dict[str, Any]) -> parts.Row:
    if "kind" not in row:
        return parts.Row((row["label"], "待签名" if row["must"] else "—", "—", None, "—", ""))
    day = datetime.fromisoformat(row["at"]).date()
    name = row.get("name", "") + (f"（{row['post']}）" if row.get("post") else "")
    return parts.Row(
        (
            row["label"],
            name or "—",
            places.WORDS[row["kind"]],
            day,
            row.get("witness", "—"),
            row.get("reason", ""),
        )
    )


def _entry(entry: Any) -> parts.Entry:
    told = entry.payload
    what = "　".join(str(told[key]) for key in ("label", "name", "reason", "number") if told.get(key))
    mark = None
    if entry.signed is not None:
        mark = parts.Mark(
            "本人登录签名", MARKS.get(told.get("kind", ""), "signed_in"), told.get("witness", "")
        )
    return parts.Entry(
        seq=entry.seq, verb=VERBS.get(entry.verb, entry.verb), who=entry.actor_name, post=entry.actor_post,
        happened_at=entry.happened_at, recorded_at=entry.recorded_at, what=what, mark=mark,
        digest=bytes(entry.digest).hex(),
    )  # fmt: skip
