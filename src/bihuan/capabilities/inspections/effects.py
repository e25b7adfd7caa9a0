"""What each deed means for the inspection's own columns, up to the moment it is finished."""

from __future__ import annotations

from functools import partial
from typing import Any

from bihuan.capabilities.inspections import documents, modes, sheets, team
from bihuan.capabilities.inspections.hands import leading_scope
from bihuan.capabilities.inspections.models import Inspection, ItemAnswer
from bihuan.capabilities.inspections.states import Nature
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.search import pairs_literal
from bihuan.registers.checklists.results import Outcome


def place(inspection: Inspection, given: Any, actor: Any) -> None:
    """Before it is arranged: which object, in whose unit's name, and whether anybody else may know."""
    try:
        inspection.object = access_object(actor, given.object)
    except Absent as absent:
        says = "没有查到该单位，或不在您的辖区，请重新选择"
        raise Refused.because("inspection.object_unknown", says, "object") from absent
    inspection.region_path = inspection.object.region_path
    inspection.sector_path = inspection.object.sector_path
    scope = leading_scope(actor, inspection.object)
    inspection.agency_id = scope.agency_id if scope is not None else None
    inspection.mode, inspection.nature = given.mode, given.nature
    inspection.secret = modes.is_secret(given.mode)


def arrange(inspection: Inspection, given: Any, context: Any) -> None:
    """安排检查."""
    units = [*inspection.all_units, *given.units]
    inspection.planned_on = given.planned_on
    inspection.content = given.content
    inspection.officers = team.read_officers(given.officers, units, given.planned_on).ids
    inspection.experts = team.read_experts(given.experts, given.planned_on).ids
    inspection.units = [pk for pk in given.units if pk != inspection.agency_id]
    inspection.checklist = given.checklist
    inspection.campaign = given.campaign
    inspection.noticed_on = given.noticed_on
    context.facts |= {"officer_ids": list(inspection.officers), "origin": inspection.origin or None}
    index(inspection)


def index(inspection: Inspection) -> None:
    """The words by which it is found again."""
    inspection.search = pairs_literal(
        inspection.object.name, modes.label(inspection.mode), inspection.content
    )


def planned_deadline(inspection: Inspection, given: Any, context: Any) -> Deadline:
    """The day it was planned for: who arranged it and does not go sees it as late on the own desk; nobody else is told."""
    return Deadline(inspection.planned_on, "安排的检查日期", context.day)


def approve_scheme(inspection: Inspection, given: Any, context: Any) -> None:
    """审批: the scheme is issued from what was arranged."""
    inspection.approved_on = context.day
    if inspection.enforcing:
        context.afterwards.append(partial(documents.scheme, inspection, given, context))


def give_notice(inspection: Inspection, given: Any, context: Any) -> None:
    inspection.noticed_on = given.noticed_on


def change_team(inspection: Inspection, given: Any, context: Any) -> None:
    """Who goes instead; who was to go before stays in the record."""
    on = max(context.day, inspection.planned_on)
    context.facts["former_officers"] = team.names_of(inspection.officers)
    inspection.officers = team.read_officers(given.officers, inspection.all_units, on).ids
    inspection.experts = team.read_experts(given.experts, on).ids
    context.facts["officer_ids"] = list(inspection.officers)


def only_supervise(inspection: Inspection, given: Any, context: Any) -> None:
    """Too few certificates: it goes on as an inspection of which no documents come."""
    inspection.nature = Nature.SUPERVISION.value


def arrive(inspection: Inspection, given: Any, context: Any) -> None:
    """到场: from now on it is no secret, and the lists are those of this day.

    The gate asked about today; where a phone without a network came on a day before, that day is asked about as well.
    """
    if context.day != clock.today():
        Refused.unless(team.objections(inspection, inspection.officers, context.day))
    inspection.secret = False
    inspection.arrived_at = context.happened_at
    inspection.arrived_on = context.day
    inspection.device_at = given.device_at
    inspection.place, inspection.position = given.place, given.position
    inspection.versions = sheets.chosen(inspection, context.day)
    named = [f"{one.checklist.title} {one.label}" for one in sheets.versions_of(inspection)]
    context.facts["checklists"] = named


def use_checklist(inspection: Inspection, given: Any, context: Any) -> None:
    """One more list, in the version of the day of arrival; before it the list is only noted."""
    if inspection.arrived_on is None:
        inspection.checklist = given.checklist
        return
    version = sheets.named(given.checklist, inspection.arrived_on)
    if version.pk in inspection.versions:
        raise Refused.because(
            "inspection.checklist_used", f"已经在用“{version.checklist.title}”", "checklist"
        )
    inspection.versions = [*inspection.versions, version.pk]
    context.facts["version"] = version.label


def tick(inspection: Inspection, given: Any, context: Any) -> None:
    """检查项: the last word counts, every word is in the record. What fails is a thing found."""
    from bihuan.capabilities.inspections import finding

    answer = ItemAnswer.objects.update_or_create(
        inspection=inspection,
        item_id=given.item,
        defaults={
            "outcome": given.outcome, "note": given.note, "place": given.place,
            "photos": [str(one) for one in given.photos], "by": context.actor.name[:60],
            "device_at": given.device_at, "at": clock.now(),
        },
    )[0]  # fmt: skip
    if given.outcome == Outcome.FAIL:
        finding.by_item(inspection, answer, given)
    else:
        finding.drop_item(inspection, given.item, f"改为{Outcome(given.outcome).label}")
    inspection.found_count = finding.standing(inspection).count()


def pass_rest(inspection: Inspection, given: Any, context: Any) -> None:
    """The items nobody has answered yet hold; the record names how many and who said so."""
    answered = sheets.answers_of(inspection)
    rest = [
        item
        for item in sheets.items_of(inspection)
        if item.pk not in answered and given.group in ("", item.group)
    ]
    ItemAnswer.objects.bulk_create(
        [
            ItemAnswer(
                inspection=inspection, item=item, outcome=Outcome.PASS.value, by=context.actor.name[:60], at=clock.now()
            )
            for item in rest
        ]
    )  # fmt: skip
    context.facts["items"] = len(rest)


def cancel(inspection: Inspection, given: Any, context: Any) -> None:
    """取消: it was not made, and is told as such. Nobody needs be kept from knowing any more than before."""
