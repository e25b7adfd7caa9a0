"""Growing and searching the dated trees."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Q

from bihuan.kernel.errors import Refused
from bihuan.kernel.territory.models import (
    GONE,
    Agency,
    District,
    Node,
    Region,
    RegionCode,
    RegionLevel,
    Sector,
)
from bihuan.kernel.territory.names import name_key

N = TypeVar("N", bound=Node)


def plant(tree: type[N], parent: N | None, name: str, /, **fields: Any) -> N:
    """Add a node under ``parent``; its path is drawn from its parent's, so a subtree is always one prefix."""
    node = seedling(tree, parent, name, keys(tree, 1)[0], **fields)
    node.save(force_insert=True)
    return node


def seedling(tree: type[N], parent: N | None, name: str, key: int, /, **fields: Any) -> N:
    """A node under ``parent``, unsaved, with a key drawn by :func:`keys`; for whoever plants many at once."""
    path = f"{parent.path if parent else ''}{key}."
    return tree(pk=key, parent=parent, name=name, name_key=name_key(name), path=path, **fields)


def keys(tree: type[Node], count: int) -> list[int]:
    """The next keys of a tree, so that a path can be written together with its row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [tree._meta.db_table, count],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def in_force(day: date | None) -> Q:
    """Rows valid on ``day``; without a day, all rows."""
    if day is None:
        return Q()
    return (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gt=day))


def the_district() -> District | None:
    """The district this installation serves, or None before ``bihuan setup``."""
    return District.objects.select_related("region").first()


def require_district() -> District:
    """The district of this installation.

    Raises:
        Refused: none was founded (``district.none``).
    """
    district = the_district()
    if district is None:
        raise Refused.because(
            "district.none", "这里还没有设立区县，请先运行 bihuan setup --district 代码 名称"
        )
    return district


def found_district(code: str, name: str, *, demo: bool = False) -> District:
    """Write down which district this is. Repeating it with the same facts changes nothing.

    Raises:
        ValueError: another district, or the other kind (real or demonstration), is already here.
    """
    here = the_district()
    if here is not None:
        if (here.code, here.demo) != (code, demo):
            raise ValueError(
                f"这里已经是{here.region.name}（{here.code}{'，演示' if here.demo else ''}），不能改作他用"
            )
        return here
    region = plant(Region, None, name, level=RegionLevel.DISTRICT)
    RegionCode.objects.create(region=region, code=code)
    return District.objects.create(region=region, code=code, demo=demo)


def find_sector(text: str, on: date | None = None) -> Sector | None:
    """The sector a ledger means, by name or alias; None when the tree knows no such sector."""
    key = name_key(text)
    by_name = Q(name_key=key) | Q(aliases__name_key=key)
    return Sector.objects.filter(by_name).filter(in_force(on)).distinct().first()


_TOWN_ENDINGS = ("街道办事处", "镇人民政府", "乡人民政府", "街道", "镇政府", "镇", "乡", "街")


def find_region(text: str) -> Region | None:
    """The town or village a ledger means; 新城、新城街道、新城街道办事处 are one town if only one fits."""
    key = name_key(text)
    exact = Region.objects.filter(Q(name_key=key) | Q(aliases__name_key=key)).exclude(standing__in=GONE)
    found = list(exact.distinct()[:2])
    if found:
        return found[0] if len(found) == 1 else None
    stem = next((key.removesuffix(ending) for ending in _TOWN_ENDINGS if key.endswith(ending)), key)
    if not stem:
        return None
    endings = [stem + ending for ending in ("街道", "镇", "乡", "")]
    near = list(
        Region.objects.filter(name_key__in=endings, level=RegionLevel.TOWN).exclude(standing__in=GONE)[:2]
    )
    return near[0] if len(near) == 1 else None


def find_agency(text: str, on: date | None = None) -> Agency | None:
    """The agency meant by a present, former or short name, as of ``on`` (M029)."""
    key = name_key(text)
    present = Agency.objects.filter(name_key=key).filter(in_force(on)).first()
    if present is not None:
        return present
    alias = Q(aliases__name_key=key)
    if on is not None:
        alias &= Q(aliases__since=None) | Q(aliases__since__lte=on)
        alias &= Q(aliases__until=None) | Q(aliases__until__gt=on)
    return Agency.objects.filter(alias).distinct().first()


def subtree(path: str, column: str = "path") -> Q:
    """Everything at or below ``path``."""
    return Q(**{f"{column}__startswith": path})


def towns() -> models.QuerySet[Region]:
    """The towns and zones of the district, in their official order."""
    here = Region.objects.filter(level__in=[RegionLevel.TOWN, RegionLevel.ZONE]).exclude(standing__in=GONE)
    return here.order_by("order", "id")
