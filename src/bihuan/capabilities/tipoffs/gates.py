"""The facts a deed on a tip-off rests on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from bihuan.capabilities.tipoffs import days
from bihuan.capabilities.tipoffs.models import Batch, Item, Receipt
from bihuan.capabilities.tipoffs.states import FROM_OUTSIDE, OPEN_STATES, BatchState, Channel, ItemState
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import Told, gone_by, photos_not_here
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force

_MOBILE = re.compile(r"(?<!\d)(?:\+?86[\s.·—-]*)?1[3-9]\d[\s.·—-]*\d{4}[\s.·—-]*\d{4}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?!\d)")
_LOOKED_AT = (
    "words",
    "place",
    "reason",
    "note",
    "description",
    "address",
    "demand",
    "result",
    "reply",
    "opinion",
)
_BRACKETS = str.maketrans("〔[【{〈《〕]】}〉》", "(((((())))))")
_SEALED = ("reporter_name", "reporter_phone", "reporter_address")


def names_nobody(matter: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """A mobile or identity number in plain words may be the reporter's own: it belongs into the sealed field, or nowhere.

    So does what stands in the sealed fields of the same form.
    """
    if given is None:
        return
    sealed = _sealed_in(given)
    for field in _LOOKED_AT:
        text = unicodedata.normalize("NFKC", str(getattr(given, field, "") or ""))
        if _MOBILE.search(text) or _IDENTITY.search(text):
            yield Failure(
                "tipoff.names_somebody",
                "这里写有手机号码或身份证号：举报人的请写到密封的联系方式一栏，其他人的请去掉",
                field,
            )
        elif any(value in text for value in sealed):
            yield Failure(
                "tipoff.names_reporter", "这里写有举报人的姓名或联系方式，请去掉，只写在密封的一栏", field
            )


def pieces_name_nobody(batch: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """What stands in the batch's sealed fields stands in none of the items it brings along either."""
    sealed = _sealed_in(given)
    for place, piece in enumerate(getattr(batch, "pieces", ())):
        told = unicodedata.normalize("NFKC", f"{piece.words}\n{piece.place}")
        if any(value in told for value in sealed):
            says = "这里写有举报人的姓名或联系方式，请去掉，只写在密封的一栏"
            yield Failure("tipoff.names_reporter", says, f"items.{place}.words")


def _sealed_in(given: Any) -> list[str]:
    told = (unicodedata.normalize("NFKC", str(getattr(given, name, ""))).strip() for name in _SEALED)
    return [value for value in told if len(value) > 1]


def alone(about: str) -> None:
    """Whoever asks about the same thing at this moment waits until this transaction is through."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [about])


def received_by_today(matter: Any, given: Any, actor: Any) -> Failure | None:
    if given.received_on > clock.today():
        return Failure(
            "tipoff.received_in_future", f"收到日期 {given.received_on} 晚于今天，请核对", "received_on"
        )
    return None


def not_from_the_page(batch: Any, given: Any, actor: Any) -> Failure | None:
    """What the public page brought comes from there alone: its count is not made by hand."""
    if given.channel != Channel.WEB:
        return None
    return Failure(
        "tipoff.channel_web", "网上举报由系统登记，请选择电话、来信、来访、部门移送或上级交办", "channel"
    )


def origin_whole(batch: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """What another organ passed on says which organ and under which number (M244)."""
    outside = Channel(given.channel) in FROM_OUTSIDE
    if outside and not given.origin:
        yield Failure("tipoff.origin_missing", "上级交办、部门移送的，请填写来文单位", "origin")
    if outside and not given.origin_no:
        yield Failure("tipoff.origin_no_missing", "上级交办、部门移送的，请填写来文编号", "origin_no")
    if not outside and (given.origin or given.origin_no):
        yield Failure("tipoff.origin_not_asked", "不是上级交办或部门移送的，不填来文单位和编号", "origin")
    if given.reply_by is not None and given.reply_by < given.received_on:
        yield Failure("tipoff.reply_before_received", "要求答复日期早于收到日期，请核对", "reply_by")


def origin_new(batch: Any, given: Any, actor: Any) -> Failure | None:
    """The same transfer entered twice finds the first, also when two people enter it at the same moment."""
    if not (given.origin and given.origin_no):
        return None
    number = plain_number(given.origin_no)
    alone(f"tipoff.origin:{given.origin.strip()}:{number}")
    there = (
        Batch.objects.filter(origin=given.origin.strip())
        .exclude(state=BatchState.REVOKED.value)
        .order_by("uid")
    )
    for no, received_on, origin_no in there.values_list("no", "received_on", "origin_no").iterator():
        if plain_number(origin_no) == number:
            says = f"{given.origin} {origin_no} 已于 {received_on} 登记为 {no}，请在该批次中办理"
            return Failure("tipoff.origin_again", says, "origin_no")
    return None


def plain_number(text: str) -> str:
    """The number of a document, whatever brackets, widths and blanks it was typed with: 〔2026〕17号 is [2026] 17 号."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_BRACKETS).upper()


