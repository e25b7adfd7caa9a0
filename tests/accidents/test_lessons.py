"""Warnings: from an accident here or elsewhere to the list of similar entities, received and looked at one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bihuan.capabilities.accidents.lessons import inputs
from bihuan.capabilities.accidents.lessons.access import visible_lessons
from bihuan.capabilities.accidents.lessons.models import Lesson, LessonCheck
from bihuan.capabilities.accidents.lessons.pages import more_facts
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from tests.accidents.steps import verified
from tests.world import World, _sector

BY = date(2026, 12, 10)


def terms(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "lesson": "非法窝点藏匿民房，邻里无人举报", "requirement": "逐家核对作业场所和仓库", "sectors": (_sector("工贸").pk,),
        "channel": "政府网站、书面通报", "check_by": BY,
    }  # fmt: skip
    return {**values, **changes}


def issued(world: World, by: str = "office", **changes: Any) -> Lesson:
    """N37: an accident elsewhere with thirteen dead."""
    given = inputs.Issuing(
        title="外省非法窝点爆炸 13 人死亡", occurred_on=date(2026, 11, 15), place="外省某县", kind="爆炸", deaths=13,
        **terms(**changes),
    )  # fmt: skip
    return fresh(engine.open_matter("lesson", "issue", given, actor=world.actor(by)).uid)


def fresh(uid: Any) -> Lesson:
    return Lesson.objects.get(uid=uid)


def do(world: World, lesson: Lesson, verb: str, given: Any, by: str) -> Lesson:
    engine.perform("lesson", verb, lesson.no, given, actor=world.actor(by), version=lesson.version)
    return fresh(lesson.uid)


def check(world: World, **changes: Any) -> inputs.Check:
    values: dict[str, Any] = {
        "object": world.factory.uid,
        "checked_on": clock.today(),
        "finding": "无此类场所",
    }
    return inputs.Check(**{**values, **changes})


def codes(refusal: Any) -> list[str]:
    return [failure.code for failure in refusal.value.failures]


def test_a_warning_lists_who_is_alike_and_nobody_else(world: World) -> None:
    lesson = issued(world)
    assert list(LessonCheck.objects.values_list("object", flat=True)) == [world.factory.uid]
    assert (lesson.listed, lesson.received, lesson.checked, lesson.deadline) == (1, 0, 0, BY)
    both = issued(world, sectors=(_sector("工贸").pk, _sector("建筑施工").pk))
    assert both.listed == 2
    east = issued(world, sectors=(_sector("工贸").pk, _sector("建筑施工").pk), towns=(world.east.pk,))
    assert east.listed == 1
    with pytest.raises(Refused) as refusal:
        issued(world, sectors=(_sector("民航").pk,))
    assert codes(refusal) == ["lesson.nobody"]


def test_received_looked_at_and_closed(world: World) -> None:
    lesson = issued(world)
    with pytest.raises(Refused) as refusal:
        do(world, lesson, "close", inputs.Closing(opinion="完成"), "office")
    assert codes(refusal) == ["lesson.unchecked"]
    lesson = do(world, lesson, "confirm_receipt", Nothing(), "principal")
    assert (lesson.received, LessonCheck.objects.get().received_by) == (1, world.actor("principal").name)
    with pytest.raises(Refused) as refusal:
        do(world, lesson, "confirm_receipt", Nothing(), "safety")
    assert codes(refusal) == ["lesson.received"]
    lesson = do(world, lesson, "record_check", check(world, problem=True, finding="仓库混存"), "clerk_east")
    lesson = do(world, lesson, "record_check", check(world, finding="已清理"), "regulator")
    assert (lesson.checked, LessonCheck.objects.get().finding) == (1, "已清理")
    do(world, lesson, "close", inputs.Closing(opinion="完成"), "office")


def test_only_whoever_answers_for_or_over_the_entity(world: World) -> None:
    lesson = issued(world)
    for by, verb, given in (
        ("site_safety", "confirm_receipt", Nothing()), ("clerk_west", "record_check", check(world)),
    ):  # fmt: skip
        with pytest.raises((Refused, Absent)):
            do(world, lesson, verb, given, by)
    with pytest.raises(Refused) as refusal:
        do(world, lesson, "record_check", check(world, object=world.site.uid), "clerk_east")
    assert codes(refusal) == ["lesson.not_listed"]
    seen = {
        name for name in ("office", "leader", "clerk_east", "clerk_west", "principal", "site_safety", "regulator", "builder")
        if visible_lessons(world.actor(name)).filter(pk=lesson.pk).exists()
    }  # fmt: skip
    assert seen == {"office", "leader", "clerk_east", "principal", "regulator"}


def test_who_has_not_confirmed_stands_first(world: World) -> None:
    lesson = issued(world, sectors=(_sector("工贸").pk, _sector("建筑施工").pk))
    lesson = do(world, lesson, "confirm_receipt", Nothing(), "principal")
    told = {
        heading: [fact.label for fact in facts]
        for heading, facts in more_facts(lesson, world.actor("office"))
    }
    assert told == {"未签收的单位": [world.site.name], "已签收、未登记排查结果的": [world.factory.name]}
    assert [heading for heading, _ in more_facts(lesson, world.actor("clerk_east"))] == [
        "已签收、未登记排查结果的"
    ]


def test_a_verified_accident_drafts_one_warning(world: World) -> None:
    accident = verified(world)
    lesson = Lesson.objects.get(accident=accident.no)
    assert (lesson.state, lesson.deaths, lesson.issued_on) == ("draft", 1, None)
    assert lesson.title == "东湖纺织有限公司机械致害事故"
    assert not visible_lessons(world.actor("clerk_east")).exists()
    lesson = do(world, lesson, "publish", inputs.Terms(**terms()), "office")
    assert (lesson.state, lesson.listed, lesson.lesson) == ("checking", 1, "非法窝点藏匿民房，邻里无人举报")


def test_a_day_gone_by_binds_nobody(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        issued(world, check_by=date(2026, 11, 19))
    assert codes(refusal) == ["lesson.day_gone"]
