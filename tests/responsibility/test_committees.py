"""Committees: led by the principal leader, with every deputy; specialist ones with a ledger that can be drawn again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.responsibility.committees import compliance, keeping, ledgers, trail
from bihuan.capabilities.responsibility.committees.chairs import chair_of
from bihuan.capabilities.responsibility.committees.models import Committee, LedgerLine, Sampling, Seat
from bihuan.capabilities.responsibility.committees.models.committees import SeatRole, Standing
from bihuan.capabilities.responsibility.duties import spelling
from bihuan.capabilities.responsibility.duties.models import Spell
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers, checking
from bihuan.kernel.people.models import Person, Post, Role, Tenure
from bihuan.kernel.record.verification import verify
from bihuan.kernel.territory.models import Agency, Region
from tests.web.conftest import SignIn
from tests.world import World

pytestmark = pytest.mark.django_db


def post_in(region: Region, agency: Agency, title: str, name: str) -> Post:
    made = Post.objects.create(
        title=title, role=Role.TOWN, agency=agency, region=region, region_path=region.path
    )
    Tenure.objects.create(post=made, person=Person.objects.create(name=name), since=date(2020, 1, 1))
    return made


def town(
    world: World, *, chair_is_mayor: bool = True, deputy_sits: bool = True
) -> tuple[Committee, Post, Post]:
    """The eastern town's committee with its mayor and one deputy."""
    by = world.actor("clerk_east")
    mayor = post_in(world.east, world.east_government, "镇长", "镇长甲")
    deputy = post_in(world.east, world.east_government, "副镇长", "副镇长乙")
    keeping.tell_standing(world.east, mayor, Standing.PRINCIPAL, by)
    keeping.tell_standing(world.east, deputy, Standing.DEPUTY, by)
    committee = keeping.set_up("东湖镇安全生产委员会", world.east, by)
    keeping.seat(committee, SeatRole.CHAIR, by, post=mayor if chair_is_mayor else deputy)
    if deputy_sits and chair_is_mayor:
        keeping.seat(committee, SeatRole.VICE_CHAIR, by, post=deputy)
    return committee, mayor, deputy


def why(world: World, check: str, region: Region) -> str:
    spell = Spell.objects.get(check_name=check, subject=f"place/{region.pk}", until=None)
    return "" if spell.passes else spell.why


def test_a_town_as_it_must_be_is_compliant(world: World) -> None:
    spelling.refresh()
    assert why(world, compliance.ESTABLISHED, world.east) == "还没有成立安委会"
    town(world)
    assert [why(world, check.name, world.east) for check in compliance.CHECKS] == ["", "", ""]
    assert why(world, compliance.CHAIRED, world.west) == "还没有成立安委会"


def test_a_chair_who_is_not_the_principal_leader_is_listed(world: World) -> None:
    town(world, chair_is_mayor=False)
    told = why(world, compliance.CHAIRED, world.east)
    assert told == "主任是东湖镇人民政府 副镇长，不是政府主要负责人东湖镇人民政府 镇长"
    assert why(world, compliance.ACCOMPANIED, world.east) == "东湖镇人民政府 副镇长不是副主任"


def test_a_deputy_who_is_no_vice_chair_is_listed(world: World) -> None:
    committee, _, deputy = town(world, deputy_sits=False)
    assert why(world, compliance.CHAIRED, world.east) == ""
    assert why(world, compliance.ACCOMPANIED, world.east) == "东湖镇人民政府 副镇长不是副主任"
    keeping.seat(committee, SeatRole.VICE_CHAIR, world.actor("clerk_east"), post=deputy)
    assert why(world, compliance.ACCOMPANIED, world.east) == ""


def test_coverage_is_a_ratio_a_check_with_its_records(world: World) -> None:
    spelling.refresh()
    town(world, deputy_sits=False)
    today = clock.today()
    year = Period.parse(str(today.year))
    names = [
        "committees.established_coverage",
        "committees.chaired_coverage",
        "committees.accompanied_coverage",
    ]
    found = answers.values(names, year, today)
    assert [(found[name].numerator, found[name].denominator) for name in names] == [(1, 3), (1, 3), (0, 3)]
    opened = answers.records("committees.chaired_covered", year, today)
    assert [str(one) for one in opened] == ["committee_chair 东湖镇安全生产委员会"]
    assert checking.check().ok


def test_one_chair_and_one_principal_at_a_time(world: World) -> None:
    committee, mayor, deputy = town(world, deputy_sits=False)
    by = world.actor("clerk_east")
    with pytest.raises(Refused) as refused:
        keeping.seat(committee, SeatRole.CHAIR, by, post=deputy)
    assert refused.value.failures[0].code == "committee.chair_taken"
    with pytest.raises(Refused) as refused:
        keeping.tell_standing(world.east, deputy, Standing.PRINCIPAL, by)
    assert refused.value.failures[0].code == "committee.principal_taken"
    with pytest.raises(IntegrityError, match="one_chair_at_a_time"), transaction.atomic():
        Seat.objects.create(
            committee=committee, role="chair", post=deputy, since=clock.today() - timedelta(days=1)
        )
    keeping.unseat(Seat.objects.get(role="chair"), clock.today(), by)
    keeping.seat(committee, SeatRole.CHAIR, by, post=deputy)
    assert (
        chair_of(world.east.path, clock.today()).title == "东湖镇安全生产委员会主任（东湖镇人民政府 副镇长）"
    )
    assert mayor.pk != deputy.pk


