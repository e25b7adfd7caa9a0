"""The versions of each kind's template: saved, put in use, gone back from. None is ever changed; who did what is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Failure, Refused, Stale
from bihuan.kernel.people.actors import Actor
from bihuan.reporting.access import ISSUERS, READERS
from bihuan.reporting.genres import genre_of
from bihuan.reporting.models import TemplateShelf, TemplateVersion
from bihuan.reporting.templating import trail
from bihuan.reporting.templating.built_in import STYLES, Template, built_in
from bihuan.reporting.templating.checking import faults_of

RELEASE = "系统"
NOTE_LENGTH = 200


def may_edit(actor: Actor) -> bool:
    """The committee office writes templates."""
    return bool(actor.roles & ISSUERS)


def may_read(actor: Actor) -> bool:
    """Who reads reports, and who audits."""
    return actor.all_seeing or bool(actor.roles & (READERS | trail.AUDITORS))


def template_of(version: TemplateVersion | None, kind: str) -> Template:
    """What a version says; the release's template where there is none."""
    if version is None:
        return built_in(kind)
    return Template(kind, version.title, version.body, version.recipients, version.copies, version.style)


def in_use(kind: str) -> TemplateVersion | None:
    """The version of the district in use; None while the release's own is."""
    shelf = TemplateShelf.objects.filter(kind=kind).select_related("in_use").first()
    return shelf.in_use if shelf is not None else None


def current(kind: str) -> Template:
    """The template a report begun now would follow."""
    return template_of(in_use(kind), kind)


def versions(kind: str) -> Sequence[TemplateVersion]:
    """Every version kept, the newest first."""
    return list(TemplateVersion.objects.filter(shelf__kind=kind).select_related("shelf").order_by("-ordinal"))


def version_of(kind: str, ordinal: int) -> TemplateVersion:
    """One version.

    Raises:
        Absent: there is none.
    """
    found = TemplateVersion.objects.filter(shelf__kind=kind, ordinal=ordinal).select_related("shelf").first()
    if found is None:
        raise Absent("没有这一版模板")
    return found


def bound(kind: str) -> TemplateVersion:
    """The version a report begun now is bound to; the release's own is kept the first time it is needed."""
    with transaction.atomic():
        shelf = _locked(kind)
        if shelf.in_use is not None:
            return shelf.in_use
        template = built_in(kind)
        kept = shelf.versions.filter(built_in=True, digest=template.digest).order_by("-ordinal").first()
        return kept or _kept(shelf, template, None, "随系统提供")


def save(template: Template, note: str, actor: Actor, *, seen: int) -> TemplateVersion:
    """Keep a new version, not in use yet; ``seen`` is the newest ordinal the writer saw (0: none).

    Raises:
        Refused: not the office, or something in it cannot be read, each fault with its line. Stale: another version was
            saved meanwhile.
    """
    _only_office(actor)
    genre_of(template.kind)
    template = _trimmed(template)
    Refused.unless([*_blank(template, note), *faults_of(template)])
    with transaction.atomic():
        shelf = _locked(template.kind)
        newest = shelf.versions.order_by("-ordinal").first()
        if newest is not None and newest.digest == template.digest:
            return newest
        if (newest.ordinal if newest else 0) != seen:
            raise Stale
        return _kept(shelf, template, actor, note.strip())


def put_in_use(kind: str, ordinal: int, actor: Actor) -> TemplateVersion:
    """From now on reports of the kind begin with this version; those under way keep theirs.

    Raises:
        Refused: not the office, or the version no longer fits the release. Absent: there is no such version.
    """
    _only_office(actor)
    with transaction.atomic():
        shelf = _locked(kind)
        chosen = version_of(kind, ordinal)
        Refused.unless(faults_of(template_of(chosen, kind)))
        if shelf.in_use_id != chosen.pk:
            shelf.in_use = chosen
            trail.note(shelf, actor, "put_in_use", {"ordinal": ordinal, "digest": bytes(chosen.digest).hex()})
        return chosen


def return_to_release(kind: str, actor: Actor) -> None:
    """From now on reports of the kind begin with the release's template; the district's versions stay.

    Raises:
        Refused: not the office.
    """
    _only_office(actor)
    with transaction.atomic():
        shelf = _locked(kind)
        if shelf.in_use_id is not None:
            shelf.in_use = None
            trail.note(shelf, actor, "return_to_release", {"digest": built_in(kind).digest.hex()})


def _only_office(actor: Actor) -> None:
    if not may_edit(actor):
        raise Refused.because("template.not_yours", "报告模板由安委办修改；您可以查看和预览。")


def _trimmed(template: Template) -> Template:
    lines = [line.strip() for line in template.title.splitlines() if line.strip()]
    return replace(
        template, title="\n".join(lines), body=template.body.replace("\r\n", "\n").strip(),
        recipients=template.recipients.strip(), copies=template.copies.strip(),
    )  # fmt: skip


def _blank(template: Template, note: str) -> list[Failure]:
    failures = []
    if not template.title:
        failures.append(Failure("template.no_title", "请填写「标题」", "title"))
    if not template.body:
        failures.append(Failure("template.no_body", "请填写「正文」", "body"))
    if template.style not in STYLES:
        failures.append(Failure("template.no_style", "请选择「文体」", "style"))
    if len(note.strip()) > NOTE_LENGTH:
        failures.append(Failure("template.note_too_long", f"修改说明最多{NOTE_LENGTH}字，请精简", "note"))
    return failures


def _locked(kind: str) -> TemplateShelf:
    """The kind's shelf, held until the transaction ends; whoever comes second waits."""
    TemplateShelf.objects.bulk_create([TemplateShelf(kind=genre_of(kind).kind)], ignore_conflicts=True)
    return TemplateShelf.objects.select_for_update(of=("self",)).select_related("in_use").get(kind=kind)


def _kept(shelf: TemplateShelf, template: Template, actor: Actor | None, note: str) -> TemplateVersion:
    last = shelf.versions.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
    made = TemplateVersion.objects.create(
        shelf=shelf, ordinal=last + 1, built_in=actor is None, title=template.title, recipients=template.recipients,
        copies=template.copies, style=template.style, body=template.body, note=note, digest=template.digest,
        saved_at=clock.now(), saved_by=actor.ref if actor else "", saved_by_name=actor.name if actor else RELEASE,
        saved_by_post=actor.post[:160] if actor else "",
    )  # fmt: skip
    verb = "save" if actor is not None else "keep_release"
    payload = {"ordinal": made.ordinal, "digest": template.digest.hex(), "note": note}
    trail.note(shelf, actor or Actor.system("报表"), verb, payload)
    return made
