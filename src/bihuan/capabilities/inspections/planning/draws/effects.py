"""What each deed means for the draw's own columns."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from bihuan.capabilities.inspections.inputs import Arrangement
from bihuan.capabilities.inspections.planning.draws import lists, lots
from bihuan.capabilities.inspections.planning.models import Draw
from bihuan.capabilities.inspections.planning.plans.effects import place as place_in_unit
from bihuan.kernel import clock
from bihuan.kernel.loops import engine


def place(draw: Draw, given: Any, actor: Any) -> None:
    """A draw belongs to the actor's unit; its lists are frozen as they stand now."""
    place_in_unit(draw, given, actor)  # type: ignore[arg-type]  # the same two columns
    units = [*([draw.agency_id] if draw.agency_id else []), *given.units]
    gathered = lists.gather(given, units, actor, clock.today())
    draw.targets, draw.officers = gathered.targets, gathered.officers
    draw.excluded, draw.apart = gathered.excluded, gathered.apart
    draw.targets_digest = lots.list_digest([one["id"] for one in gathered.targets])
    draw.officers_digest = lots.list_digest([one["id"] for one in gathered.officers])


def freeze(draw: Draw, given: Any, context: Any) -> None:
    """锁定名单: the secret number is chosen now, before anybody can want a result, and its digest is told at once."""
    draw.title, draw.basis = given.title.strip(), given.basis
    draw.count, draw.team, draw.rule_version = given.count, given.team, lots.VERSION
    draw.follows = given.follows.strip().upper()
    draw.again_because = given.again_because.strip() if draw.follows else ""
    draw.secret = secrets.token_hex(32)
    draw.commitment = lots.digest(draw.secret)
    draw.conditions_digest = lots.conditions_digest(draw.count, draw.team, draw.apart)
    context.facts |= {
        "targets": len(draw.targets), "officers": len(draw.officers), "excluded": draw.excluded,
        "targets_digest": draw.targets_digest, "officers_digest": draw.officers_digest, "commitment": draw.commitment,
        "conditions_digest": draw.conditions_digest, "count": draw.count, "team": draw.team, "apart": draw.apart,
    }  # fmt: skip


def cast(draw: Draw, given: Any, context: Any) -> None:
    """抽取: the seed is made from what was fixed before and what is called out now; the rest is arithmetic."""
    draw.words, draw.witness = given.words.strip(), given.witness.strip()
    draw.seed = lots.seed_of(
        draw.secret, draw.words, draw.targets_digest, draw.officers_digest, draw.conditions_digest
    )
    draw.result = as_result(again(draw))
    draw.drawn_at = context.at
    context.facts |= {"seed": draw.seed, "secret": draw.secret, "result": draw.result}


def again(draw: Draw) -> list[lots.Drawn]:
    """The lot cast from what is kept: what it says is what it said, or something was changed."""
    return lots.draw(
        draw.seed,
        [one["id"] for one in draw.targets],
        [one["id"] for one in draw.officers],
        count=draw.count,
        team=draw.team,
        apart=draw.apart,
    )


def as_result(drawn: list[lots.Drawn]) -> list[dict[str, Any]]:
    """As the draw keeps it."""
    return [
        {"place": one.place, "target": one.target, "lot": one.lot, "officers": list(one.officers)}
        for one in drawn
    ]


def send(draw: Draw, given: Any, context: Any) -> None:
    """派发: every target drawn becomes an inspection of its own team, all or none."""
    form = Arrangement(
        object=draw.uid, mode=given.mode, nature=given.nature, planned_on=given.planned_on, content=given.content,
        officers="",
    )  # fmt: skip
    inputs = [replace(form, object=one["target"], officers="\n".join(one["officers"])) for one in draw.result]
    units = sorted(
        {
            officer["unit_id"]
            for officer in draw.officers
            if officer.get("unit_id") not in (None, draw.agency_id)
        }
    )
    opened = engine.open_many(
        "inspection", "arrange", [replace(one, units=tuple(units)) for one in inputs], actor=context.actor,
        columns=[{"origin": draw.no}] * len(inputs),
    )  # fmt: skip
    draw.inspections = [one.no for one in opened]
    context.facts["inspections"] = draw.inspections
