"""Objects that only a ledger has named so far: they are listed, and a person confirms or merges each one.

Nothing is merged by likeness alone; the merged object keeps its row, and its name stays findable as an alias.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.objects.models import ObjectAlias, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.territory.models import Standing
from bihuan.kernel.territory.names import name_key
from bihuan.registers.decisions import decision, keep
from bihuan.registers.models import DecisionKind, Enterprise

DECIDERS = frozenset({Role.OFFICE, Role.REGULATOR, Role.TOWN})
_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "公司", "厂", "店", "合作社")
Follower = Callable[[SupervisedObject, SupervisedObject, Actor], None]
_followers: list[Follower] = []


def follow_mergers(follower: Follower) -> None:
    """Let a higher room move what it keeps under the merged object, in the same transaction."""
    if follower not in _followers:
        _followers.append(follower)


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
        keep([decision(DecisionKind.CONFIRMED, actor, reason, object=held)])
    pending.standing = held.standing


def merge(pending: SupervisedObject, into: SupervisedObject, actor: Actor, reason: str) -> None:
    """Decide that ``pending`` is ``into``; its name becomes an alias, its code goes over when free.

    Raises:
        Refused: not within the actor's duty (``standing.not_yours``), decided before (``standing.decided``),
            into itself or a merged one (``standing.bad_target``), between two different codes
            (``standing.two_codes``) or without a reason (``standing.no_reason``).
    """
    if not reason.strip():
        raise Refused.because("standing.no_reason", "请写明认定为同一对象的理由", "reason")
    with transaction.atomic():
        held = _held([pending.pk, into.pk], actor)
        old, target = held[pending.pk], held[into.pk]
        _waiting(old)
        _fit(old, target)
        code = target.credit_code or old.credit_code
        old.credit_code, old.standing, old.merged_into = "", Standing.MERGED, target
        old.save(update_fields=["credit_code", "standing", "merged_into"])
        if code != target.credit_code:
            target.credit_code = code
            target.save(update_fields=["credit_code"])
        _keep_names(old, target)
        _hand_over_details(old, target)
        keep([decision(DecisionKind.MERGED, actor, reason, object=old, into=target)])
        for follower in _followers:
            follower(old, target, actor)
    pending.standing, pending.merged_into, pending.credit_code = old.standing, target, ""


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


def _fit(old: SupervisedObject, target: SupervisedObject) -> None:
    if old.pk == target.pk or target.standing == Standing.MERGED or old.kind != target.kind:
        raise Refused.because("standing.bad_target", "只能并入同类的、仍在用的另一个监管对象", "into")
    if old.credit_code and target.credit_code and old.credit_code != target.credit_code:
        raise Refused.because(
            "standing.two_codes", "两者的统一社会信用代码不同，是两个主体，不能并为一个；请先核对代码", "into"
        )


def _keep_names(old: SupervisedObject, target: SupervisedObject) -> None:
    ObjectAlias.objects.filter(object=old).update(object=target)
    if old.name_key != target.name_key:
        ObjectAlias.objects.get_or_create(object=target, name_key=old.name_key)


def _hand_over_details(old: SupervisedObject, target: SupervisedObject) -> None:
    """Posts inside the enterprise and what it answers for go over; details only where the target has none."""
    Post.objects.filter(object=old.pk).update(object=target.pk)
    SupervisedObject.objects.filter(responsible=old).update(responsible=target)
    if not Enterprise.objects.filter(object=target).exists():
        Enterprise.objects.filter(object=old).update(object=target)


def _stem(key: str) -> str:
    for form in _FORMS:
        if key.endswith(name_key(form)):
            return key.removesuffix(name_key(form))
    return key
