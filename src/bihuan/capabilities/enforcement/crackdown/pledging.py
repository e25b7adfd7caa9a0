"""打非责任状: what each layer owes for a year, who signed, who has not (M147)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from bihuan.capabilities.enforcement.crackdown import trail
from bihuan.capabilities.enforcement.crackdown.hands import UNITS
from bihuan.capabilities.enforcement.crackdown.models import Layer, Pledge
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import GONE, Region, RegionLevel
from bihuan.kernel.territory.trees import in_force

OF_LEVEL = (RegionLevel.TOWN, RegionLevel.ZONE, RegionLevel.VILLAGE)


def layer_of(region: Region) -> Layer:
    """A street is a layer of its own beside towns."""
    if region.level == RegionLevel.VILLAGE:
        return Layer.VILLAGE
    return Layer.STREET if region.name.endswith("街道") else Layer.TOWN


def visible_pledges(actor: Actor) -> QuerySet[Pledge]:
    """The pledges of the places the actor's posts in government reach."""
    rows = Pledge.objects.select_related("region")
    if actor.all_seeing:
        return rows
    reach = Q(pk__in=[])
    for scope in actor.scopes:
        if scope.role in UNITS and scope.region_path:
            reach |= Q(region_path__startswith=scope.region_path)
    return rows.filter(reach)


def access_pledge(actor: Actor, pk: int) -> Pledge:
    """One pledge.

    Raises:
        Absent: it does not exist or is not for the actor to see; both answer alike.
    """
    found = visible_pledges(actor).filter(pk=pk).first()
    if found is None:
        raise Absent("没有查到这份责任状")
    return found


def list_out(year: int, by: Actor) -> int:
    """Write down what every town, street and village of today owes for a year; returns how many are new. Safe to repeat.

    Raises:
        Refused: not the committee office.
    """
    if not (by.is_system or by.holds(Role.OFFICE)):
        raise Refused.because("pledge.not_yours", "应签名单由安委办列出")
    regions = (
        Region.objects.filter(in_force(clock.today()), level__in=OF_LEVEL).exclude(standing__in=GONE).order_by("id")
    )  # fmt: skip
    with transaction.atomic():
        before = Pledge.objects.filter(year=year).count()
        Pledge.objects.bulk_create(
            [Pledge(year=year, layer=layer_of(one), region=one, region_path=one.path) for one in regions],
            ignore_conflicts=True,
        )
        made = Pledge.objects.filter(year=year).count() - before
        if made:
            trail.note(f"pledges/{year}", "pledges_listed", {"year": year, "new": made}, by)
    return made


def add_group(year: int, village: Region, group: str, by: Actor) -> Pledge:
    """A village group owes one as well; villages know their groups, the territory tree does not.

    Raises:
        Refused: not the town's own village, no name, or named already.
    """
    if not (by.is_system or by.holds_over(village.path, Role.TOWN, Role.OFFICE)):
        raise Refused.because("pledge.not_yours", "村民组由所在镇街增列")
    name = group.strip()[:60]
    if not name or village.level != RegionLevel.VILLAGE:
        raise Refused.because("pledge.no_group", "请填写村社区下面的村民组名称", "group")
    try:
        with transaction.atomic():
            made = Pledge.objects.create(
                year=year, layer=Layer.GROUP, region=village, region_path=village.path, group=name
            )
            trail.note(f"pledges/{year}", "group_added", {"village": village.name, "group": name}, by)
    except IntegrityError as reason:
        raise Refused.because("pledge.group_there", f"{village.name}已有“{name}”", "group") from reason
    return made


def sign(pledge: Pledge, signed_on: date, signer: str, by: Actor) -> Pledge:
    """Tell that a pledge was signed, by whom and when.

    Raises:
        Refused: not the actor's, signed already, a day to come, or nobody named.
    """
    if not (by.is_system or by.holds_over(pledge.region_path, Role.TOWN, Role.OFFICE)):
        raise Refused.because("pledge.not_yours", "签订情况由所在镇街或安委办登记")
    faults = []
    if not signer.strip():
        faults.append(Failure("pledge.no_signer", "请填写签订人", "signer"))
    if signed_on > clock.today():
        faults.append(
            Failure("pledge.signed_in_future", f"签订日期 {signed_on} 晚于今天，请核对", "signed_on")
        )
    Refused.unless(faults)
    with transaction.atomic():
        row = Pledge.objects.select_for_update().select_related("region").get(pk=pledge.pk)
        if row.signed_on is not None:
            raise Refused.because("pledge.signed_already", f"{row.signer}已于 {row.signed_on} 签订")
        row.signed_on, row.signer = signed_on, signer.strip()[:60]
        row.noted_by, row.noted_at = by.name, clock.now()
        row.save(update_fields=["signed_on", "signer", "noted_by", "noted_at"])
        said = {
            "place": row.region.name, "group": row.group, "on": signed_on.isoformat(), "signer": row.signer,
        }  # fmt: skip
        trail.note(f"pledges/{row.year}", "pledged", said, by)
    return row


def unsigned(year: int, actor: Actor, layer: str = "") -> Sequence[Pledge]:
    """Who has not signed, layer by layer in official order."""
    rows = visible_pledges(actor).filter(year=year, signed_on=None)
    if layer:
        rows = rows.filter(layer=layer)
    order = {value: place for place, value in enumerate(Layer.values)}
    listed = rows.order_by("region__order", "region_id", "group")
    return sorted(listed, key=lambda row: order[row.layer])
