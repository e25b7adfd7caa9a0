"""What each step means for the hazard's own columns. State, deadline, signature and record are the engine's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.hazards import disclosure, gates, inputs, owing, recurrence, terms
from bihuan.capabilities.hazards.access import access_hazard
from bihuan.capabilities.hazards.categories import category_of
from bihuan.capabilities.hazards.enlisting import enlist, terms_told
from bihuan.capabilities.hazards.hands import answers_for_object
from bihuan.capabilities.hazards.models import OPEN_STATES, REPLACED, Hazard, Listing, SpotCheck
from bihuan.capabilities.hazards.states import Grade, HazardState
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops.deadlines import Deadline, working_days
from bihuan.kernel.loops.writing import plain_facts
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Post
from bihuan.kernel.responsibility.chain import Level, chain, lead_agency
from bihuan.kernel.search import pairs_literal
from bihuan.kernel.territory.models import Agency, AgencyKind


def about_object(hazard: Hazard, given: Any, actor: Any) -> None:
    """Before a hazard is opened: whose it is, found through the actor's own door."""
    if hazard.object_id is None:
        try:
            hazard.object = access_object(actor, given.object, joined=False)
        except Absent as absent:
            raise Refused.because(
                "hazard.object_unknown", "没有查到该单位，或不在您的辖区，请重新选择", "object"
            ) from absent
    place_in_jurisdiction(hazard)
    hazard.source = given.source
    hazard.grade = given.grade
    hazard.found_on = given.found_on


def place_in_jurisdiction(hazard: Hazard) -> None:
    """The four columns jurisdiction compares, taken from the object of this day."""
    hazard.region_path = hazard.object.region_path
    hazard.sector_path = hazard.sector_path or hazard.object.sector_path
    hazard.agency_id = hazard.object.agency_id


def report(hazard: Hazard, given: Any, context: Any) -> None:
    """上报."""
    hazard.description = given.description
    hazard.place = given.place
    hazard.criterion = given.criterion if given.grade == Grade.MAJOR else ""
    hazard.category = given.category or category_of(given.description)
    hazard.campaign = given.campaign
    hazard.voluntary = given.voluntary
    hazard.found_by = context.actor.name
    hazard.finder = context.actor.person_id
    context.facts["origin"] = hazard.origin or None
    if hazard.agency_id is None:
        hazard.agency_id = lead_agency(hazard.sector_path, context.day)
    if given.grade == Grade.MAJOR:
        owing.major_found(hazard, context)
    index(hazard)


def index(hazard: Hazard) -> None:
    """The words by which the hazard is found again, and the spot by which the next one there is known to recur."""
    hazard.search = pairs_literal(hazard.object.name, hazard.place, hazard.description)
    hazard.spot = recurrence.spot_of(hazard)


def assign(hazard: Hazard, given: Any, context: Any) -> None:
    """交办."""
    hazard.responsible_person = given.responsible_person
    hazard.measures = given.measures
    hazard.funds_planned_fen = given.funds_planned
    hazard.rectify_by = given.rectify_by
    hazard.contingency_plan = given.contingency_plan
    if hazard.grade == Grade.MAJOR:
        put_on_list(hazard, context)


def complete_elements(hazard: Hazard, given: Any, context: Any) -> None:
    """补充五落实: what is given takes the place of what was blank or said otherwise."""
    hazard.responsible_person = given.responsible_person or hazard.responsible_person
    hazard.measures = given.measures or hazard.measures
    if given.funds_planned is not None:
        hazard.funds_planned_fen = given.funds_planned
    hazard.rectify_by = given.rectify_by or hazard.rectify_by
    hazard.contingency_plan = given.contingency_plan or hazard.contingency_plan


def completed_deadline(hazard: Hazard, given: Any, context: Any) -> Deadline:
    """The day set now; where none was given, the one the ledger said stays."""
    assert hazard.rectify_by is not None, "lacking_elements_given asks for it"
    return Deadline(hazard.rectify_by, "补充五落实时确定的整改期限", context.day)


def _office() -> int | None:
    """What nobody regulates is the committee office's to lead."""
    offices = Agency.objects.filter(kind=AgencyKind.COMMITTEE_OFFICE).order_by("id")
    return offices.values_list("pk", flat=True).first()


