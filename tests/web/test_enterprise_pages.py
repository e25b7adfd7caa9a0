"""Enterprises: my own jurisdiction, confirmed by people, merged with a reason."""

from __future__ import annotations

import pytest

from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Region, RegionLevel, Standing
from bihuan.kernel.territory.trees import find_sector, plant
from bihuan.registers.credit_code import make
from bihuan.registers.models import StandingDecision
from tests.hazards.steps import reported
from tests.web.conftest import SignIn
from tests.world import World


def pending(world: World, name: str = "东湖纺织") -> SupervisedObject:
    made = draft_object(
        name, world.east, sector=find_sector("工贸"), standing=Standing.PENDING, named_by="东湖镇 6 月台账"
    )
    made.save()
    return made


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("office", {"东湖纺织有限公司", "西岭安置房项目部"}),
        ("clerk_east", {"东湖纺织有限公司"}),
        ("clerk_west", {"西岭安置房项目部"}),
        ("regulator", {"东湖纺织有限公司"}),
        ("safety", {"东湖纺织有限公司"}),
    ],
)
def test_each_sees_the_objects_of_their_jurisdiction(
    world: World, sign_in: SignIn, name: str, sees: set[str]
) -> None:
    page = sign_in(name).get("/enterprises/").content.decode()
    assert {one for one in ("东湖纺织有限公司", "西岭安置房项目部") if one in page} == sees


def test_what_lies_elsewhere_does_not_exist_for_me(world: World, sign_in: SignIn) -> None:
    client = sign_in("clerk_west")
    for page in ("", "confirm/", "merge/", "amend/"):
        assert client.get(f"/enterprises/{world.factory.uid}/{page}").status_code == 404
    assert client.post(f"/enterprises/{pending(world).uid}/confirm/").status_code == 404


@pytest.mark.parametrize("typed", ["纺织", "东湖 纺织", "donghu", "dong hu fang", "code"])
def test_it_is_found_by_name_code_and_pinyin(world: World, sign_in: SignIn, typed: str) -> None:
    wanted = world.factory.credit_code[:17] if typed == "code" else typed
    page = sign_in("office").get("/enterprises/", {"q": wanted}).content.decode()
    assert "东湖纺织有限公司" in page
    assert "西岭安置房项目部" not in page


def test_filters_and_pages(world: World, sign_in: SignIn) -> None:
    made = [draft_object(f"企业{number:03d}", world.east, credit_code="") for number in range(60)]
    SupervisedObject.objects.bulk_create(made)
    client = sign_in("office")
    first = client.get("/enterprises/", {"region": world.east.path}).content.decode()
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(following).content.decode()
    names = [one.name for one in made]
    assert sum(name in first for name in names) + sum(name in second for name in names) == 60
    assert not [name for name in names if name in first and name in second]
    assert "西岭安置房项目部" not in first + second
    assert client.get("/enterprises/?cursor=破").status_code == 422


def test_the_page_shows_the_chain_and_the_hazards_i_may_see(world: World, sign_in: SignIn) -> None:
    hazard = reported(world)
    page = sign_in("clerk_east").get(f"/enterprises/{world.factory.uid}/").content.decode()
    assert hazard.no in page
    assert "企业主要负责人" in page
    assert "打开这 1 条" in page
    assert f"object={world.factory.uid}" in page


def test_the_clerk_confirms_what_a_ledger_named(world: World, sign_in: SignIn) -> None:
    one = pending(world)
    client = sign_in("clerk_east")
    assert "东湖纺织" in client.get("/enterprises/?tab=pending").content.decode()
    assert client.post(f"/enterprises/{one.uid}/confirm/", {"reason": "电话核实"}).status_code == 302
    one.refresh_from_db()
    assert one.standing == Standing.CONFIRMED
    assert StandingDecision.objects.get(object=one).decided_by == world.user("clerk_east").person.name
    assert client.post(f"/enterprises/{one.uid}/confirm/", {"reason": "再来"}).status_code == 422


def test_the_clerk_says_which_known_one_it_is(world: World, sign_in: SignIn) -> None:
    one = pending(world)
    client = sign_in("clerk_east")
    form = client.get(f"/enterprises/{one.uid}/merge/").content.decode()
    assert f'value="{world.factory.uid}"' in form
    without = client.post(f"/enterprises/{one.uid}/merge/", {"reason": "简称"})
    assert without.status_code == 422
    assert "请选择或写明并入哪一家" in without.content.decode()
    given = {"into": str(world.factory.uid), "other": "", "reason": "台账写的是简称"}
    assert (
        client.post(f"/enterprises/{one.uid}/merge/", given)["Location"]
        == f"/enterprises/{world.factory.uid}/"
    )
    assert client.get(f"/enterprises/{one.uid}/").status_code == 404
    assert "东湖纺织" in client.get(f"/enterprises/{world.factory.uid}/").content.decode()


def test_an_object_of_another_town_is_no_target(world: World, sign_in: SignIn) -> None:
    one = pending(world)
    given = {"other": world.site.credit_code, "reason": "看着像"}
    answer = sign_in("clerk_east").post(f"/enterprises/{one.uid}/merge/", given)
    assert answer.status_code == 422
    assert "不在您的辖区" in answer.content.decode()


def test_an_enterprise_reads_its_own_page_and_changes_nothing(world: World, sign_in: SignIn) -> None:
    client = sign_in("safety")
    page = client.get(f"/enterprises/{world.factory.uid}/").content.decode()
    assert "登记信息由安委办、行业部门和属地镇街核实" in page
    assert client.get(f"/enterprises/{world.factory.uid}/amend/").status_code == 422
    assert client.get("/enterprises/new/").status_code == 403


def test_an_enterprise_is_entered_and_corrected(world: World, sign_in: SignIn) -> None:
    client = sign_in("clerk_east")
    given = {
        "name": "东湖铸造有限公司",
        "credit_code": make("91370403MA3C0DE0C"),
        "region": "东湖镇",
        "sector": "工贸",
        "principal_name": "程远",
    }
    wrong = client.post("/enterprises/new/", {**given, "credit_code": "91370403MA3C0DE0C?"})
    assert wrong.status_code == 422
    made = client.post("/enterprises/new/", given)
    assert made.status_code == 302
    assert "程远" in client.get(made["Location"]).content.decode()
    change = {**given, "name": "东湖精密铸造有限公司", "reason": "营业执照变更"}
    assert client.post(f"{made['Location']}amend/", change).status_code == 302
    page = client.get(made["Location"]).content.decode()
    assert "东湖精密铸造有限公司" in page
    assert "营业执照变更" in page


def test_the_office_settles_towns_a_ledger_named(world: World, sign_in: SignIn) -> None:
    town = plant(Region, world.district, "东湖", level=RegionLevel.TOWN, standing=Standing.PENDING)
    client = sign_in("office")
    assert "待核实的镇街" in client.get("/enterprises/").content.decode()
    assert "东湖" in client.get("/enterprises/towns/").content.decode()
    given = {"into": world.east.pk, "reason": "简称"}
    assert client.post(f"/enterprises/towns/{town.pk}/merge/", given).status_code == 302
    town.refresh_from_db()
    assert town.standing == Standing.MERGED
    assert client.get(f"/enterprises/towns/{town.pk}/merge/").status_code == 404
    assert sign_in("clerk_east").get("/enterprises/towns/").status_code == 403
