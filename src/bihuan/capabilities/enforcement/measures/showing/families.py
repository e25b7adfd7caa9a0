"""What is told of one measure by its family: stops, seizures, closures and cut-offs differ in what must be known."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from bihuan.capabilities.enforcement.measures.hands import ENFORCING
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.showing.withholding import is_official
from bihuan.capabilities.enforcement.measures.states import STANDING, Disposal
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts


def stop(measure: Measure, actor: Actor) -> list[tuple[str, Sequence[parts.Fact]]]:
    listed = [
        parts.Fact("检查日期", measure.inspected_on),
        parts.Fact("整改期限", measure.until),
        parts.Fact("恢复的条件", measure.demands, wide=True),
    ]
    if measure.delay_reason:
        listed.append(parts.Fact("未在检查当日决定的理由", measure.delay_reason, wide=True))
    if measure.broken:
        listed.append(parts.Fact("停产期内生产", f"{measure.broken} 次", hint=f"最近 {measure.broken_on}"))
        listed.append(_case(measure))
        if measure.state in STANDING and actor.roles & ENFORCING:
            listed.append(_towards_cutoff(measure))
    told: list[tuple[str, Sequence[parts.Fact]]] = [("停止和恢复", listed)]
    if measure.applied_on:
        asked = [
            parts.Fact("申请日期", measure.applied_on), parts.Fact("申请人", measure.applied_by),
            parts.Fact("整改情况", measure.done, wide=True),
        ]  # fmt: skip
        if measure.lifted_on:
            asked += [
                parts.Fact("验收人", measure.lifted_by),
                parts.Fact("验收意见", measure.opinion, wide=True),
            ]
        told.append(("申请恢复和验收", asked))
    return told


def _towards_cutoff(measure: Measure) -> parts.Fact:
    """An order that is not obeyed may lead to article 70: the form begins with what is known here."""
    asked = urlencode({"object": measure.object_id, "stop": measure.no, "hazard": measure.hazard})
    words = "报请停止供电、供应民爆物品"
    return parts.Fact(
        "拒不执行的", words, href=f"/measures/new/propose-cutoff/?{asked}", hint="须符合第七十条各项条件"
    )


def _case(measure: Measure) -> parts.Fact:
    """Where the case about it is; else the way to file one."""
    if measure.case_no:
        return parts.Fact("转入案件", measure.case_no, href=f"/cases/{measure.case_no}/")
    asked = urlencode(
        {"object": measure.object_id, "origin": measure.no, "cause": "拒不执行停产停业决定擅自生产经营"}
    )
    return parts.Fact("转入案件", "提请立案", href=f"/cases/new/file/?{asked}", hint="尚未立案")


def seizure(measure: Measure, actor: Actor) -> list[tuple[str, Sequence[parts.Fact]]]:
    listed = [
        parts.Fact("实施时间", measure.carried_out_at),
        parts.Fact("到场人", measure.present or "—"),
        parts.Fact("最后一日", measure.until, hint="检测期间计时暂停" if measure.testing else ""),
    ]
    if measure.extended_days:
        listed.append(parts.Fact("延长", f"{measure.extended_days} 日", hint=f"{measure.extended_on} 批准"))
    if measure.urgent:
        listed.append(parts.Fact("紧急情况", measure.urgent, wide=True))
        if measure.approved_on is None or measure.reported_at:
            listed.append(parts.Fact("报告时间", measure.reported_at or "尚未报告"))
    if measure.disposal:
        listed.append(parts.Fact("处理", Disposal(measure.disposal).label, hint=measure.disposal_no))
    if measure.received_by:
        listed.append(parts.Fact("领取人", measure.received_by))
    goods = [
        parts.Fact(
            f"第 {place} 项", f"{row['name']}{' ' + row['model'] if row['model'] else ''}",
            hint="，".join(filter(None, (f"{row['quantity']}{row['unit']}", row["condition"], row["place"]))), wide=True,
        )
        for place, row in enumerate(measure.inventory, 1)
    ]  # fmt: skip
    tests = [
        parts.Fact(
            one["body"], f"{one['begun']} 至 {one.get('ended') or '进行中'}",
            hint=one.get("result") or f"预计 {one['expected']} 完成", wide=True,
        )
        for one in measure.tests
    ]  # fmt: skip
    told: list[tuple[str, Sequence[parts.Fact]]] = [("实施和期限", listed)]
    return told + [
        (name, rows) for name, rows in (("清单", goods), ("检测检验鉴定（不计入期限）", tests)) if rows
    ]


def closure(measure: Measure, actor: Actor) -> list[tuple[str, Sequence[parts.Fact]]]:
    listed = [
        parts.Fact("实施时间", measure.carried_out_at),
        parts.Fact("核实", measure.verified_on or "尚未核实", hint=measure.verified_by),
        parts.Fact("已复查", f"{measure.rechecked} 次"),
        parts.Fact("死灰复燃", f"{measure.reopened} 次"),
    ]
    words = {"closed": "仍处于关闭状态", "reopened": "死灰复燃"}
    seen = [parts.Fact(one["on"], words[one["result"]], hint=one["by"]) for one in reversed(measure.rechecks)]
    if measure.reopened:
        listed.append(_case(measure))
    told: list[tuple[str, Sequence[parts.Fact]]] = [("关闭和复查", listed)]
    return [*told, ("复查记录", seen)] if seen else told


def cutoff(measure: Measure, actor: Actor) -> list[tuple[str, Sequence[parts.Fact]]]:
    conditions = [
        parts.Fact(
            "停产决定", measure.stop_no, href=f"/measures/{measure.stop_no}/" if is_official(actor) else ""
        ),
        parts.Fact("拒不执行的事实", measure.disobeyed, wide=True),
        parts.Fact("发生事故的现实危险", measure.danger, wide=True),
        parts.Fact("保证安全的安排", measure.safety, wide=True),
        parts.Fact("部门主要负责人批准", measure.approved_on or "尚未批准", hint=measure.approved_by),
        parts.Fact("书面送达供应单位", measure.sent_at or "尚未送达"),
    ]
    supplier = measure.supplier
    going = [
        parts.Fact(
            "供应单位",
            supplier.name if supplier else "—",
            hint=f"{supplier.contact} {supplier.phone}" if supplier else "",
        ),
        parts.Fact("通知生产经营单位", measure.notified_at or "尚未通知"),
        parts.Fact("通知的停止时间", measure.starts_at),
        parts.Fact("供应单位答复", measure.replied_at or "尚未答复", hint=_answer(measure)),
        parts.Fact("实际停止时间", measure.stopped_at),
        parts.Fact("恢复供应时间", measure.restored_at),
    ]
    if measure.handlers:
        going.append(parts.Fact("供应单位经办人", measure.handlers, wide=True))
    if measure.emergency:
        going.append(parts.Fact("不提前通知的紧急情形", measure.emergency, wide=True))
    told: list[tuple[str, Sequence[parts.Fact]]] = [("第七十条各项条件", conditions), ("停供经过", going)]
    if measure.supplied and is_official(actor):
        failed = [
            parts.Fact(
                failure.supplier_name, clock.minute_of(failure.supplied_at), hint=failure.no,
                href=f"/supply-failures/{failure.no}/", wide=True,
            )
            for failure in measure.failures.order_by("-supplied_at")[:20]
        ]  # fmt: skip
        told.append(("停供把关不严", failed))
    return told


def for_supplier(measure: Measure) -> list[parts.Fact]:
    """What a supplier needs to carry the order out: when, until when, and what it answered."""
    return [
        parts.Fact("决定送达", measure.sent_at),
        parts.Fact("停止供应的时间", measure.starts_at),
        parts.Fact("答复", measure.replied_at or "尚未答复", hint=_answer(measure)),
        parts.Fact("实际停止时间", measure.stopped_at),
        parts.Fact("恢复供应时间", measure.restored_at),
        parts.Fact("经办人", measure.handlers or "—", wide=True),
    ]


def _answer(measure: Measure) -> str:
    return (
        ""
        if measure.agreed is None
        else ("按决定停止供应" if measure.agreed else f"不能执行：{measure.reply}")
    )
