"""A dossier binds every part in order with its pages, refuses what is incomplete, and knows any later change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping
from bihuan.kernel.attachments.files import path_of
from bihuan.kernel.errors import Refused
from bihuan.registers.instruments import dossiers, issuing, kinds, stages
from bihuan.registers.instruments.dossiers import Cover
from bihuan.registers.instruments.models import Dossier, Instrument
from tests.hazards import steps
from tests.registers.instrument_steps import OFFICERS, facts_for, profile
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
KINDS = (
    "inspection_record",
    "case_opening_approval",
    "interview_record",
    "case_disposal_approval",
    "penalty_decision_entity",
)


@pytest.fixture
def world() -> World:
    return build_world()


def cover(**changes: Any) -> Cover:
    day = clock.today()
    told: dict[str, Any] = {
        "case_name": "东湖纺织有限公司未如实记录隐患案", "outcome": "罚款伍万元", "opened_on": day - timedelta(days=20),
        "retention": "10年", "concluded_on": day, "officers": OFFICERS,
    }  # fmt: skip
    return Cover(**{**told, **changes})


@pytest.fixture
def case(world: World) -> Any:
    profile(world.bureau)
    matter = steps.reported(world)
    for slug in KINDS:
        with transaction.atomic():
            issuing.issue(
                slug, matter, facts_for(kinds.kind(slug)), on=clock.today(), actor=world.actor("officer"),
                organ=world.bureau,
            )  # fmt: skip
    keeping.name(matter.uid, [steps.photo(matter.uid, world.actor("officer"))], 1)
    return matter


def bound(world: World, case: Any, **more: Any) -> Dossier:
    with transaction.atomic():
        return dossiers.bind(
            case, more.pop("cover", cover()), actor=world.actor("officer"), on=clock.today(), **more
        )


def test_results_first_then_the_procedure_then_the_inner_volume(world: World, case: Any) -> None:
    made = bound(world, case)
    assert [part["kind"] for part in made.parts] == [
        "dossier_cover", "dossier_catalogue", "penalty_decision_entity", "inspection_record", "case_opening_approval",
        "interview_record", "case_disposal_approval", "picture",
    ]  # fmt: skip
    numbered = [part for part in made.parts if part["page"]]
    assert [part["page"] for part in numbered] == sorted(part["page"] for part in numbered)
    assert numbered[0]["page"] == 1
    assert sum(part["pages"] for part in numbered) == made.pages
    assert made.file_no == f"（薛）应急案卷〔{clock.today().year}〕1号"
    assert dossiers.volume_of(made).startswith(b"%PDF")
    catalogue = Instrument.objects.get(kind="dossier_catalogue")
    assert len(catalogue.facts["entries"]) == len(numbered)
    assert not dossiers.verify(made)


def test_what_is_missing_is_named_and_nothing_is_bound(world: World, case: Any) -> None:
    with pytest.raises(Refused) as refused:
        bound(
            world,
            case,
            required=["service_receipt", "penalty_notice|hearing_right_notice", "inspection_record"],
        )
    assert "文书送达回执" in refused.value.failures[0].message
    assert "行政处罚告知书或者听证告知书" in refused.value.failures[0].message
    assert not Dossier.objects.exists()
    with pytest.raises(Refused):
        bound(world, case, cover=cover(retention="三天"))


def test_a_part_that_moved_on_is_found(world: World, case: Any) -> None:
    made = bound(world, case)
    row = Instrument.objects.get(kind="penalty_decision_entity")
    issuing.void(row, "适用条款有误", world.actor("officer"))
    words = "；".join(dossiers.verify(made))
    assert "作废" in words
    assert "行政处罚决定书" in words


def test_an_altered_file_is_found(world: World, case: Any) -> None:
    made = bound(world, case)
    path_of(made.volume.uid).write_bytes(b"%PDF-1.7 other")
    assert any("案卷文件" in fault for fault in dossiers.verify(made))


def test_a_second_binding_stands_beside_the_first(world: World, case: Any) -> None:
    first, second = bound(world, case), bound(world, case)
    assert [row.ordinal for row in dossiers.dossiers_of(case.uid)] == [1, 2]
    assert first.file_no != second.file_no


def test_linked_matters_are_bound_with_it(world: World, case: Any) -> None:
    other = steps.reported(world, place="三车间", description="配电箱门未关闭")
    made = bound(world, other, also=[case.uid])
    assert any(part["kind"] == "penalty_decision_entity" for part in made.parts)


def test_every_kind_has_a_stage_and_a_place() -> None:
    for each in kinds.all_kinds():
        assert stages.stage_of(each.slug).label
    told = [slug for stage in stages.stages() for slug in stage.kinds]
    assert sorted(told) == sorted(each.slug for each in kinds.all_kinds())
