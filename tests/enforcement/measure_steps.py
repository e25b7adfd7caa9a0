"""Measures left in each state, every one through the engine by a person who may."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from bihuan.capabilities.enforcement.measures import closure_inputs, cutoff_inputs, inputs, seizure_inputs
from bihuan.capabilities.enforcement.measures.models import Measure, Supplier, SupplyFailure
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Person, Post, Role, Tenure, User
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import find_sector
from tests.hazards.steps import acceptance as accepted
from tests.hazards.steps import photo, rectification, rectifying
from tests.registers.instrument_steps import profile
from tests.world import SINCE, World

CRITERION = "GM-03-01"
OFFICERS = "沈立文（鲁D0001）、韩青（鲁D0002）"
MORNING = datetime(2026, 3, 10, 10, 0, tzinfo=clock.SHANGHAI)
"""A Tuesday in office hours."""
GOODS = "皮带输送机｜DTII-650｜1｜台｜缺少防护罩｜二车间\n配电箱｜XL-21｜2｜个｜破损｜二车间东侧"


def ready(world: World, agency: Agency | None = None) -> None:
    """The organ's papers can be issued."""
    profile(agency or world.bureau)


def fresh(measure: Measure) -> Measure:
    return Measure.objects.select_related("object", "agency", "supplier").get(pk=measure.pk)


def opened(world: World, opening: str, given: Any, by: str) -> Measure:
    return Measure.objects.get(uid=engine.open_matter("measure", opening, given, actor=world.actor(by)).uid)


def taken(world: World, measure: Measure, deed: str, given: Any, by: str) -> Measure:
    engine.perform("measure", deed, measure.no, given, actor=world.actor(by), version=fresh(measure).version)
    return fresh(measure)


def picture(world: World, measure: Measure, by: str, kind: str = "photos") -> UUID:
    return photo(measure.uid, world.actor(by), kind)


def stop(world: World, **changes: Any) -> inputs.Ordering:
    values: dict[str, Any] = {
        "object": world.factory.uid, "kind": "stop_production", "ground": "major_hazard",
        "reason": "粉尘未清理，除尘系统停用，排除过程中无法保证安全", "scope": "二车间全部工段",
        "inspected_on": clock.today(), "ordered_on": clock.today(), "demands": "除尘系统恢复，经复查合格",
        "until": clock.today() + timedelta(days=15), "officers": OFFICERS,
    }  # fmt: skip
    return inputs.Ordering(**{**values, **changes})


def ordered(world: World, by: str = "officer", **changes: Any) -> Measure:
    return opened(world, "order", stop(world, **changes), by)


def applied(world: World, measure: Measure | None = None, by: str = "safety") -> Measure:
    measure = measure or ordered(world)
    given = inputs.Application(
        done="除尘系统已修复",
        applied_on=clock.today(),
        after_photos=(picture(world, measure, by, "after_photos"),),
    )
    return taken(world, measure, "apply_lifting", given, by)


def acceptance(**changes: Any) -> inputs.Acceptance:
    return inputs.Acceptance(**{"accepted_on": clock.today(), "opinion": "逐项核查，均已达到", **changes})


def lifted(world: World, measure: Measure | None = None, by: str = "regulator") -> Measure:
    return taken(world, measure or applied(world), "accept", acceptance(), by)


def seizure(world: World, **changes: Any) -> seizure_inputs.SeizureProposal:
    values: dict[str, Any] = {
        "object": world.factory.uid, "kind": "seizing", "ground": "substandard", "reason": "设备不符合国家标准",
        "scope": "皮带输送机等设备", "officers": OFFICERS,
    }  # fmt: skip
    return seizure_inputs.SeizureProposal(**{**values, **changes})


def proposed_seizure(world: World, by: str = "officer", **changes: Any) -> Measure:
    return opened(world, "propose_seizure", seizure(world, **changes), by)


def approved(world: World, measure: Measure, by: str = "regulator", document_no: str = "") -> Measure:
    return taken(world, measure, "approve", inputs.Approval(document_no=document_no), by)


def seizing(at: datetime | None = None, **changes: Any) -> seizure_inputs.Seizing:
    values: dict[str, Any] = {"carried_out_at": at or clock.now(), "inventory": GOODS, "present": "钱厂长"}
    return seizure_inputs.Seizing(**{**values, **changes})


def seized(world: World, by: str = "officer") -> Measure:
    return taken(world, approved(world, proposed_seizure(world)), "seize", seizing(), by)


def urgent(world: World, by: str = "officer", **changes: Any) -> Measure:
    values: dict[str, Any] = {
        "object": world.factory.uid, "kind": "sealing", "ground": "substandard", "reason": "储罐泄漏", "scope": "储罐区",
        "officers": OFFICERS, "urgent": "正在泄漏", "carried_out_at": clock.now(), "inventory": GOODS, "present": "钱厂长",
    }  # fmt: skip
    return opened(world, "seize_urgently", seizure_inputs.UrgentSeizure(**{**values, **changes}), by)


def proposed_closure(world: World, by: str = "officer", **changes: Any) -> Measure:
    values: dict[str, Any] = {
        "object": world.factory.uid, "kind": "closure", "ground": "still_unfit", "reason": "停产整顿后仍不具备条件",
    }  # fmt: skip
    return opened(world, "propose_closure", closure_inputs.ClosureProposal(**{**values, **changes}), by)


def closed(world: World, measure: Measure | None = None, by: str = "officer") -> Measure:
    measure = measure or approved(
        world, proposed_closure(world), by="leader", document_no="薛政字〔2026〕3号"
    )
    given = closure_inputs.Closing(
        closed_at=clock.now(), measures="断电断水，拆除设备", photos=(picture(world, measure, by),)
    )
    return taken(world, measure, "close", given, by)