def put_on_list(hazard: Hazard, context: Any) -> None:
    """A major hazard opens listed supervision by itself; the office may change its terms (M090)."""
    if gates.open_listing(hazard) is not None:
        return
    holders = {holder.level: holder for holder in chain(hazard.object, context.day)}
    leader = holders[Level.LEADER]
    lead = hazard.agency_id or lead_agency(hazard.sector_path, context.day) or _office()
    if lead is None:
        raise Refused.because(
            "hazard.no_lead", "该隐患没有行业主管部门，也没有安委办，无法挂牌督办，请先在单位登记中补充"
        )
    listing = Listing(
        hazard=hazard,
        level="district",
        lead_id=lead,
        leader_post=leader.post_id,
        leader_name=leader.name or leader.title or "（空缺）",
        listed_on=context.day,
        due_on=hazard.rectify_by or context.day,
    )
    _save_listing(hazard, listing, context)


def _save_listing(hazard: Hazard, listing: Listing, context: Any) -> None:
    listing.save()
    hazard._open_listing = listing  # type: ignore[attr-defined]
    owing.listed(hazard, listing, context)
    context.facts["listing"] = terms_told(listing)


def list_supervision(hazard: Hazard, given: Any, context: Any) -> None:
    """挂牌督办, with its level, lead unit, bound leader and deadline."""
    lead = Agency.objects.filter(pk=given.lead).first()
    post = Post.objects.filter(pk=given.leader_post).first()
    if lead is None or post is None or post.role in ADMIN_ROLES | ENTERPRISE_ROLES:
        raise Refused.because("hazard.listing_terms", "督办牵头单位或包保领导不存在，请重新选择", "lead")
    holder = post.tenures.filter(until=None).select_related("person").first()
    former = gates.open_listing(hazard)
    if former is not None:
        former.delisted_on = context.day
        former.reason = REPLACED
        former.save(update_fields=["delisted_on", "reason"])
    listing = Listing(
        hazard=hazard,
        level=given.level,
        lead=lead,
        leader_post=post.pk,
        leader_name=f"{post.title} {holder.person.name}" if holder else post.title,
        listed_on=context.day,
        due_on=given.due_on,
        reason=given.reason[:500],
    )
    _save_listing(hazard, listing, context)


def delist(hazard: Hazard, given: Any, context: Any) -> None:
    """摘牌."""
    listing = gates.open_listing(hazard)
    listing.delisted_on = context.day
    listing.reason = given.opinion[:500]
    listing.save(update_fields=["delisted_on", "reason"])
    hazard._open_listing = None  # type: ignore[attr-defined]


def submit_rectification(hazard: Hazard, given: Any, context: Any) -> None:
    """整改完成上报."""
    hazard.rectified_on = given.rectified_on
    hazard.rectification = given.result
    hazard.funds_spent_fen = given.funds_spent
    hazard.extension = None
    owing.to_delist(hazard, context)


def accept(hazard: Hazard, given: Any, context: Any) -> None:
    """验收、销号."""
    hazard.accepted_on = given.accepted_on
    hazard.accepted_by = context.actor.name
    hazard.accepted_claimed = False
    hazard.self_accepted = answers_for_object(context.actor, hazard)
    disclosure.judge(hazard, context)
    owing.closed(hazard, context)


def send_back(hazard: Hazard, given: Any, context: Any) -> None:
    """A failed acceptance counts, and the deadline is issued anew (M095)."""
    hazard.rectified_on = None
    hazard.rectify_by = given.rectify_by
    owing.failed_once_more(hazard, context)


def recheck(hazard: Hazard, given: Any, context: Any) -> None:
    """复查 after the day has passed: what is still there counts as a failure and gets a new day (M095)."""
    if given.removed:
        return
    hazard.rectify_by = given.rectify_by
    hazard.extension = None
    context.settled(hazard, "decide_extension")
    owing.failed_once_more(hazard, context)


def rechecked_deadline(hazard: Hazard, given: Any, context: Any) -> Deadline:
    """The new day; where the danger is gone already, the day by which the enterprise still has to report how."""
    if given.removed:
        rule = "现场复查隐患已消除，应在规定的日数内补报整改情况"
        return terms.until(hazard, "reissue_days", rule, context.day)
    return Deadline(given.rectify_by, "复查仍未消除，重新确定的整改期限", context.day)


