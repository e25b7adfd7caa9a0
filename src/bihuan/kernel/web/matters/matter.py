"""The page of one matter: where it stands, what I may do now, and everything that was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.loops.declaration import Loop, Step
from bihuan.kernel.loops.duties import Owed, owed_of
from bihuan.kernel.loops.permits import Possibility, possibilities
from bihuan.kernel.loops.turns import hand_of, turn
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.policies import values as policies
from bihuan.kernel.policies.declarations import Undeclared
from bihuan.kernel.responsibility.chain import Holder, Level, chain_of
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.finding import find, service_of
from bihuan.kernel.web.matters.sealed import sealed_links
from bihuan.kernel.web.matters.timeline import state_part, timeline, withheld
from bihuan.kernel.web.sections import chain_links, sections_of_matter
from bihuan.kernel.web.session import actor_for, signed_in

SEEN = "与另一次上传的照片相同或十分相似，请核对"


@signed_in
def matter_page(request: HttpRequest, plural: str, no: str) -> HttpResponse:
    """``GET /{plural}/{no}/``."""
    service, pages = service_of(plural)
    actor = actor_for(request)
    template = f"{plural}/matter.html" if pages.icon == "custom" else "matter.html"
    return render(request, template, matter_context(plural, find(service, actor, no), actor))


def matter_context(plural: str, matter: Any, actor: Actor) -> dict[str, Any]:
    """What the page of a matter shows, for a room that adds to it."""
    service, pages = service_of(plural)
    no = matter.no
    entries, verification = timeline(pages, matter.uid, actor)
    kept_back = withheld(pages, matter.uid, actor)
    attached = [item for item in keeping.attachments_of(matter.uid) if str(item.pk) not in kept_back]
    seen = keeping.seen_elsewhere(item for item in attached if item.is_image)
    possible = possibilities(service.loop, matter, actor)
    holders = chain_of(matter, clock.today())
    return {
        "crumbs": [parts.Link(service.loop.label, f"/{plural}/"), parts.Link(no, "")],
        "no": no,
        "what": pages.what(matter),
        "where": pages.where(matter),
        "level": pages.level(matter),
        "state": state_part(service.loop, matter.state),
        "tags": pages.tags(matter),
        "track": track_of(service.loop, matter, holders, entries),
        "facts": pages.facts(matter),
        "more_facts": [*_duties(service.loop, matter), *pages.more_facts(matter, actor)],
        "photos": [_photo(plural, no, item, seen=item.pk in seen) for item in attached if item.is_image],
        "files": [_file(plural, no, item) for item in attached if not item.is_image],
        "actions": [action_of(plural, no, item) for item in possible],
        "not_mine": ""
        if any(item.allowed for item in possible)
        else "这件事现在不用您办，您可以在这里看进展。",
        "deadline": deadline_of(service.loop, matter),
        "chain": [_holder(holder) for holder in holders],
        "chained": pages.chained,
        "pictured": pages.pictured,
        "chain_links": chain_links(actor, matter.object_id, opened_on(matter)),
        "entries": entries,
        "verification": verification,
        "related": sealed_links(service, matter, actor),
        "sections": sections_of_matter(actor, service.loop.name, matter),
    }


def opened_on(matter: Any) -> date:
    """The day a matter was opened: that day's chain is the one somebody may have to answer for."""
    opened = clock.day_of(matter.opened_at)
    return opened


def action_of(plural: str, no: str, possible: Possibility) -> parts.Action:
    """A deed as a button, or grey with its reasons."""
    deed = possible.deed
    return parts.Action(
        label=deed.label,
        href=f"/{plural}/{no}/{deed.slug}/",
        allowed=possible.allowed,
        reasons=tuple(failure.message for failure in possible.failures),
        primary=isinstance(deed, Step) and deed.tone in ("primary", "success"),
        signed=deed.signed,
        hint=deed.hint,
    )


def deadline_of(loop: Loop, matter: Any) -> parts.Deadline | None:
    """The deadline with its explanation; none when the matter has ended."""
    if matter.deadline is None or loop.state(matter.state) not in loop.open_states:
        return None
    note = matter.deadline_note or {}
    skipped = tuple((_day(day), why) for day, why in note.get("skipped", ()))
    return parts.Deadline.of(
        matter.deadline,
        soon=days_of_warning(loop),
        provisional=bool(note.get("provisional")),
        rule=note.get("rule", ""),
        skipped=skipped,
    )


def days_of_warning(loop: Loop) -> int:
    """From how many working days before its day something counts as due soon (即将到期), as the district set it."""
    key = f"{loop.name}.due_soon_days"
    try:
        return int(policies.recent(key, on=clock.today()).value)
    except Undeclared:
        return parts.SOON


