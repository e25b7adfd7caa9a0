"""Draws: frozen lists, a seed nobody could foresee, a result anybody can compute again, and no silent second try."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from bihuan.capabilities.inspections import inputs as visits
from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.planning.draws import inputs, lots, proof
from bihuan.capabilities.inspections.planning.models import Draw
from bihuan.capabilities.inspections.planning.pages import public
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.objects.access import draft_object
from bihuan.registers.officers.recusals import keep_away
from tests.inspections.steps import certify, names
from tests.world import World


def many(world: World, count: int = 8) -> None:
    """More factories of the bureau's trade, and a third officer."""
    for number in range(count):
        one = draft_object(f"东湖第{number}机械厂", world.east, sector=world.factory.sector)
        one.agency = world.bureau
        one.save()
    certify(world, "regulator_two")


def frozen(world: World, by: str = "regulator", **changes: Any) -> Draw:
    values = {"title": "四季度双随机抽查", "basis": "年度抽查计划", "count": 3, "team": 2, **changes}
    outcome = engine.open_matter("draw", "freeze", inputs.Freezing(**values), actor=world.actor(by))
    return Draw.objects.get(uid=outcome.uid)


def act(world: World, draw: Draw, step: str, given: Any, by: str = "regulator") -> Draw:
    engine.perform("draw", step, draw.no, given, actor=world.actor(by))
    return Draw.objects.get(pk=draw.pk)


def cast(world: World, draw: Draw, **said: Any) -> Draw:
    return act(world, draw, "cast", inputs.Casting(**said))


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in refusal.value.failures}


@pytest.fixture(autouse=True)
def fresh_ceiling() -> None:
    public.CEILING._seen.clear()


def test_the_same_lists_and_seed_give_the_same_result_whatever_their_order() -> None:
    targets, officers = [f"t{n}" for n in range(20)], ["o1", "o2", "o3"]
    first = lots.draw("seed", targets, officers, count=5, team=2, apart={})
    again = lots.draw("seed", targets[::-1], officers[::-1], count=5, team=2, apart={})
    assert first == again
    assert first != lots.draw("another", targets, officers, count=5, team=2, apart={})


def test_the_lot_can_be_cast_with_nothing_but_an_sm3_tool() -> None:
    """The rule as written down for the public, followed here without a line of ours."""

    def sm3(text: str) -> str:
        return hashlib.new("sm3", text.encode()).hexdigest()

    targets, seed = ["甲", "乙", "丙", "丁"], sm3("r|8 3 5|T|O")
    assert seed == lots.seed_of("r", "8 3 5", "T", "O")
    by_hand = sorted(targets, key=lambda one: sm3(f"{seed}|target|{one}"))[:2]
    drawn = lots.draw(seed, targets, ["x", "y"], count=2, team=1, apart={})
    assert [one.target for one in drawn] == by_hand
    assert lots.list_digest(targets) == sm3("".join(f"{one}\n" for one in sorted(targets)))


def test_every_target_is_as_likely_as_every_other() -> None:
    """1,200 seeds over 12 targets, 3 drawn each: 300 expected; six standard deviations are allowed, so it never flickers."""
    targets = [f"企业{n}" for n in range(12)]
    counted: Counter[str] = Counter()
    firsts: Counter[str] = Counter()
    for seed in range(1200):
        drawn = lots.draw(f"s{seed}", targets, [], count=3, team=0, apart={})
        counted.update(one.target for one in drawn)
        firsts[drawn[0].target] += 1
    assert sum(counted.values()) == 3600
    assert all(abs(counted[one] - 300) < 6 * 15 for one in targets), counted
    assert all(abs(firsts[one] - 100) < 6 * 9.6 for one in targets), firsts


def test_officers_are_spread_evenly_and_keep_away() -> None:
    officers = [f"o{n}" for n in range(5)]
    targets = [f"t{n}" for n in range(30)]
    apart = {"t3": ["o1", "o2"]}
    for seed in range(20):
        drawn = lots.draw(f"s{seed}", targets, officers, count=30, team=2, apart=apart)
        load = Counter(each for one in drawn for each in one.officers)
        assert max(load.values()) - min(load.values()) <= 2
        [kept] = [one for one in drawn if one.target == "t3"]
        assert not {"o1", "o2"} & set(kept.officers)


