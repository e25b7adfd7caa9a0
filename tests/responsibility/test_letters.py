"""The letter from its draft to its appraisal: who signs, what is one a year, what a revision keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bihuan.capabilities.dispatch.meetings.lookup import annual_meeting
from bihuan.capabilities.responsibility.committees import keeping
from bihuan.capabilities.responsibility.committees.models.committees import Standing
from bihuan.capabilities.responsibility.letters import inputs, targets
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.responsibility.letters.unsigned import is_signed, require_signed, unsigned
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.people.actors import actor_of
from bihuan.kernel.people.models import Post, Tenure
from bihuan.kernel.record import entries_of
from tests.responsibility.letter_steps import (
    asked,
    drafted,
    enterprise,
    fresh,
    held,
    issued,
    signed,
    superior,
    taken,
    this_year,
)
from tests.world import World

REVISED = inputs.Revising(reason="上级调整指标", targets="生产安全事故死亡人数 ≤ 0 人")


def _codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [failure.code for failure in refusal.value.failures]


def test_a_letter_goes_from_draft_to_appraisal(world: World) -> None:
    letter = drafted(world)
    assert (letter.state, letter.level, letter.issuer_name) == ("drafted", "town", "薛河区人民政府")
    assert "副区长" in letter.issuer_title
    assert "安监站站长" in letter.receiver_title
    letter = taken(world, letter, "issue", Nothing(), "leader")
    assert (letter.state, letter.issued_on, letter.signed_on) == ("awaiting", clock.today(), None)
    letter = taken(world, letter, "sign", Nothing(), "clerk_east")
    assert (letter.state, letter.signed_on) == ("in_force", clock.today())
    assert letter.deadline is not None
    assert letter.deadline.year == this_year() + 1
    letter = taken(world, letter, "appraise", inputs.Appraisal(merit="good", opinion="完成目标"), "office")
    assert (letter.state, letter.merit) == ("appraised", "good")
    marks = {entry.verb: entry.signed for entry in entries_of(letter.uid)}
    assert all(marks[verb] is not None for verb in ("draft", "issue", "sign", "appraise"))


def test_nobody_signs_for_a_head(world: World) -> None:
    """Colleagues, deputies, the office, a terminal with the head's rights: each is refused."""
    letter = drafted(world)
    for by in ("office", "office_two"):
        with pytest.raises(Refused) as refused:
            taken(world, letter, "issue", Nothing(), by)
        assert _codes(refused) == ["loop.not_your_step"]
    letter = taken(world, letter, "issue", Nothing(), "leader")
    for by in ("leader", "office"):
        with pytest.raises(Refused) as refused:
            taken(world, letter, "sign", Nothing(), by)
        assert "loop.not_your_step" in _codes(refused)
    proxy = world.actor("clerk_east").through_terminal("root")
    with pytest.raises(Refused) as refused:
        engine.perform("letter", "sign", letter.no, Nothing(), actor=proxy)
    assert "loop.signed_by_oneself" in _codes(refused)
    absent = actor_of(world.user("clerk_east"))
    with pytest.raises(Refused) as refused:
        engine.perform("letter", "sign", letter.no, Nothing(), actor=absent)
    assert _codes(refused) == ["loop.not_confirmed"]
    assert fresh(letter.uid).state == "awaiting"


def test_one_person_does_not_sign_for_both_sides(world: World) -> None:
    """Somebody who holds both posts signs for one of them only; the database refuses it as well."""
    letter = issued(world)
    assert letter.receiver_post is not None
    Tenure.objects.filter(post_id=letter.receiver_post).update(until=clock.today())
    person = world.user("leader").person
    Tenure.objects.create(post_id=letter.receiver_post, person=person, since=clock.today())
    with pytest.raises(Refused) as refused:
        taken(world, letter, "sign", Nothing(), "leader")
    assert _codes(refused) == ["loop.same_person"]