def deadline_of_duty(loop: Loop, owed: Owed) -> parts.Deadline:
    """By when a duty is to be done."""
    return parts.Deadline.of(
        owed.due, soon=days_of_warning(loop), provisional=bool(owed.note.get("provisional")), rule=owed.rule
    )


def _duties(loop: Loop, matter: Any) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    """What is owed beside the next step, with its days."""
    facts = [
        parts.Fact(owed.duty.label, deadline_of_duty(loop, owed), hint=_whose(owed), wide=True)
        for owed in owed_of(loop, matter)
    ]
    return [("另有期限的事项", facts)] if facts else []


def _whose(owed: Owed) -> str:
    basis = f"；依据：{owed.duty.basis}" if owed.duty.basis else ""
    return f"{owed.rule}。由{owed.duty.by[0].label}办理{basis}"


def _day(text: str) -> Any:
    return date.fromisoformat(text)


def track_of(
    loop: Loop, matter: Any, holders: Sequence[Holder], entries: Sequence[parts.Entry] = ()
) -> parts.Track:
    """Where the matter stands on its loop, who brought it there, who holds it and until when.

    ``entries`` are the timeline, newest first: under each state passed stands who led out of it, and when.
    """
    here = loop.state(matter.state)
    on_track = here in loop.track
    reached = loop.track.index(here) if on_track else -1
    closed = here in loop.done
    stops = []
    for index, state in enumerate(loop.track):
        if closed or index < reached:
            place = "done"
        elif index == reached:
            place = "here"
        else:
            place = "ahead"
        reacher = _reached(entries, state.label) if place != "ahead" else None
        who, at = (reacher.who, clock.day_of(reacher.happened_at)) if reacher else ("", None)
        stops.append(parts.Stop(state.label, place, who, at))  # type: ignore[arg-type]
    return parts.Track(
        stops=tuple(stops),
        holder=_holder_now(loop, matter, holders),
        deadline=deadline_of(loop, matter),
        closed=closed,
        left="" if on_track else here.label,
        returned=getattr(matter, "failed_acceptances", 0),
    )


def _reached(entries: Sequence[parts.Entry], label: str) -> parts.Entry | None:
    return next((entry for entry in entries if entry.state is not None and entry.state.word == label), None)


def _holder_now(loop: Loop, matter: Any, holders: Sequence[Holder]) -> str:
    """Whose turn it is: inside the enterprise where the hand asked for next is one of its own, else who supervises."""
    hand = hand_of(loop, matter)
    if hand is None:
        return ""
    if turn(hand, matter) == Level.ENTERPRISE:
        own = str(matter.object.name)
        step = loop.next_step(loop.state(matter.state))
        apart = step is not None and bool(step.not_by)
        return f"{own}（整改人以外的第二人）" if apart and hand.name != "rectifier" else own
    if matter.agency_id is not None:
        return str(matter.agency.name)
    territorial = next(
        (holder for holder in holders if holder.level == "territorial" and not holder.vacant), None
    )
    return territorial.title if territorial else hand.label


def _holder(holder: Holder) -> parts.Holder:
    return parts.Holder(
        level=holder.level.label,
        name=holder.name,
        title=holder.title,
        rule=holder.rule,
        vacant=holder.vacant,
    )


def _photo(plural: str, no: str, item: Attachment, *, seen: bool = False) -> parts.Photo:
    stage = (
        "after" if item.kind.startswith("after") else "before" if item.kind.startswith("before") else "other"
    )
    href = f"/{plural}/{no}/files/{item.uid}"
    place = (
        f"{item.latitude:.5f}, {item.longitude:.5f}"
        if item.latitude is not None and item.longitude is not None
        else ""
    )
    return parts.Photo(
        href=href,
        thumb=href,
        stage=stage,  # type: ignore[arg-type]
        caption="已被新照片替换" if item.superseded_by_id else SEEN if seen else "",
        taken_at=item.taken_at,
        place=place,
        by=item.uploaded_by,
    )


def _file(plural: str, no: str, item: Attachment) -> parts.File:
    size = f"{item.size / 1024:.0f} KB" if item.size < 1 << 20 else f"{item.size / (1 << 20):.1f} MB"
    return parts.File(item.name, f"/{plural}/{no}/files/{item.uid}", size, item.uploaded_by, item.at)


def address(base: str, query: dict[str, str]) -> str:
    """An address with its query string, empty values left out."""
    kept = {name: value for name, value in query.items() if value}
    return f"{base}?{urlencode(kept)}" if kept else base
