"""Telling and ending what is true of an object for a time (M053, M058), by whoever keeps the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.registers import trail
from bihuan.registers.enterprises.dated_kinds import NOT_BY_HAND, SINGLE, DatedKind, dated_kind
from bihuan.registers.keepers import may_keep_object
from bihuan.registers.models import DatedDetail
from bihuan.registers.reading import read_count, read_day


@dataclass(frozen=True, slots=True)
class Told:
    """A detail as written by its teller; all values are text. ``code`` is the code or the word of its sort."""

    kind: str
    code: str = ""
    name: str = ""
    number: str = ""
    count: str = ""
    since: str = ""
    until: str = ""


def in_force(on: date) -> Q:
    """Details that held on a day, lapsed papers among them: nobody has ended them, so they show as lapsed.

    What names no first day is known from the day it was told.
    """
    told_by_then = datetime.combine(on + timedelta(days=1), time(), clock.SHANGHAI)
    begun = Q(since=None, at__lt=told_by_then) | Q(since__lte=on)
    return begun & (Q(ended_on=None) | Q(ended_on__gt=on))


def lapsed(on: date) -> Q:
    """Papers whose last valid day lies before ``on`` and which nobody has ended."""
    return Q(ended_on=None, until__lt=on)


def details_of(one: SupervisedObject, on: date) -> QuerySet[DatedDetail]:
    """What holds of an object on a day."""
    return DatedDetail.objects.filter(in_force(on), object=one).order_by("kind", "code", "until", "id")


def failures(told: Told) -> Iterator[Failure]:
    """What cannot be right by itself."""
    kind = dated_kind(told.kind)
    if kind is None or kind.kind in NOT_BY_HAND:
        yield Failure("detail.unknown_kind", "没有这一类档案，请从列表中选择", "kind")
        return
    if not kind.code(told.code):
        known = "、".join(label for _, label in kind.codes)
        yield Failure("detail.unknown_code", f"{kind.label}的种类只能填写：{known}", "code")
    for field, limit in (("name", 120), ("number", 60)):
        if len(getattr(told, field).strip()) > limit:
            yield Failure("detail.too_long", f"超过 {limit} 个字，请缩短", field)
    if kind.valid and not told.until.strip():
        yield Failure("detail.no_until", "没有填写有效期至，请照证件填写", "until")
    days: dict[str, date | None] = {}
    for field in ("since", "until"):
        try:
            days[field] = read_day(getattr(told, field), last=field == "until")
        except ValueError as error:
            yield Failure("detail.wrong_day", str(error), field)
    since, until = days.get("since"), days.get("until")
    if since and until and until < since:
        yield Failure(
            "detail.until_before_since", f"有效期至（{until}）早于起始日期（{since}），请核对", "until"
        )
    try:
        read_count(told.count)
    except ValueError as error:
        yield Failure("detail.wrong_count", str(error), "count")


def row_of(told: Told, one: SupervisedObject, actor: Actor) -> DatedDetail:
    """The unsaved row of a detail that has no failures."""
    kind = dated_kind(told.kind)
    if kind is None:
        raise ValueError(told.kind)
    return DatedDetail(
        object=one,
        kind=kind.kind,
        code=kind.code(told.code),
        name=told.name.strip(),
        number=told.number.strip(),
        count=read_count(told.count),
        since=read_day(told.since),
        until=read_day(told.until, last=True),
        said_by=actor.name[:60],
        at=clock.now(),
    )


def tell(ref: UUID | str, told: Told, actor: Actor) -> DatedDetail:
    """Add a detail to an object's file.

    Raises:
        Absent: no such object in the actor's jurisdiction.
        Refused: with every reason; ``detail.already_there`` when the file says it already.
    """
    Refused.unless(list(failures(told)))
    with transaction.atomic():
        one = _kept(ref, actor)
        row = row_of(told, one, actor)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            if "a_detail_is_told_once" not in str(error):
                raise
            raise Refused.because("detail.already_there", "档案里已有这一条，内容相同", "number") from error
        trail.note([trail.Noted(one, "detail_told", said_of(row))], actor)
    return row


def end(ref: UUID | str, pk: int, actor: Actor, reason: str, on: date | None = None) -> DatedDetail:
    """From ``on`` (today) a detail holds no more: withdrawn, replaced, dismantled. The row stays.

    Raises:
        Absent: no such detail in a file the actor may see.
        Refused: without a reason (``detail.no_reason``), ended before (``detail.ended``), not the actor's to keep.
    """
    if not reason.strip():
        raise Refused.because("detail.no_reason", "请写明不再有效的原因", "reason")
    with transaction.atomic():
        one = _kept(ref, actor)
        row = (
            DatedDetail.objects.select_for_update()
            .filter(object=one, pk=pk)
            .exclude(kind__in=NOT_BY_HAND)
            .first()
        )
        if row is None:
            raise Absent("没有这一条档案")
        if row.ended_on is not None:
            raise Refused.because("detail.ended", "这一条已注明不再有效，请刷新后查看")
        row.ended_on = on or clock.today()
        row.save(update_fields=["ended_on"])
        said = {**said_of(row), "ended_on": row.ended_on.isoformat(), "reason": reason.strip()[:200]}
        trail.note([trail.Noted(one, "detail_ended", said)], actor)
    return row


def add_told(
    pairs: Sequence[tuple[SupervisedObject, Sequence[Told]]], actor: Actor
) -> dict[UUID, list[DatedDetail]]:
    """Add to each file what it does not say yet, in the caller's transaction; what was added, by object."""
    uids = [one.pk for one, told in pairs if told]
    known = {_identity(row) for row in DatedDetail.objects.filter(object__in=uids, ended_on=None)}
    added: dict[UUID, list[DatedDetail]] = {}
    for one, told in pairs:
        for row in (row_of(each, one, actor) for each in told):
            if _identity(row) not in known:
                known.add(_identity(row))
                added.setdefault(one.pk, []).append(row)
    DatedDetail.objects.bulk_create([row for rows in added.values() for row in rows], batch_size=1000)
    return added


