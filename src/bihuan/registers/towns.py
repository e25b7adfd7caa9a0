"""Towns and villages that only a ledger has named: the committee office confirms each or says which one it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat, Length, Substr

from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.territory.models import GONE, Region, RegionAlias, Standing
from bihuan.kernel.territory.trees import subtree
from bihuan.registers.decisions import Decided, keep, last_decision
from bihuan.registers.held import held_in_region, in_words
from bihuan.registers.models import DecisionKind, StandingDecision

Follower = Callable[[Region, Region, Actor, "Sequence[UUID] | None"], Sequence[UUID]]
_followers: dict[str, Follower] = {}


def follow_town_mergers(name: str, follower: Follower) -> None:
    """Let a higher room move the region paths it keeps, in the same transaction.

    ``follower(old, into, actor, only)`` is told as in ``enterprises.standing.follow_mergers``.
    """
    _followers[name] = follower


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
        (held,) = _held(town, actor)
        held.standing = Standing.CONFIRMED
        held.save(update_fields=["standing"])
        keep([Decided(DecisionKind.CONFIRMED, held, reason)], actor)
    town.standing = held.standing


def reject_town(town: Region, actor: Actor, reason: str) -> None:
    """Decide that there is no such town.

    Raises:
        Refused: as :func:`confirm_town`; without a reason (``town.no_reason``); while something lies in it
            (``town.not_empty``).
    """
    if not reason.strip():
        raise Refused.because("town.no_reason", "请写明不予登记的理由", "reason")
    with transaction.atomic():
        (held,) = _held(town, actor)
        objects = SupervisedObject.objects.filter(subtree(held.path, "region_path")).exclude(
            standing__in=GONE
        )
        told = [in_words(matters)] if (matters := held_in_region(held)) else []
        if count := objects.count():
            told.append(f"监管对象 {count} 家")
        if posts := Post.objects.filter(subtree(held.path, "region_path")).count():
            told.append(f"岗位 {posts} 个")
        if told or held.children.exclude(standing__in=GONE).exists():
            said = "、".join(told) or "下级村社区"
            raise Refused.because(
                "town.not_empty", f"“{held.name}”名下还有{said}，不能不予登记；请并入真正的镇街"
            )
        held.standing = Standing.REJECTED
        held.save(update_fields=["standing"])
        keep([Decided(DecisionKind.REJECTED, held, reason)], actor)
    town.standing = held.standing


def merge_town(town: Region, into: Region, actor: Actor, reason: str) -> None:
    """Decide that ``town`` is ``into``: objects and posts go over, and its name becomes an alias.

    Raises:
        Refused: as :func:`confirm_town`, or into itself, its own part or one that is gone (``town.bad_target``),
            while it has parts of its own (``town.has_parts``) or without a reason (``town.no_reason``).
    """
    if not reason.strip():
        raise Refused.because("town.no_reason", "请写明认定为同一镇街的理由", "reason")
    with transaction.atomic():
        held, target = _held(town, actor, into)
        if target.path.startswith(held.path) or target.standing in GONE:
            raise Refused.because("town.bad_target", "只能并入仍在用的另一个镇街或村社区", "into")
        if held.children.exists():
            raise Refused.because("town.has_parts", f"“{held.name}”下面还有村社区或网格，请先处理下级")
        moved = _hand_over(held, target)
        for name, follower in _followers.items():
            moved[name] = [str(uid) for uid in follower(held, target, actor, None)]
        held.standing = Standing.MERGED
        held.save(update_fields=["standing"])
        keep([Decided(DecisionKind.MERGED, held, reason, into=target, moved=moved)], actor)
    town.standing = held.standing


def undo_town(town: Region, actor: Actor, reason: str) -> StandingDecision:
    """Take back the last decision about a town: it waits again, with all that went over by it and is still there.

    Raises:
        Refused: not by the committee office, without a reason (``town.no_reason``) or nothing to take back
            (``town.nothing_to_undo``).
    """
    if not _decides(actor):
        raise Refused.because("town.not_yours", "行政区划由安委办核实")
    if not reason.strip():
        raise Refused.because("town.no_reason", "请写明撤销的理由", "reason")
    with transaction.atomic():
        before = last_decision(town)
        into = before.into_region_id if before is not None else None
        locked = _locked([pk for pk in (town.pk, into) if pk is not None])
        held, decided = locked[town.pk], last_decision(town)
        if decided is None or before is None or decided.pk != before.pk or held.standing != decided.kind:
            raise Refused.because("town.nothing_to_undo", f"“{town.name}”没有可以撤销的决定，请刷新后查看")
        if into is not None:
            _bring_back(held, locked[into], decided.moved, actor)
        held.standing = Standing.PENDING
        held.save(update_fields=["standing"])
        keep([Decided(DecisionKind.UNDONE, held, reason, undoes=decided)], actor)
    return decided


def move_paths(rows: QuerySet, old: Region, new: Region) -> int:  # type: ignore[type-arg]
    """Let every row at or below ``old`` lie below ``new``; returns how many. For rows with a ``region_path``."""
    rest = Substr(F("region_path"), Length(Value(old.path)) + 1)
    return rows.filter(subtree(old.path, "region_path")).update(region_path=Concat(Value(new.path), rest))


def _hand_over(old: Region, into: Region) -> dict[str, Any]:
    """Objects, posts and names of ``old`` go over; what went is told."""
    objects = list(SupervisedObject.objects.filter(region=old).values_list("pk", flat=True))
    posts = list(Post.objects.filter(region=old).values_list("pk", flat=True))
    aliases = list(RegionAlias.objects.filter(region=old).values_list("pk", flat=True))
    _move(old, into, objects, posts)
    RegionAlias.objects.filter(pk__in=aliases).update(region=into)
    alias, made = RegionAlias.objects.get_or_create(name_key=old.name_key, defaults={"region": into})
    return {
        "objects": [str(uid) for uid in objects],
        "posts": posts,
        "aliases": aliases,
        "new_aliases": [alias.pk] if made else [],
    }


def _bring_back(old: Region, into: Region, moved: dict[str, Any], actor: Actor) -> None:
    _move(into, old, [UUID(uid) for uid in moved.get("objects", ())], moved.get("posts", ()))
    RegionAlias.objects.filter(region=into, pk__in=moved.get("new_aliases", ())).delete()
    RegionAlias.objects.filter(region=into, pk__in=moved.get("aliases", ())).update(region=old)
    for name, follower in _followers.items():
        follower(into, old, actor, [UUID(uid) for uid in moved.get(name, ())])


def _move(old: Region, into: Region, objects: Sequence[UUID], posts: Sequence[int]) -> None:
    for rows in (
        SupervisedObject.objects.filter(region=old, pk__in=objects),
        Post.objects.filter(region=old, pk__in=posts),
    ):
        move_paths(rows, old, into)
        rows.update(region=into)


def _held(town: Region, actor: Actor, *others: Region) -> list[Region]:
    """The waiting town and ``others``, locked."""
    if not _decides(actor):
        raise Refused.because("town.not_yours", "行政区划由安委办核实")
    pks = [town.pk, *(one.pk for one in others)]
    locked = _locked(pks)
    if locked[town.pk].standing != Standing.PENDING:
        raise Refused.because("town.decided", f"“{town.name}”已核实过，请刷新后查看")
    return [locked[pk] for pk in pks]


def _locked(pks: Sequence[int]) -> dict[int, Region]:
    """The regions, held in one order by everybody; objects may still be filed under them meanwhile."""
    rows = Region.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    return {row.pk: row for row in rows}


def _decides(actor: Actor) -> bool:
    return actor.is_system or actor.holds(Role.OFFICE)
