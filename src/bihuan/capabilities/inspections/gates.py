"""The facts a deed of an inspection rests on; each says what is missing and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bihuan.capabilities.inspections import finding, modes, sheets, team
from bihuan.capabilities.inspections.states import Handling, Nature
from bihuan.kernel import campaigns, clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops.checks import gone_by, photos_not_here
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.trees import in_force
from bihuan.registers.checklists.results import Outcome
from bihuan.registers.instruments import shelf
from bihuan.registers.officers import certificates, recusals


def unannounced_unnoticed(inspection: Any, given: Any, actor: Any) -> Failure | None:
    """A notice beforehand and an unannounced mode do not go together (M107); what was given was given."""
    if given.noticed_on is None:
        return None
    if given.noticed_on > clock.today():
        says = f"通知日期 {given.noticed_on} 还没有到，通知之后再登记"
        return may_be_noticed(inspection, given, actor) or Failure(
            "inspection.notice_to_come", says, "noticed_on"
        )
    return may_be_noticed(inspection, given, actor)


def may_be_noticed(inspection: Any, given: Any, actor: Any) -> Failure | None:
    """Only what is not secret can be announced."""
    if not modes.is_secret(inspection.mode):
        return None
    says = f"检查方式为“{modes.label(inspection.mode)}”，不得事先通知被检查单位；已经通知的，请改用明查等方式"
    return Failure("inspection.notice_of_unannounced", says, "noticed_on")


def unit_may_enforce(inspection: Any, given: Any, actor: Any) -> Failure | None:
    """Towns and the committee office inspect; documents are a department's (安全生产法 第六十五条)."""
    if given.nature != Nature.ENFORCEMENT:
        return None
    agency = Agency.objects.filter(pk=inspection.agency_id).first()
    if agency is not None and agency.kind == AgencyKind.DEPARTMENT:
        return None
    name = agency.name if agency is not None else "本单位"
    says = f"{name}可以检查，不能执法；请把检查性质改为“{Nature.SUPERVISION.label}”，需要执法的移交监管部门"
    return Failure("inspection.unit_cannot_enforce", says, "nature")


