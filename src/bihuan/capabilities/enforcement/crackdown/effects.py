"""What each deed means for an item's own columns, and which re-check it sets going."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.enforcement.crackdown import terms
from bihuan.capabilities.enforcement.crackdown.catalogue import CODES, full_label
from bihuan.kernel.search import pairs_literal
from bihuan.kernel.territory.models import Agency

RECHECK = "recheck"
POLICE = "police_answer"
_SAID = ("code", "place_type", "source", "address", "description", "party", "plate", "transport_kind", "rule",
         "target", "campaign", "found_on")  # fmt: skip


def report(item: Any, given: Any, context: Any) -> None:
    """发现: the line begins."""
    for name in _SAID:
        if hasattr(given, name):
            setattr(item, name, getattr(given, name))
    item.kind = CODES[item.code].kind.value
    if item.object is not None and not item.address:
        item.address = item.object.name[:200]
    if getattr(given, "detained", None):
        item.detained_vehicles, item.struck_on = 1, given.found_on
    item.finder, item.finder_name = context.actor.person_id, context.actor.name[:60]
    context.facts |= {"lead": item.agency.name, "where": item.place.name, "origin": item.origin or None}
    index(item)


def index(item: Any) -> None:
    """The words by which it is found again."""
    item.search = pairs_literal(
        f"{item.address} {item.party} {item.plate}", full_label(item.code), item.description
    )


def strike(item: Any, given: Any, context: Any) -> None:
    """打击."""
    item.struck_on = item.struck_on or given.struck_on
    item.measures = given.measures
    item.rule = given.rule or item.rule
    item.detained_persons += given.detained_persons
    item.detained_vehicles += given.detained_vehicles
    if given.together:
        context.facts["together"] = list(
            Agency.objects.filter(pk__in=given.together).order_by("id").values_list("name", flat=True)
        )


def request_ban(item: Any, given: Any, context: Any) -> None:
    """申请取缔."""
    item.how_banned = given.how


def approve_ban(item: Any, given: Any, context: Any) -> None:
    """取缔: from now on it is looked at again and again, by itself."""
    item.banned_on = item.banned_on or given.banned_on
    item.quiet = 0
    item.rechecked_on = None
    context.owe(item, RECHECK, terms.next_recheck(item, given.banned_on))


def recheck(item: Any, given: Any, context: Any) -> None:
    """回查未反弹: the next one opens by itself until there were enough."""
    item.quiet += 1
    item.rechecked_on = given.checked_on
    context.facts["quiet"] = item.quiet
    if item.quiet < terms.wanted_rechecks(item):
        context.owe(item, RECHECK, terms.next_recheck(item, given.checked_on))
    else:
        context.settled(item, RECHECK)


def reemerge(item: Any, given: Any, context: Any) -> None:
    """死灰复燃: the same line again; what was done before stays in the record."""
    item.reemergences += 1
    item.reemerged_on = item.reemerged_on or given.found_on
    item.quiet = 0
    item.consolidated_on = None
    item.description = given.description
    context.facts["time"] = item.reemergences
    index(item)


def conclude(item: Any, given: Any, context: Any) -> None:
    """巩固."""
    item.consolidated_on = context.day


def settle(item: Any, given: Any, context: Any) -> None:
    """查处办结."""
    item.settled_on = given.settled_on
    item.way = given.way
    item.struck_on = item.struck_on or given.settled_on
    item.detained_persons += given.detained_persons
    item.detained_vehicles += given.detained_vehicles


def dismiss(item: Any, given: Any, context: Any) -> None:
    """不属实: counted nowhere, forgotten nowhere."""
    item.dismissed = True


def pass_to_police(item: Any, given: Any, context: Any) -> None:
    """移交公安: a lead that waits for receipt and answer."""
    item.police_on, item.police_act = given.passed_on, given.act
    item.police_receipt = item.police_feedback = ""
    item.police_received_on = item.police_feedback_on = None
    context.owe(item, POLICE, terms.police_answer(item, given.passed_on))


def receive_by_police(item: Any, given: Any, context: Any) -> None:
    item.police_received_on, item.police_receipt = given.received_on, given.receipt


def answer_by_police(item: Any, given: Any, context: Any) -> None:
    item.police_feedback_on, item.police_feedback = given.feedback_on, given.feedback
    context.settled(item, POLICE)


def link_case(item: Any, given: Any, context: Any) -> None:
    """The case that punishes it."""
    item.case_no = given.case_no
