"""Supervision gaps: what nobody answers for shows, by cause and town; it is followed until somebody does, and not closed before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.responsibility.gaps import inputs
from bihuan.capabilities.responsibility.gaps.access import visible_gaps
from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.gaps.concerned import concerned
from bihuan.capabilities.responsibility.gaps.detecting import detect
from bihuan.capabilities.responsibility.gaps.models import Gap
from bihuan.capabilities.responsibility.gaps.subjects import COMPARISON, remaining
from bihuan.capabilities.responsibility.gaps.survey import survey
from bihuan.capabilities.responsibility.naming import keeping, relations
from bihuan.capabilities.responsibility.naming.keeping import Given
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers
from bihuan.kernel.loops import engine
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.models import Post, Role, Tenure
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.responsibility.chain import Level, chains
from bihuan.kernel.territory.models import Region, RegionLevel, Regulation, Sector
from bihuan.kernel.territory.trees import plant
from bihuan.registers.models import DatedDetail
from tests.responsibility.test_naming import leader
from tests.web.conftest import SignIn
from tests.world import World


def today() -> date:
    return clock.today()


def mine(
    world: World, name: str, region: Region | None = None, sector: Sector | None = None
) -> SupervisedObject:
    one = draft_object(name, region or world.east, sector=sector)
    one.save()
    return one


@pytest.fixture
def mine_sector(world: World) -> Sector:
    """A sector nobody leads."""
    return Sector.objects.exclude(pk__in=Regulation.objects.values("sector")).filter(parent=None).first()  # type: ignore[return-value]


def counts(world: World, who: str = "office") -> dict[str, int]:
    found = survey(today(), world.actor(who))
    return {cause.value: found.count(cause) for cause in Cause if found.count(cause)}


def test_every_object_answers_or_stands_in_the_list(world: World, mine_sector: Sector) -> None:
    assert counts(world) == {"no_principal": 1}
    mine(world, "无主工厂", sector=mine_sector)
    mine(world, "区属单位", region=world.district, sector=world.factory.sector)
    found = counts(world)
    assert found == {"no_lead": 1, "no_principal": 3, "no_territory": 1}
    objects = list(SupervisedObject.objects.all())
    named = chains(objects, today())
    listed = survey(today(), COMPARISON)
    for cause, level in (
        (Cause.NO_TERRITORY, Level.TERRITORIAL), (Cause.NO_PRINCIPAL, Level.ENTERPRISE), (Cause.NO_LEAD, Level.SECTOR),
    ):  # fmt: skip
        vacant = {uid for uid, rungs in named.items() for one in rungs if one.level is level and one.vacant}
        shown = set(concerned(listed, cause, COMPARISON).values_list("pk", flat=True))
        assert shown == vacant, cause


def test_every_vacancy_has_its_cause(world: World) -> None:
    roles = {
        Role.TOWN: "no_territory",
        Role.REGULATOR: "lead_vacant",
        Role.OFFICE: "no_office",
        Role.LEADER: "no_leader",
    }
    for role, cause in roles.items():
        held = Tenure.objects.filter(post__role__in=[role, Role.OFFICER if role == Role.REGULATOR else role])
        before = list(held)
        held.update(until=today())
        found = survey(today(), COMPARISON)
        assert found.count(Cause(cause)) == 2, role
        for tenure in before:
            Tenure.objects.filter(pk=tenure.pk).update(until=None)
    assert counts(world) == {"no_principal": 1}


def test_a_head_the_register_knows_is_a_head(world: World) -> None:
    assert counts(world)["no_principal"] == 1
    DatedDetail.objects.create(
        object=world.site, kind="principal", name="孙项目", since=today() - timedelta(days=3), at=clock.now()
    )
    assert counts(world) == {}
    assert survey(today() - timedelta(days=4), COMPARISON).count(Cause.NO_PRINCIPAL) == 1
    (rung, *_) = chains([world.site], today())[world.site.uid]
    assert (rung.name, rung.vacant, rung.post_id) == ("孙项目", False, None)
    building = draft_object("纺织厂仓库", world.east, kind=ObjectKind.BUILDING, sector=world.factory.sector)
    building.responsible = world.factory
    building.save()
    assert counts(world) == {}
    (rung, *_) = chains([building], today())[building.uid]
    assert "责任企业" in rung.rule


def test_conflicts_are_told(world: World) -> None:
    office, sector = world.actor("office"), world.factory.sector
    assert sector is not None
    relations.assign(sector, world.builders, today(), office, lead=True)
    assert counts(world)["two_leads"] == 1
    keeping.name(
        Given(kind="claim", since=today(), object=world.factory.uid, unit=world.west_government.pk), office
    )
    assert "two_claims" not in counts(world)
    keeping.name(
        Given(kind="claim", since=today(), object=world.factory.uid, unit=world.east_government.pk), office
    )
    assert counts(world)["two_claims"] == 1
    for name in ("甲", "乙"):
        post = leader(world, f"副区长{name}", name)
        Post.objects.filter(pk=post.pk).update(sector_paths=[sector.path])
    assert counts(world)["two_leaders"] == 1
    keeping.name(Given(kind="sector", since=today(), post=post.pk, sector=sector.pk), office)
    assert "two_leaders" not in counts(world)


def test_a_pairing_spares_its_object(world: World) -> None:
    one = leader(world, "副区长甲", "甲")
    Post.objects.filter(pk=one.pk).update(region_path="9999.")
    Tenure.objects.filter(post__role=Role.LEADER).exclude(post=one).update(until=today())
    assert counts(world)["no_leader"] == 2
    given = Given(kind="pairing", since=today(), post=one.pk, object=world.factory.uid, frequency="month")
    keeping.name(given, world.actor("office"))
    found = survey(today(), COMPARISON)
    assert found.count(Cause.NO_LEADER) == 1
    assert [one.pk for one in concerned(found, Cause.NO_LEADER, COMPARISON)] == [world.site.uid]


def test_where_zones_exist_everything_lies_in_one(world: World) -> None:
    village = plant(Region, world.east, "柳庄村", level=RegionLevel.VILLAGE)
    cadre = world.actor("clerk_east").scopes[0].post_id
    keeping.name(
        Given(kind="zone", since=today(), post=cadre, region=village.pk, words="东片"),
        world.actor("clerk_east"),
    )
    assert counts(world)["no_zone"] == 1
    found = survey(today(), COMPARISON)
    assert [one.pk for one in concerned(found, Cause.NO_ZONE, COMPARISON)] == [world.factory.uid]


def test_a_reader_sees_the_own_part(world: World) -> None:
    assert counts(world, "clerk_east") == {}
    assert counts(world, "clerk_west") == {"no_principal": 1}


def test_the_number_of_statements_does_not_grow(world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            survey(today(), COMPARISON)
        return len(seen)

    before = asked()
    for number in range(20):
        village = plant(Region, world.east, f"第{number}村", level=RegionLevel.VILLAGE)
        mine(world, f"第{number}厂", village, world.factory.sector)
    assert asked() == before <= 20


def detected(world: World, sector: Sector) -> Gap:
    mine(world, "无主工厂", sector=sector)
    detect()
    return Gap.objects.get(cause="no_lead")


def do(gap: Gap, deed: str, given: Any, world: World, who: str) -> Gap:
    gap.refresh_from_db()
    engine.perform("gap", deed, gap.no, given, actor=world.actor(who), version=gap.version)
    return Gap.objects.get(pk=gap.pk)


def test_the_comparison_opens_each_once(world: World, mine_sector: Sector) -> None:
    gap = detected(world, mine_sector)
    assert (gap.detected, gap.concerned, gap.agency, gap.state) == (True, 1, world.office, "found")
    assert gap.deadline is not None
    assert entries_of(gap.uid)[0].actor_name == "系统（盲区比对）"
    assert detect() == 0
    assert {one.cause for one in Gap.objects.all()} == {"no_lead", "no_principal"}


def test_it_closes_only_when_somebody_answers_and_by_another_hand(world: World, mine_sector: Sector) -> None:
    gap = detected(world, mine_sector)
    due = today() + timedelta(days=10)
    gap = do(gap, "assign", inputs.Assigning(lead=world.bureau.pk, due_on=due), world, "office")
    assert (gap.agency, gap.deadline) == (world.bureau, due)
    how = inputs.Settling(how="区安委会明确由应急管理局牵头")
    with pytest.raises(Refused) as refusal:
        do(gap, "settle", how, world, "regulator")
    (failure,) = refusal.value.failures
    assert failure.code == "gap.still_stands"
    assert failure.message.startswith(f"{mine_sector.name}仍有 1 家监管对象没有行业主管部门")
    relations.assign(mine_sector, world.bureau, today(), world.actor("office"), lead=True)
    assert remaining(Cause.NO_LEAD, mine_sector.path) == 0
    gap = do(gap, "settle", how, world, "office")
    assert f"{mine_sector.name} → 区应急管理局（牵头）" in gap.settled_by
    with pytest.raises(Refused, match="不能是报告解决的同一人"):
        do(gap, "accept", inputs.Accepting(), world, "office")
    gap = do(gap, "accept", inputs.Accepting(), world, "office_two")
    assert (gap.state, gap.closed_on, gap.closed_by) == ("closed", today(), world.actor("office_two").name)
    period = Period.parse(str(today().year))
    assert answers.value("gaps.closed", period, today()).amount == 1
    assert answers.value("gaps.open", period, today()).amount == 2


def test_what_comes_again_is_a_new_matter(world: World, mine_sector: Sector) -> None:
    gap = detected(world, mine_sector)
    row = relations.assign(mine_sector, world.bureau, today(), world.actor("office"), lead=True)
    do(gap, "void", inputs.Reason(reason="已确定牵头部门"), world, "office")
    assert detect() == 0
    relations.end(row.pk, today(), "职责划转", world.actor("office"))
    assert detect() == 1
    assert Gap.objects.filter(cause="no_lead").count() == 2


def test_anybody_who_supervises_raises_one_by_hand(world: World, mine_sector: Sector) -> None:
    given = inputs.Raised(cause="no_lead", about=mine_sector.name, description="问了三家都说不归自己")
    with pytest.raises(Refused) as refusal:
        engine.open_matter("gap", "raise", given, actor=world.actor("clerk_east"))
    assert refusal.value.failures[0].code == "gap.not_there"
    mine(world, "无主工厂", sector=mine_sector)
    engine.open_matter("gap", "raise", given, actor=world.actor("clerk_east"))
    with pytest.raises(Refused) as again:
        engine.open_matter("gap", "raise", given, actor=world.actor("regulator"))
    assert again.value.failures[0].code == "gap.open_already"
    said = inputs.Raised(cause="said", object=world.factory.uid, description="厂房跨两个镇，两家都说不归自己")
    engine.open_matter("gap", "raise", said, actor=world.actor("clerk_east"))
    gap = Gap.objects.get(cause="said")
    assert (gap.object, gap.region_path) == (world.factory, world.factory.region_path)
    assert gap in visible_gaps(world.actor("clerk_east"))
    for who in ("clerk_west", "principal", "expert", "auditor"):
        assert gap not in visible_gaps(world.actor(who)), who
    with pytest.raises(Refused):
        engine.open_matter("gap", "raise", said, actor=world.actor("principal"))


def test_the_pages_show_the_matters_and_the_objects_behind_a_count(
    world: World, mine_sector: Sector, sign_in: SignIn
) -> None:
    gap, client = detected(world, mine_sector), sign_in("office")
    assert gap.no in client.get("/gaps/").content.decode()
    assert gap.no in client.get(f"/gaps/?cause=no_lead&subject={gap.subject}").content.decode()
    assert "怎样解决" in client.get(f"/gaps/{gap.no}/").content.decode()
    overview = client.get("/responsibility/gaps/").content.decode()
    assert "没有行业主管部门" in overview
    behind = client.get(
        f"/responsibility/gaps/no_lead/?subject={gap.subject}&town={world.east.path}"
    ).content.decode()
    assert "无主工厂" in behind
    assert "无主工厂" not in client.get("/responsibility/gaps/no_lead/?town=-").content.decode()
    assert client.get("/responsibility/gaps/nothing/").status_code == 404
    said = inputs.Raised(cause="said", object=world.factory.uid, description="两家都说不归自己")
    engine.open_matter("gap", "raise", said, actor=world.actor("office"))
    mine_ = Gap.objects.get(cause="said")
    assert mine_.no in client.get(f"/gaps/?object={world.factory.uid}").content.decode()
    assert gap.no not in client.get(f"/gaps/?object={world.factory.uid}").content.decode()


def test_what_is_asked_about_by_address_passes_the_readers_own_door(world: World, sign_in: SignIn) -> None:
    address = "/responsibility/gaps/two_claims/?subject="
    assert world.factory.name in sign_in("clerk_east").get(f"{address}{world.factory.uid}").content.decode()
    assert sign_in("clerk_west").get(f"{address}{world.factory.uid}").status_code == 404
    assert sign_in("office").get(f"{address}nothing").status_code == 404
    assert sign_in("office").get("/responsibility/gaps/lead_vacant/?subject=²").status_code == 200