def test_one_letter_a_year_and_unit(world: World) -> None:
    first = drafted(world)
    with pytest.raises(Refused) as refused:
        drafted(world)
    assert _codes(refused) == ["letter.exists"]
    assert first.no in str(refused.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=drafted(world, world.west_government).pk).update(
            receiver_key=first.receiver_key
        )
    taken(world, first, "withdraw", inputs.Reason(reason="文本有误"), "office")
    assert drafted(world).no != first.no
    assert drafted(
        world, year=this_year() - 1, conference_on=clock.today().replace(year=this_year() - 1)
    ).year


def test_the_unit_returns_what_it_cannot_bear_and_signs_the_mended_one(world: World) -> None:
    letter = taken(world, issued(world), "return_draft", inputs.Reason(reason="起数过低"), "clerk_east")
    assert (letter.state, letter.issued_on, letter.returned) == ("drafted", None, "起数过低")
    text = inputs.Rewriting(
        targets="生产安全事故起数 ≤ 4 起",
        conference_title="全区安全生产工作会议",
        conference_on=clock.today(),
    )
    letter = taken(world, letter, "rewrite", text, "office_two")
    assert [one.limit for one in letter.listed_targets] == [4]
    letter = taken(world, letter, "issue", Nothing(), "leader")
    assert taken(world, letter, "sign", Nothing(), "clerk_east").state == "in_force"


def test_a_revision_is_a_new_edition_signed_by_both_again(world: World) -> None:
    letter = signed(world)
    letter = taken(world, letter, "revise", REVISED, "office")
    assert (letter.state, letter.edition, letter.issued_on, letter.signed_on) == ("drafted", 2, None, None)
    (former,) = letter.former
    assert former["signed_by"] == world.actor("clerk_east").name
    assert len(former["targets"]) == 4
    assert not is_signed(this_year(), letter.receiver_key)
    letter = taken(world, letter, "issue", Nothing(), "leader")
    letter = taken(world, letter, "sign", Nothing(), "clerk_east")
    assert (letter.state, letter.edition, len(letter.listed_targets)) == ("in_force", 2, 1)


def test_a_revision_that_is_cancelled_leaves_the_former_edition_as_it_was_signed(world: World) -> None:
    before = signed(world)
    letter = taken(world, before, "revise", REVISED, "office")
    with pytest.raises(Refused) as refused:
        taken(world, letter, "withdraw", inputs.Reason(reason="撤回"), "office")
    assert _codes(refused) == ["letter.is_revision"]
    letter = taken(world, letter, "cancel_revision", inputs.Reason(reason="不再调整"), "office")
    kept = ("edition", "targets", "issued_by", "signed_by", "signed_on", "receiver_post", "former")
    assert {name: getattr(letter, name) for name in kept} == {name: getattr(before, name) for name in kept}
    assert letter.state == "in_force"


def test_a_revision_is_not_cancelled_once_others_were_given_what_it_set_free(world: World) -> None:
    """The district may give five; the east town has three, lowers them to one, and the west town is given four."""
    superior = inputs.Registering(
        year=this_year(), issuer_name="市人民政府", signed_on=clock.today(), signers="甲、乙",
        targets="生产安全事故起数 ≤ 5 起",
    )  # fmt: skip
    engine.open_matter("letter", "register_superior", superior, actor=world.actor("office"))
    lower = inputs.Revising(reason="调整", targets="生产安全事故起数 ≤ 1 起")
    letter = taken(world, signed(world), "revise", lower, "office")
    drafted(world, world.west_government, targets="生产安全事故起数 ≤ 4 起")
    with pytest.raises(Refused) as refused:
        taken(world, letter, "cancel_revision", inputs.Reason(reason="不再调整"), "office")
    assert _codes(refused) == ["letter.cap_exceeded"]


def test_nothing_of_the_year_is_signed_before_its_conference(world: World) -> None:
    with pytest.raises(Refused) as refused:
        drafted(world, conference_title="", conference_on=None)
    assert _codes(refused) == ["letter.no_conference", "letter.no_conference_day"]
    with pytest.raises(Refused) as refused:
        drafted(world, conference_on=clock.today().replace(year=this_year() - 1, month=3))
    assert _codes(refused) == ["letter.conference_of_another_year"]
    ahead = min(clock.today() + timedelta(days=5), clock.today().replace(month=12, day=31))
    letter = drafted(world, conference_on=ahead)
    with pytest.raises(Refused) as refused:
        taken(world, letter, "issue", Nothing(), "leader")
    assert _codes(refused) == ["letter.before_conference"]


