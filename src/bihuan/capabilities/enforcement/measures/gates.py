"""The facts that ordering, lifting and watching a measure rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from bihuan.capabilities.enforcement.measures import lookup, terms
from bihuan.capabilities.enforcement.measures.kinds import GROUNDS, MONTHS_UNPAID, family_of
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.states import Family, Ground, MeasureKind
from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping as attachments
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import Told, gone_by, photos_not_here
from bihuan.kernel.policies import values as policies
from bihuan.registers.officers.certificates import in_force
from bihuan.registers.officers.models import ENFORCING, Certificate

_OFFICER = re.compile(r"^(?P<name>[^（(]+)[（(]?(?P<certificate>[^）)]*)[）)]?$")
_BETWEEN = re.compile(r"[、，,；;\n]+")


def names_in(text: str) -> list[str]:
    """The people a line names, in order."""
    return [name.strip() for name in _BETWEEN.split(text) if name.strip()]


def officers_of(text: str) -> list[tuple[str, str]]:
    """「张某（鲁D0001）」 as name and certificate."""
    found = (_OFFICER.match(each) for each in names_in(text))
    return [(one["name"].strip(), one["certificate"].strip()) for one in found if one is not None]


def pictures(matter: Any, given: Any, field: str) -> int:
    """How many pictures of a field lie with the matter."""
    named = set(getattr(given, field))
    return sum(one.is_image for one in attachments.here(matter.uid, named)) if named else 0


def of_family(*families: Family) -> Any:
    """A gate that only lets measures of these families through; pages do not even list the deed for others."""
    wanted = frozenset(families)

    def concerns(measure: Measure, given: Any, actor: Any) -> Failure | None:
        if family_of(measure.kind) in wanted:
            return None
        return Failure("measure.other_kind", f"“{MeasureKind(measure.kind).label}”没有这一步")

    return concerns


is_stop = of_family(Family.STOP)
is_seizure = of_family(Family.SEIZURE)
is_closure = of_family(Family.CLOSURE)
is_cutoff = of_family(Family.CUTOFF)
is_accepted = of_family(Family.STOP, Family.CUTOFF)


def ground_carries(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """A ground is one of the family's, and what it counts reaches the count."""
    ground = GROUNDS.get(given.ground)
    if ground is None or family_of(given.kind) not in ground.families:
        yield Failure("measure.ground_does_not_carry", "这一情形不是采取该措施的依据，请重新选择", "ground")
    months = getattr(given, "months_unpaid", None)
    if given.ground == Ground.WAGES and (months is None or months < MONTHS_UNPAID):
        says = (
            f"拖欠工资满 {MONTHS_UNPAID} 个月的才停产整顿，请填写拖欠月数"
            if months is None
            else (f"拖欠工资 {months} 个月，未满 {MONTHS_UNPAID} 个月，不能以此停产整顿")
        )
        yield Failure("measure.wages_not_two_months", says, "months_unpaid")


