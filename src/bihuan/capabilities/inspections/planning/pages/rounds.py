"""How rounds show themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from bihuan.capabilities.inspections import places
from bihuan.capabilities.inspections.planning.models import RoundTemplate
from bihuan.capabilities.inspections.planning.rounds.loop import ROUND
from bihuan.capabilities.inspections.planning.rounds.states import RoundState, SectionOutcome
from bihuan.capabilities.inspections.planning.rounds.templates import choices
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.narrowing import in_state, of_object
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.registers import criteria

HERE = "/rounds/"
LATEST = Order("latest", "opened_at", descending=True)


def facts(round: Any) -> Sequence[parts.Fact]:
    told = [
        parts.Fact("巡查对象", round.object.name),
        parts.Fact("巡查人员", round.walkers),
        parts.Fact("出发日期", round.began_on),
    ]
    if round.companions:
        told.append(parts.Fact("同行单位", round.companions))
    if round.finished_on:
        told.append(parts.Fact("完成日期", round.finished_on))
    return told


def more_facts(round: Any, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    """Every section with its result; what has none yet says so and links to where it is told."""
    done = sum(one["key"] in round.results for one in round.sections)
    listed = [_section(round, one) for one in round.sections]
    return [(f"环节（{done}/{len(round.sections)}）", listed)]


def _section(round: Any, one: Mapping[str, str]) -> parts.Fact:
    result = round.results.get(one["key"])
    if result is None:
        open_ = round.state == RoundState.UNDER_WAY
        href = f"{HERE}{round.no}/look/" if open_ else ""
        return parts.Fact(
            one["title"], "还没有结果" if open_ else "没有结果", hint=one["what"], href=href, wide=True
        )
    words = SectionOutcome(result["outcome"]).label
    if result["hazards"]:
        words = f"{words} {'、'.join(result['hazards'])}"
    href = f"/hazards/{result['hazards'][0]}/" if result["hazards"] else ""
    said = "：".join(part for part in (result.get("place", ""), result["note"]) if part)
    return parts.Fact(one["title"], words, hint=said or one["what"], href=href, wide=True)


COLUMNS = (
    parts.Column("巡查", "title"), parts.Column("人员", phone=False), parts.Column("环节", phone=False),
    parts.Column("发现隐患", "number", "处"), parts.Column("日期", "day"), parts.Column("状态", "state"),
)  # fmt: skip


def row(round: Any) -> parts.Row:
    return parts.Row(
        (
            round.title, round.walkers, f"{len(round.results)}/{len(round.sections)}", len(round.hazards),
            round.finished_on or round.began_on, state_part(ROUND, round.state),
        ),
        href=f"{HERE}{round.no}/",
        sub=round.no,
    )  # fmt: skip


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("object", "template")


TABS = (
    TabOf("open", "巡查中", in_state(RoundState.UNDER_WAY), LATEST),
    TabOf("finished", "已完成", in_state(RoundState.FINISHED), LATEST),
    TabOf("all", "全部", Q, LATEST),
)
FILTERS = (
    ListFilter("template", "巡查表", lambda value: Q(template__code=value), choices=choices),
    ListFilter("object", "巡查对象", of_object, "object"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=RoundState.choices(), shown=False),
)  # fmt: skip


def resource(round: Any) -> dict[str, Any]:
    """The round as the API gives it."""
    return {
        "title": round.title,
        "object": str(round.object_id),
        "template": round.template.code,
        "began_on": round.began_on.isoformat(),
        "finished_on": round.finished_on.isoformat() if round.finished_on else None,
        "sections": round.sections,
        "results": round.results,
        "hazards": round.hazards,
    }


def prefill(deed: str, round: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand: today, who walks, and the next section without a result."""
    if deed == "set_out":
        return {"walkers": actor.name}
    if deed == "finish":
        return {"finished_on": clock.today()}
    if deed == "look" and round is not None:
        left = next((one["title"] for one in round.sections if one["key"] not in round.results), "")
        return {"section": left, "outcome": SectionOutcome.CLEAR.value}
    return {}


def offers(deed: str, round: Any, actor: Actor) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """Templates, and the sections of this round."""
    if deed == "set_out":
        return {"template": list(choices())}
    if deed == "look" and round is not None:
        return {
            "section": [
                (one["title"], f"{one['title']}{'（已登记）' if one['key'] in round.results else ''}")
                for one in round.sections
            ]
        }
    return {}


def criterion_choices(round: Any) -> Sequence[tuple[str, Any]]:
    """The major-hazard criteria of the object's trade today."""
    if round is None or round.object.sector is None:
        return ()
    found = [item for item in criteria.choices(round.object.sector.name, clock.today()) if item.decides]
    return [(item.id, f"{item.article} {item.text[:60]}") for item in found]


def describe(name: str, value: Any) -> Any:
    """The code of a template as its title."""
    if name == "template":
        return RoundTemplate.objects.filter(code=value).values_list("title", flat=True).first() or value
    return value


EXPORT = (
    ("编号", lambda one: one.no),
    ("巡查", lambda one: one.title),
    ("人员", lambda one: one.walkers),
    ("出发日期", lambda one: one.began_on),
    ("完成日期", lambda one: one.finished_on),
    ("发现隐患", lambda one: len(one.hazards)),
    ("状态", lambda one: RoundState(one.state).label),
)

PAGES = MatterPages(
    loop=ROUND,
    lead="按巡查表逐个环节走到、看到、登记；漏了一个环节就不能完成，发现隐患当场进入隐患台账。",
    what=lambda round: round.title,
    where=lambda round: round.object.address or round.object.region.name,
    level=lambda round: None,
    tags=lambda round: ["节前检查包"] if round.template.window else [],
    facts=facts,
    more_facts=more_facts,
    columns=COLUMNS,
    row=row,
    tabs=TABS,
    filters=FILTERS,
    resource=resource,
    listed=listed,
    prefill=prefill,
    offers=offers,
    criteria=criterion_choices,
    describe=describe,
    export=EXPORT,
    empty=parts.Empty("还没有巡查。", "选一张巡查表和一个对象就可以出发。", "/rounds/new/set-out/", "开始巡查", "clipboard-list"),
    opening="set_out",
    chained=False,
    icon="clipboard-list",
    beside=places.tabs(HERE),
)  # fmt: skip
