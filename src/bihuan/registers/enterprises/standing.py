"""Objects that only a ledger has named so far: they are listed, and a person confirms, merges or rejects each one.

Nothing is merged by likeness alone; the merged object keeps its row, and its name stays findable as an alias. Every
decision can be taken back: what went over by it is kept with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.objects.models import ObjectAlias, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.territory.models import GONE, Standing
from bihuan.kernel.territory.names import name_key
from bihuan.registers.decisions import Decided, keep, last_decision
from bihuan.registers.held import held_by_object, in_words, what_else_holds
from bihuan.registers.models import DatedDetail, DecisionKind, Enterprise, StandingDecision

DECIDERS = frozenset({Role.OFFICE, Role.REGULATOR, Role.TOWN})
_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "公司", "厂", "店", "合作社")
Follower = Callable[[SupervisedObject, SupervisedObject, Actor, "Sequence[UUID] | None"], Sequence[UUID]]
_followers: dict[str, Follower] = {}


def follow_mergers(name: str, follower: Follower) -> None:
    """Let a higher room move what it keeps under the merged object, in the same transaction.

    ``follower(old, into, actor, only)`` moves everything of ``old``, or ``only`` those back that a merger had moved, and
    returns the identities of what it moved.
    """
    _followers[name] = follower


def pending_objects(actor: Actor) -> QuerySet[SupervisedObject]:
    """What waits for confirmation in the actor's jurisdiction, the longest waiting first."""
    waiting = visible_objects(actor).filter(standing=Standing.PENDING)
    return waiting.select_related("region", "sector").order_by("created_at", "uid")


def likely_same(pending: SupervisedObject, actor: Actor) -> QuerySet[SupervisedObject]:
    """Objects the actor may see that could be the same as ``pending``, for a person to compare.

    The same code, the same name or former name, or one name inside the other without its legal form.
    """
    stem = _stem(pending.name_key)
    like = Q(name_key=pending.name_key) | Q(aliases__name_key=pending.name_key)
    if pending.credit_code:
        like |= Q(credit_code=pending.credit_code)
    if len(stem) >= 4:
        like |= Q(name_key__contains=stem)
    found = visible_objects(actor).filter(like, kind=pending.kind).exclude(pk=pending.pk)
    return found.select_related("region", "sector").distinct().order_by("name_pinyin")[:20]


def confirm(pending: SupervisedObject, actor: Actor, reason: str = "") -> None:
    """Take a 待核实 object into the register as it is.

    Raises:
        Refused: outside the actor's duty (``standing.not_yours``) or decided before (``standing.decided``).
    """
    with transaction.atomic():
        held = _held([pending.pk], actor)[pending.pk]
        _waiting(held)
        held.standing = Standing.CONFIRMED
        held.save(update_fields=["standing"])
        keep([Decided(DecisionKind.CONFIRMED, held, reason)], actor)
    pending.standing = held.standing


def reject(pending: SupervisedObject, actor: Actor, reason: str) -> None:
    """Decide that ``pending`` is nothing to be supervised: a slip of the pen, a closed shop, a place elsewhere.

    Raises:
        Refused: as :func:`confirm`; without a reason (``standing.no_reason``); while matters, posts or objects hang on
            it (``standing.not_empty``), for they would hang on nothing.
    """
    if not reason.strip():
        raise Refused.because("standing.no_reason", "请写明不予登记的理由", "reason")
    with transaction.atomic():
        held = _held([pending.pk], actor)[pending.pk]
        _waiting(held)
        _empty(held)
        code, held.credit_code, held.standing = held.credit_code, "", Standing.REJECTED
        held.save(update_fields=["credit_code", "standing"])
        keep([Decided(DecisionKind.REJECTED, held, reason, moved={"code": code})], actor)
    pending.standing, pending.credit_code = held.standing, ""