def two_officers(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """No official acts alone, or without a certificate in force (行政处罚法第四十二条、行政强制法第十七条、第十八条).

    Where the department has its certificates registered, the register decides; else the numbers as they were written.
    """
    people = officers_of(given.officers)
    if len({name for name, _ in people}) < 2:
        yield Failure(
            "measure.two_officers", "执法人员不得少于两人，请写明每人姓名和执法证号，用顿号隔开", "officers"
        )
        return
    without = [name for name, number in people if not number]
    if without:
        yield Failure("measure.no_certificate", f"请写明{'、'.join(without)}的执法证号", "officers")
    numbers = [number for _, number in people if number]
    if not Certificate.objects.filter(agency=measure.agency_id).exists():
        return
    held = set(
        Certificate.objects.filter(in_force(clock.today()), no__in=numbers, kind__in=ENFORCING).values_list(
            "no", flat=True
        )
    )
    lapsed = [f"{name}（{number}）" for name, number in people if number and number not in held]
    if lapsed:
        says = f"{'、'.join(lapsed)} 今天没有有效的执法证件，请更换执法人员或者更新证件登记"
        yield Failure("measure.certificate_lapsed", says, "officers")


def ordered_in_time_order(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """检查 → 决定 → 今天; the day set lies ahead."""
    told = Told(given.ordered_on, "ordered_on", "决定日期", ahead="measure.ordered_in_future")
    failure = told.follows(given.inspected_on, "检查日期", "measure.ordered_before_inspection")
    if failure is not None:
        yield failure
    if given.until is not None:
        passed = gone_by(given.until, "until", "整改期限", "measure.until_in_past")
        if passed is not None:
            yield passed


def same_day_in_crowds(measure: Any, given: Any, actor: Any) -> Failure | None:
    """A crowded place with a major hazard stops on the day of the inspection, or the reason is written down (M131)."""
    immediate = given.kind == MeasureKind.IMMEDIATE_CLOSURE
    grave = given.ground == Ground.MAJOR_HAZARD and lookup.is_crowded(measure.object_id)
    if not (immediate or grave) or given.ordered_on == given.inspected_on or given.delay_reason.strip():
        return None
    says = (
        f"人员密集场所存在重大事故隐患的应当在检查当日责令停业：检查日期 {given.inspected_on}，"
        f"决定日期 {given.ordered_on}；确有原因的，请写明未当日决定的理由"
    )
    return Failure("measure.not_on_the_day", says, "delay_reason")


def bound_matters(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """What is named exists for whoever names it, and is about the same object."""
    for field, label, loops in (
        ("hazard", "隐患", ("hazard",)),
        ("origin", "检查或案件", ("inspection", "case")),
    ):
        no = getattr(given, field, "")
        if not no:
            continue
        bound = lookup.matter_of(no, actor, *loops)
        if bound is None:
            yield Failure(f"measure.{field}_unknown", f"没有查到{label} {no}，或不在您的辖区", field)
        elif bound.object is not None and bound.object != measure.object_id:
            yield Failure(f"measure.{field}_of_another", f"{label} {no} 是另一家的，请核对", field)


def origin_exists(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """The same for the inspection or case alone, where the hazard is asked for in other words."""
    return [failure for failure in bound_matters(measure, given, actor) if failure.field == "origin"]


def no_double(measure: Any, given: Any, actor: Any) -> Failure | None:
    """The same kind of stop over the same thing is ordered once."""
    alike = lookup.in_force(measure.object_id).filter(kind=given.kind, scope=given.scope).first()
    if alike is None:
        return None
    return Failure("measure.in_force_already", f"{alike.no} 已责令停止同一范围，正在执行中", "scope")


def photos_are_here(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Pictures named are pictures received."""
    for field in photos_not_here(measure, given):
        yield Failure("measure.photo_unknown", "有照片没有上传成功，请重新上传", field)


def has_after_photo(measure: Any, given: Any, actor: Any) -> Failure | None:
    """What was done is shown, for stops; a supply is shown to be needed again by the stop that was kept."""
    if family_of(measure.kind) is Family.STOP and not pictures(measure, given, "after_photos"):
        return Failure("measure.no_after_photo", "请上传整改后照片", "after_photos")
    return None


def applied_in_time_order(measure: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.applied_on, "applied_on", "申请日期", ahead="measure.applied_in_future")
    return told.follows(measure.since, "开始日期", "measure.applied_before_start")


def accepted_in_time_order(measure: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.accepted_on, "accepted_on", "验收日期", ahead="measure.accepted_in_future")
    return told.follows(measure.applied_on, "申请日期", "measure.accepted_before_applied")


def supply_not_cut(measure: Any, given: Any, actor: Any) -> Failure | None:
    """A stop is not lifted while the supply that was cut off for it is still off: that goes first."""
    tied = Measure.objects.filter(
        stop_uid=measure.uid, state__in=["approved", "in_force", "awaiting_acceptance"]
    )
    cut = tied.first()
    if cut is None:
        return None
    return Failure(
        "measure.supply_still_cut",
        f"{cut.no}（{MeasureKind(cut.kind).label}）是为这项决定采取的，尚未解除，请先办理解除停止供应",
    )


def new_day_ahead(measure: Any, given: Any, actor: Any) -> Failure | None:
    return None if given.until is None else gone_by(given.until, "until", "整改期限", "measure.until_in_past")


def breach_inside(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Seen while the order was in force, and shown by a picture."""
    told = Told(given.seen_on, "seen_on", "发现日期", ahead="measure.seen_in_future")
    failure = told.follows(measure.since, "停止开始日期", "measure.seen_before_start")
    if failure is not None:
        yield failure
    if not pictures(measure, given, "photos"):
        yield Failure(
            "measure.breach_without_photo", "发现停产期内仍在生产的，请上传现场照片作为证据", "photos"
        )


def not_at_night_or_festival(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """行政强制法第四十三条: no enforcement at night or on statutory holidays, unless it cannot wait."""
    moment: datetime = next(
        getattr(given, name) for name in ("carried_out_at", "stopped_at", "closed_at") if hasattr(given, name)
    )
    if given.urgent.strip():
        return
    day = clock.day_of(moment)
    why = terms.festival(day)
    if why:
        yield Failure(
            "measure.on_a_holiday",
            f"{day} 是法定节假日（{why}），不得实施（《行政强制法》第四十三条）；情况紧急的，请写明",
            "urgent",
        )
    begins, ends = (
        int(policies.recent(f"measure.night_{name}", on=day).value) for name in ("begins", "ends")
    )
    if terms.at_night(moment, begins, ends):
        yield Failure(
            "measure.at_night",
            f"{moment.astimezone(clock.SHANGHAI):%H:%M} 属夜间（{begins} 时至次日 {ends} 时，本区规定，待核对），"
            "不得实施（《行政强制法》第四十三条）；情况紧急的，请写明",
            "urgent",
        )


def past(moment: datetime, field: str, label: str) -> Failure | None:
    """What is told as done does not lie ahead of now."""
    if moment > clock.now():
        says = f"{label} {clock.minute_of(moment)} 晚于现在，请核对"
        return Failure("measure.moment_in_future", says, field)
    return None


def not_past_day(day: date, field: str, label: str) -> Failure | None:
    if day > clock.today():
        return Failure("measure.day_in_future", f"{label} {day} 晚于今天，请核对", field)
    return None


def never_in_force(measure: Any, given: Any, actor: Any) -> Failure | None:
    """What was closed and opened again is closed anew, not given up."""
    if measure.since is None:
        return None
    return Failure("measure.was_in_force", "已经实施过的措施不能撤回，请继续实施或者办理撤销")