def test_a_draw_goes_from_frozen_lists_to_inspections_of_its_teams(world: World) -> None:
    many(world)
    draw = frozen(world)
    assert (len(draw.targets), len(draw.officers), draw.seed) == (9, 3, "")
    assert draw.commitment == lots.digest(draw.secret)
    draw = cast(world, draw, words="7 2 9", witness="企业代表")
    assert [one.good for one in proof.replay(proof.published(draw))] == [True] * 8
    given = inputs.Sending(planned_on=clock.today(), content="双随机检查")
    draw = act(world, draw, "send", given)
    assert draw.state == "arranged"
    opened = {one.no: one for one in Inspection.objects.filter(origin=draw.no)}
    assert sorted(opened) == sorted(draw.inspections)
    persons = {one["id"]: one["person"] for one in draw.officers}
    for result, no in zip(draw.result, draw.inspections, strict=True):
        assert str(opened[no].object_id) == result["target"]
        assert opened[no].officers == [persons[one] for one in result["officers"]]


def test_a_changed_result_is_found_by_replay_and_by_the_record(world: World) -> None:
    from bihuan.kernel.record.verification import verify

    many(world)
    draw = cast(world, frozen(world))
    told = proof.published(draw)
    told["result"][0]["target"], told["result"][1]["target"] = (
        told["result"][1]["target"],
        told["result"][0]["target"],
    )
    assert sum(not one.good for one in proof.replay(told)) == 2
    Draw.objects.filter(pk=draw.pk).update(result=told["result"])
    assert draw.no in {one.matter_no for one in verify().findings}


@pytest.mark.parametrize("changed", [{"count": 2}, {"team": 3}, {"apart": {"x": ["y"]}}])
def test_what_a_draw_is_cast_under_is_fixed_with_its_lists(world: World, changed: dict[str, Any]) -> None:
    """Whoever changes how many are drawn, how many go, or who keeps away is found out by the file alone."""
    many(world)
    draw = cast(world, frozen(world))
    told = proof.published(draw)
    assert told["rule"] == 2
    assert all(one.good for one in proof.replay(told))
    assert "抽取条件摘要" in {one.label for one in proof.replay({**told, **changed}) if not one.good}
    new = lots.conditions_digest(*({**told, **changed}[name] for name in ("count", "team", "apart")))
    forged = {**told, **changed, "conditions_digest": new}
    assert "种子" in {one.label for one in proof.replay(forged) if not one.good}
    stripped = {name: value for name, value in told.items() if name != "conditions_digest"}
    assert any(not one.good for one in proof.replay({**stripped, "rule": 1}))


def test_a_draw_of_the_first_rule_is_replayed_under_it(world: World) -> None:
    many(world)
    draw = frozen(world)
    Draw.objects.filter(pk=draw.pk).update(rule_version=1, conditions_digest="")
    draw = cast(world, Draw.objects.get(pk=draw.pk))
    assert draw.seed == lots.seed_of(draw.secret, draw.words, draw.targets_digest, draw.officers_digest)
    told = proof.published(draw)
    assert "conditions_digest" not in told
    assert all(one.good for one in proof.replay(told))


