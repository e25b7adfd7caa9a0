"""What a ledger named is confirmed or merged by a person, never by likeness."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import ObjectAlias, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Region, Standing
from bihuan.kernel.territory.trees import find_region, find_sector
from bihuan.registers import credit_code
from bihuan.registers.enterprises import standing
from bihuan.registers.enterprises.ledger_names import LedgerName, LedgerNames, region_or_pending
from bihuan.registers.models import StandingDecision
from tests.registers.conftest import Place, holder

CODE = credit_code.make("91370403MA3C00001")
OTHER = credit_code.make("91370403MA3C00002")


def named(text: str, region: Region, code: str = "") -> LedgerName:
    return LedgerName(text, code, region, find_sector("工贸"))


def resolved(*names: LedgerName) -> list[SupervisedObject]:
    ledger = LedgerNames(names, "东河镇2023年5月台账")
    found = [ledger.object_of(one) for one in names]
    ledger.save()
    return found


def test_the_code_decides_whatever_the_name(place: Place) -> None:
    known = draft_object("山河铸造有限公司", place.east, credit_code=CODE)
    known.save()
    (found,) = resolved(named("山河铸造", place.west, CODE))
    assert found.pk == known.pk


def test_an_unknown_enterprise_is_created_once_and_waits(place: Place) -> None:
    first, second = resolved(named("新星木业", place.east, CODE), named("新星 木业", place.east))
    assert first is second
    assert (first.standing, first.named_by) == (Standing.PENDING, "东河镇2023年5月台账")
    assert list(standing.pending_objects(holder(Role.TOWN, place.east))) == [first]
    (again,) = resolved(named("新星木业", place.east, CODE))
    assert again.pk == first.pk


def test_the_same_name_with_another_code_is_another_enterprise(place: Place) -> None:
    draft_object("兴旺超市", place.east, credit_code=CODE).save()
    (found,) = resolved(named("兴旺超市", place.east, OTHER))
    assert (found.standing, found.credit_code) == (Standing.PENDING, OTHER)


def test_a_name_borne_twice_falls_to_the_one_in_the_same_town(place: Place) -> None:
    here = draft_object("兴旺超市", place.east, credit_code=CODE)
    there = draft_object("兴旺超市", place.west, credit_code=OTHER)
    SupervisedObject.objects.bulk_create([here, there])
    assert resolved(named("兴旺超市", place.west))[0].pk == there.pk
    unsure = resolved(named("兴旺超市", place.district), named("兴旺超市", place.district))
    assert unsure[0] is unsure[1]
    assert unsure[0].standing == Standing.PENDING


def test_an_unknown_town_waits_below_the_district(place: Place) -> None:
    planted = region_or_pending("南湖街道")
    assert (planted.standing, planted.parent) == (Standing.PENDING, place.district)
    assert region_or_pending(" 南湖街道 ") == planted
    assert region_or_pending("东河") == place.east
    assert find_region("南湖街道") == planted


def test_confirming_is_decided_once_and_kept(place: Place) -> None:
    (waiting,) = resolved(named("新星木业", place.east))
    town = holder(Role.TOWN, place.east)
    standing.confirm(waiting, town, "营业执照已核对")
    assert not standing.pending_objects(town).exists()
    with pytest.raises(Refused, match="已核实过"):
        standing.confirm(waiting, town)
    decision = StandingDecision.objects.get()
    assert (decision.kind, decision.decided_by, decision.reason) == ("confirmed", "张1", "营业执照已核对")
    with pytest.raises(DatabaseError), transaction.atomic():
        StandingDecision.objects.update(reason="改")
    with pytest.raises(DatabaseError), transaction.atomic():
        decision.delete()


def test_a_merger_keeps_the_name_and_hands_over_the_code(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = draft_object("新星木业有限公司", place.east)
    known.save()
    (waiting,) = resolved(named("新星木业", place.east, CODE))
    moved: list[tuple[object, object]] = []

    def follower(old: SupervisedObject, into: SupervisedObject, actor: Actor, only: object) -> list[UUID]:
        moved.append((old.pk, into.pk))
        return []

    monkeypatch.setitem(standing._followers, "tests", follower)
    office = holder(Role.OFFICE, place.district)
    assert known in standing.likely_same(waiting, office)
    standing.merge(waiting, known, office, "同一地址、同一负责人")
    known.refresh_from_db()
    old = SupervisedObject.objects.get(pk=waiting.pk)
    assert (known.credit_code, old.standing, old.merged_into_id) == (CODE, Standing.MERGED, known.pk)
    assert ObjectAlias.objects.get().object_id == known.pk
    assert moved == [(waiting.pk, known.pk)]
    assert resolved(named("新星木业", place.east))[0].pk == known.pk


def test_two_codes_are_two_enterprises(place: Place) -> None:
    known = draft_object("新星木业有限公司", place.east, credit_code=OTHER)
    known.save()
    (waiting,) = resolved(named("新星木业", place.east, CODE))
    with pytest.raises(Refused) as refused:
        standing.merge(waiting, known, holder(Role.OFFICE, place.district), "看着像")
    assert refused.value.failures[0].code == "standing.two_codes"
    assert SupervisedObject.objects.get(pk=waiting.pk).standing == Standing.PENDING


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR, Role.GRID])
def test_only_who_keeps_the_register_decides(place: Place, role: Role) -> None:
    (waiting,) = resolved(named("新星木业", place.east))
    with pytest.raises(Refused) as refused:
        standing.confirm(waiting, holder(role, place.district))
    assert refused.value.failures[0].code == "standing.not_yours"


def test_another_towns_names_are_not_mine_to_decide(place: Place) -> None:
    (waiting,) = resolved(named("新星木业", place.east))
    with pytest.raises(Refused):
        standing.confirm(waiting, holder(Role.TOWN, place.west))


def test_a_name_alone_never_means_a_namesake_of_another_town(place: Place) -> None:
    known = draft_object("幸福超市", place.east, sector=find_sector("工贸"))
    known.save()
    here, there = resolved(named("幸福超市", place.east), named("幸福超市", place.west))
    assert here.pk == known.pk
    assert (there.pk != known.pk, there.standing, there.region_id) == (True, Standing.PENDING, place.west.pk)


def test_namesakes_of_one_town_are_told_apart_by_the_sector_the_row_names(place: Place) -> None:
    shop, works = (
        draft_object("同兴", place.east, sector=find_sector(sector)) for sector in ("消防", "工贸")
    )
    shop.save()
    works.save()
    assert resolved(named("同兴", place.east))[0].pk == works.pk