def test_the_register_of_meetings_vouches_for_the_conference(world: World) -> None:
    """Without the year's meeting there are no letters; by its number or by its year the register knows it."""

    def draft(**changes: Any) -> Letter:
        given = asked(world.east_government, **changes)
        return fresh(engine.open_matter("letter", "draft", given, actor=world.actor("office")).uid)

    with pytest.raises(Refused) as refused:
        draft()
    assert _codes(refused) == ["letter.conference_unknown"]
    held(world, clock.today().replace(month=1, day=8))
    with pytest.raises(Refused) as refused:
        draft()
    assert _codes(refused) == ["letter.conference_of_another_day"]
    with pytest.raises(Refused) as refused:
        draft(conference_no="370403-M2026-000999")
    assert _codes(refused) == ["letter.conference_unknown"]
    letter = draft(conference_on=clock.today().replace(month=1, day=8))
    meeting = annual_meeting(this_year())
    assert meeting is not None
    assert letter.conference_no == meeting.no
    assert taken(world, letter, "issue", Nothing(), "leader").state == "awaiting"


def test_the_unsigned_are_listed_and_cannot_be_scored(world: World) -> None:
    office, east = world.actor("office"), world.actor("clerk_east")
    year = this_year()
    listed = {row.name: row.stands for row in unsigned(year, office)}
    assert listed["东湖镇人民政府"] == "尚未下达"
    assert "区应急管理局" in listed
    letter = issued(world)
    listed = {row.name: row.stands for row in unsigned(year, office)}
    assert listed["东湖镇人民政府"] == "待签订"
    with pytest.raises(Refused) as refused:
        require_signed(year, letter.receiver_key, letter.receiver_name)
    assert _codes(refused) == ["letter.unsigned_party"]
    taken(world, letter, "sign", Nothing(), "clerk_east")
    require_signed(year, letter.receiver_key, letter.receiver_name)
    assert "东湖镇人民政府" not in {row.name for row in unsigned(year, office)}
    assert [row.name for row in unsigned(year, east)] == []


def test_both_sides_see_a_letter_and_nobody_else(world: World) -> None:
    letter, own = drafted(world), enterprise(world)
    sees = {name: set(_seen(world, name)) for name in world.users}
    for name in ("office", "office_two", "leader", "clerk_east"):
        assert sees[name] == {letter.no, own.no}
    assert sees["principal"] == sees["safety"] == {own.no}
    for name in (
        "clerk_west",
        "regulator",
        "builder",
        "grid",
        "expert",
        "site_safety",
        "system_admin",
        "auditor",
    ):
        assert sees[name] == set(), name
    with pytest.raises(Absent):
        engine.perform("letter", "sign", letter.no, Nothing(), actor=world.actor("clerk_west"))


def _seen(world: World, name: str) -> list[str]:
    from bihuan.capabilities.responsibility.letters.access import visible_letters

    return list(visible_letters(world.actor(name)).values_list("no", flat=True))


def test_a_town_gives_letters_to_its_own_enterprises_and_villages_only(world: World) -> None:
    assert enterprise(world).issuer_name == "东湖镇人民政府"
    with pytest.raises(Absent):
        enterprise(world, by="clerk_west", enterprise=world.factory.uid)
    with pytest.raises(Refused) as refused:
        enterprise(world, by="office", enterprise=world.site.uid)
    assert "letter.not_your_town" in _codes(refused)


def test_a_name_that_only_a_ledger_knows_is_given_no_letter(world: World) -> None:
    type(world.factory).objects.filter(pk=world.factory.pk).update(standing="pending")
    with pytest.raises(Refused) as refused:
        enterprise(world)
    assert _codes(refused) == ["letter.enterprise_pending"]


def test_a_town_signs_and_the_principal_signs(world: World) -> None:
    letter = enterprise(world)
    letter = taken(world, letter, "issue", Nothing(), "clerk_east")
    with pytest.raises(Refused) as refused:
        taken(world, letter, "sign", Nothing(), "safety")
    assert _codes(refused) == ["loop.not_your_step"]
    assert taken(world, letter, "sign", Nothing(), "principal").state == "in_force"