def photos_are_here(matter: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Pictures named are pictures received."""
    for field in photos_not_here(matter, given):
        yield Failure("tipoff.photo_unknown", "有照片没有上传成功，请重新上传", field)


def batch_open(item: Any, given: Any, actor: Any) -> Failure | None:
    if item.batch.state != BatchState.OPEN:
        ended = BatchState(item.batch.state).label
        return Failure(
            "tipoff.batch_closed", f"批次 {item.batch.no} {ended}，不能再登记；请另登记一批", "batch"
        )
    return None


def all_closed(batch: Any, given: Any, actor: Any) -> Failure | None:
    """A batch closes when all its items are closed (M243)."""
    open_now = Item.objects.filter(batch=batch.pk, state__in=[state.value for state in OPEN_STATES]).count()
    if open_now:
        return Failure("tipoff.items_open", f"批次 {batch.no} 还有 {open_now} 件未办结，不能办结批次")
    return None


def some_open(batch: Any, given: Any, actor: Any) -> Failure | None:
    if Item.objects.filter(batch=batch.pk, state__in=[state.value for state in OPEN_STATES]).exists():
        return None
    return Failure("tipoff.all_closed", f"批次 {batch.no} 没有重新办理的件")


def unit_exists(item: Any, given: Any, actor: Any) -> Failure | None:
    if Agency.objects.filter(in_force(clock.today()), pk=given.agency).exists():
        return None
    return Failure("tipoff.agency_unknown", "承办单位不存在或已撤并，请重新选择", "agency")


def unit_another(item: Any, given: Any, actor: Any) -> Failure | None:
    if given.agency == item.agency_id and given.company.strip() == item.company:
        return Failure("tipoff.agency_same", "改派的承办单位和办理企业与现在相同", "agency")
    return None


def term_possible(item: Any, given: Any, actor: Any) -> Failure | None:
    """The handler's day lies ahead and not behind the day for the whole (the origin's reply-by day, if it set one)."""
    day: date | None = given.handle_by
    if day is None:
        return None
    gone = gone_by(day, "handle_by", "办理期限", "tipoff.term_in_past")
    if gone is not None:
        return gone
    if day > item.due_on >= clock.today():
        return Failure(
            "tipoff.term_after_due", f"办理期限 {day} 晚于办结期限 {item.due_on}，请提前", "handle_by"
        )
    return None


def reported_in_order(item: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.reported_on, "reported_on", "反馈日期", ahead="tipoff.reported_in_future")
    return told.follows(item.referred_on, "转办日期", "tipoff.reported_before_referred")


def replied_in_order(item: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.replied_on, "replied_on", "回复日期", ahead="tipoff.replied_in_future")
    return told.follows(item.reported_on, "反馈日期", "tipoff.replied_before_reported")


def reported_back_in_order(batch: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.reported_back_on, "reported_back_on", "回报日期", ahead="tipoff.back_in_future")
    return told.follows(batch.received_on, "收到日期", "tipoff.back_before_received")


def has_origin(batch: Any, given: Any, actor: Any) -> Failure | None:
    return None if batch.origin else Failure("tipoff.no_origin", "不是上级交办或部门移送的，不用回报来文单位")


def no_receipt_yet(batch: Any, given: Any, actor: Any) -> Failure | None:
    if Receipt.objects.filter(batch=batch.pk).exists():
        return Failure("tipoff.receipt_given", "该批次已发过查询码；查询码只告知一次，无法再查")
    return None


def nobody_sealed(batch: Any, given: Any, actor: Any) -> Failure | None:
    if any(getattr(given, name) for name in _SEALED):
        return None
    return Failure("tipoff.nothing_sealed", "请至少填写一项联系方式", "reporter_phone")


def withdrawn_in_order(item: Any, given: Any, actor: Any) -> Failure | None:
    told = Told(given.withdrawn_on, "withdrawn_on", "撤回日期", ahead="tipoff.withdrawn_in_future")
    return told.follows(item.received_on, "收到日期", "tipoff.withdrawn_before_received")


def not_withdrawn(item: Any, given: Any, actor: Any) -> Failure | None:
    if item.withdrawn_on is not None:
        return Failure("tipoff.withdrawn_already", f"已于 {item.withdrawn_on} 登记撤回")
    return None


def was_declined(item: Any, given: Any, actor: Any) -> Failure | None:
    return None if item.declined else Failure("tipoff.not_declined", "承办单位没有提出异议")


def not_declined(item: Any, given: Any, actor: Any) -> Failure | None:
    return Failure("tipoff.declined_already", "已提出异议，等举报受理人答复") if item.declined else None


def extension_asked(item: Any, given: Any, actor: Any) -> Failure | None:
    return None if item.extension else Failure("tipoff.no_extension_asked", "没有待批的延期申请")


def no_extension_pending(item: Any, given: Any, actor: Any) -> Failure | None:
    return Failure("tipoff.extension_pending", "已有一份延期申请待批，请等批复") if item.extension else None


def extension_possible(item: Any, given: Any, actor: Any) -> Failure | None:
    """Later than the handler's day, and never beyond the day another organ asked for: that one only the organ can move."""
    if given.until <= max(item.handle_by or clock.today(), clock.today()):
        return Failure("tipoff.extension_not_later", "申请的日期应晚于原办理期限和今天", "until")
    return _within_what_was_asked(item, given.until, "until")