def reopen(hazard: Hazard, given: Any, context: Any) -> None:
    """What was closed too early goes back to work; the former acceptance stays in the record."""
    context.facts["former_acceptance"] = {"on": hazard.accepted_on, "by": hazard.accepted_by}
    hazard.rectified_on = None
    hazard.accepted_on = None
    hazard.accepted_by = ""
    hazard.accepted_claimed = False
    hazard.self_accepted = False
    hazard.leniency = ""
    hazard.rectify_by = given.rectify_by
    if hazard.grade == Grade.MAJOR:
        put_on_list(hazard, context)


def request_extension(hazard: Hazard, given: Any, context: Any) -> None:
    """申请延期."""
    hazard.extension = {"until": given.until.isoformat(), "reason": given.reason, "by": context.actor.name}
    rule = "延期申请应在规定的工作日内答复"
    due = terms.until(hazard, "extension_decision_days", rule, context.day)
    context.owe(hazard, "decide_extension", due)


def grant_extension(hazard: Hazard, given: Any, context: Any) -> None:
    """同意延期: the day asked for becomes the deadline."""
    assert hazard.extension is not None
    until = date.fromisoformat(hazard.extension["until"])
    context.facts |= {"from": hazard.rectify_by, "until": until}
    hazard.rectify_by = until
    hazard.extension = None
    context.settled(hazard, "recheck")


def extended_deadline(hazard: Hazard, given: Any, context: Any) -> Deadline:
    """The day the extension was granted to."""
    assert hazard.rectify_by is not None
    return Deadline(hazard.rectify_by, "经批准延期", context.day)


def refuse_extension(hazard: Hazard, given: Any, context: Any) -> None:
    """不同意延期."""
    assert hazard.extension is not None
    context.facts["until"] = hazard.extension["until"]
    hazard.extension = None


def regrade(hazard: Hazard, given: Any, context: Any) -> None:
    """调整等级; the former grade stays in the record."""
    context.facts["from"] = hazard.grade
    hazard.grade = given.grade
    hazard.criterion = given.criterion if given.grade == Grade.MAJOR else ""
    if given.grade != Grade.MAJOR:
        owing.major_no_more(hazard, context)
        return
    owing.major_found(hazard, context)
    if hazard.state != HazardState.REPORTED:
        put_on_list(hazard, context)


def report_to_regulator(hazard: Hazard, given: Any, context: Any) -> None:
    """向监管部门报告."""
    hazard.reported_to_regulator_on = given.reported_on


def report_to_workers(hazard: Hazard, given: Any, context: Any) -> None:
    """向职工大会或职工代表大会报告."""
    hazard.reported_to_workers_on = given.reported_on


def correct(hazard: Hazard, given: Any, context: Any) -> None:
    """更正: only what is given changes; what stood before goes into the record."""
    former = {}
    for field in inputs.CORRECTED:
        value = getattr(given, field)
        if value not in (None, "") and value != getattr(hazard, field):
            former[field] = getattr(hazard, field)
            setattr(hazard, field, value)
    if not former:
        raise Refused.because("hazard.nothing_corrected", "没有任何一项与原记录不同，无需更正")
    context.facts["former"] = former
    left = hazard.spot
    index(hazard)
    context.afterwards.append(lambda: recurrence.recount([left, hazard.spot], context.day))


def spot_check(hazard: Hazard, given: Any, context: Any) -> None:
    """抽查 of what an enterprise accepted by itself."""
    SpotCheck.objects.create(
        hazard=hazard,
        on=given.checked_on,
        by=context.actor.name,
        passed=given.passed,
        finding=given.finding[:500],
    )


def void(hazard: Hazard, given: Any, context: Any) -> None:
    """作废: counted nowhere, forgotten nowhere."""
    _leave_count(hazard, context)


def _leave_count(hazard: Hazard, context: Any) -> None:
    """What is counted no more is nobody's former hazard either."""
    hazard.voided = True
    context.afterwards.append(lambda: recurrence.recount([hazard.spot], context.day))


