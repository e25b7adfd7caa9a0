"""What a tip-off becomes, what is told to it, and what a reward asks of the matters it became."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q

from bihuan.capabilities.accidents.models import Accident
from bihuan.capabilities.accidents.states import Offence
from bihuan.capabilities.enforcement.crackdown import catalogue
from bihuan.capabilities.enforcement.crackdown.inputs import SiteFound
from bihuan.capabilities.enforcement.crackdown.leads import open_lead
from bihuan.capabilities.enforcement.crackdown.states import PlaceType
from bihuan.capabilities.enforcement.crackdown.states import Source as SiteSource
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.hazards.inputs import Finding
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import Source
from bihuan.capabilities.tipoffs import hooks
from bihuan.capabilities.tipoffs.hooks import Known
from bihuan.capabilities.tipoffs.inputs import Became
from bihuan.capabilities.tipoffs.models import Item
from bihuan.capabilities.tipoffs.states import Link
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.inputs import build
from bihuan.kernel.loops.registry import after
from bihuan.kernel.people.actors import Actor


def connect() -> None:
    """A tip-off becomes a hazard or an illegal-site lead with a link both ways; what becomes of them comes back (M245)."""
    sites = {"code": catalogue.choices(catalogue.SITES), "place_type": PlaceType.choices()}
    hooks.becomes(Link.HAZARD, hazard_of_tipoff)
    hooks.becomes(Link.LEAD, lead_of_tipoff, lambda: sites)
    for kind, knowing in (
        (Link.HAZARD, known_hazard), (Link.CASE, known_case), (Link.ACCIDENT, known_accident),
    ):  # fmt: skip
        hooks.knows(kind, knowing)
    told = (
        ("hazard", "accept", Link.HAZARD, "已验收销号", True), ("hazard", "reopen", Link.HAZARD, "重新整改", False),
        ("hazard", "refer", Link.HAZARD, "已移送", True), ("hazard", "void", Link.HAZARD, "已作废", True),
        ("hazard", "merge", Link.HAZARD, "已并入另一条隐患", True),
        ("crackdown", "approve_ban", Link.LEAD, "已批准取缔", False), ("crackdown", "conclude", Link.LEAD, "已取缔并巩固", True),
        ("crackdown", "settle", Link.LEAD, "已查处办结", True), ("crackdown", "reemerge", Link.LEAD, "死灰复燃，重新打击", False),
        ("case", "file", Link.CASE, "已提请立案", False), ("case", "refuse_opening", Link.CASE, "不予立案", True),
        ("case", "decide", Link.CASE, "已作出处罚决定", False), ("case", "conclude", Link.CASE, "已结案", True),
    )  # fmt: skip
    for loop, verb, kind, says, done in told:
        after(loop, verb, partial(tipoff_told, kind.value, says, done))


def hazard_of_tipoff(item: Any, given: Any, actor: Actor) -> str:
    """What was verified is reported as a hazard that carries the item's number; nothing of the reporter goes along."""
    found = Finding(
        object=given.subject, place=given.place, description=given.description, source=Source.TIP_OFF.value,
        grade=given.grade, criterion=given.criterion, found_on=given.found_on,
    )  # fmt: skip
    return engine.open_matter("hazard", "report", found, actor=actor, origin=item.no).no


def lead_of_tipoff(item: Any, given: Any, actor: Actor) -> str:
    """What was verified as an illegal site is an item of the crackdown that carries the tip-off's number."""
    said = {
        "code": given.code, "place_type": given.place_type, "place": given.place, "address": given.address,
        "description": given.description, "found_on": given.found_on, "source": SiteSource.TIP_OFF.value, "party": given.party,
    }  # fmt: skip
    return open_lead(item.no, build(SiteFound, said), actor)


def tipoff_told(kind: str, says: str, done: bool, matter: Any, given: Any, context: Any) -> None:
    """What became of a matter is told to the tip-offs it came out of, directly or by way of another they became."""
    origin = matter.origin or "-"
    about = Q(no=origin) | Q(links__contains=[{"no": matter.no}])
    if kind == "case":
        about |= Q(links__contains=[{"no": origin}])
    for no in Item.objects.filter(about).order_by("uid").values_list("no", flat=True):
        told = Became(kind=kind, no=matter.no, says=says, done=done)
        engine.perform("tipoff", "note_outcome", no, told, actor=Actor.system("关联事项"))


def known_hazard(no: str) -> Known | None:
    """A hazard as a reward looks at it: its grade, and the fine of a case that came out of it."""
    hazard = Hazard.objects.filter(no=no, voided=False).first()
    if hazard is None:
        return None
    decided = Case.objects.filter(origin=no, voided=False, outcome="penalty", fine_fen__gt=0)
    fine = decided.order_by("uid").values_list("fine_fen", flat=True)
    return Known(no, hazard.description[:60], fine_fen=fine.first(), grade=hazard.grade)


def known_case(no: str) -> Known | None:
    """A case as a reward looks at it: the fine, once it was decided and as long as it stands."""
    case = Case.objects.filter(no=no, voided=False).first()
    if case is None:
        return None
    fined = case.fine_fen if case.outcome == "penalty" and case.fine_fen else None
    return Known(no, case.cause, fine_fen=fined, decided_on=case.decided_on)


def known_accident(no: str) -> Known | None:
    """An accident as a reward looks at it: its grade and its deaths where concealment or a false report was found."""
    accident = Accident.objects.filter(no=no, dismissed=False).first()
    if accident is None:
        return None
    hidden = (Offence.CONCEALED.value, Offence.FALSE.value)
    found = any(one["stands"] and one["kind"] in hidden for one in accident.offences)
    return Known(
        no, accident.summary[:60], grade=accident.grade, deaths=accident.counted_deaths if found else None
    )
