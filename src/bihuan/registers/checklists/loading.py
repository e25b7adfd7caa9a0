"""Bringing the checklists of the release into the register; what is there is never rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.db.models import Max

from bihuan.kernel import clock
from bihuan.kernel.territory.models import Sector
from bihuan.registers.checklists.catalogue import Line, Release, digest_of, shipped
from bihuan.registers.checklists.models import Checklist, ChecklistItem, ChecklistVersion

RELEASE = "随系统发布"


@transaction.atomic
def load_checklists() -> int:
    """Write down the lists and versions of the release that are not here yet; how many versions were new. Safe to repeat.

    A version that is here keeps its items, for inspections rest on them; a release ends it and adds the next.
    """
    sectors = {one.code: one for one in Sector.objects.all()}
    added = 0
    for told in shipped():
        row, _ = Checklist.objects.get_or_create(
            code=told.code,
            defaults={"title": told.title, "says": told.says, "sector": sectors.get(told.sector)},
        )
        Checklist.objects.select_for_update().get(pk=row.pk)
        known = {one.effective_from: one for one in row.versions.filter(shipped=True)}
        for release in sorted(told.versions, key=lambda one: one.effective_from):
            here = known.get(release.effective_from)
            if here is None:
                _add(row, release)
                added += 1
            elif here.effective_to != release.effective_to:
                here.effective_to = release.effective_to
                here.save(update_fields=["effective_to"])
    return added


def _add(checklist: Checklist, release: Release) -> None:
    last = checklist.versions.aggregate(last=Max("number"))["last"] or 0
    version = ChecklistVersion.objects.create(
        checklist=checklist, number=last + 1, shipped=True, effective_from=release.effective_from,
        effective_to=release.effective_to, source=release.source, mark=release.mark, digest=digest_of(release.lines),
        made_by=RELEASE, made_at=clock.now(),
    )  # fmt: skip
    write_items(version, release.lines)


def write_items(version: ChecklistVersion, lines: Sequence[Line]) -> None:
    """The items of a version that was made in this transaction, numbered from 1."""
    ChecklistItem.objects.bulk_create(
        [
            ChecklistItem(version=version, order=place, **asdict(line))
            for place, line in enumerate(lines, start=1)
        ]
    )
