"""民爆: records against licensed limits; what goes over opens an item of its code by itself (M150)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from bihuan.capabilities.enforcement.crackdown import trail
from bihuan.capabilities.enforcement.crackdown.catalogue import OVER_LIMIT, label_of
from bihuan.capabilities.enforcement.crackdown.inputs import ExplosivesFound
from bihuan.capabilities.enforcement.crackdown.loop import CRACKDOWN
from bihuan.capabilities.enforcement.crackdown.models import Item, Limit, Production
from bihuan.capabilities.enforcement.crackdown.states import Source
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role

COMPARISON = Actor.system("许可上限比对")
KEEPING = frozenset({Role.OFFICE, Role.REGULATOR, Role.OFFICER})
CODES = frozenset(code.value for code in OVER_LIMIT)


def may_keep(actor: Actor, one: SupervisedObject) -> bool:
    """Who supervises the maker."""
    return actor.is_system or actor.covers(KEEPING, one.region_path, one.sector_path, one.agency_id, one.uid)


def set_limit(
    one: SupervisedObject, code: str, amount: Decimal, unit: str, since: date, basis: str, by: Actor
) -> Limit:
    """What the licence allows from a day on.

    Raises:
        Refused: not the actor's, no such measure, nothing to rest on, or a limit of that day is there.
    """
    _yours(one, code, by)
    faults = []
    if not 0 <= amount < 10**10:
        faults.append(Failure("explosives.bad_amount", "上限应为不小于 0 的数", "amount"))
    if not basis.strip():
        faults.append(Failure("explosives.no_basis", "请填写许可证或批复文号", "basis"))
    Refused.unless(faults)
    try:
        with transaction.atomic():
            made = Limit.objects.create(
                object=one, code=code, amount=amount, unit=unit.strip()[:12], since=since,
                basis=basis.strip()[:120], set_by=by.name, set_at=clock.now(),
            )  # fmt: skip
            said = {
                "code": code, "amount": str(amount), "unit": made.unit, "since": since.isoformat(), "basis": made.basis,
            }  # fmt: skip
            trail.note(f"explosives/{one.pk}", "limit_set", said, by)
    except IntegrityError as reason:
        raise Refused.because(
            "explosives.limit_there", f"{since} 起的上限已经登记，不能重复", "since"
        ) from reason
    return made


def limit_on(one: SupervisedObject, code: str, day: date) -> Limit | None:
    """The limit in force on a day."""
    return Limit.objects.filter(object=one, code=code, since__lte=day).order_by("-since").first()


def record(one: SupervisedObject, code: str, day: date, amount: Decimal, by: Actor) -> Production:
    """Write down what was produced, employed or stored on a day; over the limit it opens an item, or joins the open one.

    Raises:
        Refused: not the actor's, a day to come, no limit to hold it against, or recorded already.
    """
    _yours(one, code, by)
    limit = limit_on(one, code, day)
    faults = []
    if day > clock.today():
        faults.append(Failure("explosives.day_in_future", f"日期 {day} 晚于今天，请核对", "day"))
    if not 0 <= amount < 10**10:
        faults.append(Failure("explosives.bad_amount", "数量应为不小于 0 的数", "amount"))
    if limit is None:
        faults.append(
            Failure("explosives.no_limit", f"还没有登记{label_of(code)}的许可上限，请先登记", "code")
        )
    Refused.unless(faults)
    assert limit is not None
    try:
        with transaction.atomic():
            SupervisedObject.objects.select_for_update().get(pk=one.pk)
            made = Production.objects.create(
                object=one, code=code, day=day, amount=amount, limit=limit, noted_by=by.name, noted_at=clock.now()
            )  # fmt: skip
            if amount > limit.amount:
                made.item_no = _over(made)
                made.save(update_fields=["item_no"])
            said = {
                "code": code, "day": day.isoformat(), "amount": str(amount), "limit": str(limit.amount),
                "item": made.item_no,
            }  # fmt: skip
            trail.note(f"explosives/{one.pk}", "recorded", said, by)
    except IntegrityError as reason:
        raise Refused.because(
            "explosives.recorded_already", f"{day} 的{label_of(code)}数据已经登记，不能重复", "day"
        ) from reason
    return made


def _over(made: Production) -> str:
    """The item of this maker and code that is open, else a new one."""
    states = [state.value for state in CRACKDOWN.open_states]
    there = Item.objects.filter(object=made.object, code=made.code, state__in=states).order_by("no").first()
    if there is not None:
        return there.no
    assert made.limit is not None
    unit = made.limit.unit
    says = (
        f"{made.day} 实际 {made.amount.normalize():f}{unit}，许可上限 {made.limit.amount.normalize():f}{unit}"
        f"（{made.limit.basis}）"
    )
    given = ExplosivesFound(
        code=made.code, object=made.object.uid, description=says, found_on=clock.today(), source=Source.RECORDED.value
    )  # fmt: skip
    return engine.open_matter("crackdown", "exceed", given, actor=COMPARISON).no


def _yours(one: SupervisedObject, code: str, by: Actor) -> None:
    if not may_keep(by, one):
        raise Refused.because("explosives.not_yours", "许可上限和实际数量由主管部门登记", "object")
    if code not in CODES:
        raise Refused.because("explosives.code_unknown", "请选择产量、人数、存量或时间", "code")