def _identity(row: DatedDetail) -> tuple[Any, ...]:
    return (row.object_id, row.kind, row.code, row.name, row.number, row.since, row.until)


def follow_single(pairs: Sequence[tuple[SupervisedObject, dict[str, dict[str, Any]]]], actor: Actor) -> None:
    """Date the values of the main form: a changed one ends today, what is said now begins today.

    ``pairs``: the object with its single kinds, each with ``name``, ``number`` and ``count``. Held in the caller's
    transaction.
    """
    uids = [one.pk for one, _ in pairs]
    open_rows = DatedDetail.objects.filter(object__in=uids, kind__in=SINGLE, ended_on=None)
    here = {(row.object_id, row.kind): row for row in open_rows}
    today, gone, new = clock.today(), [], []
    for one, said in pairs:
        for kind, values in said.items():
            present = here.get((one.pk, kind))
            if present and all(getattr(present, name) == value for name, value in values.items()):
                continue
            if present is not None:
                present.ended_on = today
                gone.append(present)
            if any(values.values()):
                row = DatedDetail(object=one, kind=kind, since=today, said_by=actor.name[:60], at=clock.now())
                for name, value in values.items():
                    setattr(row, name, value)
                new.append(row)
    DatedDetail.objects.bulk_update(gone, ["ended_on"], batch_size=500)
    DatedDetail.objects.bulk_create(new, batch_size=1000)


def said_of(row: DatedDetail) -> dict[str, Any]:
    """A detail as the record keeps it."""
    said = {"kind": row.kind, "code": row.code, "name": row.name, "number": row.number, "count": row.count}
    days = {"since": row.since, "until": row.until}
    return {name: value for name, value in said.items() if value not in ("", None)} | {
        name: day.isoformat() for name, day in days.items() if day is not None
    }


def in_words(row: DatedDetail) -> str:
    """「安全生产许可证 （鲁）WH安许证字〔2021〕0012 号，有效期至 2027-03-01」."""
    kind = dated_kind(row.kind)
    word = kind.word(row.code) if kind else row.code
    said = [word, *([row.number] if row.number else []), *([row.name] if row.name else [])]
    until = f"，有效期至 {row.until}" if row.until else ""
    return f"{' '.join(said)}{until}"


def words_of(rows: Iterable[DatedDetail], kind: DatedKind) -> str:
    """All details of one kind in a cell."""
    return "；".join(in_words(row) for row in rows if row.kind == kind.kind)


def _kept(ref: UUID | str, actor: Actor) -> SupervisedObject:
    """The object locked, when its file is the actor's to keep."""
    uid = access_object(actor, ref, joined=False).uid
    one = SupervisedObject.objects.select_for_update(no_key=True).get(uid=uid)
    if not may_keep_object(actor, one):
        raise Refused.because("detail.not_yours", f"“{one.name}”的登记信息不在您的职责范围内")
    return one