def merge(pending: SupervisedObject, into: SupervisedObject, actor: Actor, reason: str) -> None:
    """Decide that ``pending`` is ``into``; its name becomes an alias, its code goes over when free.

    Raises:
        Refused: not within the actor's duty (``standing.not_yours``), decided before (``standing.decided``),
            into itself or one that is gone (``standing.bad_target``), between two different codes
            (``standing.two_codes``) or without a reason (``standing.no_reason``).
    """
    if not reason.strip():
        raise Refused.because("standing.no_reason", "请写明认定为同一对象的理由", "reason")
    with transaction.atomic():
        held = _held([pending.pk, into.pk], actor)
        old, target = held[pending.pk], held[into.pk]
        _waiting(old)
        _fit(old, target)
        moved: dict[str, Any] = {"code": old.credit_code, "code_given": not target.credit_code}
        code = target.credit_code or old.credit_code
        old.credit_code, old.standing, old.merged_into = "", Standing.MERGED, target
        old.save(update_fields=["credit_code", "standing", "merged_into"])
        if code != target.credit_code:
            target.credit_code = code
            target.save(update_fields=["credit_code"])
        moved |= _keep_names(old, target) | _hand_over(old, target)
        for name, follower in _followers.items():
            moved[name] = [str(uid) for uid in follower(old, target, actor, None)]
        keep([Decided(DecisionKind.MERGED, old, reason, into=target, moved=moved)], actor)
    pending.standing, pending.merged_into, pending.credit_code = old.standing, target, ""


def undo(ref: SupervisedObject, actor: Actor, reason: str) -> StandingDecision:
    """Take back the last decision about an object: it waits for confirmation again, with all that went over by it.

    What has been done since stays: only what is still where the decision put it returns.

    Raises:
        Refused: without a reason (``standing.no_reason``), nothing to take back (``standing.nothing_to_undo``), not
            within the actor's duty, or the code has been given to another since (``standing.code_taken``).
    """
    if not reason.strip():
        raise Refused.because("standing.no_reason", "请写明撤销的理由", "reason")
    with transaction.atomic():
        decided = _undoable(ref)
        held = _held([uid for uid in (ref.pk, decided.into_id) if uid is not None], actor)
        decided = _undoable(ref)
        old = held[ref.pk]
        if decided.kind == DecisionKind.MERGED and decided.into_id in held:
            _bring_back(old, held[decided.into_id], decided.moved, actor)
        code = str(decided.moved.get("code", ""))
        if decided.kind != DecisionKind.CONFIRMED:
            old.credit_code, old.merged_into = code, None
        old.standing = Standing.PENDING
        _save_again(old)
        keep([Decided(DecisionKind.UNDONE, old, reason, undoes=decided)], actor)
    return decided


def _undoable(ref: SupervisedObject) -> StandingDecision:
    decided = last_decision(ref)
    now = SupervisedObject.objects.values_list("standing", flat=True).get(pk=ref.pk)
    made = {
        DecisionKind.CONFIRMED: Standing.CONFIRMED,
        DecisionKind.MERGED: Standing.MERGED,
        DecisionKind.REJECTED: Standing.REJECTED,
    }
    if decided is None or made[DecisionKind(decided.kind)] != now:
        raise Refused.because("standing.nothing_to_undo", f"“{ref.name}”没有可以撤销的决定，请刷新后查看")
    return decided


def _bring_back(old: SupervisedObject, target: SupervisedObject, moved: dict[str, Any], actor: Actor) -> None:
    if moved.get("code_given") and moved.get("code") and target.credit_code == moved["code"]:
        target.credit_code = ""
        target.save(update_fields=["credit_code"])
    ObjectAlias.objects.filter(object=target, pk__in=moved.get("aliases", ())).update(object=old)
    ObjectAlias.objects.filter(object=target, pk__in=moved.get("new_aliases", ())).delete()
    Post.objects.filter(object=target.pk, pk__in=moved.get("posts", ())).update(object=old.pk)
    answered = SupervisedObject.objects.filter(responsible=target, pk__in=moved.get("objects", ()))
    answered.update(responsible=old)
    DatedDetail.objects.filter(object=target, pk__in=moved.get("dated", ())).update(object=old)
    if moved.get("details"):
        Enterprise.objects.filter(object=target).update(object=old)
    for name, follower in _followers.items():
        follower(target, old, actor, [UUID(uid) for uid in moved.get(name, ())])


