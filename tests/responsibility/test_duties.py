"""Duties: no leader without one, everybody's counted by level, one set under every published classification."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.responsibility.duties import coverage, holders, keeping, spelling, standards, trail
from bihuan.capabilities.responsibility.duties.access import in_force, visible_duties
from bihuan.capabilities.responsibility.duties.classifying import classifications
from bihuan.capabilities.responsibility.duties.keeping import Said
from bihuan.capabilities.responsibility.duties.models import Clause, Duty, Spell
from bihuan.capabilities.responsibility.duties.pages import duties as pages
from bihuan.capabilities.responsibility.duties.words import DutyClass, Oversight, Side
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers, checking
from bihuan.kernel.people import posts
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.record.verification import verify
from bihuan.kernel.territory.models import Sector
from bihuan.kernel.workbooks import importers, importing
from tests.web.conftest import SignIn
from tests.world import World

pytestmark = pytest.mark.django_db


def holder(world: World, name: str) -> holders.Holder:
    return holders.of_post(Post.objects.get(tenures__person__user=world.user(name)))


def trade() -> Sector:
    return Sector.objects.get(name="工贸")


def complete(world: World) -> None:
    """Everybody gets what the rules give."""
    spelling.refresh()
    waiting = list(missing())
    office, system = world.actor("office"), Actor.system("test")
    found = holders.find_all(waiting)
    keeping.adopt_standards([one for one in found if one.object is None], office)
    keeping.adopt_standards([one for one in found if one.object is not None], system)


def missing() -> set[str]:
    return set(looked_at().filter(passes=False).values_list("subject", flat=True))


def looked_at() -> QuerySet[Spell]:
    """Posts and units as the checks on duties have them now."""
    return Spell.objects.filter(check_name__in=[coverage.POSTS, coverage.UNITS], until=None)


def test_a_leader_with_a_portfolio_and_no_duty_is_refused(world: World) -> None:
    by = world.actor("security_admin")
    leadership = world.user("leader").person.tenures.get().post.agency
    with pytest.raises(Refused) as refused:
        posts.create_post(
            by, "副区长（工贸）", Role.LEADER, agency=leadership, region=world.district, sectors=[trade()]
        )
    (failure,) = refused.value.failures
    assert (failure.code, failure.field) == ("duty.leader_without", "duty")
    assert "通用" in failure.message
    assert not Post.objects.filter(title="副区长（工贸）").exists()
    for said in ("对工贸行业安全生产负领导责任", "通用"):
        post = posts.create_post(
            by, f"副区长{said[:2]}", Role.LEADER, agency=leadership, region=world.district, sectors=[trade()],
            said={"duty": said},
        )  # fmt: skip
        duty = Duty.objects.get(post=post)
        assert (duty.duty_class, duty.side) == (DutyClass.LEADERSHIP, Side.GOVERNMENT)
        assert f"post/{post.pk}" not in missing()
    assert str(duty.clause) == "《地方党政领导干部安全生产责任制规定》第九条"


def test_the_last_duty_of_a_leader_cannot_end(world: World) -> None:
    leader, office = holder(world, "leader"), world.actor("office")
    first = keeping.assign(leader, Said("对全区安全生产负领导责任", DutyClass.LEADERSHIP), office)
    with pytest.raises(Refused) as refused:
        keeping.end(first, "分工调整", office)
    assert refused.value.failures[0].code == "duty.leader_without"
    second = keeping.reword(
        first, Said("对分管领域安全生产负领导责任", DutyClass.LEADERSHIP), "分工调整", office
    )
    assert [one.pk for one in keeping.duties_of(leader, clock.today())] == [second.pk]
    assert [entry.verb for entry in trail.history(leader.about)] == ["reworded", "assigned"]


def test_one_set_of_duties_prints_under_every_classification(world: World) -> None:
    complete(world)
    duties = Duty.objects.filter(in_force(clock.today()))
    total = duties.count()
    assert total == len(coverage_subjects())
    for one in classifications():
        counted = [duties.filter(heading.condition()).count() for heading in one.headings]
        assert sum(counted) == total
        assert all(counted)
        assert {one.heading_of(duty) for duty in duties} == {heading.label for heading in one.headings}
    four, three, regulation = classifications()
    assert [len(one.headings) for one in (four, three, regulation)] == [4, 3, 4]
    assert not any("属地" in heading.label for heading in three.headings)


def coverage_subjects() -> set[str]:
    return set(looked_at().values_list("subject", flat=True))


def test_who_has_no_duty_is_listed_and_a_complete_district_lists_nobody(world: World) -> None:
    spelling.refresh()
    named = missing()
    assert {f"unit/{world.bureau.pk}", f"unit/{world.east_government.pk}"} <= named
    assert {holder(world, name).about for name in ("officer", "clerk_east", "principal", "leader")} <= named
    assert holder_about_of_admins(world).isdisjoint(named)
    complete(world)
    assert missing() == set()


def holder_about_of_admins(world: World) -> set[str]:
    rows = Post.objects.filter(role__in=[Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR, Role.EXPERT])
    return {f"post/{pk}" for pk in rows.values_list("pk", flat=True)}


def test_coverage_is_a_figure_per_level_with_its_records(world: World) -> None:
    today = clock.today()
    year = Period.parse(str(today.year))
    spelling.refresh()
    keeping.assign(
        holder(world, "clerk_east"),
        Said("负责东湖镇日常检查和上报", DutyClass.TERRITORIAL),
        world.actor("office"),
    )
    found = answers.value("duties.posts_coverage", year, today, by="kind")
    assert (found.by["镇街"].numerator, found.by["镇街"].denominator) == (1, 3)
    assert found.by["区级"].numerator == 0
    records = answers.records("duties.posts_covered", year, today)
    assert [str(one) for one in records] == ["post_duty 东湖镇人民政府 安监站站长"]
    yesterday = answers.value("duties.posts", year, today - timedelta(days=1))
    assert yesterday.amount == 0, "nothing was looked at before today"
    ended = Duty.objects.get()
    keeping.end(ended, "调整", world.actor("office"))
    assert answers.value("duties.posts_covered", year, today).amount == 0
    result = checking.check()
    assert result.ok, result.mismatches[:2]


def test_a_stock_is_told_as_of_the_cut_off_whatever_the_period(world: World) -> None:
    spelling.refresh()
    Spell.objects.update(since=date(2025, 3, 10))
    spell = Spell.objects.filter(check_name=coverage.POSTS).first()
    assert spell is not None
    Spell.objects.filter(pk=spell.pk).update(until=date(2026, 2, 3))
    Spell.objects.create(
        check_name=coverage.POSTS, subject=spell.subject, label=spell.label, passes=True, level=spell.level,
        region_path=spell.region_path, since=date(2026, 2, 3),
    )  # fmt: skip
    total = Spell.objects.filter(check_name=coverage.POSTS, until=None).count()
    for label, day, covered in (
        ("2025", date(2026, 6, 1), 0), ("2026-02", date(2026, 2, 2), 0), ("2026-02", date(2026, 2, 3), 1),
        ("2026H1", date(2026, 6, 30), 1), ("2026W30", date(2026, 8, 1), 1),
    ):  # fmt: skip
        found = answers.value("duties.posts_coverage", Period.parse(label), day)
        assert (found.numerator, found.denominator) == (covered, total), (label, day)
    assert answers.value("duties.posts", Period.parse("2024"), date(2026, 6, 1)).amount == 0
    assert checking.check().ok


def test_who_keeps_whose_duties(world: World) -> None:
    said = Said("负责日常检查和隐患上报", DutyClass.TERRITORIAL)
    east = holder(world, "clerk_east")
    keeping.assign(east, said, world.actor("clerk_east"))
    inside = Said("负责车间日常安全检查", DutyClass.ENTERPRISE)
    safety = holder(world, "safety")
    keeping.assign(safety, inside, world.actor("principal"))
    for who, target, told in (
        ("clerk_west", east, said), ("regulator", east, said), ("office", safety, inside), ("site_safety", safety, inside),
        ("expert", east, said), ("auditor", east, said),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            keeping.assign(target, told, world.actor(who))
        assert refused.value.failures[0].code == "duty.not_yours", who
    seen = {
        who: set(visible_duties(world.actor(who)).values_list("text", flat=True))
        for who in ("clerk_west", "safety_two", "site_safety", "regulator", "auditor", "expert")
    }
    assert seen["clerk_west"] == {said.text}
    assert seen["safety_two"] == {inside.text}
    assert seen["regulator"] == {said.text, inside.text}
    assert seen["site_safety"] == seen["auditor"] == set()
    assert seen["expert"] <= {inside.text}


def test_every_fault_is_told_at_once_and_the_same_twice_is_once(world: World) -> None:
    with pytest.raises(Refused) as refused:
        keeping.assign(holder(world, "principal"), Said("管", DutyClass.REGULATORY), world.actor("principal"))
    assert {one.code for one in refused.value.failures} == {
        "duty.no_text", "duty.wrong_class", "duty.no_oversight",
    }  # fmt: skip
    said = Said("负责工贸行业监督检查工作", DutyClass.REGULATORY, Oversight.SECTOR.value)
    regulator = holder(world, "regulator")
    first = keeping.assign(regulator, said, world.actor("regulator"))
    assert keeping.assign(regulator, said, world.actor("regulator")).pk == first.pk
    assert len(trail.history(regulator.about)) == 1


def test_every_standard_cites_a_clause_of_the_release(world: World) -> None:
    standards.load_rules()
    assert standards.load_rules() == 0
    for rule, clause in standards.clause_labels():
        assert Clause.objects.filter(version__document__name=rule, label=clause).exists(), (rule, clause)


def test_the_deeds_stand_in_the_record(world: World) -> None:
    complete(world)
    assert verify().ok
    assert (
        trail.history(f"unit/{world.bureau.pk}")[0].payload["basis"] == "《中华人民共和国安全生产法》第三条"
    )


def test_the_page_asks_for_the_duty_with_the_post(world: World, sign_in: SignIn) -> None:
    client = sign_in("security_admin")
    leadership = world.user("leader").person.tenures.get().post.agency
    assert leadership is not None
    told = {"title": "副区长", "role": "leader", "agency": leadership.pk, "region": world.district.pk}
    answer = client.post("/people/posts/new/", told)
    assert answer.status_code == 422
    assert "党政同责、一岗双责" in answer.content.decode()
    answer = client.post("/people/posts/new/", {**told, "duty": "通用"})
    assert answer.status_code == 302
    assert Duty.objects.filter(post__title="副区长").count() == 1


def test_a_workbook_takes_the_rules_own_and_says_so(world: World, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    importers.write_template("people", path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = {str(cell.value): place for place, cell in enumerate(sheet[1], 1)}
    for cell in sheet[3]:
        cell.value = None
    told = {
        "姓名": "周某",
        "岗位": "副区长",
        "角色": "领导",
        "单位": "薛河区人民政府",
        "分管行业领域": "工贸",
    }
    for line, row in enumerate(
        (told, {**told, "姓名": "吴某", "岗位": "区委常委", "安全职责": "分管领域安全负责"}), 3
    ):
        for heading, value in row.items():
            sheet.cell(line, headings[heading]).value = value
    book.save(path)
    answer = importing.run("people", path, Actor.system("import"))[1]
    assert (answer["accepted"], answer["rejected"]) == (2, [])
    (note,) = answer["notes"]
    assert "有 1 个岗位没有填写安全职责" in note
    texts = dict(Duty.objects.values_list("post__title", "text"))
    assert "分管行业领域的安全生产工作负领导责任" in texts["副区长"]
    assert texts["区委常委"] == "分管领域安全负责"


def test_pages_show_duties_and_what_may_be_done(world: World, sign_in: SignIn) -> None:
    spelling.refresh()
    client = sign_in("office")
    page = client.get("/responsibility/duties/missing/").content.decode()
    assert "区应急管理局" in page
    assert client.post("/responsibility/duties/adopt/").status_code == 302
    page = client.get("/responsibility/duties/").content.decode()
    assert "管行业必须管安全" in page
    assert client.get("/responsibility/duties/?scheme=regulation&level=town_level").status_code == 200
    export = client.get("/responsibility/duties/export.xlsx")
    assert export.getvalue()[:2] == b"PK"
    assert client.get("/responsibility/duties/print.docx?scheme=three").content[:2] == b"PK"
    one = Duty.objects.filter(post=None, agency=world.bureau).get()
    where = f"/responsibility/duties/unit/{world.bureau.pk}/"
    assert "改写" in client.get(where).content.decode()
    assert client.get(f"{where}new/").status_code == 200
    told = {
        "text": "对工贸等行业安全生产实施监督管理",
        "duty_class": "regulatory",
        "oversight": "sector",
        "reason": "机构改革",
    }
    assert client.post(f"/responsibility/duties/{one.pk}/reword/", told).status_code == 302
    assert "机构改革" in client.get(where).content.decode()
    inside = sign_in("safety")
    assert inside.get(where).status_code == 404
    assert "总经理" in inside.get("/responsibility/duties/missing/").content.decode()
    assert "安监站站长" not in inside.get("/responsibility/duties/missing/").content.decode()


def test_the_list_costs_the_same_for_many(world: World, sign_in: SignIn) -> None:
    complete(world)
    client = sign_in("office")
    client.get("/responsibility/duties/")
    with CaptureQueriesContext(connection) as few:
        client.get("/responsibility/duties/?level=town_level")
    with CaptureQueriesContext(connection) as many:
        client.get("/responsibility/duties/")
    assert len(many) <= len(few) + 1


def test_no_duty_is_reworded_into_another_of_the_same_holder(world: World) -> None:
    regulator, by = holder(world, "regulator"), world.actor("regulator")
    said = [
        Said(text, DutyClass.REGULATORY, Oversight.SECTOR.value)
        for text in ("负责工贸行业监督检查工作", "负责工贸行业宣传培训工作")
    ]
    first, second = (keeping.assign(regulator, one, by) for one in said)
    with pytest.raises(Refused) as refused:
        keeping.reword(first, said[1], "分工调整", by)
    assert [one.code for one in refused.value.failures] == ["duty.told_already"]
    first.refresh_from_db()
    assert (first.until, second.until) == (None, None)


def test_more_duties_than_a_paper_holds_are_not_printed(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete(world)
    assert sign_in("office").get("/responsibility/duties/print.docx").status_code == 200
    monkeypatch.setattr(pages, "PRINTED", 1)
    answer = sign_in("office").get("/responsibility/duties/print.docx")
    assert answer.status_code == 422
    assert "一次最多打印 1 条职责" in answer.content.decode()


def test_an_enterprise_reads_no_figures_of_the_district(world: World, sign_in: SignIn) -> None:
    complete(world)
    own = sign_in("principal").get("/responsibility/duties/").context["cards"][0].denominator
    whole = sign_in("office").get("/responsibility/duties/").context["cards"][0].denominator
    mine = visible_duties(world.actor("principal")).count()
    assert own == mine < whole
