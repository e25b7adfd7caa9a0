"""Power and duty lists: published versions stay as they are, and an item is cited only on a day its version is in force."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.responsibility.duties import lists, trail
from bihuan.capabilities.responsibility.duties.lists import Line
from bihuan.capabilities.responsibility.duties.models import ListItem, PublishedList
from bihuan.capabilities.responsibility.duties.models.lists import ListKind
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.record.verification import verify
from tests.web.conftest import SignIn
from tests.world import World

pytestmark = pytest.mark.django_db
ITEMS = (
    Line("1", "工贸企业监督检查", "按年度计划检查", "《安全生产法》第六十五条"),
    Line("2", "责令限期整改"),
)
FIRST = datetime(2026, 3, 2, 9, tzinfo=clock.SHANGHAI)
LATER = datetime(2026, 6, 1, 9, tzinfo=clock.SHANGHAI)


def published(world: World, at: datetime = FIRST, items: tuple[Line, ...] = ITEMS) -> PublishedList:
    with clock.frozen(at):
        by = world.actor("regulator")
        made = lists.draft(world.bureau, ListKind.POWER, items, "首次编制", by)
        return lists.publish(made, clock.today(), by)


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.RaisesExc(Refused, check=lambda reason: code in [one.code for one in reason.failures])


def test_an_item_is_cited_by_the_version_of_the_day(world: World) -> None:
    first = published(world)
    second = published(world, LATER, (*ITEMS[:1], Line("3", "查封扣押")))
    old, new = first.items.get(number="1"), second.items.get(number="1")
    in_spring, in_summer = FIRST.date().replace(day=20), LATER.date().replace(day=20)
    assert lists.cited(old.pk, in_spring).words() == "《区应急管理局权力清单（第1版）》第1项 工贸企业监督检查"
    assert lists.cited(new.pk, in_summer).version == 2
    with refused("list.item_not_in_force"):
        lists.cited(old.pk, in_summer)
    with pytest.raises(Refused, match="当日施行的是第1版"):
        lists.cited(new.pk, in_spring)
    with pytest.raises(Refused, match="当日没有施行的清单"):
        lists.cited(old.pk, FIRST.date().replace(day=1))
    with refused("list.no_item"):
        lists.cited(999_999, in_summer)
    numbers = lists.catalogue(world.bureau, ListKind.POWER, in_summer).values_list("number", flat=True)
    assert list(numbers) == ["1", "3"]
    assert not lists.catalogue(world.bureau, ListKind.DUTY, in_summer).exists()
    told = lists.differences(second, lists.before(second))
    assert told == {"新增": ["3 查封扣押"], "取消": ["2 责令限期整改"], "改写": []}


def test_what_is_published_stays_as_it_is(world: World) -> None:
    one = published(world)
    with refused("list.published"):
        lists.publish(one, clock.today(), world.actor("regulator"))
    item = one.items.get(number="1")
    for change in (
        lambda: ListItem.objects.filter(pk=item.pk).update(title="改"),
        lambda: item.delete(),
        lambda: ListItem.objects.create(list=one, number="9", title="添", order=9),
        lambda: PublishedList.objects.filter(pk=one.pk).update(note="改"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert verify().ok
    (last, _) = trail.history(f"list/{world.bureau.pk}/power")
    assert (last.verb, last.payload["items"]) == ("published", ["1 工贸企业监督检查", "2 责令限期整改"])


def test_a_new_version_comes_after_the_last_and_not_in_the_past(world: World) -> None:
    published(world)
    with clock.frozen(LATER):
        by = world.actor("regulator")
        made = lists.draft(world.bureau, ListKind.POWER, ITEMS, "", by)
        with refused("list.in_the_past"):
            lists.publish(made, FIRST.date(), by)
        again = lists.draft(world.bureau, ListKind.POWER, ITEMS[:1], "", by)
        assert (again.pk, again.version, again.items.count()) == (made.pk, 2, 1)
        lists.publish(again, clock.today(), by)
        third = lists.draft(world.bureau, ListKind.POWER, ITEMS, "", by)
        with refused("list.before_another"):
            lists.publish(third, clock.today(), by)


def test_a_pasted_table_is_read_and_every_wrong_line_named() -> None:
    read = lists.read_lines("1｜监督检查｜按计划\n\n2\t责令整改\t\t《安全生产法》第六十五条\n")
    assert read == [Line("1", "监督检查", "按计划"), Line("2", "责令整改", "", "《安全生产法》第六十五条")]
    with pytest.raises(Refused) as caught:
        lists.read_lines(f"1｜检查\n没有编号\n1｜再来\n4｜a｜b｜c｜d\n5｜{'长' * 201}")
    assert [one.code for one in caught.value.failures] == [
        "list.no_number", "list.number_twice", "list.many_columns", "list.too_wide",
    ]  # fmt: skip
    assert "第 3 行编号“1”与第 1 行重复" in str(caught.value)
    with refused("list.empty"):
        lists.read_lines("  \n")
    with refused("list.too_long"):
        lists.read_lines("\n".join(f"{n}｜事项" for n in range(501)))


def test_who_drafts_whose_list_and_who_reads_it(world: World, sign_in: SignIn) -> None:
    for who in ("builder", "clerk_east", "leader", "safety", "auditor"):
        with refused("list.not_yours"):
            lists.draft(world.bureau, ListKind.DUTY, ITEMS, "", world.actor(who))
    made = lists.draft(world.bureau, ListKind.DUTY, ITEMS, "", world.actor("regulator"))
    where = f"/responsibility/lists/{made.pk}/"
    assert sign_in("builder").get(where).status_code == 404
    assert sign_in("safety").get(where).status_code == 404
    assert sign_in("office").get(where).status_code == 200
    assert sign_in("builder").post(f"{where}publish/", {"effective_from": "2030-01-01"}).status_code == 404
    told = {"effective_from": clock.today().isoformat()}
    assert sign_in("regulator").post(f"{where}publish/", told).status_code == 302
    for who in ("builder", "safety", "clerk_west", "leader", "officer", "grid"):
        assert "责令限期整改" in sign_in(who).get(where).content.decode(), who
    assert sign_in("auditor").get(where).status_code == 403


def test_the_pages_and_papers_of_a_list(world: World, sign_in: SignIn) -> None:
    client = sign_in("regulator")
    told = {"agency": world.bureau.pk, "kind": "power", "items": "1｜监督检查\n2｜责令整改", "note": "首次"}
    answer = client.post("/responsibility/lists/new/", told)
    assert answer.status_code == 302
    where = answer.headers["Location"]
    bad = client.post("/responsibility/lists/new/", {**told, "items": "只有一栏"})
    assert bad.status_code == 422
    assert "第 1 行缺少编号或事项" in bad.content.decode()
    assert client.post(f"{where}publish/", {"effective_from": clock.today().isoformat()}).status_code == 302
    assert client.get(f"{where}paper.docx").content[:2] == b"PK"
    assert client.get(f"{where}export.xlsx").getvalue()[:2] == b"PK"
    again = client.get(f"/responsibility/lists/new/?unit={world.bureau.pk}&kind=power").content.decode()
    assert "2｜责令整改" in again
    with CaptureQueriesContext(connection) as few:
        client.get("/responsibility/lists/")
    published(world, LATER.replace(year=2030))
    with CaptureQueriesContext(connection) as many:
        page = client.get("/responsibility/lists/").content.decode()
    assert "第1版，2项" in page
    assert len(many) <= len(few) + 1
