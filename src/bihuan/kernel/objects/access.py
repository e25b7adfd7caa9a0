"""The one door to supervised objects."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

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
    try:
        wanted = Q(uid=UUID(str(ref)))
    except ValueError:
        wanted = Q(credit_code=str(ref).strip().upper())
    rows = visible_objects(actor).filter(wanted)
    found = (rows.select_related("region", "sector", "agency") if joined else rows).order_by().first()
    if found is None:
        raise Absent(f"没有查到监管对象 {ref}")
    return found


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
