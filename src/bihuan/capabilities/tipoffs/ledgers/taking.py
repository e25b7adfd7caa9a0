"""The rows of a ledger taken: so many rows one batch, known again by whose number it has; all of them or none.

What a ledger says of handling and closing is its claim; the record says so, and nobody's signature stands under it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from bihuan.capabilities.tipoffs.batches import BATCH
from bihuan.capabilities.tipoffs.gates import names_nobody, plain_number
from bihuan.capabilities.tipoffs.inputs import BatchFromLedger, ItemFromLedger
from bihuan.capabilities.tipoffs.ledgers.columns import TIPOFFS
from bihuan.capabilities.tipoffs.models import Batch
from bihuan.capabilities.tipoffs.states import BatchState, Channel, Topic
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.trees import find_agency, find_region, the_district
from bihuan.kernel.workbooks.dates import one_day
from bihuan.kernel.workbooks.importers import Survey, Work
from bihuan.kernel.workbooks.plain import PlainRow, parsed
from bihuan.kernel.workbooks.reasons import CellFailure, Rejection

T = TypeVar("T")
LABELS = {column.name: column.label for column in TIPOFFS.columns}
_CHANNELS = {
    "网上": Channel.WEB, "网络": Channel.WEB, "12350": Channel.HOTLINE, "12345": Channel.HOTLINE, "热线": Channel.HOTLINE,
    "电话": Channel.HOTLINE, "信": Channel.LETTER, "访": Channel.VISIT, "移送": Channel.AGENCY, "部门": Channel.AGENCY,
    "上级": Channel.CITY, "市": Channel.CITY, "交办": Channel.CITY,
}  # fmt: skip
_TOPICS = {
    "隐患": Topic.HAZARD, "非法": Topic.ILLEGAL, "违法": Topic.ILLEGAL, "瞒报": Topic.CONCEALED, "谎报": Topic.CONCEALED,
    "违章": Topic.VIOLATION, "违规": Topic.VIOLATION, "燃气": Topic.GAS, "液化气": Topic.GAS, "消防": Topic.FIRE,
}  # fmt: skip


@dataclass(slots=True)
class Told:
    """What a row says, as far as it can be read."""

    row: PlainRow
    item: ItemFromLedger | None = None
    batch: str = ""
    origin: str = ""
    channel: Channel = Channel.HOTLINE
    received_on: date | None = None
    reply_by: date | None = None
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def cell(self, name: str) -> str:
        return self.row.cells.get(name, "").strip()

    @property
    def key(self) -> tuple[str, str]:
        """By which its batch is known again."""
        return self.origin, plain_number(self.batch)


def run(work: Work) -> Survey:
    """Preview or import."""
    rows = list(parsed(work.spool))
    told = [_read(row) for row in rows]
    _may(told, work)
    groups = _batches(told)
    before = Batch.objects.filter(origin__in={origin for origin, _ in groups}).exclude(origin_no="")
    before = before.exclude(state=BatchState.REVOKED.value)
    known = {
        (origin, plain_number(no)) for origin, no in before.values_list("origin", "origin_no").iterator()
    }
    fresh = {key: lines for key, lines in groups.items() if key not in known}
    there = sum(len(lines) for key, lines in groups.items() if key in known)
    survey = Survey(accepted=sum(len(lines) for lines in fresh.values()), already_there=there)
    survey.rejected = [rejection for one in told for rejection in _rejections(one)]
    if work.write and (work.partial or not survey.rejected):
        _enter(fresh, work)
    work.progress(len(rows), len(rows))
    return survey


def _may(told: Sequence[Told], work: Work) -> None:
    district = the_district()
    if work.actor.is_system or (district and work.actor.holds_over(district.region.path, Role.OFFICE)):
        return
    for one in told:
        one.wrong.append(("out_of_reach", "举报台账只由举报受理人（安委办）导入", "batch"))


def _batches(told: Sequence[Told]) -> dict[tuple[str, str], list[Told]]:
    """The good rows by batch; rows of one batch must agree on when it came."""
    groups: dict[tuple[str, str], list[Told]] = {}
    for one in told:
        if one.wrong:
            continue
        first = groups.get(one.key, [one])[0]
        if first.received_on != one.received_on or first.channel != one.channel:
            says = f"与第 {first.row.line} 行是同一批次，来源或收到日期却不同，请核对"
            one.wrong.append(("batch_differs", says, "received_on"))
            continue
        groups.setdefault(one.key, []).append(one)
    return groups


def _read(row: PlainRow) -> Told:
    told = Told(row)
    told.batch = told.cell("batch")[:40]
    if not told.batch:
        told.wrong.append(("no_batch", "没有填写批次编号，认不出是哪一批", "batch"))
    told.channel = _named(
        _CHANNELS, told.cell("channel"), Channel.CITY if told.cell("origin") else Channel.HOTLINE
    )
    told.origin = told.cell("origin")[:60] or f"{told.channel.label}台账"
    told.received_on = _day(told, "received_on")
    if told.received_on is None and not told.wrong:
        told.wrong.append(("no_day", "没有填写收到日期", "received_on"))
    told.reply_by, closed_on = _day(told, "reply_by"), _day(told, "closed_on")
    _in_order(told, closed_on)
    words = told.cell("words")
    if not words:
        told.wrong.append(("no_words", "没有填写反映内容", "words"))
    region, agency = _place(told)
    if not told.wrong:
        told.item = ItemFromLedger(
            topic=_named(_TOPICS, f"{told.cell('topic')} {words}", Topic.OTHER).value, words=words[:2000],
            place=told.cell("place")[:200], region=region, agency=agency, company=told.cell("company")[:60],
            result=told.cell("result")[:2000], closed_on=closed_on,
        )  # fmt: skip
        told.wrong += [
            (one.code, one.message, one.field or "words") for one in names_nobody(None, told.item, None)
        ]
    return told


def _in_order(told: Told, closed_on: date | None) -> None:
    received = told.received_on
    if received is None:
        return
    if received > clock.today():
        told.wrong.append(("day_ahead", "收到日期晚于今天，请核对", "received_on"))
    if told.reply_by is not None and told.reply_by < received:
        told.wrong.append(("reply_before", "要求答复日期早于收到日期，请核对", "reply_by"))
    if closed_on is not None and not received <= closed_on <= clock.today():
        told.wrong.append(("closed_out_of_order", "办结日期应在收到日期与今天之间，请核对", "closed_on"))


def _place(told: Told) -> tuple[int | None, int | None]:
    region = find_region(text) if (text := told.cell("region")) else None
    if told.cell("region") and region is None:
        told.wrong.append(("unknown_region", "没有这个镇街，请照区划名称填写", "region"))
    agency = find_agency(text) if (text := told.cell("agency")) else None
    if told.cell("agency") and agency is None:
        told.wrong.append(("unknown_agency", "没有这个承办单位，请照登记的单位名称填写", "agency"))
    return region.pk if region else None, agency.pk if agency else None


def _day(told: Told, name: str) -> date | None:
    text = told.cell(name)
    if not text:
        return None
    day = one_day(text)
    if day is None:
        told.wrong.append(("not_a_day", "不是日期，请写成 2023-03-01 这样的形式", name))
    return day


def _named(words: Mapping[str, T], text: str, otherwise: T) -> T:
    return next((value for word, value in words.items() if word in text), otherwise)


def _enter(fresh: Mapping[tuple[str, str], list[Told]], work: Work) -> None:
    with transaction.atomic():
        for (origin, _), lines in fresh.items():
            first = lines[0]
            assert first.received_on is not None
            given = BatchFromLedger(
                channel=first.channel.value, received_on=first.received_on, origin=origin, origin_no=first.batch,
                reply_by=first.reply_by, file=work.batch.filename[:200],
            )  # fmt: skip
            items = [one.item for one in lines]
            engine.open_matter(BATCH, "enter_ledger", given, actor=work.actor, pieces=items)


def _rejections(told: Told) -> list[Rejection]:
    row, found = told.row, []
    for code, says, name in told.wrong:
        name = name if name in LABELS else "words"
        column = row.headings.get(name, LABELS[name])
        one = CellFailure(
            f"ledger.{code}" if "." not in code else code, says, name, column, row.cells.get(name, "")
        )
        found.append(
            Rejection(row.sheet, row.line, row.no, column, one.value, one.sentence(row.line), one.code)
        )
    return found


def columns_for(actor: Any, choices: Any) -> dict[str, Any]:
    """What the parsing process is told."""
    return {"columns": "bihuan.capabilities.tipoffs.ledgers.columns:TIPOFFS"}
