"""Power lists and duty lists: drafted, published, in force by version, and cited by item (M020: 照单监管、照单追责)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, QuerySet

from bihuan.capabilities.responsibility.duties import trail
from bihuan.capabilities.responsibility.duties.holders import UNIT_KEEPERS
from bihuan.capabilities.responsibility.duties.models import ListItem, PublishedList
from bihuan.capabilities.responsibility.duties.models.lists import ListKind
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency

MOST = 500
_MARKS = re.compile(r"\t|｜|\|")


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it is typed or pasted: number, title, text, basis."""

    number: str
    title: str
    text: str = ""
    basis: str = ""


def may_keep(actor: Actor, agency: Agency) -> bool:
    """The committee office keeps every unit's lists, a unit its own."""
    return (
        actor.is_system
        or actor.holds(Role.OFFICE)
        or any(scope.role in UNIT_KEEPERS and scope.agency_id == agency.pk for scope in actor.scopes)
    )


def read_lines(text: str) -> list[Line]:
    """The items of a pasted table: a line an item, its columns 编号、事项、内容、依据 apart by tabs or ｜.

    Raises:
        Refused: every line that cannot be one, by its place, or two of one number.
    """
    found: list[Line] = []
    faults: list[Failure] = []
    seen: dict[str, int] = {}
    for place, raw in enumerate(text.splitlines(), 1):
        if not raw.strip():
            continue
        parts = [part.strip() for part in _MARKS.split(raw)]
        faults += _line_faults(place, parts, seen)
        if len(parts) >= 2 and parts[0]:
            seen.setdefault(parts[0], place)
            found.append(Line(*parts[:4]))
    if not found and not faults:
        faults.append(
            Failure(
                "list.empty", "清单没有事项；每行一项，编号、事项、内容、依据之间用“｜”或制表符隔开", "items"
            )
        )
    if len(found) > MOST:
        faults.append(
            Failure("list.too_long", f"一份清单最多 {MOST} 项，现有 {len(found)} 项，请分成几份", "items")
        )
    Refused.unless(faults)
    return found


_LONGEST = (20, 200, 1000, 300)
_COLUMNS = ("编号", "事项", "内容", "依据")


def _line_faults(place: int, parts: list[str], seen: dict[str, int]) -> Iterator[Failure]:
    if len(parts) < 2 or not parts[0] or not parts[1]:
        yield Failure("list.no_number", f"第 {place} 行缺少编号或事项，请写成“1｜事项｜内容｜依据”", "items")
        return
    if len(parts) > 4:
        yield Failure(
            "list.many_columns",
            f"第 {place} 行有 {len(parts)} 栏，最多 4 栏：编号、事项、内容、依据",
            "items",
        )
    if parts[0] in seen:
        yield Failure(
            "list.number_twice", f"第 {place} 行编号“{parts[0]}”与第 {seen[parts[0]]} 行重复", "items"
        )
    for column, longest, part in zip(_COLUMNS, _LONGEST, parts, strict=False):
        if len(part) > longest:
            yield Failure("list.too_wide", f"第 {place} 行“{column}”超过 {longest} 字，请缩短", "items")


def draft(agency: Agency, kind: ListKind, items: Sequence[Line], note: str, by: Actor) -> PublishedList:
    """Write the draft of a unit's next version, in place of the draft there is.

    Raises:
        Refused: not the actor's unit.
    """
    _only_keepers(by, agency)
    with transaction.atomic():
        _lock(agency)
        mine = PublishedList.objects.filter(agency=agency, kind=kind)
        one = mine.filter(published_at=None).first()
        if one is None:
            last = mine.aggregate(last=Max("version"))["last"] or 0
            one = PublishedList.objects.create(agency=agency, kind=kind, version=last + 1)
        one.note = note.strip()[:300]
        one.save(update_fields=["note"])
        one.items.all().delete()
        ListItem.objects.bulk_create(
            [
                ListItem(list=one, number=line.number, title=line.title, text=line.text, basis=line.basis, order=place)
                for place, line in enumerate(items, 1)
            ]
        )  # fmt: skip
        said = {"kind": kind.value, "version": one.version, "items": len(items)}
        trail.note([trail.Noted(f"list/{agency.pk}/{kind.value}", "drafted", said)], by)
    return one