def verified(world: World, measure: Measure | None = None, by: str = "clerk_east") -> Measure:
    measure = measure or closed(world)
    given = closure_inputs.Verification(
        verified_on=clock.today(), finding="设备已拆除", photos=(picture(world, measure, by),)
    )
    return taken(world, measure, "verify", given, by)


def supplier(world: World, supply: str = "power", *, account: bool = False) -> Supplier:
    """A power company; with ``account`` somebody there signs in as ``supplier``."""
    company = draft_object(f"薛河供{supply}公司", world.district, sector=find_sector("工贸"))
    company.save()
    if account:
        person = Person.objects.create(name="电某")
        user = User.objects.create(
            username="supplier", person=person, must_change_password=False, password="!"
        )
        post = Post.objects.create(title="调度员", role=Role.SAFETY, object=company.uid)
        Tenure.objects.create(post=post, person=person, since=SINCE)
        world.users["supplier"] = user
    return Supplier.objects.create(
        supply=supply, name=company.name, object=company, answerable=world.builders, contact="电某", phone="0632-1",
        since=date(2020, 1, 1),
    )  # fmt: skip


def major_hazard(world: World) -> Hazard:
    """An open major hazard of the factory."""
    return rectifying(world, grade="major", criterion=CRITERION)


def close_hazard(world: World, found: Hazard) -> None:
    """Rectified by the enterprise and accepted by the regulator."""
    given = rectification(world, found, "safety")
    engine.perform("hazard", "submit_rectification", found.no, given, actor=world.actor("safety"))
    engine.perform("hazard", "accept", found.no, accepted(), actor=world.actor("regulator"))


def cutoff(
    world: World, stop_order: Measure, found: Hazard, one: Supplier, **changes: Any
) -> cutoff_inputs.CutoffProposal:
    values: dict[str, Any] = {
        "object": world.factory.uid, "kind": "cut_power", "supplier": one.pk, "hazard": found.no, "stop": stop_order.no,
        "disobeyed": "3月9日夜间仍开机生产", "danger": "除尘停用，粉尘积聚，随时可能爆炸", "safety": "保留消防和应急照明电源",
        "scope": "10千伏专线",
    }  # fmt: skip
    return cutoff_inputs.CutoffProposal(**{**values, **changes})


def proposed_cutoff(
    world: World, *, account: bool = False, kind: str = "cut_power", **changes: Any
) -> Measure:
    one = supplier(world, "power" if kind == "cut_power" else "explosives", account=account)
    given = cutoff(world, ordered(world), major_hazard(world), one, kind=kind, **changes)
    return opened(world, "propose_cutoff", given, "officer")


def notice(after: timedelta = timedelta(hours=24), **changes: Any) -> cutoff_inputs.PartyNotice:
    values: dict[str, Any] = {
        "notified_at": clock.now(),
        "received_by": "钱厂长",
        "starts_at": clock.now() + after,
    }
    return cutoff_inputs.PartyNotice(**{**values, **changes})


def notified(world: World, measure: Measure | None = None, **changes: Any) -> Measure:
    measure = measure or approved(world, proposed_cutoff(world))
    return taken(world, measure, "notify_party", notice(**changes), "officer")


def sent(world: World, measure: Measure | None = None) -> Measure:
    given = cutoff_inputs.Decision(sent_at=clock.now(), assistance="按时停电", contact="沈立文 0632-1234567")
    return taken(world, measure or notified(world), "send_decision", given, "officer")


def replied(world: World, measure: Measure, by: str = "officer", **changes: Any) -> Measure:
    values: dict[str, Any] = {
        "agreed": "yes", "handlers": "电某（调度员）", "words": "届时停电", "replied_at": clock.now(),
        "evidence": (picture(world, measure, by, "evidence"),),
    }  # fmt: skip
    return taken(world, measure, "acknowledge", cutoff_inputs.Reply(**{**values, **changes}), by)


def cut(world: World, measure: Measure | None = None) -> Measure:
    """Cut off twenty-four hours after the notice; the clock stands there while it is told."""
    measure = measure or sent(world)
    assert measure.starts_at is not None
    with clock.frozen(measure.starts_at):
        return taken(
            world,
            measure,
            "cut_off",
            cutoff_inputs.CuttingOff(stopped_at=measure.starts_at, result="已停电"),
            "officer",
        )


def supply_found(
    world: World, measure: Measure, at: datetime, by: str = "clerk_east", **changes: Any
) -> cutoff_inputs.SupplyFound:
    values: dict[str, Any] = {
        "supplied_at": at, "seen": "专线有负荷，电表走字", "photos": (picture(world, measure, by),),
    }  # fmt: skip
    return cutoff_inputs.SupplyFound(**{**values, **changes})


def failed(world: World, measure: Measure, answerable: Agency) -> SupplyFailure:
    """A failure raised for a measure, on the unit that answers for its supplier."""
    one = supplier(world) if not Supplier.objects.exists() else Supplier.objects.get()
    Supplier.objects.filter(pk=one.pk).update(answerable=answerable)
    Measure.objects.filter(pk=measure.pk).update(supplier=one)
    said = closure_inputs.FailureFound(
        measure=measure.no, supplied_at=clock.now(), seen="仍在供电", handlers="电某"
    )
    made = engine.open_matter("supply_failure", "raise", said, actor=Actor.system("test"))
    Measure.objects.filter(pk=measure.pk).update(supplier=None)
    return SupplyFailure.objects.get(uid=made.uid)
