"""Whom a campaign is to reach: objects registered, objects checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from bihuan.capabilities.dispatch.campaigns.models import Campaign, CampaignName, Target
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.names import name_key

Looked = Iterable[tuple[UUID, date, str]]
"""Objects with the first day somebody found something there under the tag, and who."""
SHOWN = 5
AT_ONCE = 2000


def lines_of(text: str) -> list[str]:
    """What was written, a name or code a line, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def named(text: str, actor: Actor, field: str) -> list[SupervisedObject]:
    """The objects of a list of names and codes, through the actor's own door; one statement however long the list.

    Raises:
        Refused: names nobody registered, or that several bear; the first few are told.
    """
    lines = lines_of(text)
    keys = {line: name_key(line) for line in lines}
    codes = [line.upper() for line in lines]
    rows = visible_objects(actor).filter(Q(name_key__in=set(keys.values())) | Q(credit_code__in=codes))
    by_key: dict[str, list[SupervisedObject]] = {}
    for row in rows:
        for key in {row.name_key, row.credit_code}:
            by_key.setdefault(key, []).append(row)
    found = {line: by_key.get(keys[line]) or by_key.get(line.upper(), []) for line in lines}
    unknown = [line for line, rows in found.items() if not rows]
    several = [line for line, rows in found.items() if len(rows) > 1]
    failures = []
    if unknown:
        says = f"没有查到：{_some(unknown)}；请核对名称，或先在监管对象中登记"
        failures.append(Failure("campaign.object_unknown", says, field))
    if several:
        says = f"不止一个单位叫：{_some(several)}；请改填统一社会信用代码"
        failures.append(Failure("campaign.object_ambiguous", says, field))
    Refused.unless(failures)
    return list({rows[0].pk: rows[0] for rows in found.values()}.values())


def _some(names: list[str]) -> str:
    more = f"等 {len(names)} 个" if len(names) > SHOWN else ""
    return "、".join(names[:SHOWN]) + more


def in_plan(campaign: Campaign, actor: Actor) -> QuerySet[SupervisedObject]:
    """Every object in the plan's sectors and towns that the actor may see."""
    rows = visible_objects(actor)
    for column, paths in (("sector_path", campaign.sector_paths), ("region_path", campaign.region_paths)):
        if paths:
            rows = rows.filter(reduce(or_, (Q(**{f"{column}__startswith": path}) for path in paths)))
    return rows


def enlist(campaign: Campaign, objects: Iterable[SupervisedObject], day: date) -> int:
    """Register objects with the campaign, each once; how many were new. A query is registered where it is answered."""
    if isinstance(objects, QuerySet):
        return _enlist_all(campaign, objects, day)
    before = Target.objects.filter(campaign=campaign).count()
    Target.objects.bulk_create(
        (
            Target(
                campaign=campaign, object=each, campaign_name=campaign.name, region_path=each.region_path,
                sector_path=each.sector_path, agency_id=each.agency_id, registered_on=day,
            )
            for each in objects
        ),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )  # fmt: skip
    return Target.objects.filter(campaign=campaign).count() - before


_ENLIST = """
INSERT INTO campaigns_target (campaign_id, campaign_name, registered_on, checked_by, object_id, region_path,
    sector_path, agency_id)
SELECT %s, %s, %s, '', chosen.* FROM ({select}) AS chosen ON CONFLICT DO NOTHING
"""


def _enlist_all(campaign: Campaign, objects: QuerySet[SupervisedObject], day: date) -> int:
    """By one statement, however many there are; nothing of them is fetched."""
    chosen = objects.order_by().values_list("uid", "region_path", "sector_path", "agency_id")
    try:
        select, values = chosen.query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_ENLIST.format(select=select), [campaign.pk, campaign.name, day, *values])
        return int(cursor.rowcount)


def check(campaign: Campaign, objects: list[SupervisedObject], day: date, by: str) -> int:
    """Note that objects were looked at; how many for the first time.

    Raises:
        Refused: some are not among those registered.
    """
    rows = Target.objects.filter(campaign=campaign, object__in=objects)
    known = set(rows.values_list("object", flat=True))
    strange = [each.name for each in objects if each.pk not in known]
    if strange:
        says = f"没有列入检查对象：{_some(strange)}；请先“列入检查对象”"
        raise Refused.because("campaign.not_a_target", says, "objects")
    return rows.filter(checked_on=None).update(checked_on=day, checked_by=by[:120])


_sources: list[Callable[[Sequence[str]], Looked]] = []


def look_at(source: Callable[[Sequence[str]], Looked]) -> None:
    """Let what other capabilities tag show where a campaign has been; ``wiring`` says so once."""
    _sources.append(source)


def catch_up(campaign: Campaign) -> int:
    """Note what was looked at before it was registered, or came with a ledger; how many were new.

    Of several who were there before, the first counts. What was seen is sent as it comes, set by set; only the keys of
    what was new are kept.
    """
    if not Target.objects.filter(campaign=campaign, checked_on=None).exists():
        return 0
    names = list(campaign.names.values_list("name", flat=True))
    new: dict[UUID, date] = {}
    with transaction.atomic():
        for source in _sources:
            looked = iter(source(names))
            while some := list(islice(looked, AT_ONCE)):
                _note(campaign, some, new)
    return len(new)


def _note(campaign: Campaign, some: Sequence[tuple[UUID, date, str]], new: dict[UUID, date]) -> None:
    """Write down who was there first where nobody was noted before this run; ``new`` learns of them."""
    first: dict[UUID, tuple[date, str]] = {}
    for uid, day, by in some:
        if uid not in first or day < first[uid][0]:
            first[uid] = (day, by[:120])
    earlier = [uid for uid, (day, _) in first.items() if uid in new and day < new[uid]]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE campaigns_target AS t SET checked_on = seen.day, checked_by = seen.by"
            " FROM unnest(%s::uuid[], %s::date[], %s::text[]) AS seen(uid, day, by)"
            " WHERE t.campaign_id = %s AND t.object_id = seen.uid"
            " AND (t.checked_on IS NULL OR t.object_id = ANY(%s::uuid[])) RETURNING t.object_id, t.checked_on",
            [
                list(first),
                [day for day, _ in first.values()],
                [by for _, by in first.values()],
                campaign.pk,
                earlier,
            ],
        )
        new.update(cursor.fetchall())


def found_at(hazard: Any, given: Any, context: Any) -> None:
    """A hazard that carries the tag shows that its object was looked at. Costs nothing where there is no tag."""
    if not hazard.campaign:
        return
    campaigns = CampaignName.objects.filter(name=hazard.campaign).values("campaign")
    waiting = Target.objects.filter(campaign__in=campaigns, object=hazard.object_id, checked_on=None)
    waiting.update(checked_on=hazard.found_on, checked_by=hazard.found_by[:120])