def publish(one: PublishedList, effective_from: date, by: Actor) -> PublishedList:
    """Publish a draft: from its day it is the list in force, and stays as it is.

    Raises:
        Refused: not the actor's unit, published already, empty, in force before today or before the version before it.
    """
    _only_keepers(by, one.agency)
    with transaction.atomic():
        _lock(one.agency)
        found = PublishedList.objects.select_related("agency").get(pk=one.pk)
        Refused.unless(_publishing_faults(found, effective_from))
        found.effective_from, found.published_at = effective_from, clock.now()
        found.published_by, found.published_by_post = by.name[:60], by.post[:120]
        found.save(
            update_fields=["effective_from", "published_at", "published_by", "published_by_post"]
        )  # fmt: skip
        items = [f"{item.number} {item.title}" for item in found.items.order_by("order")]
        said = {
            "kind": found.kind, "version": found.version, "since": effective_from.isoformat(), "items": items,
            "note": found.note,
        }  # fmt: skip
        trail.note([trail.Noted(f"list/{found.agency_id}/{found.kind}", "published", said)], by)
    return found


def _publishing_faults(one: PublishedList, effective_from: date) -> Iterator[Failure]:
    if one.published_at is not None:
        yield Failure("list.published", "这一版已公布，不能再改；请起草新的一版")
        return
    if not one.items.exists():
        yield Failure("list.empty", "清单没有事项，请先填写", "items")
    if effective_from < clock.today():
        yield Failure(
            "list.in_the_past",
            "施行日期不能早于今天，以前的检查和处罚不能引用当时没有的清单",
            "effective_from",
        )
    later = PublishedList.objects.filter(
        agency=one.agency_id, kind=one.kind, published_at__isnull=False, effective_from__gte=effective_from
    ).order_by("-effective_from")
    newest = later.first()
    if newest is not None:
        sentence = f"第{newest.version}版自 {newest.effective_from} 起施行，新的一版须在它之后"
        yield Failure("list.before_another", sentence, "effective_from")


def in_force(agency: Agency, kind: ListKind, on: date) -> PublishedList | None:
    """The version of a unit's list in force on a day."""
    known = PublishedList.objects.filter(
        agency=agency, kind=kind, published_at__isnull=False, effective_from__lte=on
    )
    return known.select_related("agency").order_by("-effective_from").first()


def catalogue(agency: Agency, kind: ListKind, on: date) -> QuerySet[ListItem]:
    """The items that may be cited on a day; none where no list is in force."""
    now = in_force(agency, kind, on)
    rows = ListItem.objects.select_related("list__agency").order_by("order")
    return rows.filter(list=now) if now is not None else rows.none()


@dataclass(frozen=True, slots=True)
class Cited:
    """An item as a record cites it: by list, version and number, with the words of that day."""

    item: int
    unit: str
    list: str
    version: int
    number: str
    title: str

    def words(self) -> str:
        """《区应急管理局权力清单（第2版）》第3项 危险化学品企业监督检查."""
        return f"《{self.unit}{self.list}（第{self.version}版）》第{self.number}项 {self.title}"


def cited(item: int, on: date) -> Cited:
    """The item as it may be cited for a deed of a day.

    Raises:
        Refused: there is no such item (``list.no_item``), or its version was not in force that day
            (``list.item_not_in_force``), naming the one that was.
    """
    found = ListItem.objects.select_related("list__agency").filter(pk=item).first()
    if found is None:
        raise Refused.because("list.no_item", "没有这一项，请从清单里选择", "item")
    version = found.list
    now = in_force(version.agency, ListKind(version.kind), on)
    if now is None or now.pk != version.pk:
        instead = f"当日施行的是第{now.version}版" if now else "当日没有施行的清单"
        sentence = f"{version}在 {on} 不施行，{instead}，请引用当日施行的清单"
        raise Refused.because("list.item_not_in_force", sentence, "item")
    return Cited(
        found.pk, version.agency.name, str(version.get_kind_display()), version.version, found.number, found.title
    )  # fmt: skip


def differences(one: PublishedList, before: PublishedList | None) -> dict[str, list[str]]:
    """What a version adds, drops and rewords against the one before, by item number."""
    now = {item.number: item for item in one.items.all()}
    was = {item.number: item for item in before.items.all()} if before else {}
    changed = [
        number
        for number in now.keys() & was.keys()
        if any(
            getattr(now[number], name) != getattr(was[number], name) for name in ("title", "text", "basis")
        )
    ]
    return {
        "新增": [str(now[number]) for number in now if number not in was],
        "取消": [str(was[number]) for number in was if number not in now],
        "改写": [str(now[number]) for number in now if number in changed],
    }


def before(one: PublishedList) -> PublishedList | None:
    """The version that this one follows."""
    earlier = PublishedList.objects.filter(agency=one.agency_id, kind=one.kind, version__lt=one.version)
    return earlier.order_by("-version").first()


def _only_keepers(by: Actor, agency: Agency) -> None:
    if not may_keep(by, agency):
        raise Refused.because("list.not_yours", "清单由本单位或安委办起草和公布")


def _lock(agency: Agency) -> None:
    try:
        Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    except Agency.DoesNotExist as gone:
        raise Refused.because("list.no_unit", "没有这个单位") from gone