def _save_again(old: SupervisedObject) -> None:
    try:
        with transaction.atomic():
            old.save(update_fields=["credit_code", "merged_into", "standing"])
    except IntegrityError as error:
        raise Refused.because(
            "standing.code_taken", f"统一社会信用代码 {old.credit_code} 已登记为另一家，请先核对代码再撤销"
        ) from error


def _held(uids: Sequence[UUID], actor: Actor) -> dict[UUID, SupervisedObject]:
    """The objects locked for the decision, each within the actor's duty."""
    found = {
        row.pk: row for row in SupervisedObject.objects.select_for_update().filter(pk__in=uids).order_by("pk")
    }
    for row in found.values():
        mine = actor.covers(DECIDERS, row.region_path, row.sector_path, row.agency_id, row.pk)
        if not (actor.all_seeing or mine):
            raise Refused.because("standing.not_yours", f"“{row.name}”的核实不在您的职责范围内")
    return found


def _waiting(row: SupervisedObject) -> None:
    if row.standing != Standing.PENDING:
        raise Refused.because("standing.decided", f"“{row.name}”已核实过，请刷新后查看")


def _empty(row: SupervisedObject) -> None:
    held, other = held_by_object(row.pk), what_else_holds(row)
    if held or other:
        told = "、".join([*([in_words(held)] if held else []), *other])
        raise Refused.because(
            "standing.not_empty",
            f"“{row.name}”名下还有{told}，不能不予登记；请并入真正的那一家，或先在隐患中更正所属单位、作废误登的",
        )


def _fit(old: SupervisedObject, target: SupervisedObject) -> None:
    if old.pk == target.pk or target.standing in GONE or old.kind != target.kind:
        raise Refused.because("standing.bad_target", "只能并入同类的、仍在用的另一个监管对象", "into")
    if old.credit_code and target.credit_code and old.credit_code != target.credit_code:
        raise Refused.because(
            "standing.two_codes", "两者的统一社会信用代码不同，是两个主体，不能并为一个；请先核对代码", "into"
        )


def _keep_names(old: SupervisedObject, target: SupervisedObject) -> dict[str, Any]:
    """The names of ``old`` lead to ``target`` from now on."""
    carried = list(ObjectAlias.objects.filter(object=old).values_list("pk", flat=True))
    ObjectAlias.objects.filter(pk__in=carried).update(object=target)
    new: list[int] = []
    if old.name_key != target.name_key:
        alias, made = ObjectAlias.objects.get_or_create(object=target, name_key=old.name_key)
        new = [alias.pk] if made else []
    return {"aliases": carried, "new_aliases": new}


def _hand_over(old: SupervisedObject, target: SupervisedObject) -> dict[str, Any]:
    """Posts inside the enterprise and what it answers for go over; details only where the target has none."""
    posts = Post.objects.filter(object=old.pk)
    objects = SupervisedObject.objects.filter(responsible=old)
    moved: dict[str, Any] = {
        "posts": list(posts.values_list("pk", flat=True)),
        "objects": [str(uid) for uid in objects.values_list("pk", flat=True)],
        "dated": [],
        "details": False,
    }
    posts.update(object=target.pk)
    objects.update(responsible=target)
    if not Enterprise.objects.filter(object=target).exists():
        dated = DatedDetail.objects.filter(object=old)
        if not DatedDetail.objects.filter(object=target).exists():
            moved["dated"] = list(dated.values_list("pk", flat=True))
            dated.update(object=target)
        moved["details"] = bool(Enterprise.objects.filter(object=old).update(object=target))
    return moved


def _stem(key: str) -> str:
    for form in _FORMS:
        if key.endswith(name_key(form)):
            return key.removesuffix(name_key(form))
    return key