def extension_still_possible(item: Any, given: Any, actor: Any) -> Failure | None:
    """What was asked for may have gone by meanwhile, or another organ's day may have come to bind the item."""
    if not item.extension:
        return None
    until = date.fromisoformat(item.extension["until"])
    if until < clock.today():
        return Failure(
            "tipoff.extension_gone_by", f"申请的日期 {until} 已经过去，请不同意，由承办单位重新申请"
        )
    return _within_what_was_asked(item, until, None)


def _within_what_was_asked(item: Any, until: date, field: str | None) -> Failure | None:
    reply_by = days.asked_for(item)
    if reply_by is None or until <= reply_by:
        return None
    says = f"{item.batch.origin or '来文单位'}要求 {reply_by} 前答复，延期不能超过这一天"
    return Failure("tipoff.extension_beyond_origin", says, field)


def lead_fits(item: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """What an item is merged into leads itself, is open, and is not the item."""
    found = days.held(Item.objects.filter(no=given.lead.strip()))
    if not found:
        known = found is None
        code, says = (
            ("busy", f"{given.lead} 正有人在办理，请稍候再试")
            if known
            else ("unknown", f"没有查到举报件 {given.lead}")
        )
        yield Failure(f"tipoff.lead_{code}", says, "lead")
        return
    lead = found[0]
    if lead.pk == item.pk:
        yield Failure("tipoff.lead_itself", "不能并入自己", "lead")
    elif lead.state == ItemState.MERGED:
        yield Failure("tipoff.lead_merged", f"{lead.no} 自己已并入另一件，请并入那一件", "lead")
    elif ItemState(lead.state) not in OPEN_STATES:
        yield Failure("tipoff.lead_closed", f"{lead.no} {ItemState(lead.state).label}，不能并入", "lead")


def leads_none(item: Any, given: Any, actor: Any) -> Failure | None:
    count = Item.objects.filter(merged_into=item.pk, state=ItemState.MERGED.value).count()
    if count:
        return Failure("tipoff.leads_others", f"有 {count} 件已并入本件，请先把它们拆开或改并")
    return None


def leads_none_admitted(item: Any, given: Any, actor: Any) -> Failure | None:
    """What was admitted is dealt with: it is not turned away by way of the item it was merged into."""
    merged = Item.objects.filter(merged_into=item.pk, state=ItemState.MERGED.value, admitted_on__isnull=False)
    if (no := merged.order_by("no").values_list("no", flat=True).first()) is None:
        return None
    says = f"已受理的 {no} 并入了本件，本件不能不予受理；请受理后办理，或先把它拆开"
    return Failure("tipoff.leads_admitted", says)


def lead_open(item: Any, given: Any, actor: Any) -> Failure | None:
    """Split off only while the leading item is open; afterwards it closed together with it."""
    lead = item.merged_into
    if lead is not None and ItemState(lead.state) in OPEN_STATES:
        return None
    return Failure("tipoff.lead_closed", "牵头的举报件已办结，并错的请“拆开重办”")


def in_its_own_right(item: Any, given: Any, actor: Any) -> Failure | None:
    """What was closed together with its leading item is worked on again through that one."""
    if item.merged_into_id is not None:
        return Failure("tipoff.merged", "本件已并入另一件，请在牵头的那一件上办理；并错的请“拆开重办”")
    return None
