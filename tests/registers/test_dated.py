"""What an enterprise holds for a time: told by who keeps the register, readable as of any day, shown when it lapses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.registers import trail
from bihuan.registers.enterprises import dated
from bihuan.registers.enterprises.amending import amend_enterprise, stated
from bihuan.registers.enterprises.dated import Told, end, tell
from bihuan.registers.enterprises.details import LABELS, EnterpriseDetails
from bihuan.registers.enterprises.registration import EnterpriseRow, import_enterprises
from bihuan.registers.models import DatedDetail
from tests.registers.test_enterprises import FOUNDRY
from tests.world import World, build_world

PERMIT = Told(
    "permit",
    "安全生产许可证",
    "省应急管理厅",
    "（鲁）WH安许证字〔2021〕040012号",
    since="2021-03-01",
    until="2024-02-29",
)
CHEMICAL = replace(
    FOUNDRY, region="东湖镇", processes="粉尘涉爆、有限空间", permit_name="安全生产许可证", permit_no="A-1",
    permit_until="2027-03-01", insurer="人保财险", policy_no="P-9", insured_until="2026年12月",
)  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def row(line: int, said: EnterpriseDetails) -> EnterpriseRow:
    return EnterpriseRow(line, str(line), {name: getattr(said, name) for name in said.__dataclass_fields__})


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in refused.value.failures}


def test_a_paper_is_told_once_and_lapses_on_the_day_after_its_last(world: World) -> None:
    clerk = world.actor("clerk_east")
    tell(world.factory.uid, PERMIT, clerk)
    with pytest.raises(Refused) as refused:
        tell(world.factory.uid, PERMIT, clerk)
    assert codes(refused) == {"detail.already_there"}
    last = date(2024, 2, 29)
    lapsed = DatedDetail.objects.filter
    assert not lapsed(dated.lapsed(last)).exists()
    assert lapsed(dated.lapsed(last + timedelta(days=1))).exists()
    assert [one.verb for one in trail.entries_about(world.factory)] == ["detail_told"]


def test_everything_wrong_is_told_at_once(world: World) -> None:
    wrong = Told("permit", "驾驶证", since="2024-05-01", until="2024-13-01", count="许多")
    with pytest.raises(Refused) as refused:
        tell(world.factory.uid, wrong, world.actor("office"))
    assert codes(refused) == {"detail.unknown_code", "detail.wrong_day", "detail.wrong_count"}
    with pytest.raises(Refused) as refused:
        tell(world.factory.uid, replace(PERMIT, until="2020-01-01"), world.actor("office"))
    assert codes(refused) == {"detail.until_before_since"}
    with pytest.raises(Refused) as refused:
        tell(world.factory.uid, replace(PERMIT, until=""), world.actor("office"))
    assert codes(refused) == {"detail.no_until"}


def test_what_is_ended_is_still_read_on_earlier_days(world: World) -> None:
    clerk, today = world.actor("clerk_east"), clock.today()
    told = tell(world.factory.uid, replace(PERMIT, until=str(today + timedelta(days=9))), clerk)
    with pytest.raises(Refused) as refused:
        end(world.factory.uid, told.pk, clerk, " ")
    assert codes(refused) == {"detail.no_reason"}
    end(world.factory.uid, told.pk, clerk, "换发新证")
    assert not dated.details_of(world.factory, today).exists()
    assert dated.details_of(world.factory, today - timedelta(days=1)).exists()
    with pytest.raises(Refused) as refused:
        end(world.factory.uid, told.pk, clerk, "再来")
    assert codes(refused) == {"detail.ended"}


@pytest.mark.parametrize("who", ["safety", "officer", "grid", "leader"])
def test_only_who_keeps_the_register_tells(world: World, who: str) -> None:
    with pytest.raises(Refused) as refused:
        tell(world.factory.uid, PERMIT, world.actor(who))
    assert codes(refused) == {"detail.not_yours"}


def test_another_towns_file_does_not_exist_for_me(world: World) -> None:
    with pytest.raises(Absent):
        tell(world.factory.uid, PERMIT, world.actor("clerk_west"))


def test_a_changed_head_is_dated(world: World) -> None:
    office, today = world.actor("office"), clock.today()
    said = replace(stated(world.factory), principal_name="程远", staff_count="86")
    with clock.frozen(clock.now() - timedelta(days=10)):
        amend_enterprise(world.factory.uid, said, office, "年度核对")
    amend_enterprise(world.factory.uid, replace(said, principal_name="李安"), office, "换人")
    then = dated.details_of(world.factory, today - timedelta(days=3)).get(kind="principal")
    assert then.name == "程远"
    assert dated.details_of(world.factory, today).get(kind="principal").name == "李安"
    assert not dated.details_of(world.factory, today - timedelta(days=11)).exists()
    assert DatedDetail.objects.filter(kind="staff").count() == 1


def test_a_workbook_brings_processes_permit_and_insurance(world: World) -> None:
    outcome = import_enterprises([row(2, CHEMICAL)], Actor.system("import"))
    assert (outcome.accepted, outcome.rejected) == (1, [])
    held = DatedDetail.objects.exclude(kind__in=("staff", "principal", "safety_manager"))
    assert sorted(held.values_list("kind", "code")) == [
        ("insurance", "liability"), ("permit", "work_safety"), ("process", "confined_space"), ("process", "dust"),
    ]  # fmt: skip
    assert held.get(kind="insurance").until == date(2026, 12, 31)
    again = import_enterprises([row(2, CHEMICAL)], Actor.system("import"))
    assert (again.already_there, again.supplemented, held.count()) == (1, 0, 4)
    more = import_enterprises([row(2, replace(CHEMICAL, permit_no="A-2"))], Actor.system("import"))
    assert (more.supplemented, more.rejected, held.count()) == (1, [], 5)


def test_a_wrong_paper_rejects_the_row_at_its_own_column(world: World) -> None:
    wrong = replace(CHEMICAL, processes="有限空间、核聚变", permit_until="明年")
    outcome = import_enterprises([row(2, wrong)], Actor.system("import"))
    told = {(one.column, one.code) for one in outcome.rejected}
    assert told == {("危险工艺与重点环节", "detail.unknown_code"), ("许可证有效期至", "detail.wrong_day")}
    assert "危险工艺与重点环节" not in LABELS.values()
