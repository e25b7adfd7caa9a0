"""Reading and setting policies."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.policies import trail
from bihuan.kernel.policies.declarations import declaration, ranges_between
from bihuan.kernel.policies.models import Policy, PolicyKey
from bihuan.kernel.territory.models import Region


@dataclass(frozen=True, slots=True)
class PolicyValue:
    """What holds on a day, and why. ``effective_from`` is empty while the release's default holds."""

    key: str
    value: Any
    unit: str
    basis: str
    status: str
    effective_from: date | None


def value(key: str, on: date, region: Region | None = None) -> PolicyValue:
    """The policy in force on ``on``: the nearest region's own choice, else the district's, else the default.

    Raises:
        Undeclared: no release declares ``key``.
    """
    return values([key], on, region)[key]


_RECENT_SECONDS = 10
_recent: dict[tuple[str, date, int], PolicyValue] = {}


def recent(key: str, on: date) -> PolicyValue:
    """The district's policy as :func:`value`, at most ten seconds old: a step asks for the same few all day long."""
    bucket = int(time.monotonic() // _RECENT_SECONDS)
    found = _recent.get((key, on, bucket))
    if found is None:
        if len(_recent) > 2000:
            _recent.clear()
        found = _recent[key, on, bucket] = value(key, on)
    return found


def forget_recent() -> None:
    """Ask the database again at once; called when a policy is set here, and by tests."""
    _recent.clear()


def values(keys: Iterable[str], on: date, region: Region | None = None) -> dict[str, PolicyValue]:
    """Several policies of one day in one statement."""
    wanted = tuple(keys)
    found = {key: _default(key, on) for key in wanted}
    places = Q(region=None)
    if region is not None:
        places |= Q(region__in=[int(part) for part in region.path.split(".") if part])
    rows = _in_force(on).filter(places, key__key__in=wanted).select_related("key", "region")
    for row in sorted(rows, key=lambda row: len(row.region.path) if row.region else 0):
        declared = declaration(row.key.key, on)
        found[row.key.key] = PolicyValue(
            row.key.key, row.value, declared.unit, row.basis, declared.status, row.effective_from
        )
    return found


REASON_LENGTH = 200
DAY = timedelta(days=1)
_after: dict[str, list[Callable[[Policy], None]]] = {}


def after_set(key: str, follow_up: Callable[[Policy], None]) -> None:
    """Let another room carry on when a policy is set, in the same transaction. Called once, when its app is ready."""
    _after.setdefault(key, []).append(follow_up)


def may_set(actor: Actor) -> bool:
    """Whether the actor decides on policies: the head of the committee office, or the machine's operator.

    Where no post of the office is marked as its head, each of them may.
    """
    if actor.is_system:
        return True
    posts = [scope.post_id for scope in actor.scopes if scope.role == Role.OFFICE]
    if not posts:
        return False
    heads = set(Post.objects.filter(role=Role.OFFICE, heads=True).values_list("pk", flat=True))
    return not heads or any(post in heads for post in posts)


def set_policy(
    key: str,
    chosen: Any,
    *,
    effective_from: date,
    actor: Actor,
    basis: str,
    effective_to: date | None = None,
    region: Region | None = None,
) -> Policy:
    """Write down a choice from a day on; an earlier choice is ended the day before, what was planned for later replaced.

    Days gone by are never changed. Every choice is an entry of the record.

    Raises:
        Undeclared: no release declares ``key``.
        Refused: with every reason at once: not by the head of the committee office (``policy.not_yours``), outside the
            legal range (``policy.outside_range``), for days already past (``policy.in_the_past``), without a reason
            (``policy.no_basis``) or for days that already have a choice (``policy.overlap``).
    """
    if not may_set(actor):
        raise Refused.because("policy.not_yours", "期限和规则由安委办负责人设定")
    Refused.unless(_faults(key, chosen, effective_from, effective_to, basis.strip()))
    with transaction.atomic():
        numbered, _ = PolicyKey.objects.select_for_update().get_or_create(key=key)
        before = value(key, effective_from, region)
        row = Policy(
            key=numbered,
            region=region,
            value=chosen,
            effective_from=effective_from,
            effective_to=effective_to,
            basis=basis.strip(),
            decided_by=actor.name,
            decided_by_id=actor.ref,
            decided_at=clock.now(),
        )
        replaced = _written(row)
        trail.note(numbered, actor, _told(row, before, replaced))
        for follow_up in _after.get(key, ()):
            follow_up(row)
    forget_recent()
    return row


def _faults(
    key: str, chosen: Any, effective_from: date, effective_to: date | None, basis: str
) -> Iterable[Failure]:
    if not basis:
        yield Failure("policy.no_basis", "请写明理由，例如作出这项规定的文件或会议", "basis")
    if len(basis) > REASON_LENGTH:
        yield Failure("policy.basis_too_long", f"理由最多{REASON_LENGTH}字，请精简", "basis")
    if effective_from < clock.today():
        yield Failure("policy.in_the_past", "新规定不能从过去的日期起算，请改为今天或以后", "effective_from")
    if effective_to is not None and effective_to < effective_from:
        yield Failure("policy.period_backward", "失效日期早于施行日期，请核对", "effective_to")
        return
    faults = (declared.objection(chosen) for declared in ranges_between(key, effective_from, effective_to))
    for fault in dict.fromkeys(fault for fault in faults if fault):
        yield Failure("policy.outside_range", fault, "value")


def _told(row: Policy, before: PolicyValue, replaced: list[date]) -> dict[str, Any]:
    """What the record keeps of a choice."""
    told: dict[str, Any] = {
        "value": row.value,
        "former": before.value,
        "from": row.effective_from.isoformat(),
        "reason": row.basis,
    }
    if row.effective_to is not None:
        told["until"] = row.effective_to.isoformat()
    if row.region is not None:
        told["region"] = row.region.name
    if replaced:
        told["replaced"] = [day.isoformat() for day in replaced]
    return told


def _written(row: Policy) -> list[date]:
    """Save the row among its neighbours; returns from when the choices were that it replaces."""
    alike = Policy.objects.filter(key=row.key, region=row.region)
    planned = alike.filter(effective_from__gte=row.effective_from)
    if row.effective_to is not None:
        planned = planned.filter(effective_to__isnull=False, effective_to__lte=row.effective_to)
    replaced = list(planned.values_list("effective_from", flat=True))
    try:
        with transaction.atomic():
            planned.delete()
            lasting = Q(effective_to=None) | Q(effective_to__in=[day - DAY for day in replaced])
            alike.filter(lasting, effective_from__lt=row.effective_from).update(
                effective_to=row.effective_from - DAY
            )
            row.save()
    except IntegrityError as error:
        if "policy_one_choice_a_day" not in str(error):
            raise
        raise Refused.because(
            "policy.overlap",
            "这段时间已有规定，同一天只能有一项；请先核对已有规定的起止日期",
            "effective_from",
        ) from error
    return replaced


def _default(key: str, on: date) -> PolicyValue:
    declared = declaration(key, on)
    return PolicyValue(key, declared.default, declared.unit, declared.basis, declared.status, None)


def _in_force(on: date) -> Any:
    return Policy.objects.filter(effective_from__lte=on).filter(
        Q(effective_to=None) | Q(effective_to__gte=on)
    )
