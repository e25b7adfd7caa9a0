"""The one door to supervised objects."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from bihuan.kernel.errors import Absent
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor, jurisdiction
from bihuan.kernel.territory.models import GONE, Region, Sector, Standing
from bihuan.kernel.territory.names import name_key


def visible_objects(actor: Actor) -> QuerySet[SupervisedObject]:
    """The objects in the actor's jurisdiction; merged ones are shown through what they were merged into."""
    return SupervisedObject.objects.filter(jurisdiction(actor, object_column="uid")).exclude(
        standing__in=GONE
    )


def access_object(actor: Actor, ref: UUID | str, *, joined: bool = True) -> SupervisedObject:
    """One object by uid or credit code; ``joined`` brings its region, sector and agency along for a page.

    Raises:
        Absent: it does not exist or lies outside the actor's jurisdiction; both answer alike.
    """
    column, value = _named(ref)
    if joined:
        rows = visible_objects(actor).filter(**{column: value}).select_related("region", "sector", "agency")
        found = rows.order_by().first()
    else:
        found = _alone(actor, column, value)
    if found is None:
        raise Absent(f"没有查到监管对象 {ref}")
    return found


def _named(ref: UUID | str) -> tuple[str, UUID | str]:
    try:
        return "uid", UUID(str(ref))
    except ValueError:
        return "credit_code", str(ref).strip().upper()


def _alone(actor: Actor, column: str, value: UUID | str) -> SupervisedObject | None:
    """The object by the same door, whose predicate for these posts is put into words once and not for every finding."""
    try:
        sql, values, place = _worded(
            replace(_NOBODY, scopes=actor.scopes, all_seeing=actor.all_seeing), column
        )
    except EmptyResultSet:
        return None
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values[:place], value, *values[place + 1 :]])
        row = cursor.fetchone()
    return None if row is None else SupervisedObject.from_db(connection.alias, _COLUMNS, row)


_COLUMNS = [field.attname for field in SupervisedObject._meta.concrete_fields]
_NOBODY = Actor(id=None, person_id=None, name="")
_MARKS: dict[str, Any] = {"uid": UUID(int=0xB14), "credit_code": "?one?"}


@lru_cache(maxsize=512)
def _worded(reach: Actor, column: str) -> tuple[str, tuple[Any, ...], int]:
    mark = _MARKS[column]
    rows = visible_objects(reach).filter(**{column: mark}).order_by()
    sql, values = rows.query.sql_with_params()
    return sql, values, values.index(mark)


def pinyin_key(text: str) -> str:
    """The sorting key that puts Chinese names in the order of a dictionary.

    The dictionary of phrases (长城 is chang, 校长 is zhang) takes 55 MB: only a process that registers names loads it.
    """
    from pypinyin import Style, lazy_pinyin

    return " ".join(lazy_pinyin(text, style=Style.NORMAL))[:240]


def draft_object(
    name: str,
    region: Region,
    *,
    kind: ObjectKind = ObjectKind.ENTERPRISE,
    sector: Sector | None = None,
    credit_code: str = "",
    standing: Standing = Standing.CONFIRMED,
    **details: object,
) -> SupervisedObject:
    """An unsaved object with every derived column filled, so that bulk writers and single writers agree."""
    return SupervisedObject(
        kind=kind,
        name=name.strip(),
        name_key=name_key(name),
        name_pinyin=pinyin_key(name.strip()),
        credit_code=credit_code,
        region=region,
        region_path=region.path,
        sector=sector,
        sector_path=sector.path if sector else "",
        standing=standing,
        **details,
    )
