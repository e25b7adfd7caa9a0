"""Papers are set in the job worker: the press needs more memory than a web process may hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import keep_own_paper
from bihuan.kernel.documents import to_docx, to_pdf
from bihuan.kernel.errors import Absent, Refused, Stale
from bihuan.kernel.people.actors import Actor, actor_of
from bihuan.kernel.people.models import User
from bihuan.kernel.territory.trees import require_district
from bihuan.reporting import drafting, issuing, lists, proofs
from bihuan.reporting.access import access_report
from bihuan.reporting.models import Issue, Printout, Purpose, Report, Status

FRESH = timedelta(minutes=15)
"""An order to issue that waited longer is not carried out: its signer may have left the desk long ago."""


def order(
    purpose: Purpose, actor: Actor, *, report: Report | None = None, question: Mapping[str, Any] | None = None
) -> Printout:
    """Order papers from the worker and return the order, whose page shows how far it is."""
    from bihuan.reporting.jobs import print_out

    if actor.id is None:
        raise Refused.because("report.no_account", "排印须由登录的人员办理。")
    with transaction.atomic():
        made = Printout.objects.create(
            purpose=purpose, report=report, version=report.version if report else 0, question=dict(question or {}),
            account=actor.id, ordered_at=clock.now(),
        )  # fmt: skip
        print_out.defer(printout=str(made.uid))
    return made


def order_issue(report: Report, actor: Actor, *, version: int, mark: str) -> Printout:
    """Order the issue of a report as the actor saw it, within minutes of the actor's password.

    Raises:
        Stale: it was changed meanwhile. Refused: not confirmed.
    """
    if not actor.confirmed:
        raise Refused.because("report.not_confirmed", "签发须由本人重新输入密码确认。")
    if report.version != version:
        raise Stale
    return order(Purpose.ISSUE, actor, report=report, question={"mark": mark})


def access_printout(actor: Actor, uid: UUID) -> Printout:
    """One order of the actor's own.

    Raises:
        Absent: there is none, or it is somebody else's.
    """
    found = (
        Printout.objects.filter(pk=uid, account=actor.id or 0)
        .select_related("report", "issue", "docx", "pdf")
        .first()
    )
    if found is None:
        raise Absent("没有查到这次排印")
    return found


def carry_out(uid: UUID) -> Printout | None:
    """Do what was ordered; a refusal stays on the order in words. Safe to repeat: what is done stays done."""
    printout = Printout.objects.filter(pk=uid, status__in=[Status.WAITING, Status.WORKING]).first()
    if printout is None:
        return None
    Printout.objects.filter(pk=uid).update(status=Status.WORKING)
    try:
        _MAKERS[Purpose(printout.purpose)](printout, _actor(printout))
    except Refused as refusal:
        _fail(printout, [failure.message for failure in refusal.failures])
    except Stale:
        _fail(printout, ["下单之后报告又被修改，没有签发；请看过最新内容再签发。"])
    except Absent as absent:
        _fail(printout, [str(absent) or "这份报告不在您的办理范围内。"])
    except Exception:
        _fail(
            printout, ["排印时发生意外，已停止，没有用掉文号；请稍后重试，仍不行请联系系统管理员查看日志。"]
        )
        raise
    return printout


def _actor(printout: Printout) -> Actor:
    user = User.objects.filter(pk=printout.account, is_active=True).first()
    if user is None:
        raise Refused.because("report.no_account", "下单人的账号已停用，请由在岗人员重新办理。")
    return actor_of(user)


def _proof(printout: Printout, actor: Actor) -> None:
    assert printout.report is not None
    report = access_report(actor, printout.report.no)
    composition = drafting.compose(report).printable()
    document = proofs.document(composition, drafting.holder_for(report), report.no, apart=True)
    _finish(printout, actor, composition.title, to_docx(document), to_pdf(document))


def _issue(printout: Printout, actor: Actor) -> None:
    assert printout.report is not None
    if clock.now() - printout.ordered_at > FRESH:
        raise Refused.because(
            "report.order_too_old", "签发指令等待过久，没有执行，也没有用掉文号；请回到报告页重新签发。"
        )

    def finish(made: Issue) -> None:
        printout.issue, printout.docx, printout.pdf = made, made.docx, made.pdf
        _done(printout, made.title)

    mark = str(printout.question["mark"])
    issuing.issue(
        printout.report.uid, actor.confirmed_now(), version=printout.version, mark=mark, then=finish
    )


def _three_lists(printout: Printout, actor: Actor) -> None:
    asked = lists.Asked.of(printout.question)
    made = lists.three_lists(actor, asked, at_most=lists.PRINTED_AT_MOST)
    document = lists.document_of(made, require_district())
    _finish(printout, actor, document.title, to_docx(document), to_pdf(document))


_MAKERS = {Purpose.PROOF: _proof, Purpose.ISSUE: _issue, Purpose.THREE_LISTS: _three_lists}


def _finish(printout: Printout, actor: Actor, title: str, docx: bytes, pdf: bytes) -> None:
    with transaction.atomic():
        printout.docx = keep_own_paper(printout.uid, printout.purpose, docx, actor, lasting=False)
        printout.pdf = keep_own_paper(printout.uid, printout.purpose, pdf, actor, lasting=False)
        _done(printout, title.replace("\n", ""))


def _done(printout: Printout, title: str) -> None:
    printout.status, printout.title, printout.finished_at = Status.DONE, title[:200], clock.now()
    printout.save()


def _fail(printout: Printout, reasons: list[str]) -> None:
    printout.status, printout.reasons, printout.finished_at = Status.FAILED, reasons, clock.now()
    printout.save()
