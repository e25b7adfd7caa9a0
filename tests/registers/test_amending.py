"""A correction is made by whoever keeps the register, and what stood before can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.objects.models import ObjectAlias, SupervisedObject
from bihuan.kernel.people.models import Role
from bihuan.registers.enterprises.amending import amend_enterprise, stated
from bihuan.registers.enterprises.registration import register_enterprise
from bihuan.registers.models import Enterprise, StandingDecision
from tests.registers.conftest import Place, holder
from tests.registers.test_enterprises import CODE, FOUNDRY, OTHER


@pytest.fixture
def foundry(place: Place) -> SupervisedObject:
    return register_enterprise(FOUNDRY, holder(Role.OFFICE, place.district))


def test_what_is_stated_can_be_stated_again(place: Place, foundry: SupervisedObject) -> None:
    said = stated(foundry)
    assert replace(said, staff_count="86人", ownership="民营企业") == FOUNDRY
    amended = amend_enterprise(CODE, said, holder(Role.TOWN, place.east), "年度核对")
    assert stated(amended) == said
    assert StandingDecision.objects.get().reason == "年度核对；内容未变"


def test_a_new_name_and_place_leave_a_trace(place: Place, foundry: SupervisedObject) -> None:
    said = replace(stated(foundry), name="山河重工有限公司", region="西岭街道", principal_phone="13900000000")
    amend_enterprise(foundry.uid, said, holder(Role.OFFICE, place.district), "营业执照变更")
    foundry.refresh_from_db()
    assert (foundry.name, foundry.region_path) == ("山河重工有限公司", place.west.path)
    assert ObjectAlias.objects.get().object_id == foundry.pk
    decision = StandingDecision.objects.get()
    assert decision.kind == "amended"
    assert "企业名称：山河铸造有限公司→山河重工有限公司" in decision.reason
    assert "13900000000" not in decision.reason
    assert Enterprise.objects.get().principal_phone == "13900000000"


def test_a_correction_needs_right_and_reason(place: Place, foundry: SupervisedObject) -> None:
    said = stated(foundry)
    with pytest.raises(Absent):
        amend_enterprise(foundry.uid, said, holder(Role.TOWN, place.west), "改")
    with pytest.raises(Refused) as refused:
        amend_enterprise(foundry.uid, replace(said, region="西岭街道"), holder(Role.TOWN, place.east), " ")
    assert {failure.code for failure in refused.value.failures} == {
        "enterprise.no_reason",
        "enterprise.not_yours",
    }


def test_another_enterprises_code_is_refused(place: Place, foundry: SupervisedObject) -> None:
    office = holder(Role.OFFICE, place.district)
    register_enterprise(replace(FOUNDRY, name="西岭木业", credit_code=OTHER), office)
    with pytest.raises(Refused) as refused:
        amend_enterprise(OTHER, replace(stated(foundry), name="西岭木业"), office, "改码")
    assert refused.value.failures[0].code == "enterprise.code_taken"
    assert SupervisedObject.objects.get(credit_code=OTHER).name == "西岭木业"
