"""安全生产法 article 70, condition by condition: each asked by itself, each refused by its own name.

A supply may be cut off only if there is a major hazard, the stop was decided, the unit does not obey, an accident is
really threatening, safety is assured while it is off, the department's principal approved it, and it is done in writing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bihuan.capabilities.enforcement.measures import gates, lookup, terms
from bihuan.capabilities.enforcement.measures.kinds import SUPPLY
from bihuan.capabilities.enforcement.measures.models import Measure, Supplier
from bihuan.capabilities.enforcement.measures.states import STANDING, Family, MeasureKind, Supply
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.registers.instruments import shelf

BASIS = "《安全生产法》第七十条"


def major_hazard(measure: Any, given: Any, actor: Any) -> Failure | None:
    """存在重大事故隐患: an open one of this very object."""
    bound = lookup.matter_of(given.hazard, actor, "hazard") if given.hazard else None
    if bound is not None and bound.object == measure.object_id and bound.grade == "major" and bound.open:
        return None
    why = "没有填写" if not given.hazard else f"{given.hazard} 不是该单位未消除的重大事故隐患"
    says = f"停止供应的前提是该单位存在重大事故隐患：{why}（{BASIS}）"
    return Failure("measure.no_major_hazard", says, "hazard")


def stop_decided(measure: Any, given: Any, actor: Any) -> Failure | None:
    """依法作出停产停业、停止施工、停止使用决定: in force on this very object."""
    if stop_of(measure, given.stop) is not None:
        return None
    why = "没有填写" if not given.stop else f"{given.stop} 不是该单位执行中的停产停业、停止施工、停止使用决定"
    return Failure("measure.no_stop_decision", f"停止供应须先依法作出停产决定：{why}（{BASIS}）", "stop")


def stop_of(measure: Any, no: str) -> Measure | None:
    """The stop in force on the measure's object with this number."""
    standing = [state.value for state in STANDING]
    rows = Measure.objects.filter(family=Family.STOP.value, state__in=standing, object=measure.object_id)
    return rows.filter(no=no).first() if no else None


def disobeyed(measure: Any, given: Any, actor: Any) -> Failure | None:
    """拒不执行."""
    if given.disobeyed.strip():
        return None
    return Failure("measure.not_disobeyed", f"请写明该单位拒不执行停产决定的事实（{BASIS}）", "disobeyed")


def danger_real(measure: Any, given: Any, actor: Any) -> Failure | None:
    """有发生生产安全事故的现实危险."""
    if given.danger.strip():
        return None
    return Failure("measure.no_real_danger", f"请写明有发生生产安全事故的现实危险（{BASIS}）", "danger")


def safety_assured(measure: Any, given: Any, actor: Any) -> Failure | None:
    """在保证安全的前提下."""
    if given.safety.strip():
        return None
    return Failure("measure.safety_not_assured", f"请写明停止供应期间如何保证安全（{BASIS}）", "safety")