def test_the_chair_of_a_place_is_found_for_any_day(world: World) -> None:
    assert chair_of(world.east.path, clock.today()).vacant
    town(world)
    holder = chair_of(f"{world.east.path}99.", clock.today())
    assert (holder.name, holder.vacant) == ("镇长甲", False)
    assert chair_of(world.east.path, clock.today() - timedelta(days=1)).vacant
    assert chair_of(world.west.path, clock.today()).vacant
    leader = world.user("leader").person.tenures.get().post
    office = world.actor("office")
    district = keeping.set_up("薛河区安全生产委员会", world.district, office)
    keeping.seat(district, SeatRole.CHAIR, office, post=leader)
    assert chair_of(world.west.path, clock.today()).post_id == leader.pk


def test_who_keeps_which_committee(world: World) -> None:
    for who in ("clerk_west", "regulator", "leader", "safety", "expert", "auditor"):
        with pytest.raises(Refused) as refused:
            keeping.set_up("东湖镇安全生产委员会", world.east, world.actor(who))
        assert refused.value.failures[0].code == "committee.not_yours", who
    with pytest.raises(Refused):
        keeping.set_up("东湖镇专业委员会", world.east, world.actor("clerk_east"), lead=world.bureau)
    committee, *_ = town(world)
    with pytest.raises(Refused):
        keeping.seat(committee, SeatRole.MEMBER, world.actor("clerk_west"), agency=world.bureau)
    with pytest.raises(Refused) as refused:
        keeping.set_up("又一个", world.east, world.actor("office"))
    assert refused.value.failures[0].code == "committee.already"
    with pytest.raises(Refused) as refused:
        keeping.seat(committee, SeatRole.CHAIR, world.actor("office"), agency=world.bureau)
    assert refused.value.failures[0].code == "committee.unit_is_member"


def specialist(world: World) -> Committee:
    return keeping.set_up(
        "工贸行业安全专业委员会", world.district, world.actor("office"), lead=world.bureau
    )  # fmt: skip


def test_a_specialist_committee_keeps_its_ledger(world: World) -> None:
    committee = specialist(world)
    line = ledgers.open_line(
        committee, "建立粉尘涉爆企业清单", world.east_government, world.actor("regulator"),
        due_on=clock.today() + timedelta(days=30),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        ledgers.report(line, "已摸排", "", world.actor("clerk_west"))
    assert refused.value.failures[0].code == "ledger.not_yours"
    line = ledgers.report(line, "已摸排 12 家", "", world.actor("clerk_east"))
    with pytest.raises(Refused) as refused:
        ledgers.report(line, "已完成", "", world.actor("clerk_east"), done=True)
    assert refused.value.failures[0].code == "ledger.no_evidence"
    ledgers.report(line, "清单已报", "清单（9月3日）", world.actor("clerk_east"), done=True)
    assert LedgerLine.objects.get().closed_on == clock.today()
    with pytest.raises(Refused) as refused:
        ledgers.report(line, "再报", "", world.actor("clerk_east"))
    assert refused.value.failures[0].code == "ledger.closed"
    verbs = [entry.verb for entry in trail.history(str(committee.pk))]
    assert verbs == ["line_closed", "line_reported", "line_opened", "set_up"]
    assert verify().ok


def test_a_drawing_is_made_once_a_round_and_can_be_made_again_by_anybody(world: World) -> None:
    first = specialist(world)
    office = world.actor("office")
    second = keeping.set_up("建筑施工安全专业委员会", world.district, office, lead=world.builders)
    ledgers.open_line(second, "深基坑专项检查", world.builders, office)
    made = ledgers.draw("2026年上半年", office)
    assert ledgers.draw("2026年上半年", office).pk == made.pk
    assert made.among == [first.pk, second.pk]
    assert made.committee_id == made.among[ledgers.drawn(made.seed, 2)]
    assert {ledgers.drawn(f"第{n}轮", 2) for n in range(20)} == {0, 1}
    with pytest.raises(Refused) as refused:
        ledgers.draw("2026年下半年", world.actor("regulator"))
    assert refused.value.failures[0].code == "ledger.office_draws"
    ledgers.score(made, 85, "事项齐全，佐证不足", office)
    with pytest.raises(Refused) as refused:
        ledgers.score(Sampling.objects.get(), 90, "改", office)
    assert refused.value.failures[0].code == "ledger.scored"


def test_the_pages_stand_and_cost_the_same_for_many(world: World, sign_in: SignIn) -> None:
    committee, *_ = town(world, deputy_sits=False)
    office = sign_in("office")
    page = office.get("/responsibility/committees/").content.decode()
    assert "副镇长不是副主任" in page
    with CaptureQueriesContext(connection) as few:
        office.get("/responsibility/committees/")
    keeping.set_up("西岭街道安全生产委员会", world.west, world.actor("office"))
    with CaptureQueriesContext(connection) as many:
        office.get("/responsibility/committees/")
    assert len(many) <= len(few) + 1
    where = f"/responsibility/committees/{committee.pk}/"
    assert "镇长甲" in office.get(where).content.decode()
    clerk = sign_in("clerk_east")
    told = {"role": "member", "agency": world.bureau.pk, "since": clock.today().isoformat()}
    assert clerk.post(f"{where}seats/new/", told).status_code == 302
    assert sign_in("clerk_west").post(f"{where}seats/new/", told).status_code == 422
    assert sign_in("safety").get(where).status_code == 403
    assert office.get("/responsibility/committees/samplings/").status_code == 200
