"""Naming somebody for something and ending it, by whoever keeps that: recorded, dated, never two at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model, Q, QuerySet, Value
from django.db.models.functions import StrIndex

from bihuan.capabilities.responsibility.naming import pairing, trail
from bihuan.capabilities.responsibility.naming.kinds import FREQUENCIES, SORTS, Sort, sort_of
from bihuan.capabilities.responsibility.naming.models import Naming
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post
from bihuan.kernel.territory.models import Agency, Region, Sector, Standing
from bihuan.kernel.territory.trees import in_force

M = TypeVar("M", bound=Model)
CONSTRAINTS = (
    "area_once", "sector_once", "portfolio_once", "paired_once", "zones_apart", "grids_apart", "claimed_once",
    "comprehensive_once", "special_once",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A naming as its keeper says it. ``post`` or ``unit``; what the kind is about; days; the paper it rests on."""

    kind: str
    since: date
    post: int | None = None
    unit: int | None = None
    region: int | None = None
    sector: int | None = None
    agency: int | None = None
    object: UUID | None = None
    words: str = ""
    frequency: str = ""
    until: date | None = None
    document: str = ""
    reason: str = ""


def on_day(on: date) -> QuerySet[Naming]:
    """What was in force on a day."""
    return Naming.objects.filter(in_force(on))


def may_keep(actor: Actor, sort: Sort, region_path: str = "", unit: int | None = None) -> bool:
    """Whether the actor keeps namings of this kind there: the office all, a town its own zones, grids and claims."""
    if actor.all_seeing:
        return True
    for scope in actor.scopes:
        if scope.role not in sort.keepers:
            continue
        if scope.role in _EVERYWHERE or (unit is not None and scope.agency_id == unit):
            return True
        if region_path and scope.region_path and region_path.startswith(scope.region_path):
            return True
    return False


_EVERYWHERE = next(one for one in SORTS if one.kind == "area").keepers


def name(given: Given, actor: Actor) -> Naming:
    """Name a post or a unit for something from a day on.

    Raises:
        Refused: with every reason; ``naming.taken`` when somebody is named for it already, ``naming.not_yours``.
    """
    sort = sort_of(given.kind)
    if sort is None:
        raise Refused.because("naming.unknown_kind", "没有这一类责任分工，请从列表中选择", "kind")
    row = _draft(sort, given, actor)
    Refused.unless(list(_failures(sort, row, given)))
    if not may_keep(actor, sort, row.region_path, row.unit_id):
        raise Refused.because("naming.not_yours", f"“{sort.label}”不由您的岗位确定，请联系区安委办")
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            if not any(constraint in str(error) for constraint in CONSTRAINTS):
                raise
            raise Refused.because("naming.taken", _taken(sort, row), _field(sort)) from error
        trail.note(row, "named", actor, said_of(row))
    return row


def _found(model: type[M], pk: Any) -> M | None:
    return None if pk is None else model._default_manager.filter(pk=pk).first()


def _draft(sort: Sort, given: Given, actor: Actor) -> Naming:
    region = _found(Region, given.region) if sort.takes("region") else None
    sector = _found(Sector, given.sector) if sort.takes("sector") else None
    return Naming(
        kind=sort.kind,
        post=Post.objects.filter(pk=given.post).select_related("agency").first() if given.post else None,
        unit=Agency.objects.filter(pk=given.unit).first() if given.unit else None,
        region=region,
        region_path=region.path if region else "",
        sector=sector,
        sector_path=sector.path if sector else "",
        agency=_found(Agency, given.agency) if sort.takes("agency") else None,
        object=_found(SupervisedObject, given.object) if sort.takes("object") else None,
        words=given.words.strip()[:200],
        frequency=given.frequency if sort.kind == "pairing" else "",
        since=given.since,
        until=given.until,
        document=given.document.strip()[:120],
        reason=given.reason.strip()[:400],
        named_by=actor.name[:60],
        named_by_post=actor.post[:120],
        named_at=clock.now(),
    )


def _failures(sort: Sort, row: Naming, given: Given) -> Iterator[Failure]:
    yield from _whom(sort, row)
    wanted = {"region": "镇街或网格", "sector": "行业领域", "agency": "部门", "object": "企业"}
    for column in sort.about:
        if not column.endswith("?") and getattr(row, f"{column}_id") is None:
            yield Failure("naming.about_missing", f"请选择{wanted[column]}", column)
    if row.region is not None and row.region.level not in sort.levels:
        yield Failure("naming.wrong_region", f"“{row.region.name}”不能作为{sort.label}，请另选", "region")
    if row.region is not None and row.region.standing != Standing.CONFIRMED:
        yield Failure("naming.region_pending", f"“{row.region.name}”尚未核实，请先核实", "region")
    if row.object is not None and row.object.standing != Standing.CONFIRMED:
        yield Failure("naming.object_pending", f"“{row.object.name}”尚未核实登记，请先核实", "object")
    if sort.kind == "pairing" and row.frequency not in dict(FREQUENCIES):
        yield Failure("naming.no_frequency", "请选择走访频次", "frequency")
    if sort.words_needed and not row.words:
        yield Failure("naming.no_words", f"请填写{sort.words}", "words")
    if row.until is not None and row.until <= row.since:
        yield Failure("naming.ends_too_early", f"止期 {row.until} 须晚于起期 {row.since}", "until")