def test_the_public_reads_what_was_drawn_and_a_secret_target_not_before_the_visit(
    world: World, client: Client
) -> None:
    many(world)
    draw = cast(world, frozen(world, count=2))
    assert client.get("/disclosure/draws.json").json()["total"] == 0, "what is not sent out is nobody's yet"
    given = inputs.Sending(planned_on=clock.today(), content="暗访", mode="four_no_two_straight")
    draw = act(world, draw, "send", given)
    [one] = client.get("/disclosure/draws.json").json()["draws"]
    assert {each["target"] for each in one["results"]} == {"到场检查后公开"}
    assert one["digests"]["种子"] == "暗访暗查的对象全部到场检查后公开"
    page = client.get("/disclosure/draws/").content.decode()
    names_ = {each["id"]: each["name"] for each in draw.targets}
    assert not any(name in page for name in names_.values())
    assert draw.seed not in page
    assert draw.secret not in page
    Inspection.objects.filter(no=draw.inspections[0]).update(secret=False)
    [one] = client.get("/disclosure/draws.json").json()["draws"]
    assert [each["target"] for each in one["results"]] == [names_[draw.result[0]["target"]], "到场检查后公开"]
    assert draw.seed not in str(one)
    Inspection.objects.filter(no__in=draw.inspections).update(secret=False)
    [one] = client.get("/disclosure/draws.json").json()["draws"]
    told = one["digests"]
    parts = (
        told["随机数"],
        told.get("现场报数", ""),
        told["对象名单摘要"],
        told["人员名单摘要"],
        told["抽取条件摘要"],
    )
    assert told["种子"] == draw.seed == lots.seed_of(*parts)
    page = client.get("/disclosure/draws/").content.decode()
    assert all(officer["name"] not in page and officer["id"] not in page for officer in draw.officers)


def test_who_is_left_out_stands_in_the_file_with_the_reason(world: World) -> None:
    many(world, 4)
    person = world.users["officer"].person
    keep_away(person, world.factory, "亲属任职", clock.today(), world.actor("office"))
    draw = frozen(world, absent=f"{world.users['regulator_two'].person.name} 病假")
    assert draw.excluded == [
        {"list": "检查人员", "name": world.users["regulator_two"].person.name, "why": "病假"},
        {"list": "抽查对象", "name": world.factory.name, "why": "应回避的人员多，余下的不足一组"},
    ]
    assert str(world.factory.uid) not in {one["id"] for one in draw.targets}


