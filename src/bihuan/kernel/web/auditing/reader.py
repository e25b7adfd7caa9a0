"""``GET /record/``: the record newest first, by kind, by who, by time or by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel.clock import SHANGHAI
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Role, User
from bihuan.kernel.record.entries import Entry
from bihuan.kernel.record.models import RecordSeal
from bihuan.kernel.record.reading import entries_of, search
from bihuan.kernel.signatures.models import Signature
from bihuan.kernel.web import parts
from bihuan.kernel.web.auditing import verifying
from bihuan.kernel.web.auditing.words import FINDINGS, chain_of, kind_word, kinds, names_of, verb_word
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.models import VerificationRun
from bihuan.kernel.web.paging import address

AUDITORS = frozenset({Role.AUDITOR})
BASE = "/record/"
NEWEST_SEALS = 10
COLUMNS = (
    parts.Column("事项", "title"),
    parts.Column("第几条", "number"),
    parts.Column("类别", phone=False),
    parts.Column("动作"),
    parts.Column("经办"),
    parts.Column("发生", "day", phone=False),
    parts.Column("入账", "day"),
    parts.Column("签名", phone=False),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search of the record came to."""

    entries: Sequence[Entry]
    next_cursor: str = ""


@require_GET
@only_for(AUDITORS)
def record_page(request: HttpRequest) -> HttpResponse:
    """The last verification, the seals, and the entries asked for."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "kind", "who", "from", "to")}
    try:
        found = _search(asked, request.GET.get("cursor", ""))
    except Refused as refusal:
        context = {
            "label": "这样查询",
            "failures": refusal.failures,
            "back": parts.Link("回到留痕核验", BASE),
        }
        return render(request, "refused.html", context, status=422)
    run, waiting = verifying.latest(), verifying.under_way()
    context = {
        "crumbs": [parts.Link("留痕核验", "")],
        "verify_href": "" if waiting else "/record/verify/",
        "progress": progress_of(waiting) if waiting else None,
        "verification": _tally(run),
        "verified_at": run.finished_at if run and not run.failed else None,
        "failed": run.failed if run else "",
        "findings": _findings(run),
        "seals": _seals(),
        "seals_empty": parts.Empty("还没有封存。", "有了新记录，系统每分钟封存一次。", icon="lock"),
        "filters": _filters(asked),
        "chips": _chips(asked),
        "clear_href": BASE,
        "ledger": parts.Ledger(COLUMNS, _rows(found.entries), "记录"),
        "empty": parts.Empty("没有符合条件的记录。", "核对编号，或放宽时间范围。", icon="history"),
        "pager": parts.Pager(
            len(found.entries),
            first_href=address(BASE, asked) if request.GET.get("cursor") else "",
            next_href=address(BASE, {**asked, "cursor": found.next_cursor}) if found.next_cursor else "",
        ),
    }
    return render(request, "record.html", context)


def _search(asked: dict[str, str], cursor: str) -> Found:
    if asked["q"]:
        chain = chain_of(asked["q"])
        return Found(list(reversed(entries_of(chain))) if chain else [])
    since, until = _moment(asked["from"]), _moment(asked["to"])
    if until is not None:
        until += timedelta(days=1)
    page = search(asked["kind"] or None, _who(asked["who"]), since, until, cursor or None)
    return Found(page.entries, page.next_cursor or "")


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(), SHANGHAI)
    except ValueError:
        raise Refused.because(
            "record.bad_day", f"“{text}”不是日期，请写成 2023-06-30 这样的形式", "from"
        ) from None


def _who(text: str) -> str | None:
    """The account meant by its name or its owner's; the record keeps the account's number."""
    if not text:
        return None
    fitting = list(User.objects.filter(username=text)[:1]) or list(User.objects.filter(person__name=text)[:2])
    if not fitting:
        raise Refused.because("record.no_such_person", f"没有叫“{text}”的账号或人员，请写全姓名或账号", "who")
    if len(fitting) > 1:
        raise Refused.because("record.several_people", f"叫“{text}”的不止一人，请写账号", "who")
    return str(fitting[0].pk)


def _rows(entries: Sequence[Entry]) -> list[parts.Row]:
    keys = {(entry.matter, entry.seq) for entry in entries}
    signed = {
        (signature.matter, signature.seq): signature
        for signature in Signature.objects.filter(matter__in={matter for matter, _ in keys})
        if (signature.matter, signature.seq) in keys
    }
    names = names_of([(entry.kind, entry.matter_no) for entry in entries])
    return [
        parts.Row(
            (
                names.get(entry.matter_no, entry.matter_no),
                entry.seq,
                kind_word(entry.kind),
                verb_word(entry.kind, entry.verb),
                entry.actor_name,
                entry.happened_at,
                entry.recorded_at,
                mark_of(signed.get((entry.matter, entry.seq))),
            ),
            href=f"/record/entries/{entry.matter}/{entry.seq}/",
            sub=entry.actor_post,
        )
        for entry in entries
    ]


def mark_of(signature: Signature | None) -> parts.Mark | None:
    """How an entry was signed."""
    if signature is None:
        return None
    kind = "signed_in" if signature.kind == "token" else signature.kind
    return parts.Mark(str(signature.get_kind_display()), kind, signature.witness)  # type: ignore[arg-type]


def _filters(asked: dict[str, str]) -> Sequence[parts.Filter]:
    return (
        parts.Filter("q", "事项编号，例如 370403-H2026-000412", "text", asked["q"]),
        parts.Filter("who", "经办人姓名或账号", "text", asked["who"]),
        parts.Filter("kind", "类别", value=asked["kind"], choices=kinds()),
        parts.Filter("from", "入账日期自", "date", asked["from"]),
        parts.Filter("to", "至", "date", asked["to"]),
    )


def _chips(asked: dict[str, str]) -> Sequence[parts.Chip]:
    words = {"q": "编号", "who": "经办人", "kind": "类别", "from": "自", "to": "至"}
    return [
        parts.Chip(
            words[name],
            kind_word(value) if name == "kind" else value,
            address(BASE, {key: kept for key, kept in asked.items() if key != name}),
        )
        for name, value in asked.items()
        if value
    ]


def _tally(run: VerificationRun | None) -> Sequence[parts.Tally]:
    if run is None or run.failed:
        return ()
    return (
        parts.Tally("已核验", run.entries),
        parts.Tally("待封存", run.not_yet_sealed),
        parts.Tally("发现问题", run.found, bad=True),
    )


def _findings(run: VerificationRun | None) -> parts.Ledger:
    columns = (
        parts.Column("事项", "title"),
        parts.Column("第几条", "number"),
        parts.Column("情形"),
        parts.Column("说明"),
    )
    rows = [
        parts.Row(
            (found["matter"], found["entry"], FINDINGS.get(found["kind"], found["kind"]), found["detail"]),
            href=address(BASE, {"q": found["matter"]}) if found["kind"] != "bad_seal" else "",
            late=True,
        )
        for found in (run.findings if run else ())
    ]
    return parts.Ledger(columns, rows, "核验发现的问题")


def _seals() -> parts.Ledger:
    columns = (
        parts.Column("封存", "title"),
        parts.Column("条数", "number"),
        parts.Column("时间", "day"),
        parts.Column("摘要", phone=False),
        parts.Column("", "action"),
    )
    rows = [
        parts.Row(
            (
                f"第 {seal.number} 号",
                seal.entries,
                seal.made_at,
                bytes(seal.digest).hex()[:16],
                parts.Action("下载", f"/record/seals/{seal.number}/"),
            )
        )
        for seal in RecordSeal.objects.order_by("-number")[:NEWEST_SEALS]
    ]
    return parts.Ledger(columns, rows, "封存")


def progress_of(run: VerificationRun) -> parts.Progress:
    """A run as long work that survives leaving the page."""
    if run.finished_at is None:
        words = "正在核验全部记录、封存和签名" if run.begun_at else "已排队，后台任务马上开始核验"
        return parts.Progress(words, 0, 0, href="/record/verification/")
    if run.failed:
        return parts.Progress(
            "核验没有完成", 0, 0, failed=run.failed, next_href=BASE, next_label="回到留痕核验"
        )
    words = "核验完成，没有发现问题" if not run.found else f"核验完成，发现 {run.found} 处问题"
    return parts.Progress(words, run.entries, run.entries, finished=True, next_href=BASE)
