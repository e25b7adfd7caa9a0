"""Entering a published number: a document stands behind it, and what was entered before stays beside it (M259)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import connection, transaction
from django.db.models import QuerySet

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Region
from bihuan.registers.economy.indicators import Indicator, span_words
from bihuan.registers.economy.models import Place, PublishedValue, Stage
from bihuan.registers.economy.trail import note

KEEPERS = frozenset({Role.OFFICE})
READERS = frozenset({Role.OFFICE, Role.LEADER, Role.REGULATOR, Role.OFFICER, Role.TOWN})
_RANK = {stage.value: place for place, stage in enumerate(Stage)}
LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Told:
    """What is entered of one number; ``region`` for the own places, ``place`` for those above."""

    indicator: Indicator
    period: Period
    amount: Decimal
    stage: str
    source: str
    published_on: date
    region: Region | None = None
    place: str = Place.OWN.value
    reason: str = ""


def amount_of(text: str) -> Decimal:
    """A number as a clerk writes it: 1,234.5.

    Raises:
        Refused: ``economy.not_a_number``.
    """
    try:
        found = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Refused.because("economy.not_a_number", f"“{text.strip()[:20]}”不是数字，请只写数字", "amount")
    return found


def tell(told: Told, by: Actor) -> tuple[PublishedValue, bool]:
    """Enter a number, or a further version of one; telling the newest version again changes nothing.

    Returns:
        The version, and whether it is new.

    Raises:
        Refused: not the actor's to keep, words or days at fault, an older stage after a later one
            (``economy.older_stage``), the same stage with another number and no reason (``economy.no_reason``).
    """
    Refused.unless(_faults(told, by))
    with transaction.atomic():
        _alone(told)
        before = _versions(told).order_by("-number").first()
        if before is not None and _same(before, told):
            return before, False
        Refused.unless(_after(before, told))
        row = PublishedValue.objects.create(
            indicator=told.indicator.code, place=told.place, region=told.region, period=told.period.label,
            first=told.period.first, last=told.period.last, number=before.number + 1 if before else 1,
            stage=told.stage, amount=told.amount, source=told.source.strip(), published_on=told.published_on,
            reason=told.reason.strip(), said_by=by.name[:60], at=clock.now(),
        )  # fmt: skip
        note(row, by, _said(row, told))
    return row, True


def _versions(told: Told) -> QuerySet[PublishedValue]:
    return PublishedValue.objects.filter(
        indicator=told.indicator.code, place=told.place, region=told.region, first=told.period.first,
        last=told.period.last,
    )  # fmt: skip


def _alone(told: Told) -> None:
    """Hold the number until the transaction ends, so that two at once make two versions, not one."""
    region = told.region.pk if told.region else told.place
    key = f"economy/{told.indicator.code}/{region}/{told.period.first}/{told.period.last}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _same(row: PublishedValue, told: Told) -> bool:
    return (row.amount, row.stage, row.source) == (told.amount, told.stage, told.source.strip())


def _faults(told: Told, by: Actor) -> Iterator[Failure]:
    if not (by.all_seeing or by.holds(Role.OFFICE)):
        yield Failure("economy.not_yours", "统计基数由安委办登记，请将公布文件交安委办")
    if told.stage not in Stage.values:
        yield Failure("economy.unknown_stage", f"口径请选：{'、'.join(Stage.labels)}", "stage")
    if told.indicator.form != "rate" and not told.amount:
        yield Failure("economy.zero", "基数不能为0，尚未公布的请先不登记", "amount")
    if not 0 <= told.amount < LARGEST:
        yield Failure("economy.out_of_range", "数值应为正数，请核对单位", "amount")
    elif told.amount != round(told.amount, told.indicator.digits):
        words = f"最多 {told.indicator.digits} 位小数" if told.indicator.digits else "应为整数"
        yield Failure(
            "economy.too_fine", f"{told.indicator.label}以{told.indicator.unit}计，{words}", "amount"
        )
    if not told.source.strip():
        yield Failure("economy.no_source", "请写明公布这个数的文件，例如统计公报的名称", "source")
    if told.indicator.form == "stock" and len(told.period.label) != 4:
        yield Failure("economy.by_year", f"{told.indicator.label}按年登记，时段请选全年", "span")
    if told.published_on > clock.today():
        yield Failure("economy.not_yet", "公布日期在今天之后，请核对", "published_on")
    elif told.published_on <= told.period.last:
        says = f"{span_words(told.period)}还没有结束，不会有公布数；请核对公布日期和时段"
        yield Failure("economy.before_the_end", says, "published_on")


def _after(before: PublishedValue | None, told: Told) -> Iterator[Failure]:
    if before is None:
        return
    held = (
        f"{Stage(before.stage).label} {before.amount.normalize():f}{told.indicator.unit}（{before.source}）"
    )
    if _RANK[told.stage] < _RANK[before.stage]:
        says = f"已登记{held}，不能再登记更早口径的数；确需更正的，请选同一口径并写明原因"
        yield Failure("economy.older_stage", says, "stage")
    elif told.stage == before.stage and not told.reason.strip():
        yield Failure("economy.no_reason", f"同一口径已登记{held}，请写明为什么更正", "reason")


def _said(row: PublishedValue, told: Told) -> dict[str, str]:
    region = told.region.name if told.region else Place(told.place).label
    said = {
        "indicator": told.indicator.label, "place": region, "period": span_words(told.period),
        "amount": f"{told.amount:f}", "unit": told.indicator.unit, "stage": Stage(row.stage).label, "source": row.source,
        "published_on": row.published_on.isoformat(),
    }  # fmt: skip
    return {**said, "reason": row.reason} if row.reason else said
