"""What was known before: hazards, approvals and permits of the unit come up with its accident and are decided on."""

from __future__ import annotations

from datetime import date
from urllib.parse import unquote

import pytest

from bihuan.capabilities.accidents import inputs, telling
from bihuan.capabilities.responsibility.naming.approvals import Signed, note
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from tests.accidents.steps import at, do, evaluated, executed, fresh, proven, reported, verified
from tests.hazards import steps as hazards
from tests.world import World

ALL_FOUR = ("cause", "liable", "measures", "taught")


def test_what_was_open_on_the_day_is_judged_and_the_rest_printed(world: World) -> None:
    with clock.frozen(at("2026-10-12 09:00")):
        still_open = hazards.reported(world)
        note(
            world.factory.uid,
            Signed(
                what="licence", title="消防安全检查", approver="钱某", approver_post="科长", signer="孙某", signer_post="副局长",
                on=date(2026, 10, 12), number="消检〔2026〕8号",
            ),
            world.actor("office"),
        )  # fmt: skip
    with clock.frozen(at("2026-10-13 09:00")):
        removed = hazards.closed(world, place="一车间")
    with clock.frozen(at("2022-03-01 09:00")):
        hazards.reported(world, place="旧库")
    accident = verified(world)
    assert [one["no"] for one in accident.reviews] == [still_open.no]
    told = telling.past(accident)
    assert {one.href for one in told} >= {f"/hazards/{still_open.no}/", f"/hazards/{removed.no}/"}
    assert any("钱某" in one.hint and "孙某" in one.hint for one in told)
    assert len(told) == 3, "what lies further back than the years of the rule is not asked about"


def test_nothing_closes_before_each_is_decided_on(world: World) -> None:
    with clock.frozen(at("2026-10-12 09:00")):
        hazards.reported(world)
    accident = executed(world, proven(world, evaluated(world), *ALL_FOUR))
    closing = inputs.Closing(closed_on=clock.today(), opinion="同意")
    with pytest.raises(Refused) as refusal:
        do(world, accident, "close", closing, "office")
    assert [failure.code for failure in refusal.value.failures] == ["accident.reviews_open"]
    decided = inputs.Review(number=1, decision="unremoved", opinion="逾期未整改")
    accident = do(world, accident, "review", decided)
    assert accident.reviews[0]["decision"] == "unremoved"
    assert do(world, accident, "close", closing, "office").closed_on == clock.today()


def test_each_offence_owes_a_case_and_the_case_filed_answers_it(world: World) -> None:
    from bihuan.capabilities.accidents.hooks import case_href

    late = reported(world, reported_at=at("2026-11-10 03:20"))
    assert list(late.duties["open"]) == ["file_case"]
    href = unquote(case_href(late, late.offences[0]))
    assert href.startswith("/cases/new/file/?")
    for told in (late.no, str(world.factory.uid), "总经理冯某", "2026-11-10+02:15", "超过规定时限+5+分钟"):
        assert told in href
    engine.perform(
        "accident",
        "note_case",
        late.no,
        inputs.CaseFiled(case="370403-C2026-000001"),
        actor=Actor.system("立案"),
    )
    late = fresh(late)
    assert late.offences[0]["case"] == "370403-C2026-000001"
    assert not (late.duties or {}).get("open")
    assert not (reported(world).duties or {}).get("open")


def test_times_settled_in_time_owe_no_case(world: World) -> None:
    late = reported(world, reported_at=at("2026-11-10 03:20"))
    times = inputs.Times(
        knew_at=at("2026-11-10 02:25"),
        knew_who="总经理冯某",
        reported_at=at("2026-11-10 03:20"),
        evidence="通话清单",
    )
    late = do(world, late, "settle_times", times)
    assert not (late.duties or {}).get("open")


def test_the_chain_of_the_day_and_a_veto_are_proposed_and_nothing_done(world: World) -> None:
    from bihuan.capabilities.accidents import answering

    ordinary = verified(world)
    assert answering.vetoes(ordinary) == []
    grave = verified(world, deaths=3)
    told = [fact.value for fact in answering.vetoes(grave)]
    assert told == [world.east.name, world.bureau.name]
    names = " ".join(str(fact.value) for fact in answering.chain_then(grave))
    for who in ("principal", "clerk_east", "regulator", "office"):
        assert world.actor(who).name in names
