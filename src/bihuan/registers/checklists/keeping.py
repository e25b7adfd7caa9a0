"""A district's own checklists: begun, versioned and ended through recorded deeds; what was used is never rewritten.

A version may be written on until the day it takes effect. From that day its items stand for good, because inspections
rest on them; what must change then is a new version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, Q

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Sector
from bihuan.registers.checklists import trail
from bihuan.registers.checklists.catalogue import Line, digest_of
from bihuan.registers.checklists.loading import write_items
from bihuan.registers.checklists.models import Checklist, ChecklistVersion

KEEPERS = frozenset({Role.OFFICE, Role.REGULATOR})
_LIMITS = {"group": 40, "content": 200, "method": 400, "violation": 600, "basis": 200, "penalty": 120}


def may_keep(actor: Actor, sector: Sector | None) -> bool:
    """The committee office keeps any list, a regulator those of its own sectors."""
    if actor.all_seeing or actor.holds(Role.OFFICE):
        return True
    path = sector.path if sector else ""
    return any(
        scope.role == Role.REGULATOR and (not scope.sector_paths or path.startswith(scope.sector_paths))
        for scope in actor.scopes
    )


def begin_list(
    title: str,
    sector: Sector | None,
    says: str,
    since: date,
    source: str,
    lines: Sequence[Line],
    actor: Actor,
) -> ChecklistVersion:
    """Write a list of the district's own, with its first version.

    Raises:
        Refused: not the actor's to keep, the title is taken, or the items say too little.
    """
    _mine(actor, sector)
    with transaction.atomic():
        if Checklist.objects.select_for_update().filter(title=title.strip()).exists():
            raise Refused.because(
                "checklist.title_taken", f"已有名为“{title}”的检查表，请在它下面编制新版", "title"
            )
        last = Checklist.objects.filter(code__startswith="local-").count()
        scope = next((one for one in actor.scopes if one.role in KEEPERS), None)
        row = Checklist.objects.create(
            code=f"local-{last + 1}", title=title.strip()[:80], says=says.strip()[:200], sector=sector,
            owner_id=scope.agency_id if scope else None,
        )  # fmt: skip
        trail.note(row, "list_begun", actor, {"title": row.title, "sector": sector.name if sector else ""})
        return _begin(row, since, source, "K", lines, actor)


def begin_version(
    checklist: Checklist, since: date, source: str, mark: str, lines: Sequence[Line], actor: Actor
) -> ChecklistVersion:
    """Write another version, which follows the district's running one from ``since`` on.

    Raises:
        Refused: not the actor's to keep, the day has gone by, or a later version waits already.
    """
    _mine(actor, checklist.sector)
    with transaction.atomic():
        locked = Checklist.objects.select_for_update(of=("self",)).get(pk=checklist.pk)
        return _begin(locked, since, source, mark, lines, actor)


def end_version(version: ChecklistVersion, last: date, reason: str, actor: Actor) -> ChecklistVersion:
    """The district's version is used on ``last`` for the last time; afterwards the shipped one holds again, if any.

    Raises:
        Refused: it came with the release, ended before, or the day lies before today or its beginning.
    """
    _mine(actor, version.checklist.sector)
    if not reason.strip():
        raise Refused.because("checklist.no_reason", "请写明停用的原因", "reason")
    with transaction.atomic():
        Checklist.objects.select_for_update(of=("self",)).get(pk=version.checklist_id)
        row = _own(version.pk)
        if row.effective_to is not None and row.effective_to < clock.today():
            raise Refused.because("checklist.ended", f"这一版已于 {row.effective_to} 停用，不用再办")
        if last < max(clock.today() - timedelta(days=1), row.effective_from):
            raise Refused.because(
                "checklist.ends_too_early", "最后使用日期不能早于昨天，也不能早于启用日期", "last"
            )
        row.effective_to = last
        row.save(update_fields=["effective_to"])
        said = {"version": row.number, "last": last.isoformat(), "reason": reason.strip()[:400]}
        trail.note(row.checklist, "version_ended", actor, said)
    return row


def put_item(version: ChecklistVersion, key: str, line: Line, actor: Actor) -> None:
    """Write an item of a version that is not in effect yet; an unknown key adds one at the end.

    Raises:
        Refused: the version is in effect, or the item says too little.
    """
    _change(version, key, line, actor)


def drop_item(version: ChecklistVersion, key: str, actor: Actor) -> None:
    """Leave an item out of a version that is not in effect yet.

    Raises:
        Refused: the version is in effect, or it is the last item.
        Absent: no such item.
    """
    _change(version, key, None, actor)


def lines_of(version: ChecklistVersion) -> list[Line]:
    """The items as a new version takes them over."""
    names = list(Line.__dataclass_fields__)
    return [Line(**{name: getattr(item, name) for name in names}) for item in version.items.all()]


def editable(version: ChecklistVersion) -> bool:
    """Whether its items may still be written on."""
    return not version.shipped and version.effective_from > clock.today()


def _begin(
    checklist: Checklist, since: date, source: str, mark: str, lines: Sequence[Line], actor: Actor
) -> ChecklistVersion:
    Refused.unless([*_lacks(lines), *_day_objections(checklist, since)])
    if not source.strip():
        raise Refused.because("checklist.no_source", "请写明依据的文件或标准", "source")
    running = checklist.versions.filter(shipped=False, effective_from__lt=since).filter(
        Q(effective_to=None) | Q(effective_to__gte=since)
    )
    running.update(effective_to=since - timedelta(days=1))
    number = (checklist.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = ChecklistVersion.objects.create(
        checklist=checklist, number=number, shipped=False, effective_from=since, source=source.strip()[:400], mark=mark,
        digest=digest_of(lines), made_by=actor.name, made_at=clock.now(),
    )  # fmt: skip
    write_items(version, lines)
    said = {"version": number, "since": since.isoformat(), "items": len(lines), "digest": version.digest}
    trail.note(checklist, "version_begun", actor, {**said, "source": version.source})
    return version


def _day_objections(checklist: Checklist, since: date) -> list[Failure]:
    if since < clock.today():
        return [Failure("checklist.in_past", "启用日期不能早于今天；以前的检查按当时的版本", "since")]
    later = checklist.versions.filter(shipped=False, effective_from__gte=since).order_by("number").first()
    if later is not None:
        says = f"第 {later.number} 版将于 {later.effective_from} 启用，请在那一版上改，或另选更晚的日期"
        return [Failure("checklist.later_waits", says, "since")]
    return []


def _lacks(lines: Sequence[Line]) -> list[Failure]:
    """What is missing in the items, by number."""
    if not lines:
        return [Failure("checklist.no_items", "检查表至少要有一项", "items")]
    found = []
    words = {"content": "检查内容", "method": "检查方法", "violation": "违法情形"}
    for place, line in enumerate(lines, start=1):
        missing = [label for name, label in words.items() if not getattr(line, name).strip()]
        if missing:
            found.append(
                Failure("checklist.item_incomplete", f"第 {place} 项缺少{'、'.join(missing)}", "content")
            )
        found += [
            Failure("checklist.item_too_long", f"第 {place} 项的一栏超过 {limit} 字，请精简", name)
            for name, limit in _LIMITS.items()
            if len(getattr(line, name)) > limit
        ]
    return found


def _change(version: ChecklistVersion, key: str, line: Line | None, actor: Actor) -> None:
    _mine(actor, version.checklist.sector)
    with transaction.atomic():
        Checklist.objects.select_for_update(of=("self",)).get(pk=version.checklist_id)
        row = _own(version.pk)
        if not editable(row):
            raise Refused.because(
                "checklist.in_use", f"第 {row.number} 版已启用，不能再改；请编制新版", "content"
            )
        lines = lines_of(row)
        at = next((place for place, one in enumerate(lines) if one.key == key), None)
        if line is None:
            if at is None:
                raise Absent("这一版没有这一项")
            del lines[at]
        elif at is None:
            lines.append(line)
        else:
            lines[at] = line
        Refused.unless(_lacks(lines))
        row.items.all().delete()
        write_items(row, lines)
        row.digest = digest_of(lines)
        row.save(update_fields=["digest"])
        said = {"version": row.number, "key": key, "digest": row.digest, **(asdict(line) if line else {})}
        trail.note(row.checklist, "item_put" if line else "item_dropped", actor, said)


def next_key(version: ChecklistVersion) -> str:
    """A key no item of the version has."""
    taken = set(version.items.values_list("key", flat=True))
    return next(key for number in range(1, 10_000) if (key := f"L-{number:03d}") not in taken)


def _own(pk: int) -> ChecklistVersion:
    row = (
        ChecklistVersion.objects.select_for_update(of=("self",))
        .select_related("checklist__sector")
        .get(pk=pk)
    )
    if row.shipped:
        raise Refused.because("checklist.shipped", "随系统发布的版本不能改；请编制本区的新版")
    return row


def _mine(actor: Actor, sector: Sector | None) -> None:
    if not may_keep(actor, sector):
        raise Refused.because("checklist.not_yours", "检查表由区安委办或该行业的监管部门编制")