def still_holds(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """What the proposal rested on holds at every step until the supply is off: the stop in force, the hazard open."""
    if measure.family != Family.CUTOFF:
        return
    if stop_of(measure, measure.stop_no) is None:
        says = f"停产决定 {measure.stop_no} 已经不在执行中，停止供应没有前提，请撤回（{BASIS}）"
        yield Failure("measure.no_stop_decision", says)
    bound = lookup.matter_of(measure.hazard, actor, "hazard") if measure.hazard else None
    if bound is not None and not (bound.open and bound.grade == "major"):
        says = f"{measure.hazard} 已经销号或者不再是重大事故隐患，停止供应没有前提，请撤回（{BASIS}）"
        yield Failure("measure.no_major_hazard", says)


def approved_by_principal(measure: Any, given: Any, actor: Any) -> Failure | None:
    """经本部门主要负责人批准."""
    if measure.approved_on is not None:
        return None
    return Failure("measure.not_approved", f"尚未经本部门主要负责人批准，不能实施（{BASIS}）")


def in_writing(measure: Any, given: Any, actor: Any) -> Failure | None:
    """通知应当采用书面形式: the decision has its number and was sent to the supplier."""
    if measure.sent_at is not None and shelf.has(measure.uid, "cutoff_decision"):
        return None
    says = f"停止供应的通知应当采用书面形式：请先制作停止供应决定书并送达供应单位（{BASIS}）"
    return Failure("measure.not_in_writing", says)


def notified(measure: Any, given: Any, actor: Any) -> Failure | None:
    if measure.notified_at is not None:
        return None
    return Failure("measure.party_not_notified", f"尚未通知生产经营单位，不能停止供应（{BASIS}）")


def notice_long_enough(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """停止供电 is told twenty-four hours before, unless life is in danger; hours are counted to the minute."""
    ahead = gates.past(given.notified_at, "notified_at", "通知送达时间")
    if ahead is not None:
        yield ahead
    if clock.day_of(given.notified_at) < clock.today():
        says = "通知书今天制发，送达时间不能早于今天，请核对"
        yield Failure("measure.notified_before_paper", says, "notified_at")
    if given.starts_at < given.notified_at:
        yield Failure("measure.starts_before_notice", "停止供应时间早于通知送达时间，请核对", "starts_at")
    notice = terms.power_notice(clock.day_of(given.notified_at))
    short = given.starts_at - given.notified_at < notice
    if measure.kind == MeasureKind.CUT_POWER and short and not given.emergency.strip():
        earliest = (given.notified_at + notice).astimezone(clock.SHANGHAI)
        says = (
            f"停止供电应当提前二十四小时通知：最早可定在 {earliest:%Y-%m-%d %H:%M}；"
            f"有危及生产安全的紧急情形的，请写明（{BASIS}）"
        )
        yield Failure("measure.notice_too_short", says, "starts_at")


def not_before_its_time(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """The supply goes off when the notice said, not earlier."""
    if measure.starts_at is not None and given.stopped_at < measure.starts_at:
        starts = measure.starts_at.astimezone(clock.SHANGHAI)
        says = f"通知的停止供应时间是 {starts:%Y-%m-%d %H:%M}，实际时间不能早于它"
        yield Failure("measure.stopped_too_early", says, "stopped_at")
    ahead = gates.past(given.stopped_at, "stopped_at", "实际停止供应时间")
    if ahead is not None:
        yield ahead


def supplier_fits(measure: Any, given: Any, actor: Any) -> Failure | None:
    """A registered supplier of what is to be cut off, in force today."""
    today = clock.today()
    one = Supplier.objects.filter(pk=given.supplier, since__lte=today).first()
    if one is None or (one.until is not None and one.until < today):
        return Failure(
            "measure.supplier_unknown", "没有这个供应单位，请从列表中选择，或先登记供应单位", "supplier"
        )
    if one.supply != SUPPLY[given.kind]:
        says = f"{one.name}登记的是{Supply(one.supply).label}，与“{MeasureKind(given.kind).label}”不符"
        return Failure("measure.supplier_of_another", says, "supplier")
    return None


def not_cut_already(measure: Any, given: Any, actor: Any) -> Failure | None:
    open_ones = ["proposed", "approved", *(state.value for state in STANDING)]
    other = Measure.objects.filter(object=measure.object_id, kind=given.kind, state__in=open_ones).first()
    if other is None:
        return None
    return Failure("measure.cut_already", f"{other.no} 已在办理同一停止供应措施", "kind")


def was_sent(measure: Any, given: Any, actor: Any) -> Failure | None:
    if measure.sent_at is not None:
        return None
    return Failure("measure.not_sent", "决定书还没有送达供应单位")


def not_sent_yet(measure: Any, given: Any, actor: Any) -> Failure | None:
    if measure.sent_at is None:
        return None
    return Failure("measure.sent_already", "决定书已送达供应单位")


def sent_in_time(measure: Any, given: Any, actor: Any) -> Failure | None:
    return gates.past(given.sent_at, "sent_at", "送达时间")


def not_replied_yet(measure: Any, given: Any, actor: Any) -> Failure | None:
    if measure.replied_at is None:
        return None
    return Failure("measure.replied_already", f"供应单位已于 {clock.day_of(measure.replied_at)} 答复")


def reply_proved(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Whoever enters another's answer shows it; handlers are named, for they answer for what follows."""
    from bihuan.capabilities.enforcement.measures.hands import supplies

    ahead = gates.past(given.replied_at, "replied_at", "答复时间")
    if ahead is not None:
        yield ahead
    if not gates.names_in(given.handlers):
        yield Failure("measure.no_handlers", "请写明供应单位的经办人", "handlers")
    if not supplies(actor, measure) and not gates.pictures(measure, given, "evidence"):
        yield Failure("measure.reply_without_evidence", "代供应单位登记答复的，请上传回执照片", "evidence")


def supplied_inside(measure: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Supply counts when it lies inside the stop, and is shown."""
    if measure.stopped_at is not None and given.supplied_at < measure.stopped_at:
        stopped = measure.stopped_at.astimezone(clock.SHANGHAI)
        says = f"供应时间早于停止供应时间 {stopped:%Y-%m-%d %H:%M}，不在停供期内"
        yield Failure("measure.supplied_before_stop", says, "supplied_at")
    ahead = gates.past(given.supplied_at, "supplied_at", "供应时间")
    if ahead is not None:
        yield ahead
    if not gates.pictures(measure, given, "photos"):
        yield Failure("measure.supply_without_photo", "请上传停供期内供应的证据照片", "photos")


def not_restored_yet(measure: Any, given: Any, actor: Any) -> Failure | None:
    if measure.restored_at is None:
        return None
    return Failure("measure.restored_already", "已登记恢复供应")


def stop_kept(measure: Any, given: Any, actor: Any) -> Failure | None:
    """履行决定并消除隐患后解除: while the hazard stands open, the supply stays off."""
    bound = lookup.matter_of(measure.hazard, actor, "hazard") if measure.hazard else None
    if bound is None or not bound.open:
        return None
    return Failure(
        "measure.hazard_still_open", f"重大事故隐患 {measure.hazard} 尚未销号，不能解除停止供应（{BASIS}）"
    )