def test_too_few_to_draw_from_is_no_lot(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        frozen(world, count=5, team=4)
    assert codes(refusal) == {"draw.too_few_targets", "draw.too_few_officers"}


def test_a_draw_is_never_made_again_in_silence(world: World) -> None:
    many(world)
    former = cast(world, frozen(world))
    with pytest.raises(Refused):
        cast(world, former)
    with pytest.raises(Refused) as refusal:
        frozen(world, follows=former.no, again_because="结果不满意")
    assert codes(refusal) == {"draw.former_stands"}
    former = act(world, former, "void", inputs.Voiding(reason="名单漏了一家"), "office")
    with pytest.raises(Refused) as refusal:
        frozen(world)
    assert codes(refusal) == {"draw.silent_again"}
    again = frozen(world, follows=former.no, again_because="名单漏了一家")
    assert again.follows == former.no
    with pytest.raises(Refused) as refusal:
        frozen(world, follows=former.no, again_because="再抽")
    assert codes(refusal) == {"draw.again_already", "draw.other_open"}
    assert Draw.objects.get(pk=former.pk).result, "the voided draw keeps what it drew"


def test_a_team_exchanged_after_the_lot_shows_beside_it(world: World, client: Client) -> None:
    many(world)
    draw = cast(world, frozen(world, count=2))
    draw = act(world, draw, "send", inputs.Sending(planned_on=clock.today(), content="双随机检查"))
    client.force_login(world.user("regulator"))
    assert "调整为" not in client.get(f"/draws/{draw.no}/").content.decode()
    first, second = (Inspection.objects.get(no=no) for no in draw.inspections)
    world_team = {world.users[name].person.pk: name for name in ("officer", "regulator", "regulator_two")}
    other = [name for pk, name in world_team.items() if pk not in first.officers] + [
        world_team[first.officers[0]]
    ]
    changed = visits.Team(officers=names(world, *other), reason="培训")
    engine.perform("inspection", "change_team", first.no, changed, actor=world.actor("regulator"))
    engine.perform(
        "inspection", "cancel", second.no, visits.Reason(reason="停产"), actor=world.actor("regulator")
    )
    page = client.get(f"/draws/{draw.no}/").content.decode()
    assert "人员后来调整为" in page
    assert "检查已取消" in page


def test_several_lots_are_not_cast_to_choose_the_one_that_pleases(world: World) -> None:
    many(world)
    first = frozen(world)
    for stage in ("frozen", "drawn"):
        with pytest.raises(Refused) as refusal:
            frozen(world, title=f"再抽一次{stage}", count=1)
        assert codes(refusal) == {"draw.other_open"}
        assert first.no in refusal.value.failures[0].message
        first = cast(world, first) if stage == "frozen" else first
    first = act(world, first, "send", inputs.Sending(planned_on=clock.today(), content="双随机检查"))
    assert frozen(world, title="下一批").state == "frozen"


@pytest.mark.django_db(transaction=True)
def test_two_who_freeze_the_same_list_at_once_get_one(world: World) -> None:
    many(world)
    answers: list[str] = []
    start = Barrier(2)

    def hand(title: str) -> None:
        try:
            start.wait(10)
            frozen(world, title=title)
            answers.append("frozen")
        except Refused as refusal:
            answers.append(refusal.failures[0].code)
        finally:
            connection.close()

    hands = [Thread(target=hand, args=(title,)) for title in ("甲", "乙")]
    for one in hands:
        one.start()
    for one in hands:
        one.join(30)
    assert sorted(answers) == ["draw.other_open", "frozen"]


@pytest.mark.django_db(transaction=True)
def test_two_who_cast_at_once_get_one_result(world: World) -> None:
    many(world)
    draw = frozen(world)
    answers: list[str] = []
    start = Barrier(2)

    def hand(words: str) -> None:
        try:
            start.wait(10)
            engine.perform(
                "draw", "cast", draw.no, inputs.Casting(words=words, witness="见证人"), actor=world.actor("regulator"),
                version=draw.version,
            )  # fmt: skip
            answers.append("cast")
        except (Refused, Stale) as late:
            answers.append(type(late).__name__)
        finally:
            connection.close()

    hands = [Thread(target=hand, args=(words,)) for words in ("1 2 3", "4 5 6")]
    for one in hands:
        one.start()
    for one in hands:
        one.join(30)
    assert sorted(answers) in (["Refused", "cast"], ["Stale", "cast"])
    kept = Draw.objects.get(pk=draw.pk)
    assert all(one.good for one in proof.replay(proof.published(kept)))


def test_the_secret_is_nowhere_to_be_seen_before_the_lot_is_cast(world: World, client: Client) -> None:
    many(world)
    draw = frozen(world)
    client.force_login(world.user("regulator"))
    for address in ("", "live/", "live/?all=1", "replay/", "lists.json"):
        page = client.get(f"/draws/{draw.no}/{address}")
        assert page.status_code == 200, address
        assert draw.secret not in page.content.decode(), address
    for address in ("", "live/?all=1", "lists.json"):
        assert draw.commitment in client.get(f"/draws/{draw.no}/{address}").content.decode(), address


def test_the_live_page_reveals_the_draw_step_by_step_and_its_file_replays(
    world: World, client: Client, tmp_path: Path
) -> None:
    many(world)
    draw = cast(world, frozen(world), words="6 6", witness="工会代表")
    client.force_login(world.user("office"))
    first = client.get(f"/draws/{draw.no}/live/").content.decode()
    assert "承诺随机数" not in first
    partial = client.get(f"/draws/{draw.no}/live/?shown=3", headers={"HX-Request": "true"}).content.decode()
    assert draw.seed in partial
    assert "<html" not in partial
    whole = client.get(f"/draws/{draw.no}/live/?all=1").content.decode()
    assert all(one["lot"] in whole for one in draw.result)
    told = json.loads(client.get(f"/draws/{draw.no}/lists.json").content)
    assert all(one.good for one in proof.replay(told))
    assert "全部一致" in client.get(f"/draws/{draw.no}/replay/").content.decode()
    client.force_login(world.user("principal"))
    assert client.get(f"/draws/{draw.no}/live/").status_code in (403, 404)
    assert client.get(f"/draws/{draw.no}/").status_code == 404


def test_a_published_draw_is_replayed_at_the_terminal_without_a_database(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from bihuan.cli import main

    many(world)
    told = proof.published(cast(world, frozen(world)))
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    assert main(["draw", "replay", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True
    told["words"] = "另报一个数"
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    assert main(["draw", "replay", str(file)]) == 1
    assert "不一致" in capsys.readouterr().out
    file.write_text("[]", encoding="utf-8")
    assert main(["draw", "replay", str(file)]) == 1
