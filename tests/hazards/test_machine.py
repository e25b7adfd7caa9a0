"""Random people try random things on random hazards: no illegal state, no lost entry, and a record that verifies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import HazardState
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.escalation import climb_all
from bihuan.kernel.loops.permits import possibilities
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.entries import chained, genesis
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.verification import verify
from tests.hazards.steps import acceptance, elements, finding, photo, rectification
from tests.world import World

PEOPLE = (
    "office", "office_two", "leader", "regulator", "regulator_two", "officer", "builder", "clerk_east", "clerk_west",
    "grid", "expert", "principal", "safety", "safety_two", "site_safety", "auditor", "system_admin",
)  # fmt: skip
CRITERION = "GM-03-01"
ASIDE = {"remind", "correct", "refer", "merge", "void", "regrade"}
"""Open to many at any time; they would crowd out what leads a hazard to its end."""
CLAIMED = (HazardState.RECTIFYING, HazardState.AWAITING_ACCEPTANCE, HazardState.CLOSED)
DEEDS = tuple(deed.name for deed in HAZARD.deeds)


def _said(world: World, deed: str, hazard: Hazard, day: int, other: str) -> Any:
    """Something sayable for a deed; not always something allowed."""
    later = clock.today() + timedelta(days=day)
    made: dict[str, Callable[[], Any]] = {
        "assign": lambda: elements(rectify_by=later),
        "submit_rectification": lambda: rectification(
            world,
            hazard,
            after_photos=(photo(hazard.uid, world.actor("safety")),),
            rectified_on=clock.today(),
        ),
        "accept": acceptance,
        "complete_elements": lambda: inputs.LackingElements(
            measures="清运", funds_planned=0, rectify_by=later, contingency_plan="看守"
        ),
        "tell_means": lambda: inputs.Means(funds_planned=0, contingency_plan="看守"),
        "assign_by_order": lambda: inputs.OrderTerms(
            paper="无此文书", responsible_person="钱厂长", measures="清运", rectify_by=later
        ),
        "follow_order": lambda: inputs.OrderMoved(paper="无此文书", rectify_by=later),
        "send_back": lambda: inputs.SendingBack(reason="未到位", rectify_by=later),
        "reopen": lambda: inputs.Reopening(reason="复发", rectify_by=later),
        "request_extension": lambda: inputs.ExtensionRequest(
            until=later, reason="缺件", interim_measures="看守"
        ),
        "grant_extension": lambda: inputs.Opinion(opinion="同意"),
        "refuse_extension": lambda: inputs.Opinion(opinion="不同意"),
        "regrade": lambda: inputs.Regrading(
            grade="major" if hazard.grade == "general" else "general", criterion=CRITERION, reason="复核"
        ),
        "list_supervision": lambda: inputs.ListingTerms(
            level="district",
            lead=world.bureau.pk,
            leader_post=world.actor("leader").scopes[0].post_id,
            due_on=later,
        ),
        "delist": lambda: inputs.Delisting(opinion="已消除"),
        "report_to_regulator": lambda: inputs.DoubleReport(reported_on=clock.today(), content="方案"),
        "report_to_workers": lambda: inputs.DoubleReport(reported_on=clock.today(), content="方案"),
        "remind": inputs.Reminder,
        "correct": lambda: inputs.Correction(place=f"第{day}车间", reason="写错"),
        "spot_check": lambda: inputs.SpotCheckResult(checked_on=clock.today(), passed=True, finding="属实"),
        "recheck": lambda: inputs.Recheck(
            checked_on=clock.today(),
            removed=False,
            finding="未动",
            rectify_by=clock.today() + timedelta(days=5),
        ),
        "decide_failures": lambda: inputs.FailureDecision(decision="interview", opinion="约谈"),
        "follow_up": lambda: inputs.FollowUp(visited_on=clock.today(), stays=True, finding="未反弹"),
        "void": lambda: inputs.Reason(reason="误报"),
        "merge": lambda: inputs.MergeInto(into=other, reason="重复"),
        "refer": lambda: inputs.Referral(to=world.builders.pk, reason="不属本单位"),
    }
    return made.get(
        deed, lambda: inputs.ClaimedProgress(rectified_on=clock.today(), accepted_on=clock.today())
    )()


def _importing(world: World, who: str) -> Actor:
    return replace(world.actor(who), origin="import")


class Hazards(RuleBasedStateMachine):
    """What is expected: per hazard, how many entries were acknowledged and in which state it stands."""

    world: World
    done: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.expected: dict[UUID, tuple[int, str]] = {}
        self.now = datetime(2026, 3, 2, 9, tzinfo=clock.SHANGHAI)
        self.alone = transaction.atomic()
        self.alone.__enter__()

    def teardown(self) -> None:
        with clock.frozen(self.now):
            outcome = verify()
        assert outcome.ok, outcome.as_json()
        transaction.set_rollback(True)
        self.alone.__exit__(None, None, None)

    @initialize()
    def two_to_begin_with(self) -> None:
        with clock.frozen(self.now):
            for who in ("clerk_east", "safety"):
                given = finding(
                    self.world,
                    source="self_check" if who == "safety" else "routine",
                    found_on=self.now.date(),
                )
                outcome = engine.open_matter("hazard", "report", given, actor=self.world.actor(who))
                self.expected[outcome.uid] = (1, outcome.state)

    @rule(
        who=st.sampled_from(PEOPLE),
        source=st.sampled_from(["self_check", "routine", "tip_off"]),
        major=st.booleans(),
        key=st.sampled_from(["", "a", "b"]),
    )
    def report(self, who: str, source: str, major: bool, key: str) -> None:
        given = finding(
            self.world, source=source, found_on=self.now.date(),
            grade="major" if major else "general", criterion=CRITERION if major else "",
        )  # fmt: skip
        with clock.frozen(self.now):
            try:
                outcome = engine.open_matter(
                    "hazard",
                    "report",
                    given,
                    actor=self.world.actor(who),
                    key=key and f"{key}-{source}-{major}",
                )
            except (Refused, Absent):
                return
        if outcome.uid not in self.expected:
            self.expected[outcome.uid] = (1, outcome.state)

    @rule(state=st.sampled_from(CLAIMED), major=st.booleans())
    def come_by_ledger(self, state: HazardState, major: bool) -> None:
        """A row of a ledger, as far as it claims to be; nobody signed it."""
        day = self.now.date()
        given = inputs.Claim(
            state=state, description="配电箱未接地", source="routine", grade="major" if major else "general",
            found_on=day - timedelta(days=9), responsible_person="钱厂长", rectify_by=day + timedelta(days=9),
            rectified_on=day if state in CLAIMED[1:] else None, accepted_on=day if state in CLAIMED[2:] else None,
        )  # fmt: skip
        with clock.frozen(self.now):
            try:
                outcome = engine.open_matter(
                    "hazard", "claim_from_ledger", given, actor=_importing(self.world, "clerk_east"),
                    object=self.world.factory,
                )  # fmt: skip
            except Refused:
                return
        self.done["claim_from_ledger"] += 1
        self.expected[outcome.uid] = (Hazard.objects.get(uid=outcome.uid).entry_count, outcome.state)

    @rule(data=st.data(), deed=st.sampled_from(["claim_rectified", "claim_accepted", "note_claim"]))
    def come_again_by_ledger(self, data: st.DataObject, deed: str) -> None:
        """A later ledger claims more; it moves only what nobody has touched here."""
        hazard = Hazard.objects.get(uid=data.draw(st.sampled_from(sorted(self.expected))))
        with clock.frozen(self.now):
            given = inputs.ClaimedProgress(rectified_on=clock.today(), accepted_on=clock.today())
            try:
                (outcome,) = engine.perform(
                    "hazard", deed, hazard.no, given, actor=_importing(self.world, "clerk_east")
                )
            except (Refused, Absent):
                return
        self.done[deed] += 1
        self.expected[hazard.uid] = (self.expected[hazard.uid][0] + 1, outcome.state)

    @rule(data=st.data(), who=st.sampled_from(PEOPLE), deed=st.sampled_from(DEEDS), late=st.integers(0, 9))
    def try_anything(self, data: st.DataObject, who: str, deed: str, late: int) -> None:
        self.act(data, who, deed, late)

    def act(self, data: st.DataObject, who: str, deed: str, late: int) -> None:
        """One deed on one hazard; refused ones change nothing."""
        uid = data.draw(st.sampled_from(sorted(self.expected)))
        hazard = Hazard.objects.get(uid=uid)
        other = str(Hazard.objects.exclude(uid=uid).values_list("no", flat=True).first() or hazard.no)
        with clock.frozen(self.now):
            who, deed = self._likely(data, hazard, who, deed)
            given = _said(self.world, deed, hazard, data.draw(st.integers(-5, 40)), other)
            try:
                outcome = engine.perform(
                    "hazard", deed, hazard.no, given, actor=self.world.actor(who),
                    version=hazard.version - (1 if late == 9 else 0),
                )[0]  # fmt: skip
            except (Refused, Absent, Stale):
                return
        count, _ = self.expected[uid]
        assert outcome.seq == count + 1
        self.done[deed] += 1
        self.expected[uid] = (count + 1, outcome.state)

    @rule(data=st.data())
    def lead_on(self, data: st.DataObject) -> None:
        """What people mostly do: the next thing, by somebody who may."""
        self.act(data, "office", "remind", 0)

    def _likely(self, data: st.DataObject, hazard: Hazard, who: str, deed: str) -> tuple[str, str]:
        """Mostly somebody who may and something that leads on, or hardly anything would ever happen."""
        if not data.draw(st.integers(0, 4)):
            return who, deed
        ready = [
            (name, possible.deed.name)
            for name in PEOPLE
            for possible in possibilities(HAZARD, hazard, self.world.actor(name))
            if possible.allowed and possible.deed.name not in ASIDE
        ]
        return data.draw(st.sampled_from(ready)) if ready else (who, deed)

    @rule(days=st.integers(1, 30))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        with clock.frozen(self.now):
            climb_all()
        for uid in self.expected:
            hazard = Hazard.objects.get(uid=uid)
            self.expected[uid] = (hazard.entry_count, hazard.state)

    @invariant()
    def the_record_tells_it_all(self) -> None:
        for uid, (count, state) in self.expected.items():
            entries = entries_of(uid)
            hazard = Hazard.objects.get(uid=uid)
            assert [entry.seq for entry in entries] == list(range(1, count + 1))
            assert hazard.state == state == entries[-1].to_state
            assert bytes(hazard.head) == bytes(entries[-1].digest)
            previous = genesis(uid)
            for entry in entries:
                assert chained(entry, previous) == bytes(entry.digest)
                previous = bytes(entry.digest)
            _legal(entries)
            if hazard.state == "closed" and not hazard.accepted_claimed:
                assert hazard.hand("accept") != hazard.hand("submit_rectification")


def _legal(entries: list[Any]) -> None:
    state = ""
    deeds = {deed.name: deed for deed in (*HAZARD.steps, *HAZARD.ways_out)}
    for entry in entries:
        assert entry.from_state == state
        if entry.to_state != state and state:
            assert entry.from_state in deeds[entry.verb].move.sources
            assert entry.to_state == deeds[entry.verb].move.to
        state = entry.to_state


def _walk(world: World, examples: int, steps: int) -> type[Hazards]:
    class Machine(Hazards):
        pass

    Machine.world = world
    Machine.done.clear()
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    return Machine


@pytest.mark.soak
def test_they_find_none_by_long_walks_either(world: World) -> None:
    assert len(_walk(world, examples=300, steps=80).done) >= 15


def test_random_people_find_no_illegal_way(world: World) -> None:
    Machine = _walk(world, examples=10, steps=30)
    assert {"assign", "submit_rectification", "accept", "claim_from_ledger"} <= set(Machine.done), (
        f"nothing was led to its end: {Machine.done}"
    )
    assert len(Machine.done) >= 8, f"too little happened to prove anything: {Machine.done}"