def merge(hazard: Hazard, given: Any, context: Any) -> None:
    """并入: the other hazard goes on for both."""
    try:
        other = access_hazard(context.actor, given.into)
    except Absent as absent:
        raise Refused.because(
            "hazard.merge_target", f"没有查到隐患 {given.into}，或不在您的辖区", "into"
        ) from absent
    other = Hazard.objects.select_for_update().get(pk=other.pk)
    if HazardState(other.state) not in OPEN_STATES:
        label = HazardState(other.state).label
        raise Refused.because(
            "hazard.merge_target", f"{given.into} {label}，不能再替这一条办下去，请另选", "into"
        )
    if other.object_id != hazard.object_id:
        raise Refused.because("hazard.merge_target", f"{given.into} 是另一家单位的隐患，不能并为一条", "into")
    _leave_count(hazard, context)


def refer(hazard: Hazard, given: Any, context: Any) -> None:
    """移送: another authority goes on with it; this district's figures still count the finding."""
    agency = Agency.objects.filter(pk=given.to).first()
    if agency is None:
        raise Refused.because("hazard.referral_target", "移送单位不存在，请重新选择", "to")
    context.facts["agency"] = agency.name


def claim_from_ledger(hazard: Hazard, given: Any, context: Any) -> None:
    """Take over what a ledger says, as its claim."""
    context.state = given.state
    hazard.claimed = True
    hazard.description = given.description
    hazard.place = given.place
    hazard.campaign = given.campaign
    hazard.category = category_of(given.description)
    hazard.found_by = given.found_by[:60]
    hazard.responsible_person = given.responsible_person[:60]
    hazard.measures = given.measures
    hazard.contingency_plan = given.contingency_plan
    hazard.funds_planned_fen = given.funds
    # Done without a day, or accepted with no other: the money is spent all the same, and dated by the finding.
    done = given.state in (HazardState.AWAITING_ACCEPTANCE, HazardState.CLOSED)
    hazard.funds_spent_fen = given.funds if given.rectified_on or done else None
    hazard.rectify_by = given.rectify_by
    hazard.rectified_on = given.rectified_on
    hazard.accepted_on = given.accepted_on
    hazard.accepted_by = given.accepted_by[:60]
    hazard.accepted_claimed = given.accepted_on is not None
    hazard.batch = given.batch
    hazard.row_key = given.row_key or None
    hazard.row_facts = given.row_facts
    context.facts |= {"line": given.line, "batch": given.batch}
    if hazard.grade == Grade.MAJOR and given.state != HazardState.CLOSED:
        owing.major_found(hazard, context)
    index(hazard)


def claimed_together(changes: Sequence[Any], context: Any) -> None:
    """What the rows of a ledger mean together: which repeat one another, and which come under listed supervision."""
    recurrence.remember(changes, context)
    for change, listing in enlist(changes, context):
        context.facts = {}
        owing.listed(change.matter, listing, context)
        owed = {**change.payload.get("owed", {}), **plain_facts(context.facts).get("owed", {})}
        change.payload["owed"] = {name: day for name, day in owed.items() if name != "propose_listing"}


_ACCEPTANCE = working_days("hazard.acceptance_days", "台账载明已整改，载入后应在规定的工作日内验收")


def claimed_deadline(hazard: Hazard, given: Any, context: Any) -> Deadline | None:
    """What is still to be done has a deadline, what a ledger claims as closed has none.

    The ledger's own day binds the rectification; where that is claimed as done, the acceptance is due, counted from
    the day on which the ledger told us.
    """
    if given.state == HazardState.AWAITING_ACCEPTANCE:
        return _ACCEPTANCE(hazard, given, context)
    if given.state == HazardState.CLOSED or given.rectify_by is None:
        return None
    return Deadline(given.rectify_by, "台账所载整改期限", context.day)


def claim_progress(hazard: Hazard, given: Any, context: Any) -> None:
    """A later ledger claims more; the claim moves what nobody has touched here."""
    hazard.rectified_on = given.rectified_on or hazard.rectified_on
    if given.funds is not None:
        hazard.funds_spent_fen = given.funds
    elif hazard.funds_spent_fen is None:
        hazard.funds_spent_fen = hazard.funds_planned_fen  # a cell left blank takes nothing back
    if given.accepted_on is not None:
        hazard.accepted_on = given.accepted_on
        hazard.accepted_by = given.accepted_by[:60]
        hazard.accepted_claimed = True
    note_claim(hazard, given, context)


def note_claim(hazard: Hazard, given: Any, context: Any) -> None:
    """What the row says now, for the next ledger to be compared with. It is the importer's memory and no state here."""
    if given.row_facts is not None:
        hazard.row_facts = given.row_facts
    context.facts["batch"] = given.batch
