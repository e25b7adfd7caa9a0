"""Towns and villages that only a ledger has named: the committee office confirms each or says which one it is."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat, Length, Substr

from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.territory.models import Region, RegionAlias, Standing
from bihuan.kernel.territory.trees import subtree
from bihuan.registers.decisions import decision, keep
from bihuan.registers.models import DecisionKind

Follower = Callable[[Region, Region, Actor], None]
_followers: list[Follower] = []


def follow_town_mergers(follower: Follower) -> None:
    """Let a higher room move the region paths it keeps, in the same transaction."""
    if follower not in _followers:
        _followers.append(follower)


def pending_towns(actor: Actor) -> QuerySet[Region]:
    """What waits for the committee office; nobody else is shown a list to decide on."""
    waiting = Region.objects.filter(standing=Standing.PENDING).order_by("id")
    return waiting if _decides(actor) else waiting.none()


def confirm_town(town: Region, actor: Actor, reason: str = "") -> None:
    """Take a 待核实 town into the tree as it is.

    Raises:
        Refused: not by the committee office (``town.not_yours``) or decided before (``town.decided``).
    """
    with transaction.atomic():
        held = _held(town, actor)
        held.standing = Standing.CONFIRMED
        held.save(update_fields=["standing"])
        keep([decision(DecisionKind.CONFIRMED, actor, reason, region=held)])
    town.standing = held.standing


def merge_town(town: Region, into: Region, actor: Actor, reason: str) -> None:
    """Decide that ``town`` is ``into``: objects and posts go over, and its name becomes an alias.

    Raises:
        Refused: as :func:`confirm_town`, or into itself, its own part or a merged one (``town.bad_target``),
            while it has parts of its own (``town.has_parts``) or without a reason (``town.no_reason``).
    """
    if not reason.strip():
        raise Refused.because("town.no_reason", "请写明认定为同一镇街的理由", "reason")
    with transaction.atomic():
        held = _held(town, actor)
        if into.path.startswith(held.path) or into.standing == Standing.MERGED:
            raise Refused.because("town.bad_target", "只能并入仍在用的另一个镇街或村社区", "into")
        if held.children.exists():
            raise Refused.because("town.has_parts", f"“{held.name}”下面还有村社区或网格，请先处理下级")
        move_paths(SupervisedObject.objects.all(), held, into)
        SupervisedObject.objects.filter(region=held).update(region=into)
        move_paths(Post.objects.all(), held, into)
        Post.objects.filter(region=held).update(region=into)
        RegionAlias.objects.filter(region=held).update(region=into)
        RegionAlias.objects.get_or_create(name_key=held.name_key, defaults={"region": into})
        held.standing = Standing.MERGED
        held.save(update_fields=["standing"])
        keep([decision(DecisionKind.MERGED, actor, reason, region=held, into_region=into)])
        for follower in _followers:
            follower(held, into, actor)
    town.standing = held.standing


def move_paths(rows: QuerySet, old: Region, new: Region) -> int:  # type: ignore[type-arg]
    """Let every row at or below ``old`` lie below ``new``; returns how many. For rows with a ``region_path``."""
    rest = Substr(F("region_path"), Length(Value(old.path)) + 1)
    return rows.filter(subtree(old.path, "region_path")).update(region_path=Concat(Value(new.path), rest))


def _held(town: Region, actor: Actor) -> Region:
    if not _decides(actor):
        raise Refused.because("town.not_yours", "行政区划由安委办核实")
    held = Region.objects.select_for_update().get(pk=town.pk)
    if held.standing != Standing.PENDING:
        raise Refused.because("town.decided", f"“{held.name}”已核实过，请刷新后查看")
    return held


def _decides(actor: Actor) -> bool:
    return actor.is_system or actor.holds(Role.OFFICE)