def _whom(sort: Sort, row: Naming) -> Iterator[Failure]:
    named = [one for one in (row.post_id, row.unit_id) if one is not None]
    if len(named) != 1:
        either = {"post": "岗位", "agency": "单位", "either": "岗位或单位中的一个"}[sort.whom]
        yield Failure(
            "naming.whom_missing", f"请选择{sort.called}：{either}", "post" if sort.whom == "post" else "unit"
        )
        return
    if row.post is not None and (sort.whom == "agency" or row.post.role not in sort.roles):
        yield Failure("naming.wrong_post", f"“{row.post.title}”不能担任{sort.called}，请另选岗位", "post")
    if row.unit is not None and (sort.whom == "post" or row.unit.kind not in sort.agencies):
        yield Failure("naming.wrong_unit", f"“{row.unit.name}”不能作为{sort.called}，请另选单位", "unit")


def _field(sort: Sort) -> str:
    return sort.about[0].rstrip("?")


def _taken(sort: Sort, row: Naming) -> str:
    """Who stands in the way, in words."""
    there = (
        _rivals(row)
        .exclude(pk=row.pk)
        .select_related("post__agency", "unit", "region")
        .order_by("since")
        .first()
    )
    if there is None:
        return f"{sort.taken}，请刷新后查看"
    end = f"至 {there.until}" if there.until else "起至今"
    where = f"“{there.about()}”" if row.region_path else ""
    return f"{sort.taken}：{where}{there.since} {end}由{there.whom()}负责。请先结束原来的，或改起止日期"


def _rivals(row: Naming) -> QuerySet[Naming]:
    running = Q(until=None) | Q(until__gt=row.since)
    if row.until is not None:
        running &= Q(since__lt=row.until)
    rows = Naming.objects.filter(running, kind=row.kind)
    if row.kind in ("zone", "grid"):
        inside = Q(region_path__startswith=row.region_path)
        return rows.annotate(over=StrIndex(Value(row.region_path), "region_path")).filter(inside | Q(over=1))
    columns = {
        "area": ("region",), "sector": ("sector", "region"), "portfolio": ("agency",), "pairing": ("object",),
        "claim": ("object", "unit"), "comprehensive": ("sector",), "special": ("sector", "unit"),
    }[row.kind]  # fmt: skip
    return rows.filter(**{f"{column}_id": getattr(row, f"{column}_id") for column in columns})


def access_naming(actor: Actor, pk: int) -> Naming:
    """One naming, for those who may read the district's division of duties.

    Raises:
        Absent: there is none.
    """
    found = Naming.objects.select_related(
        "post__agency", "unit", "region", "sector", "agency", "object"
    ).filter(pk=pk)
    row = found.first()
    if row is None:
        raise Absent("没有这条责任分工")
    return row


def end(pk: int, until: date, reason: str, actor: Actor) -> Naming:
    """From ``until`` on it holds no more; on its own first day, it never held.

    Raises:
        Refused: no reason, ended before, before it began, or not the actor's to keep.
    """
    if not reason.strip():
        raise Refused.because("naming.no_reason", "请写明结束的原因，例如“分工调整”", "reason")
    with transaction.atomic():
        row = Naming.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if row is None:
            raise Absent("没有这条责任分工")
        if not may_keep(actor, row.sort, row.region_path, row.unit_id):
            raise Refused.because("naming.not_yours", f"“{row.sort.label}”不由您的岗位确定，请联系区安委办")
        if row.until is not None and row.ended_by:
            raise Refused.because("naming.ended", f"这条分工已于 {row.until} 结束，不用再办")
        if until < row.since:
            raise Refused.because("naming.ends_too_early", f"结束日期不能早于起期 {row.since}", "until")
        if row.until is not None and until > row.until:
            raise Refused.because(
                "naming.ends_too_late", f"原定 {row.until} 结束，不能再往后延，请另行确定", "until"
            )
        row.until, row.ended_by, row.ended_reason = until, actor.name[:60], reason.strip()[:400]
        row.save(update_fields=["until", "ended_by", "ended_reason"])
        trail.note(row, "ended", actor, {"until": until.isoformat(), "reason": row.ended_reason})
        pairing.ended(row, actor)
    return row


def said_of(row: Naming) -> dict[str, Any]:
    """A naming as the record keeps it."""
    said: dict[str, Any] = {
        "kind": row.kind, "whom": row.whom(), "about": row.about(), "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until else "", "frequency": row.frequency, "document": row.document,
        "reason": row.reason, "post": row.post_id, "unit": row.unit_id,
    }  # fmt: skip
    return {key: value for key, value in said.items() if value not in ("", None)}
