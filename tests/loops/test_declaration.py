"""A loop that cannot work is refused when it is declared, and its picture tells what the engine does."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.kernel.loops.declaration import Act, Hand, Loop, Opening, State, States, Step, WayOut
from bihuan.kernel.loops.diagram import mermaid, table
from bihuan.kernel.loops.grid import grid
from bihuan.kernel.loops.permits import person_failures


class Light(State):
    OFF = "off", "灭"
    ON = "on", "亮"
    BROKEN = "broken", "坏"


ANYBODY = Hand("anybody", "任何人", lambda actor, matter: True)
OPEN = Opening(name="hang", label="挂灯", to=Light.OFF, by=(ANYBODY,))
ON = Step(name="light", label="点亮", move=Light.OFF >> Light.ON, by=(ANYBODY,))
OFF = Step(name="quench", label="熄灭", move=Light.ON >> Light.OFF, by=(ANYBODY,), not_by=("light",))
BREAK = WayOut(name="smash", label="打碎", move=(Light.ON | Light.OFF) >> Light.BROKEN, by=(ANYBODY,))


def lamp(**changes: Any) -> Loop:
    declared: dict[str, Any] = {
        "name": "lamp", "label": "灯", "letter": "L", "model": "hazards.Hazard", "plural": "lamps", "states": Light,
        "basis": "示例", "openings": (OPEN,), "steps": (ON, OFF), "track": (Light.OFF, Light.ON),
        "done": frozenset({Light.ON}), "ways_out": (BREAK,),
    }  # fmt: skip
    return Loop(**{**declared, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"steps": (ON, OFF, replace(ON, label="再点"))},
        {"acts": (Act(name="smash", label="擦", states=frozenset({Light.ON}), by=(ANYBODY,)),)},
        {"openings": (OPEN, replace(OPEN, to=Light.ON))},
        {"steps": (ON, replace(OFF, name="hang"))},
    ],
)
def test_one_verb_means_one_thing(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="declared twice"):
        lamp(**changes)


def test_not_by_names_deeds_that_there_are() -> None:
    with pytest.raises(ValueError, match="unknown steps"):
        lamp(steps=(ON, replace(OFF, not_by=("lihgt",))))


def test_every_state_can_be_reached() -> None:
    with pytest.raises(ValueError, match=r"no way leads to.*broken"):
        lamp(ways_out=())
    with pytest.raises(ValueError, match="no way leads to"):
        lamp(openings=(replace(OPEN, to=Light.BROKEN),))


def test_a_deed_that_nobody_may_do_is_no_deed() -> None:
    with pytest.raises(ValueError, match="nobody"):
        lamp(steps=(replace(ON, by=()), OFF))


def test_track_and_ends_lie_among_the_states() -> None:
    class Other(State):
        FAR = "far", "远"

    with pytest.raises(ValueError, match="track"):
        lamp(track=(Light.OFF, Other.FAR))


def test_states_combine_and_ends_are_what_nothing_leaves() -> None:
    loop = lamp()
    assert loop.ended == {Light.BROKEN}
    assert loop.open_states == {Light.OFF}
    assert (Light.OFF | Light.ON | Light.BROKEN).members == set(Light)
    assert (States(frozenset({Light.OFF})) | (Light.ON | Light.BROKEN)).members == set(Light)
    assert loop.state("on") is Light.ON
    for name in ("hang", "nothing"):
        with pytest.raises(KeyError):
            loop.deed(name)
    with pytest.raises(KeyError):
        loop.opening("light")


def test_who_opened_may_be_kept_from_a_later_step() -> None:
    quench = replace(OFF, not_by=("hang",))
    loop = lamp(steps=(ON, quench))
    matter: Any = SimpleNamespace(has_done=lambda name, person: (name, person) == ("hang", 7))
    same, other = (SimpleNamespace(person_id=one, persons=(one,)) for one in (7, 8))
    (failure,) = person_failures(loop, quench, matter, same)  # type: ignore[arg-type]
    assert failure.code == "loop.same_person"
    assert "挂灯" in failure.message
    assert person_failures(loop, quench, matter, other) == []  # type: ignore[arg-type]
    assert "挂灯" in table(loop)


def test_the_picture_has_every_state_and_every_way() -> None:
    drawn = mermaid(lamp())
    assert drawn.splitlines() == [
        "stateDiagram-v2", "    direction LR", "    off: 灭", "    on: 亮", "    broken: 坏", "    [*] --> off: 挂灯",
        "    off --> on: 点亮", "    on --> off: 熄灭", "    off --> broken: 打碎", "    on --> broken: 打碎",
        "    broken --> [*]", "    on --> [*]",
    ]  # fmt: skip


def test_the_picture_of_the_hazard_names_every_deed_in_chinese() -> None:
    drawn, told = mermaid(HAZARD), table(HAZARD)
    for state in HAZARD.states:
        assert f"    {state.value}: {state.label}" in drawn
    for deed in (*HAZARD.openings, *HAZARD.deeds):
        assert f"| {deed.label} | `{deed.name}` |" in told
    moves = sum(len(step.move.sources) for step in (*HAZARD.steps, *HAZARD.ways_out))
    assert sum("-->" in line and "[*]" not in line for line in drawn.splitlines()) == moves


def test_the_grid_has_every_square_once() -> None:
    squares = list(grid(HAZARD))
    hands = {hand.name for deed in (*HAZARD.openings, *HAZARD.deeds) for hand in deed.by}
    assert (
        len(squares)
        == len({str(cell) for cell in squares})
        == len(HAZARD.states) * len(hands) * len(HAZARD.deeds)
    )
    for cell in squares:
        deed = HAZARD.deed(cell.deed)
        assert cell.allowed == (deed.leaves(cell.state) and cell.hand in {hand.name for hand in deed.by})