def units_known(inspection: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Units that exist; a secret inspection takes no unit of the place that must not know (M108)."""
    units = {
        row.pk: row
        for row in Agency.objects.filter(in_force(given.planned_on), pk__in=given.units).select_related(
            "region"
        )
    }
    if set(given.units) - set(units):
        yield Failure("inspection.unit_unknown", "联合检查的单位不存在或已撤并，请重新选择", "units")
    own = [row.name for row in units.values() if team.of_the_place(inspection, row.region.path)]
    if own and modes.is_secret(given.mode):
        says = (
            f"{'、'.join(own)}是被检查单位的属地，不通知的检查在到场前不能让属地知道，请不要列为联合检查单位"
        )
        yield Failure("inspection.town_would_know", says, "units")


def team_fits(inspection: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Everybody known, two with certificates where documents may come of it, nobody who keeps away (回避)."""
    on = given.planned_on if hasattr(given, "planned_on") else max(clock.today(), inspection.planned_on)
    units = [*inspection.all_units, *getattr(given, "units", ())]
    read, experts = team.read_officers(given.officers, units, on), team.read_experts(given.experts, on)
    yield from read.failures
    yield from experts.failures
    if read.failures:
        return
    yield from recusals.recusal_failures(read.ids, inspection.object_id, on)
    if inspection.secret and (own := team.of_the_target(inspection, read.ids, on)):
        says = f"{'、'.join(own)}在被检查单位或其属地任职，不通知的检查在到场前不能让他们知道，请更换人员"
        yield Failure("inspection.town_would_know", says, "officers")
    if getattr(given, "nature", inspection.nature) == Nature.ENFORCEMENT:
        yield from certificates.two_failures(read.ids, on, units)


def planned_ahead(inspection: Any, given: Any, actor: Any) -> Failure | None:
    return gone_by(given.planned_on, "planned_on", "检查日期", "inspection.planned_in_past")


def campaign_on(inspection: Any, given: Any, actor: Any) -> Failure | None:
    return campaigns.objection(given.campaign, given.planned_on) if given.campaign else None


def list_known(inspection: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """The checklist, where one is named, is in force on the day."""
    if not given.checklist:
        return []
    on = inspection.arrived_on or getattr(given, "planned_on", None) or inspection.planned_on
    try:
        sheets.named(given.checklist, on)
    except Refused as refusal:
        return refusal.failures
    return []


def not_approved_yet(inspection: Any, given: Any, actor: Any) -> Failure | None:
    if inspection.approved_on is None:
        return None
    return Failure("inspection.approved_before", f"检查方案已于 {inspection.approved_on} 审批")


def is_enforcing(inspection: Any, given: Any, actor: Any) -> Failure | None:
    """Documents come of an enforcement inspection only."""
    if inspection.enforcing:
        return None
    return Failure(
        "inspection.not_enforcing", "这是不执法的监督检查，不制发执法文书；需要执法的，另行安排执法检查"
    )


def scheme_approved(inspection: Any, given: Any, actor: Any) -> Failure | None:
    """The scheme of an enforcement inspection is approved before anybody goes (安全生产法 第六十二条; 检查方案先行审批)."""
    if not inspection.enforcing or inspection.approved_on is not None:
        return None
    return Failure("inspection.scheme_unapproved", "检查方案还没有审批，请本单位负责人先审批检查方案")


def team_still_fits(inspection: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """On the day itself: certificates and experts may have lapsed since it was arranged (M072, M141)."""
    on = clock.today()
    failures = team.objections(inspection, inspection.officers, on)
    failures += team.lapsed_experts(inspection.experts, on)
    return [Failure(one.code, one.message) for one in failures]


def certificates_shown(inspection: Any, given: Any, actor: Any) -> Failure | None:
    """出示执法证件 is said, not assumed (安全生产法 第六十七条, 行政处罚法 第五十五条)."""
    if not inspection.enforcing or given.shown:
        return None
    return Failure("inspection.certificate_not_shown", "执法检查应当主动出示执法证件，请出示后勾选", "shown")


def signs_with_certificate(inspection: Any, given: Any, actor: Any) -> Failure | None:
    """Whoever signs an enforcement document holds a certificate that day (M141)."""
    if not inspection.enforcing:
        return None
    return certificates.signing_failure(actor.person_id, clock.today())


def item_of_the_sheet(inspection: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """An item of the lists in use; what fails is explained (checklist's own words)."""
    items = {item.pk: item for item in sheets.items_of(inspection)}
    item = items.get(given.item)
    if item is None:
        yield Failure("checklist.foreign_item", "有一项不在本次使用的检查表里，请刷新页面重填", "item")
    elif given.outcome == Outcome.FAIL and not given.note.strip():
        yield Failure(
            "checklist.no_note", f"第 {item.no} 项不符合，请写明现场情况（在哪里、是什么样）", "note"
        )


def rest_looked_at(inspection: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Somebody answers for having looked; and something is left to be answered."""
    if not given.said:
        yield Failure("inspection.rest_unsaid", "请确认其余各项均已逐项检查", "said")
    answered = sheets.answers_of(inspection)
    rest = [item for item in sheets.items_of(inspection) if item.pk not in answered]
    if given.group and given.group not in {item.group for item in rest}:
        yield Failure("inspection.group_unknown", f"没有未填写的“{given.group}”类检查项", "group")
    elif not rest:
        yield Failure("inspection.nothing_left", "检查项都已填写", "group")


def dealing_whole(inspection: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """A day that lies ahead, an owner among the inspecting units, a measure that says what (M111)."""
    if (
        given.due_on is not None
        and inspection.arrived_on is not None
        and given.due_on < inspection.arrived_on
    ):
        says = f"整改期限 {given.due_on} 早于检查日期 {inspection.arrived_on}，请重新确定"
        yield Failure("inspection.due_before_found", says, "due_on")
    if given.owner is not None and given.owner not in inspection.all_units:
        yield Failure("inspection.owner_not_inspecting", "责任单位应是参加检查的单位之一", "owner")
    if given.handling == Handling.MEASURE and not given.measure.strip():
        yield Failure(
            "inspection.measure_unsaid", "请写明现场处理措施，例如“责令暂时停止使用 3 号行车”", "measure"
        )
    if given.handling == Handling.MEASURE and not inspection.enforcing:
        yield Failure(
            "inspection.not_enforcing", "不执法的检查不能作出现场处理措施，请移交监管部门", "handling"
        )


def photos_here(inspection: Any, given: Any, actor: Any) -> Iterator[Failure]:
    for name in photos_not_here(inspection, given):
        yield Failure("inspection.photo_missing", "有照片没有上传成功，请重新选择照片后再提交", name)


def major_by_criterion(inspection: Any, given: Any, actor: Any) -> Failure | None:
    """A major hazard is one by a published criterion of the day (M089)."""
    if given.grade != "major":
        return None
    if not given.criterion:
        return Failure("inspection.major_without_criterion", "定为重大的，请选择判定依据", "criterion")
    if inspection.arrived_on is not None and not finding.decides(given.criterion, inspection.arrived_on):
        says = f"{given.criterion} 不是 {inspection.arrived_on} 有效的判定标准条款，请重新选择"
        return Failure("inspection.criterion_not_in_force", says, "criterion")
    return None


def sheet_whole(inspection: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Every item answered before the inspection ends."""
    return sheets.objections(inspection)


def order_names_who(inspection: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """An order says who rectifies and how, so that what was found need not be handed over a second time (M087)."""
    if not inspection.enforcing or not finding.standing(inspection).exists():
        return
    if not given.responsible_person.strip():
        says = "发现的问题随文书交给被检查单位整改，请填写整改责任人"
        yield Failure("inspection.responsible_unsaid", says, "responsible_person")
    if not given.measures.strip():
        yield Failure("inspection.measures_unsaid", "请填写整改措施", "measures")


def days_ahead(inspection: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """No order goes out whose day has gone by while the inspection lasted."""
    for one in finding.standing(inspection).filter(due_on__lt=clock.today()):
        says = f"第 {one.order} 条的整改期限 {one.due_on} 已经过去，请重新登记这一条和它的期限"
        yield Failure("inspection.due_gone_by", says)


def party_signs(inspection: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """The enterprise signs, or its refusal is recorded with a witness (安全生产法 第六十八条)."""
    if given.party_refused and not given.witness.strip():
        yield Failure("inspection.refusal_without_witness", "拒绝签字的，请写明见证人", "witness")
    if given.party_refused and not given.refusal.strip():
        yield Failure("inspection.refusal_unsaid", "拒绝签字的，请写明情况", "refusal")
    if given.ended_at is not None:
        if inspection.arrived_at is not None and given.ended_at < inspection.arrived_at.replace(
            second=0, microsecond=0
        ):
            yield Failure("inspection.ended_before_arrival", "检查结束时间早于到场时间，请核对", "ended_at")
        if given.ended_at > clock.now():
            yield Failure("inspection.ended_in_future", "检查结束时间晚于现在，请核对", "ended_at")


def receiver_known(inspection: Any, given: Any, actor: Any) -> Failure | None:
    if given.receiver != inspection.agency_id and Agency.objects.filter(pk=given.receiver).exists():
        return None
    return Failure("inspection.receiver_unknown", "请选择本单位以外的受移交部门", "receiver")


def something_found(inspection: Any, given: Any, actor: Any) -> Failure | None:
    if inspection.found_count:
        return None
    return Failure("inspection.nothing_found", "本次检查没有登记问题")


def nothing_issued(inspection: Any, given: Any, actor: Any) -> Failure | None:
    """What was issued or decided as enforcement stays so; the scheme alone may lapse with it."""
    stopped = finding.standing(inspection).filter(handling=Handling.MEASURE).first()
    if stopped is not None:
        says = f"第 {stopped.order} 条采取了现场处理措施，不执法的检查不能作出；请先改为其他处理，由监管部门另行决定"
        return Failure("inspection.measure_decided", says)
    if inspection.arrived_at is None or not shelf.has(inspection.uid, "inspection_record"):
        return None
    return Failure("inspection.already_enforced", "已经制发执法文书，不能改为不执法的检查")