def test_what_the_superior_gave_is_corrected_by_document_only(world: World) -> None:
    letter = superior(world)
    assert (letter.state, letter.level, letter.receiver_name) == ("in_force", "superior", "薛河区人民政府")
    with pytest.raises(Refused) as refused:
        taken(world, letter, "revise", REVISED, "office")
    assert _codes(refused) == ["letter.superiors"]
    given = inputs.Restating(targets="生产安全事故死亡人数 ≤ 3 人", reason="市安委〔2026〕9号")
    letter = taken(world, letter, "restate", given, "office")
    assert (letter.edition, letter.listed_targets[0].limit, len(letter.former)) == (2, 3, 1)


def test_the_principal_leader_signs_among_several_heads(world: World) -> None:
    mayor = Post.objects.create(
        title="镇长",
        role="town",
        agency=world.east_government,
        region=world.east,
        heads=True,
        region_path=world.east.path,
    )
    assert drafted(world).receiver_post == mayor.pk


def test_the_principal_whom_the_committees_know_signs_before_all_others(world: World) -> None:
    mayor = Post.objects.create(
        title="管区书记",
        role="town",
        agency=world.east_government,
        region=world.east,
        region_path=world.east.path,
    )
    keeping.tell_standing(world.east, mayor, Standing.PRINCIPAL, world.actor("clerk_east"))
    assert drafted(world).receiver_post == mayor.pk


def test_the_draft_needs_everything_and_tells_all_faults_at_once(world: World) -> None:
    with pytest.raises(Refused) as refused:
        drafted(
            world,
            year=this_year() - 7,
            targets="死亡人数 ≤ 2 起\n隐患整改率 ≤ 98%\n事故 <> 3",
            conference_title="",
        )
    assert _codes(refused).count("letter.target_unreadable") == 3
    assert {"letter.year_out_of_range", "letter.no_conference"} <= set(_codes(refused))
    with pytest.raises(Refused) as refused:
        drafted(world, world.office)
    assert _codes(refused) == ["letter.unit_unknown"]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("1. 死亡人数不超过２人；", ("生产安全事故死亡人数", "cap", 2, "人")),
        ("（2）隐患整改率达到98.5%以上", ("隐患整改率", "floor", 9850, "%")),
        ("三、道路交通事故死亡人数较上年同期下降", ("道路交通事故死亡人数", "shrink", None, "人")),
        ("企业风险分级管控清单 ≤ 3 家", ("企业风险分级管控清单", "cap", 3, "家")),
        ("全部村（社区）建立巡查记录", ("全部村（社区）建立巡查记录", "done", None, "")),
        ("3.5吨以上货车全部登记", ("3.5吨以上货车全部登记", "done", None, "")),
    ],
)
def test_targets_are_read_as_clerks_write_them(line: str, kept: tuple[object, ...]) -> None:
    (target,), failures = targets.read(line)
    assert not failures
    assert (target.label, target.kind.value, target.limit, target.unit) == kept
    assert targets.read(target.words())[0] == [target]


def test_another_head_signs_once_the_letter_names_the_new_post(world: World) -> None:
    letter = issued(world)
    with pytest.raises(Refused) as refused:
        taken(world, letter, "reseat", inputs.Reason(reason="岗位调整"), "office")
    assert _codes(refused) == ["letter.heads_unchanged"]
    mayor = Post.objects.create(
        title="镇长",
        role="town",
        agency=world.east_government,
        region=world.east,
        heads=True,
        region_path=world.east.path,
    )
    Tenure.objects.create(post=mayor, person=world.user("regulator_two").person, since=clock.today())
    issuer = letter.issuer_post
    letter = taken(world, letter, "reseat", inputs.Reason(reason="镇长到任"), "office")
    assert (letter.receiver_post, letter.issuer_post, letter.state) == (mayor.pk, issuer, "awaiting")
    with pytest.raises(Refused) as refused:
        taken(world, letter, "sign", Nothing(), "clerk_east")
    assert _codes(refused) == ["loop.not_your_step"]
    assert taken(world, letter, "sign", Nothing(), "regulator_two").state == "in_force"
