"""How draws show themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from bihuan.capabilities.inspections import modes, places
from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.planning.draws.gates import unfollowed
from bihuan.capabilities.inspections.planning.draws.loop import DRAW
from bihuan.capabilities.inspections.planning.draws.states import DrawState
from bihuan.capabilities.inspections.planning.hands import planning_scope
from bihuan.capabilities.inspections.planning.models import Draw
from bihuan.capabilities.inspections.states import InspectionState
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Person
from bihuan.kernel.territory.models import Agency, Sector
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.narrowing import in_state
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf
from bihuan.kernel.web.matters.timeline import state_part

HERE = "/draws/"
LATEST = Order("latest", "opened_at", descending=True)
EXCLUDED_SHOWN = 20


def facts(draw: Any) -> Sequence[parts.Fact]:
    told = [
        parts.Fact("组织单位", draw.agency.name if draw.agency else "—"),
        parts.Fact("抽取", f"{len(draw.targets)} 家中抽 {draw.count} 家，每家 {draw.team} 名检查人员"),
        parts.Fact("检查人员名单", f"{len(draw.officers)} 名持证人员"),
        parts.Fact("抽查依据", draw.basis, wide=True),
    ]
    if draw.follows:
        former = f"{HERE}{draw.follows}/"
        told.append(parts.Fact("重抽自", draw.follows, hint=draw.again_because, href=former, wide=True))
    again = Draw.objects.filter(follows=draw.no).values_list("no", flat=True).first()
    if again:
        told.append(parts.Fact("已重抽为", again, href=f"{HERE}{again}/"))
    return told


def more_facts(draw: Any, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    """What proves it, what came out, who was left out."""
    base = f"{HERE}{draw.no}"
    proof = [
        parts.Fact("现场展示", "打开抽取过程", hint="可投屏，逐步显示", href=f"{base}/live/"),
        parts.Fact("对象名单摘要", draw.targets_digest, wide=True),
        parts.Fact("人员名单摘要", draw.officers_digest, wide=True),
        parts.Fact(
            "抽取条件摘要",
            draw.conditions_digest or "—",
            hint="抽几家、每组几人、谁回避谁，与名单一同锁定",
            wide=True,
        ),
        parts.Fact("随机数承诺", draw.commitment, hint="锁定名单时公布，抽取后公开原数核对", wide=True),
    ]
    if draw.seed:
        proof += [
            parts.Fact("种子", draw.seed, wide=True),
            parts.Fact("现场报数", draw.words or "没有报数", hint=draw.witness),
            parts.Fact(
                "复算",
                "重新计算并核对",
                href=f"{base}/replay/",
                hint="名单和种子可下载，用任何 SM3 工具都能复算",
            ),
        ]
    if draw.state == DrawState.ARRANGED:
        hint = "任何人可以查看；暗访暗查的对象到场后公开"
        proof.append(parts.Fact("公示", "双随机抽查公示", href="/disclosure/draws/", hint=hint))
    sections = [("公正性", proof)]
    if draw.result:
        sections.append(("抽取结果", _result(draw)))
    if draw.excluded:
        sections.append(("没有列入名单的", _excluded(draw)))
    return sections


def _result(draw: Any) -> list[parts.Fact]:
    """What was drawn, and where the inspections sent out went another way since: a lot is not undone in silence."""
    targets = {one["id"]: one for one in draw.targets}
    officers = {one["id"]: one for one in draw.officers}
    numbers = [*draw.inspections, *[""] * len(draw.result)]
    sent = {one.no: one for one in Inspection.objects.filter(no__in=draw.inspections)}
    now = dict(
        Person.objects.filter(pk__in=[pk for one in sent.values() for pk in one.officers]).values_list(
            "pk", "name"
        )
    )
    told = []
    for one, number in zip(draw.result, numbers, strict=False):
        team = [officers[each] for each in one["officers"]]
        hint = "检查人员：" + "、".join(each["name"] for each in team)
        if number in sent:
            hint += _since(sent[number], [each["person"] for each in team], now)
        told.append(
            parts.Fact(
                f"第 {one['place']} 家", targets[one["target"]]["name"], wide=True, hint=hint,
                href=f"/inspections/{number}/" if number else "",
            )
        )  # fmt: skip
    return told


def _since(sent: Inspection, drawn: Sequence[int], names: Mapping[int, str]) -> str:
    """How an inspection departed from what was drawn, if it did."""
    if sent.state == InspectionState.CANCELLED:
        return "；检查已取消，理由见检查记录"
    if set(sent.officers) == set(drawn):
        return ""
    return f"；人员后来调整为：{'、'.join(names.get(pk, '—') for pk in sent.officers)}，理由见检查记录"


def _excluded(draw: Any) -> list[parts.Fact]:
    told = [
        parts.Fact(one["list"], one["name"], hint=one["why"], wide=True)
        for one in draw.excluded[:EXCLUDED_SHOWN]
    ]
    if len(draw.excluded) > EXCLUDED_SHOWN:
        told.append(
            parts.Fact(
                "其余", f"共 {len(draw.excluded)} 个，全部在名单文件中", href=f"{HERE}{draw.no}/lists.json"
            )
        )
    return told  # fmt: skip


COLUMNS = (
    parts.Column("抽查", "title"), parts.Column("组织单位", phone=False), parts.Column("对象名单", "number", "家", phone=False),
    parts.Column("抽取", "number", "家"), parts.Column("抽取时间", "day"), parts.Column("状态", "state"),
)  # fmt: skip


def row(draw: Any) -> parts.Row:
    on = clock.day_of(draw.drawn_at) if draw.drawn_at else None
    again = f"　重抽自 {draw.follows}" if draw.follows else ""
    return parts.Row(
        (
            draw.title, draw.agency.name if draw.agency else "—", len(draw.targets), draw.count, on,
            state_part(DRAW, draw.state),
        ),
        href=f"{HERE}{draw.no}/",
        sub=f"{draw.no}{again}",
    )  # fmt: skip


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("agency").defer("result", "excluded", "apart")


TABS = (
    TabOf("all", "全部", Q, LATEST),
    TabOf("frozen", "待抽取", in_state(DrawState.FROZEN), LATEST),
    TabOf("drawn", "待派发", in_state(DrawState.DRAWN), LATEST),
    TabOf("arranged", "已派发", in_state(DrawState.ARRANGED), LATEST),
    TabOf("voided", "已作废", in_state(DrawState.VOIDED), LATEST),
)
FILTERS = (
    ListFilter("state", "状态", lambda value: Q(state=value), choices=DrawState.choices(), shown=False),
    ListFilter("follows", "重抽自", lambda text: Q(follows=text.strip().upper()), "text", shown=False),
)  # fmt: skip


def resource(draw: Any) -> dict[str, Any]:
    """The draw as the API gives it; the secret only once the lot is cast."""
    return {
        "title": draw.title,
        "count": draw.count,
        "team": draw.team,
        "targets_digest": draw.targets_digest,
        "officers_digest": draw.officers_digest,
        "commitment": draw.commitment,
        "conditions_digest": draw.conditions_digest or None,
        "seed": draw.seed or None,
        "drawn_at": draw.drawn_at.isoformat() if draw.drawn_at else None,
        "follows": draw.follows or None,
    }


def prefill(deed: str, draw: Any, actor: Actor) -> dict[str, Any]:
    """A draw cast and voided must be named when another is made: its number stands there already."""
    if deed == "freeze":
        scope = planning_scope(actor)
        former = unfollowed(scope.agency_id) if scope else None
        return {"follows": former.no, "title": former.title, "basis": former.basis} if former else {}
    return {"planned_on": clock.today()} if deed == "send" else {}


def describe(name: str, value: Any) -> Any:
    """Codes of a payload as words; long lists as their length."""
    if name == "mode":
        return modes.label(str(value))
    if name == "sectors" and isinstance(value, list):
        return "、".join(Sector.objects.filter(pk__in=value).values_list("name", flat=True))
    if name == "units" and isinstance(value, list):
        return "、".join(Agency.objects.filter(pk__in=value).values_list("name", flat=True))
    if name in ("result", "excluded") and isinstance(value, list):
        return f"{len(value)} 条"
    return value


EXPORT = (
    ("编号", lambda one: one.no),
    ("名称", lambda one: one.title),
    ("组织单位", lambda one: one.agency.name if one.agency else ""),
    ("对象名单", lambda one: len(one.targets)),
    ("抽取", lambda one: one.count),
    ("种子", lambda one: one.seed),
    ("状态", lambda one: DrawState(one.state).label),
)

PAGES = MatterPages(
    loop=DRAW,
    lead="查谁、谁去查，都由抽取决定。名单先锁定、随机数先承诺，结果任何人可以复算；作废的抽查永久保留。",
    what=lambda draw: draw.title,
    where=lambda draw: draw.agency.name if draw.agency else "",
    level=lambda draw: None,
    tags=lambda draw: ["重抽"] if draw.follows else [],
    facts=facts,
    more_facts=more_facts,
    columns=COLUMNS,
    row=row,
    tabs=TABS,
    filters=FILTERS,
    resource=resource,
    listed=listed,
    prefill=prefill,
    describe=describe,
    export=EXPORT,
    empty=parts.Empty(
        "还没有抽查。", "先锁定名单，再当众抽取。", "/draws/new/", "锁定抽查名单", "list-check"
    ),
    opening="freeze",
    chained=False,
    pictured=False,
    icon="list-check",
    beside=places.tabs(HERE),
)
