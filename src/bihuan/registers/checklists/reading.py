"""Which checklist holds on a day, and what it asks: the one way in for whoever inspects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.territory.models import Sector
from bihuan.registers.checklists.models import Checklist, ChecklistItem, ChecklistVersion
from bihuan.registers.sectors import sector_coded


def in_force(on: date) -> Q:
    """Versions that run on a day; ``effective_to`` itself is the last one."""
    return Q(effective_from__lte=on) & (Q(effective_to=None) | Q(effective_to__gte=on))


def checklist_coded(code: str) -> Checklist:
    """The list with this code.

    Raises:
        Absent: no such list.
    """
    found = Checklist.objects.select_related("sector", "owner").filter(code=code).first()
    if found is None:
        raise Absent(f"没有编号为 {code} 的检查表")
    return found


def title_of(code: str) -> str:
    """What the list with this code is called; a name written out, or of a list that is gone, stays as it is."""
    return Checklist.objects.filter(code=code).values_list("title", flat=True).first() or code


def current(code: str, on: date) -> ChecklistVersion:
    """The version of a list to be used on a day; the district's own goes before the shipped one.

    Raises:
        Refused: ``checklist.none_in_force``, when no version of such a list runs on that day.
    """
    found = _by_day(ChecklistVersion.objects.filter(checklist__code=code), on).first()
    if found is None:
        raise Refused.because(
            "checklist.none_in_force", f"{on} 没有可用的检查表“{code}”，请在检查表页面查看各版本的起止日期", "checklist"
        )  # fmt: skip
    return found


def versions_on(on: date, sector: Sector | None = None) -> Sequence[ChecklistVersion]:
    """The version in use of every list on a day, one for each; with ``sector`` those that fit it, the most special first.

    A list fits its own sector and the trades below it; one without a sector fits all; fire lists fit every trade.
    """
    rows = _by_day(ChecklistVersion.objects.all(), on)
    chosen: dict[int, ChecklistVersion] = {}
    for one in rows:
        chosen.setdefault(one.checklist_id, one)
    found = [one for one in chosen.values() if sector is None or _fits(one.checklist, sector)]
    return sorted(found, key=lambda one: (_distance(one.checklist, sector), one.checklist_id))


def items_of(version: ChecklistVersion, sector: Sector | None = None) -> Sequence[ChecklistItem]:
    """The items in the order of the sheet; with ``sector`` without those limited to another trade."""
    rows = list(version.items.all())
    return rows if sector is None else [item for item in rows if concerns(item, sector)]


def concerns(item: ChecklistItem, sector: Sector | None) -> bool:
    """Whether an item is asked of a trade: items limited to one trade (冶金 of 工贸) are asked of it and of no other.

    Of an object known only by the sector above, every item is asked; so nothing is left out for want of a word.
    """
    if not item.scope or sector is None:
        return True
    limited, held = sector_coded(item.scope), sector_coded(sector.code)
    if limited is None or held is None:
        return True
    return limited.code in {one.code for one in held.lineage()} or held.code in {
        one.code for one in limited.lineage()
    }


def _by_day(rows: QuerySet[ChecklistVersion], on: date) -> QuerySet[ChecklistVersion]:
    return (
        rows.filter(in_force(on))
        .select_related("checklist__sector", "checklist__owner")
        .order_by("shipped", "-effective_from")
    )


def _fits(checklist: Checklist, sector: Sector) -> bool:
    own = checklist.sector
    return own is None or own.code == "fire" or sector.path.startswith(own.path)


def _distance(checklist: Checklist, sector: Sector | None) -> int:
    """How far a list is from a trade: its own trade first, lists of every trade last."""
    own = checklist.sector
    if sector is None or own is None or not sector.path.startswith(own.path):
        return 9 if sector is not None else 0
    return len(sector.path.split(".")) - len(own.path.split("."))
