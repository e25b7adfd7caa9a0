"""An item and a batch in facts, for their pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.tipoffs import positions
from bihuan.capabilities.tipoffs.duplicates import hints
from bihuan.capabilities.tipoffs.hands import receives
from bihuan.capabilities.tipoffs.states import (
    CLOSED_STATES,
    OPEN_STATES,
    Channel,
    ItemState,
    Link,
    Outcome,
    Topic,
    Verdict,
)
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Region
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.finding import addresses_of

UNDECIDED = (ItemState.RECEIVED, ItemState.ADMITTED, ItemState.HANDLING)


def facts(item: Any) -> Sequence[parts.Fact]:
    """What was told, of what, where, and until when."""
    told = [
        parts.Fact("反映内容", item.words, wide=True),
        parts.Fact("主题", Topic(item.topic).label),
        parts.Fact("地点", item.place or "未说明", hint=_where(item)),
        parts.Fact("被反映的单位", item.subject.name if item.subject is not None else "—"),
        parts.Fact("来源", Channel(item.channel).label, hint=item.origin),
        parts.Fact("收到日期", item.received_on),
        parts.Fact("办结期限", item.due_on),
        parts.Fact("承办单位", item.agency.name if item.agency_id else _nobody(item)),
    ]
    if item.company:
        told.append(parts.Fact("办理企业", item.company))
    if item.handle_by is not None:
        told.append(parts.Fact("办理期限", item.handle_by))
    if item.demand:
        told.append(parts.Fact("办理要求", item.demand, wide=True))
    return told


def _nobody(item: Any) -> str:
    if item.merged_into_id is not None:
        return "随牵头件办理"
    return "待转办" if open_now(item) else "未转办"


def _where(item: Any) -> str:
    name = Region.objects.filter(path=item.region_path).values_list("name", flat=True).first() or ""
    spot = positions.words((item.lon_e6, item.lat_e6)) if item.lon_e6 is not None else ""
    return " ".join(part for part in (name, spot) if part)


def more_facts(item: Any, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    """How it was dealt with, what it became, what is like it, and its reward."""
    office = receives(actor, item) or actor.all_seeing
    numbers = [one["no"] for one in item.links]
    lead = item.merged_into
    if lead is not None:
        numbers.append(lead.no)
    merged = list(item.merged.order_by("no").values_list("no", flat=True)) if office else []
    similar = hints(item) if office and ItemState(item.state) in UNDECIDED else ()
    known = addresses_of([*numbers, *merged, item.batch.no, *(hint.item.no for hint in similar)], actor)
    sections = [
        (
            "批次",
            [_link("所属批次", item.batch.no, f"第 {item.ordinal} 件", known)]
            if item.batch.no in known
            else [],
        ),
        ("办理情况", _handled(item)),
        ("并件", _merging(lead, merged, known)),
        ("转为", [_became(one, known) for one in item.links]),
        ("疑似重复", [_like(hint, known) for hint in similar]),
        ("奖励", _reward(item.reward) if office else []),
        ("等候答复", _waiting(item)),
    ]
    return [(heading, told) for heading, told in sections if told]


def _link(
    label: str, no: str, says: str, known: Mapping[str, tuple[str, str]], *, wide: bool = False
) -> parts.Fact:
    href, state = known.get(no, ("", ""))
    hint = " ".join(part for part in (no, state) if part)
    return parts.Fact(label, says, hint=hint, href=href, wide=wide)


def _handled(item: Any) -> list[parts.Fact]:
    told: list[parts.Fact] = []
    if item.outcome:
        told += [
            parts.Fact("核查结论", Outcome(item.outcome).label),
            parts.Fact("反馈日期", item.reported_on or "退回重办中"),
            parts.Fact("办理情况", item.result, wide=True),
        ]
    if item.sent_back:
        told.append(parts.Fact("退回", f"{item.sent_back} 次"))
    if item.reply:
        told.append(
            parts.Fact(
                "回复", item.reply, hint=f"{item.replied_on} 回复" if item.replied_on else "", wide=True
            )
        )
    if item.withdrawn_on is not None:
        told.append(parts.Fact("举报人撤回", item.withdrawn_on, hint="只作记录，照常办理"))
    if item.verdict:
        told.append(parts.Fact("举报人评价", Verdict(item.verdict).label, hint=f"{item.rated_on} 评价"))
    if item.asked_on is not None:
        waits = "" if item.state == ItemState.REVOKED else "待答复"
        answer = f"{item.answered_on} 已答复" if item.answered_on else waits
        told.append(parts.Fact("举报人追问", item.asked_on, hint=answer))
    if item.correction:
        told.append(parts.Fact("更正", item.correction, hint=f"{item.corrected_on} 更正", wide=True))
    if item.closed_on is not None:
        late = "" if item.closed_on <= item.due_on else "逾期办结"
        told.append(parts.Fact("办结日期", item.closed_on, hint=late))
    return told


def _merging(lead: Any, merged: Sequence[str], known: Mapping[str, tuple[str, str]]) -> list[parts.Fact]:
    told = [] if lead is None else [_link("已并入", lead.no, "由该件牵头办理和回复", known)]
    return [*told, *(_link("并入本件", no, "另一位举报人反映的同一件事", known) for no in merged)]


def _became(one: Mapping[str, Any], known: Mapping[str, tuple[str, str]]) -> parts.Fact:
    done = f"{one['done_on']} {one['says']}" if one["done_on"] else one["says"] or "办理中"
    return _link(Link(one["kind"]).label, one["no"], done, known, wide=True)


def _like(hint: Any, known: Mapping[str, tuple[str, str]]) -> parts.Fact:
    words = f"{hint.item.words[:60]}（{'，'.join(hint.reasons)}）"
    return _link(f"{hint.item.received_on}", hint.item.no, words, known, wide=True)


def _reward(reward: Mapping[str, Any] | None) -> list[parts.Fact]:
    if reward is None:
        return []
    standing = "待批准"
    if reward["approved_on"]:
        standing = f"{reward['approved_on']} {reward['approved_by']}批准，待领取"
    if reward["paid_on"]:
        standing = f"{reward['paid_on']} 已领取，凭证 {reward['voucher']}"
    return [
        parts.Fact("奖励金额", parts.Money(reward["amount_fen"])),
        parts.Fact("进度", standing, hint=f"{reward['on']} {reward['by']}拟定"),
        parts.Fact("计算", reward["reckoning"], hint=f"{reward['rule']}；依据 {reward['no']}", wide=True),
    ]


def _waiting(item: Any) -> list[parts.Fact]:
    told = []
    if item.declined:
        told.append(parts.Fact("承办单位的异议", item.declined, wide=True))
    if item.extension:
        asked = item.extension
        told += [
            parts.Fact("申请延期至", date.fromisoformat(asked["until"]), hint=asked["by"]),
            parts.Fact("延期理由", asked["reason"], wide=True),
        ]
    return told


def tags(item: Any) -> Sequence[str]:
    """Words beside the title."""
    shown = [Topic(item.topic).label]
    if item.sent_back:
        shown.append(f"退回 {item.sent_back} 次")
    if item.declined:
        shown.append("承办单位有异议")
    if item.extension:
        shown.append("延期待批")
    if item.withdrawn_on:
        shown.append("举报人已撤回")
    if item.merged_into_id:
        shown.append("已并件")
    if item.asked_on and not item.answered_on and item.state != ItemState.REVOKED:
        shown.append("追问待答复")
    if item.correction and open_now(item):
        shown.append("重新受理")
    return shown


def open_now(item: Any) -> bool:
    return ItemState(item.state) in OPEN_STATES


def closed(item: Any) -> bool:
    return ItemState(item.state) in CLOSED_STATES
