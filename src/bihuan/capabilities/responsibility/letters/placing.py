"""Between whom a letter is: found in the register before it is drafted, and anew when posts have changed."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.responsibility.letters import parties
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.responsibility.letters.states import LetterLevel
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Post, Role
from bihuan.kernel.territory.models import Agency, AgencyKind, Region, RegionLevel, Standing
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import in_force


def place_unit(letter: Letter, given: Any, actor: Actor) -> None:
    """Before a letter to a unit is drafted: between whom it is."""
    unit = Agency.objects.select_related("region").filter(in_force(clock.today()), pk=given.unit).first()
    if unit is None or unit.kind not in parties.RECEIVING:
        raise Refused.because("letter.unit_unknown", "责任单位应为现有的镇街或部门，请重新选择", "unit")
    town = unit.kind == AgencyKind.TOWN_GOVERNMENT
    letter.year = given.year
    letter.level = (LetterLevel.TOWN if town else LetterLevel.DEPARTMENT).value
    letter.agency = unit
    letter.region_path = unit.region.path
    letter.receiver_key = parties.agency_key(unit.pk)
    letter.receiver_name = unit.name
    _receiver(letter, parties.seat_of(unit.pk))
    government = parties.leadership()
    if government is None:
        raise Refused.because("letter.no_government", "还没有登记区县政府，请先在单位中登记")
    seat = _chosen(given.issuer_post) if given.issuer_post else parties.seat_of(government.pk)
    _issuer(letter, government, seat)


def _chosen(pk: int) -> Post:
    post = Post.objects.filter(pk=pk).select_related("agency").first()
    if post is None or post.role in ADMIN_ROLES | ENTERPRISE_ROLES:
        raise Refused.because("letter.issuer_unknown", "下达方签订人不存在，请重新选择", "issuer_post")
    return post


def _issuer(letter: Letter, agency: Agency, seat: Post | None) -> None:
    letter.issuer = agency
    letter.issuer_key = parties.agency_key(agency.pk)
    letter.issuer_name = agency.name
    letter.issuer_post = seat.pk if seat else None
    letter.issuer_title = parties.title_of(seat)[:120]


def _receiver(letter: Letter, seat: Post | None) -> None:
    letter.receiver_post = seat.pk if seat else None
    letter.receiver_title = parties.title_of(seat)[:120]


def _own_town(actor: Actor, region_path: str) -> Agency | None:
    """The actor's town government whose place holds ``region_path``."""
    held = [
        scope.agency_id for scope in actor.scopes if scope.role == Role.TOWN and scope.agency_id is not None
    ]
    towns = Agency.objects.filter(pk__in=held).select_related("region").order_by("id")
    return next((town for town in towns if region_path.startswith(town.region.path)), None)


def place_enterprise(letter: Letter, given: Any, actor: Actor) -> None:
    """Before a town drafts a letter to an enterprise."""
    enterprise = access_object(actor, given.enterprise)
    if enterprise.standing == Standing.PENDING:
        says = f"{enterprise.name}还没有核实登记，请先在企业台账中确认或合并，再下达责任书"
        raise Refused.because("letter.enterprise_pending", says, "enterprise")
    letter.year = given.year
    letter.level = LetterLevel.ENTERPRISE.value
    letter.object = enterprise
    letter.region_path = enterprise.region_path
    letter.sector_path = enterprise.sector_path
    letter.receiver_key = parties.object_key(enterprise.uid)
    letter.receiver_name = enterprise.name[:100]
    _receiver(letter, parties.seat_in_object(enterprise.uid))
    _by_town(letter, actor, "enterprise")


def place_village(letter: Letter, given: Any, actor: Actor) -> None:
    """Before a town drafts a letter to a village."""
    found = [
        region
        for region in Region.objects.filter(
            level=RegionLevel.VILLAGE, name_key=name_key(given.village), until=None
        )
        if _own_town(actor, region.path)
    ]
    if len(found) != 1:
        raise Refused.because(
            "letter.village_unknown", f"本镇街没有查到村（社区）“{given.village}”，请核对名称", "village"
        )
    village = found[0]
    letter.year = given.year
    letter.level = LetterLevel.VILLAGE.value
    letter.region_path = village.path
    letter.receiver_key = parties.region_key(village.pk)
    letter.receiver_name = village.name
    _receiver(letter, parties.seat_in_region(village.path))
    _by_town(letter, actor, "village")


def _by_town(letter: Letter, actor: Actor, field: str) -> None:
    town = _own_town(actor, letter.region_path)
    if town is None:
        raise Refused.because("letter.not_your_town", "只能对本镇街辖区内的单位下达责任书", field)
    _issuer(letter, town, parties.seat_of(town.pk))


def place_superior(letter: Letter, given: Any, actor: Actor) -> None:
    """Before a letter of the superior is entered: it is the government's own."""
    government = parties.leadership()
    if government is None:
        raise Refused.because("letter.no_government", "还没有登记区县政府，请先在单位中登记")
    letter.year = given.year
    letter.level = LetterLevel.SUPERIOR.value
    letter.agency = government
    letter.region_path = government.region.path
    letter.receiver_key = parties.agency_key(government.pk)
    letter.receiver_name = government.name
    letter.issuer_key = "superior"
    letter.issuer_name = given.issuer_name


def seats_of_today(letter: Letter) -> None:
    """A revision is signed by whoever heads each side now; a leader who was chosen stays while in office."""
    if letter.issuer is not None and not _standing(letter.issuer_post):
        _issuer(letter, letter.issuer, parties.seat_of(letter.issuer_id))
    _receiver(letter, parties.seat_for(letter))


def reseat(letter: Letter, given: Any, context: Any) -> None:
    """重新认定签订人: the heads as the register has them now; who has signed already is not exchanged."""
    if letter.issued_on is None and letter.issuer is not None:
        _issuer(letter, letter.issuer, parties.seat_of(letter.issuer_id))
    _receiver(letter, parties.seat_for(letter))
    context.facts |= {"issuer": letter.issuer_title, "receiver": letter.receiver_title}


def _standing(post: int | None) -> bool:
    return post is not None and post in parties.holder_names([post], clock.today())
