"""What an enterprise keeps of its own responsibility: posts with lists, safety organisation, requirement sets; and staffing."""

from __future__ import annotations

import pytest

from bihuan.capabilities.responsibility.duties import enterprise, spelling, staffing
from bihuan.capabilities.responsibility.duties.models import InnerPost, RequirementItem, RequirementSet, Spell
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers, checking
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.verification import verify
from bihuan.kernel.territory.models import Standing
from bihuan.registers.models import Enterprise
from tests.web.conftest import SignIn
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def confirmed(world: World) -> None:
    SupervisedObject.objects.update(standing=Standing.CONFIRMED)


def year() -> Period:
    return Period.parse(str(clock.today().year))


def test_posts_with_a_list_over_posts(world: World) -> None:
    by = world.actor("safety")
    enterprise.tell_post(world.factory, "焊工", 4, "", by)
    enterprise.tell_post(world.factory, "车间主任", 1, "组织班前安全讲评；每日检查设备防护。", by)
    found = answers.value("enterprises.inner_posts_coverage", year(), clock.today())
    assert (found.numerator, found.denominator) == (1, 2)
    enterprise.tell_post(world.factory, "焊工", 4, "持证上岗；动火前办理作业票。", by)
    assert answers.value("enterprises.inner_posts_coverage", year(), clock.today()).value == "100.0"
    assert InnerPost.objects.filter(name="焊工").count() == 2, "the former list stays to be read"
    enterprise.end_post(InnerPost.objects.get(name="焊工", until=None), by)
    assert answers.value("enterprises.inner_posts", year(), clock.today()).amount == 1
    for who in ("office", "regulator", "site_safety", "clerk_east"):
        with pytest.raises(Refused) as refused:
            enterprise.tell_post(world.factory, "电工", 1, "", world.actor(who))
        assert refused.value.failures[0].code == "inner.not_yours", who
    assert checking.check().ok
    assert verify().ok


def organisation(one: SupervisedObject) -> str:
    spelling.refresh(enterprise.ORGANISATION)
    spell = Spell.objects.get(check_name=enterprise.ORGANISATION, subject=str(one.uid), until=None)
    assert spell.passes == (not spell.why)
    return spell.why


def test_a_missing_mandatory_role_is_listed(world: World) -> None:
    assert organisation(world.factory) == "缺主要负责人、安全管理人员"
    Enterprise.objects.create(
        object=world.factory, principal_name="王某", safety_manager_name="李某", staff_count=100
    )
    assert organisation(world.factory) == ""
    Enterprise.objects.update(staff_count=101)
    assert organisation(world.factory) == "缺安全管理机构"
    held = enterprise.tell_role(world.factory, "安全管理机构", "安全环保部", "", world.actor("principal"))
    assert organisation(world.factory) == ""
    enterprise.end_role(held, world.actor("principal"))
    assert organisation(world.factory) == "缺安全管理机构"
    assert "安全管理机构" in organisation(world.site), "construction needs one whatever the staff"


def test_a_title_that_counts_otherwise_than_its_items_is_warned_of_and_common_items_are_shared(
    world: World,
) -> None:
    enterprise.load_sets(Actor.system("test"))
    enterprise.load_sets(Actor.system("test"))
    assert RequirementSet.objects.count() == 3
    assert not RequirementSet.objects.exclude(warning="").exists()
    items = ["安全投入到位", "安全培训到位", "安全管理（基础管理）到位", "应急救援到位"]
    made, warning = enterprise.load_set("五到位", items, "区文件", world.actor("office"))
    assert "名称说有 5 项，清单列了 4 项" in warning
    assert made.warning == warning
    shared = RequirementItem.objects.filter(places__set__title="四到位") & RequirementItem.objects.filter(
        places__set__title="五到位"
    )
    assert shared.count() == 4
    assert enterprise.counted_wrong("五落实", 5) == enterprise.counted_wrong("安全要求", 7) == ""
    item = RequirementItem.objects.get(name="安全投入到位")
    with pytest.raises(Refused) as refused:
        enterprise.judge_item(world.factory, item, True, "", world.actor("regulator"))
    assert refused.value.failures[0].code == "set.no_evidence"
    with pytest.raises(Refused) as refused:
        enterprise.judge_item(world.factory, item, True, "查了台账", world.actor("builder"))
    assert refused.value.failures[0].code == "set.not_yours_to_judge"
    enterprise.judge_item(world.factory, item, False, "没有提取记录", world.actor("regulator"))
    enterprise.judge_item(world.factory, item, True, "补提并入账，见凭证", world.actor("regulator"))
    assert enterprise.findings(world.factory)[item.pk].passed
    with pytest.raises(Refused) as refused:
        enterprise.load_set("六到位", ["甲", "甲"], "", world.actor("office"))
    assert refused.value.failures[0].code == "set.item_twice"


def test_units_without_a_body_and_numbers_that_cannot_be(world: World) -> None:
    spelling.refresh(staffing.BODY)
    assert answers.value("staffing.units", year(), clock.today()).amount == 4
    by = world.actor("regulator")
    with pytest.raises(Refused) as refused:
        staffing.state(world.bureau, by, body="工贸科", establishment=6, on_post=4, certified=5)
    assert refused.value.failures[0].code == "staffing.certified"
    with pytest.raises(Refused) as refused:
        staffing.state(world.builders, by, body="质安科", establishment=6, on_post=4, certified=3)
    assert refused.value.failures[0].code == "staffing.not_yours"
    first = staffing.state(world.bureau, by, body="工贸科", establishment=6, on_post=4, certified=3)
    assert (
        staffing.state(world.bureau, by, body="工贸科", establishment=6, on_post=4, certified=3).pk
        == first.pk
    )
    assert answers.value("staffing.units_covered", year(), clock.today()).amount == 1
    assert staffing.entities()[world.bureau.pk] == 1


def test_the_pages_stand_for_those_who_may(world: World, sign_in: SignIn) -> None:
    enterprise.load_sets(Actor.system("test"))
    spelling.refresh()
    where = f"/responsibility/duties/enterprises/{world.factory.uid}/"
    own = sign_in("safety")
    assert (
        own.post(f"{where}posts/new/", {"name": "焊工", "people": 3, "duties": "持证上岗"}).status_code == 302
    )
    assert (
        own.post(f"{where}roles/new/", {"role": "安全生产工作小组", "holder": "领导小组"}).status_code == 302
    )
    page = own.get(where).content.decode()
    assert "焊工" in page
    assert "领导小组" in page
    regulator = sign_in("regulator")
    listed = regulator.get("/responsibility/duties/enterprises/").content.decode()
    assert "东湖纺织有限公司" in listed
    assert "西岭安置房项目部" not in listed
    item = RequirementItem.objects.first()
    assert item is not None
    told = {"passed": "yes", "evidence": "查看任命文件"}
    assert regulator.post(f"{where}items/{item.pk}/", told).status_code == 302
    assert sign_in("builder").get(where).status_code == 404
    assert sign_in("site_safety").get(where).status_code == 404
    office = sign_in("office")
    assert office.get("/responsibility/duties/enterprises/sets/").status_code == 200
    assert office.get("/responsibility/duties/staffing/").status_code == 200
    told_staff = {"body": "工贸科", "establishment": 6, "on_post": 4, "certified": 3}
    assert office.post(f"/responsibility/duties/staffing/{world.bureau.pk}/", told_staff).status_code == 302
