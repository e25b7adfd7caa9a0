"""One record per enterprise (M053)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Standing
from bihuan.registers import credit_code
from bihuan.registers.enterprises.access import access_enterprise, visible_enterprises
from bihuan.registers.enterprises.details import EnterpriseDetails
from bihuan.registers.enterprises.registration import EnterpriseRow, import_enterprises, register_enterprise
from bihuan.registers.models import Enterprise, StandingDecision
from tests.registers.conftest import Place, holder

CODE = credit_code.make("91370403MA3C00001")
OTHER = credit_code.make("91370403MA3C00002")
FOUNDRY = EnterpriseDetails(
    name="山河铸造有限公司",
    credit_code=CODE,
    region="东河镇",
    sector="冶金",
    address="工业路1号",
    industry_code="C3110",
    ownership="民营企业",
    scale="小型",
    staff_count="86人",
    principal_name="赵一",
    principal_phone="13800000000",
)


def row(line: int, details: EnterpriseDetails) -> EnterpriseRow:
    cells = {name: getattr(details, name) for name in details.__dataclass_fields__}
    return EnterpriseRow(line, str(line - 1), cells, {"credit_code": "信用代码", "sector": "行业"})


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in refused.value.failures}


def test_an_enterprise_is_registered_with_its_details(place: Place) -> None:
    made = register_enterprise(FOUNDRY, holder(Role.OFFICE, place.district))
    kept = Enterprise.objects.select_related("object").get(object=made)
    assert (kept.object.credit_code, kept.object.region_path) == (CODE, place.east.path)
    assert (kept.ownership, kept.scale, kept.staff_count) == ("private", "small", 86)
    assert kept.object.standing == Standing.CONFIRMED


def test_every_fault_is_told_at_once(place: Place) -> None:
    wrong = EnterpriseDetails(
        "", CODE[:-1] + "1", "南海镇", "航天发射", staff_count="许多", principal_phone="123"
    )
    with pytest.raises(Refused) as refused:
        register_enterprise(wrong, holder(Role.OFFICE, place.district))
    assert codes(refused) == {
        "enterprise.no_name",
        "enterprise.wrong_code",
        "enterprise.unknown_region",
        "enterprise.unknown_sector",
        "enterprise.wrong_staff",
        "enterprise.wrong_phone",
    }


def test_a_second_record_with_the_same_code_is_refused(place: Place) -> None:
    office = holder(Role.OFFICE, place.district)
    register_enterprise(FOUNDRY, office)
    with pytest.raises(Refused) as refused:
        register_enterprise(replace(FOUNDRY, name="山海铸造有限公司"), office)
    assert codes(refused) == {"enterprise.code_taken"}
    assert "山河铸造有限公司" in str(refused.value)


def test_who_may_not_see_the_holder_of_a_code_does_not_learn_its_name(place: Place) -> None:
    register_enterprise(FOUNDRY, holder(Role.OFFICE, place.district))
    with pytest.raises(Refused) as refused:
        register_enterprise(replace(FOUNDRY, region="西岭街道"), holder(Role.TOWN, place.west))
    assert codes(refused) == {"enterprise.code_taken"}
    assert "山河" not in str(refused.value)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.GRID, Role.EXPERT])
def test_only_keepers_of_the_register_may_enter(place: Place, role: Role) -> None:
    with pytest.raises(Refused) as refused:
        register_enterprise(FOUNDRY, holder(role, place.district))
    assert codes(refused) == {"enterprise.not_yours"}


def test_a_pending_object_of_the_same_code_and_name_is_completed_and_confirmed(place: Place) -> None:
    pending = draft_object("山河铸造 有限公司", place.east, credit_code=CODE, standing=Standing.PENDING)
    pending.save()
    made = register_enterprise(FOUNDRY, holder(Role.OFFICE, place.district))
    assert made.pk == pending.pk
    assert SupervisedObject.objects.get().standing == Standing.CONFIRMED
    assert StandingDecision.objects.get().object_id == pending.pk


def test_a_workbook_is_taken_whole_or_not_at_all(place: Place) -> None:
    rows = [row(2, FOUNDRY), row(3, replace(FOUNDRY, credit_code=OTHER, sector="航天发射"))]
    outcome = import_enterprises(rows, Actor.system("import"))
    assert (outcome.accepted, outcome.written, SupervisedObject.objects.count()) == (1, False, 0)
    (fault,) = outcome.rejected
    assert (fault.row, fault.no, fault.column, fault.value) == (3, "2", "行业", "航天发射")
    assert fault.code == "enterprise.unknown_sector"


def test_partial_takes_the_good_rows_and_a_repeat_adds_nothing(place: Place) -> None:
    rows = [row(2, FOUNDRY), row(3, replace(FOUNDRY, credit_code=OTHER, sector="航天发射"))]
    assert import_enterprises(rows, Actor.system("import"), dry_run=True, partial=True).written is False
    assert import_enterprises(rows, Actor.system("import"), partial=True).written
    again = import_enterprises(rows[:1], Actor.system("import"))
    assert (again.accepted, again.already_there, again.rejected) == (0, 1, [])
    changed = import_enterprises([row(2, replace(FOUNDRY, staff_count="90"))], Actor.system("import"))
    assert [fault.code for fault in changed.rejected] == ["enterprise.code_taken"]
    assert Enterprise.objects.count() == 1


def test_a_code_twice_in_one_workbook_is_refused(place: Place) -> None:
    rows = [row(2, FOUNDRY), row(3, replace(FOUNDRY, name="别的公司"))]
    outcome = import_enterprises(rows, Actor.system("import"), partial=True)
    assert [(fault.row, fault.code) for fault in outcome.rejected] == [(3, "enterprise.code_twice")]


def test_rights_count_row_by_row(place: Place) -> None:
    rows = [row(2, FOUNDRY), row(3, replace(FOUNDRY, name="西岭木业", credit_code=OTHER, region="西岭街道"))]
    outcome = import_enterprises(rows, holder(Role.TOWN, place.east), partial=True)
    assert outcome.accepted == 1
    assert [(fault.row, fault.code) for fault in outcome.rejected] == [(3, "enterprise.not_yours")]


def test_a_thousand_rows_cost_few_statements(
    place: Place, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    rows = [
        row(
            line,
            replace(FOUNDRY, name=f"第{line}铸造厂", credit_code=credit_code.make(f"91370403MA3D{line:05}")),
        )
        for line in range(2, 1002)
    ]
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert import_enterprises(rows, Actor.system("import")).accepted == 1000


def test_enterprises_are_seen_through_the_door_of_objects(place: Place) -> None:
    made = register_enterprise(FOUNDRY, holder(Role.OFFICE, place.district))
    draft_object("东河中学教学楼", place.east, kind=ObjectKind.BUILDING).save()
    assert list(visible_enterprises(holder(Role.TOWN, place.east))) == [made]
    assert not visible_enterprises(holder(Role.TOWN, place.west)).exists()
    assert access_enterprise(holder(Role.TOWN, place.east), CODE).pk == made.pk
    with pytest.raises(Absent):
        access_enterprise(holder(Role.TOWN, place.west), made.uid)
