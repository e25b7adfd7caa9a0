"""The facts a step of the crackdown rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bihuan.capabilities.enforcement.crackdown import cases, catalogue, terms
from bihuan.capabilities.enforcement.crackdown.catalogue import Kind
from bihuan.kernel import campaigns, clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import Told, photos_not_here


def found_by_today(item: Any, given: Any, actor: Any) -> Failure | None:
    if given.found_on > clock.today():
        return Failure("crackdown.found_in_future", f"发现日期 {given.found_on} 晚于今天，请核对", "found_on")
    return None


def campaign_going_on(item: Any, given: Any, actor: Any) -> Failure | None:
    return campaigns.objection(given.campaign, given.found_on)


def code_complete(item: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Transport of chemicals names its kind; nothing else does. Rules and targets go with what they are about (M149, M154)."""
    if given.code == catalogue.TRANSPORT and not given.transport_kind:
        yield Failure("crackdown.no_transport_kind", "危险化学品运输环节请选择非法运输情形", "transport_kind")
    if given.code != catalogue.TRANSPORT and given.transport_kind:
        yield Failure(
            "crackdown.transport_kind_elsewhere",
            "只有危险化学品运输环节填写非法运输情形，请清空",
            "transport_kind",
        )
    if given.rule and catalogue.CODES[given.code].kind is not Kind.FIREWORKS:
        yield Failure("crackdown.rule_elsewhere", "“七个一律”只用于烟花爆竹事项，请清空", "rule")


def photos_are_here(item: Any, given: Any, actor: Any) -> Iterable[Failure]:
    for field in photos_not_here(item, given):
        yield Failure("crackdown.photo_unknown", "有照片没有上传成功，请重新上传", field)


def struck_in_order(item: Any, given: Any, actor: Any) -> Failure | None:
    """发现 → 打击 → 今天."""
    told = Told(given.struck_on, "struck_on", "打击日期", ahead="crackdown.struck_in_future")
    return told.follows(terms.found_again(item), "发现日期", "crackdown.struck_before_found")


def counts_not_negative(item: Any, given: Any, actor: Any) -> Iterable[Failure]:
    for field, label in (("detained_persons", "拘留人数"), ("detained_vehicles", "扣留车辆")):
        if not 0 <= getattr(given, field) <= 9999:
            yield Failure("crackdown.bad_count", f"{label}应为 0 到 9999 的整数", field)


def cites_a_rule(item: Any, given: Any, actor: Any) -> Failure | None:
    """Every fireworks violation cites the number it broke (M149)."""
    if item.kind == Kind.FIREWORKS and not (given.rule or item.rule):
        return Failure("crackdown.no_rule", "烟花爆竹事项请注明违反“七个一律”第几条", "rule")
    if item.kind != Kind.FIREWORKS and given.rule:
        return Failure("crackdown.rule_elsewhere", "“七个一律”只用于烟花爆竹事项，请清空", "rule")
    return None


def has_place(item: Any, given: Any, actor: Any) -> Failure | None:
    if not item.has_place:
        return Failure("crackdown.nothing_to_ban", "人员、车辆的违法行为没有场所可取缔，请用“查处办结”")
    return None


def has_no_place(item: Any, given: Any, actor: Any) -> Failure | None:
    if item.has_place:
        return Failure("crackdown.must_be_banned", "有窝点、场所的事项须经取缔和回查才能结束，不能直接办结")
    return None


def banned_in_order(item: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.banned_on, "banned_on", "取缔日期", ahead="crackdown.banned_in_future")
    return told.follows(item.struck_on, "打击日期", "crackdown.banned_before_struck")


def rechecked_in_order(item: Any, given: Any, actor: Any) -> Failure | None:
    """取缔 → 回查 → 今天, each later than the last."""
    told = Told(given.checked_on, "checked_on", "回查日期", ahead="crackdown.recheck_in_future")
    return told.follows(
        item.rechecked_on or terms.banned_again(item), "上次回查或取缔", "crackdown.recheck_out_of_order"
    )


def reemerged_in_order(item: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.found_on, "found_on", "发现日期", ahead="crackdown.found_in_future")
    return told.follows(terms.banned_again(item), "取缔日期", "crackdown.reemerged_before_ban")


def enough_rechecks(item: Any, given: Any, actor: Any) -> Failure | None:
    """巩固 is not said before it was looked at as often as the district set (T33)."""
    wanted = terms.wanted_rechecks(item)
    if item.quiet < wanted:
        return Failure(
            "crackdown.too_few_rechecks",
            f"取缔后须连续回查 {wanted} 次未反弹才能转入巩固，现已回查 {item.quiet} 次",
        )
    return None


def settled_in_order(item: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.settled_on, "settled_on", "办结日期", ahead="crackdown.settled_in_future")
    return told.follows(item.found_on, "发现日期", "crackdown.settled_before_found")


def not_waiting_for_police(item: Any, given: Any, actor: Any) -> Failure | None:
    """One lead at a time: the last was answered, or none was passed."""
    if item.police_on is not None and item.police_feedback_on is None:
        return Failure(
            "crackdown.police_not_answered", f"{item.police_on} 移交的线索公安机关还没有反馈，请先登记反馈"
        )
    return None


def passed_in_order(item: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.passed_on, "passed_on", "移交日期", ahead="crackdown.passed_in_future")
    return told.follows(item.found_on, "发现日期", "crackdown.passed_before_found")


def with_police(item: Any, given: Any, actor: Any) -> Failure | None:
    if item.police_on is None or item.police_feedback_on is not None:
        return Failure("crackdown.no_lead_out", "没有等待公安机关反馈的线索")
    return None


def not_received_yet(item: Any, given: Any, actor: Any) -> Failure | None:
    if item.police_received_on is not None:
        return Failure("crackdown.received_already", f"公安机关已于 {item.police_received_on} 签收")
    return None


def received_in_order(item: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.received_on, "received_on", "签收日期", ahead="crackdown.receipt_in_future")
    return told.follows(item.police_on, "移交日期", "crackdown.receipt_before_passing")


def feedback_in_order(item: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.feedback_on, "feedback_on", "反馈日期", ahead="crackdown.feedback_in_future")
    return told.follows(
        item.police_received_on or item.police_on, "签收日期", "crackdown.feedback_out_of_order"
    )


def case_known(item: Any, given: Any, actor: Any) -> Failure | None:
    """The number is that of a case the actor may see."""
    if cases.known(given.case_no, actor):
        return None
    return Failure("crackdown.case_unknown", f"没有查到执法案件 {given.case_no}，请核对编号", "case_no")
