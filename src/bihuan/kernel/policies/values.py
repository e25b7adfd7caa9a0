"""Reading and setting policies."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
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
    """Write down a choice from a day on; an earlier choice without an end is ended the day before.

    Raises:
        Refused: not by the committee office (``policy.not_yours``), outside the legal range
            (``policy.outside_range``), for days already past (``policy.in_the_past``), without a basis
            (``policy.no_basis``) or for days that already have a choice (``policy.overlap``).
    """
    if not (actor.is_system or actor.holds(Role.OFFICE)):
        raise Refused.because("policy.not_yours", "只有安委办可以设定本区的期限和规则")
    if not basis.strip():
        raise Refused.because("policy.no_basis", "请写明作出这项规定的文件或会议依据", "basis")
    if effective_from < clock.today() and not actor.is_system:
        raise Refused.because(
            "policy.in_the_past", "新规定不能从过去的日期起算，请改为今天或以后", "effective_from"
        )
    if effective_to is not None and effective_to < effective_from:
        raise Refused.because("policy.period_backward", "失效日期早于施行日期，请核对", "effective_to")
    for declared in ranges_between(key, effective_from, effective_to):
        fault = declared.objection(chosen)
        if fault:
            raise Refused.because("policy.outside_range", fault, "value")
    numbered, _ = PolicyKey.objects.get_or_create(key=key)
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
    return _written(row)


def _written(row: Policy) -> Policy:
    forget_recent()
    earlier = Policy.objects.filter(key=row.key, region=row.region, effective_to=None)
    try:
        with transaction.atomic():
            earlier.filter(effective_from__lt=row.effective_from).update(
                effective_to=row.effective_from - timedelta(days=1)
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
    return row


def _default(key: str, on: date) -> PolicyValue:
    declared = declaration(key, on)
    return PolicyValue(key, declared.default, declared.unit, declared.basis, declared.status, None)


def _in_force(on: date) -> Any:
    return Policy.objects.filter(effective_from__lte=on).filter(
        Q(effective_to=None) | Q(effective_to__gte=on)
    )
