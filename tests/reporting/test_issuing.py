"""Issuing: one transaction, one number without gaps, one signature; and what changed since has names."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import threading
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction

from bihuan.capabilities.hazards.inputs import Reason
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock, record
from bihuan.kernel.attachments.keeping import content_of
from bihuan.kernel.errors import Absent, Refused, Stale
from bihuan.kernel.figures.models import FrozenFigure
from bihuan.kernel.loops import engine
from bihuan.kernel.numbering.models import DocumentCounter
from bihuan.kernel.record import heads, verification
from bihuan.kernel.signatures.models import Signature
from bihuan.reporting import differences, drafting, issuing, printing
from bihuan.reporting.models import Issue, Purpose, Report, Status
from tests.reporting.ledgers import CUT, H1, found, hazard, keep
from tests.world import World, build_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_half")]
MARK = "薛安办"


def begun(world: World, by: str = "office") -> Report:
    return drafting.begin("half-year", H1, CUT, world.district, world.actor(by))


def issued(world: World, report: Report | None = None, by: str = "office") -> Issue:
    report = report or begun(world)
    report.refresh_from_db()
    return issuing.issue(report.uid, world.actor(by), version=report.version, mark=MARK)


def some(world: World) -> list[Hazard]:
    day = date(2023, 3, 1)
    rows = [
        hazard(
            world,
            day,
            accepted_on=day if n % 3 else None,
            rectify_by=date(2023, 4, 1),
            source="grid" if n % 2 else "expert",
        )
        for n in range(9)
    ] + [hazard(world, day, region_path=world.west.path, sector_path=world.site.sector_path, accepted_on=day)]
    keep(rows)
    return rows


def test_an_issue_keeps_papers_figures_entry_and_signature(world: World) -> None:
    some(world)
    made = issued(world)
    report = Report.objects.get(pk=made.report_id)
    assert str(made) == "薛安办〔2023〕1号"
    [entry] = record.entries_of(report.uid)
    assert (entry.kind, entry.verb, entry.matter_no, entry.to_state) == (
        "report",
        "issue",
        report.no,
        "issued",
    )
    assert entry.payload["number"] == str(made)
    assert entry.payload["docx"] == bytes(made.docx.digest).hex()
    assert entry.payload["pdf"] == bytes(made.pdf.digest).hex()
    assert entry.payload["content"] == bytes(made.content_digest).hex()
    assert Signature.objects.get(matter=report.uid).person_id == world.user("office").person_id
    assert (report.uid, report.no, 1, entry.digest, None) in list(issuing.ends())
    assert "report" in heads.kinds()
    frozen = FrozenFigure.objects.filter(report=made.uid)
    assert frozen.get(name="hazards.found", line="").amount == 10
    assert frozen.get(name="hazards.found", line="").records == 10
    assert content_of(made.pdf).startswith(b"%PDF-")
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(content_of(made.docx))).paragraphs)
    assert "薛安办〔2023〕1号" in text
    assert "共排查登记事故隐患10项" in text
    assert "送审稿" not in text
    digest = bytes(frozen.get(name="hazards.found", line="").records_digest).hex()[:16]
    assert digest in made.page


def test_what_was_issued_cannot_be_changed_by_the_application(world: World) -> None:
    made = issued(world)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Issue.objects.filter(pk=made.pk).update(number=7)
    with (
        pytest.raises((ProgrammingError, IntegrityError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM reporting_issue")


def test_voiding_one_hazard_changes_exactly_what_counts_it_and_names_it(world: World) -> None:
    rows = some(world)
    made = issued(world)
    assert differences.since(made) == []
    gone = Hazard.objects.get(pk=rows[1].pk)
    assert (gone.accepted_on, gone.source) == (date(2023, 3, 1), "grid")
    engine.perform(
        "hazard",
        "void",
        gone.no,
        Reason(reason="与另一条重复登记"),
        actor=world.actor("office"),
        version=gone.version,
    )
    changed = {change.label: (change.was, change.now) for change in differences.since(made)}
    numbers = {label: pair for label, pair in changed.items() if "370403" not in label}
    assert numbers == {
        "发现隐患": ("10", "9"), "发现隐患（工贸）": ("9", "8"), "发现隐患（东湖镇）": ("9", "8"), "发现隐患（网格）": ("4", "3"),
        "完成整改": ("7", "6"), "完成整改（工贸）": ("6", "5"), "完成整改（东湖镇）": ("6", "5"), "完成整改（网格）": ("3", "2"),
        "整改率": ("70.0%", "66.7%"), "整改率（工贸）": ("66.7%", "62.5%"), "整改率（东湖镇）": ("66.7%", "62.5%"),
    }  # fmt: skip
    assert {label: pair for label, pair in changed.items() if "370403" in label} == {
        f"发现隐患：{gone.no}（已作废）": ("计入", "不再计入"), f"完成整改：{gone.no}（已作废）": ("计入", "不再计入"),
    }  # fmt: skip


def test_a_second_issue_shows_the_differences_and_keeps_the_first(world: World) -> None:
    some(world)
    first = issued(world)
    keep([hazard(world, date(2023, 5, 5), no="370403-H2023-777777")])
    second = issued(world, first.report)
    assert (second.ordinal, second.number, first.ordinal, first.number) == (2, 2, 1, 1)
    changes = {(one["label"], one["was"], one["now"]) for one in second.changes}
    assert ("发现隐患", "10", "11") in changes
    assert ("发现隐患（日常）", "1", "2") in changes
    assert ("发现隐患：370403-H2023-777777（整改中）", "未计入", "计入") in changes
    assert FrozenFigure.objects.get(report=first.uid, name="hazards.found", line="").amount == 10
    assert "共排查登记事故隐患" in Issue.objects.get(pk=first.pk).page
    assert content_of(first.pdf) != content_of(second.pdf)
    assert [entry.from_state for entry in record.entries_of(first.report_id)] == ["draft", "issued"]


def test_an_unchanged_second_issue_shows_no_difference(world: World) -> None:
    some(world)
    first = issued(world)
    assert issued(world, first.report).changes == []


def test_what_cannot_be_printed_draws_no_number(world: World) -> None:
    report = begun(world)
    odd = chr(0x2FFFF - 2)
    drafting.write(report, {"opening": f"{odd}字"}, CUT, 1, world.actor("office"), 1)
    report.refresh_from_db()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        issuing.issue(report.uid, world.actor("office"), version=report.version, mark=MARK)
    assert refusal.value.failures[0].code == "document.uncovered_character"
    assert not DocumentCounter.objects.filter(series=f"report:{MARK}").exists()
    assert not Issue.objects.exists()
    assert not FrozenFigure.objects.exists()
    assert list(record.entries_of(report.uid)) == []


@pytest.mark.parametrize("by", ["leader", "regulator", "clerk_east", "auditor", "system_admin", "safety"])
def test_only_the_committee_office_drafts_and_issues(world: World, by: str) -> None:
    report = begun(world)
    with pytest.raises(Absent):
        issuing.issue(report.uid, world.actor(by), version=1, mark=MARK)
    with pytest.raises(Refused):
        begun(world, by)
    with pytest.raises(Absent):
        drafting.write(report, {}, CUT, 1, world.actor(by), 1)


def test_signing_needs_the_password_just_given(world: World) -> None:
    from bihuan.kernel.people.actors import actor_of

    report = begun(world)
    with pytest.raises(Refused) as refusal:
        issuing.issue(report.uid, actor_of(world.user("office")), version=1, mark=MARK)
    assert refusal.value.failures[0].code == "report.not_confirmed"


def test_a_report_changed_meanwhile_is_not_issued(world: World) -> None:
    report = begun(world)
    drafting.write(report, {"opening": "补充说明。"}, CUT, 1, world.actor("office_two"), 1)
    with pytest.raises(Stale):
        issuing.issue(report.uid, world.actor("office"), version=1, mark=MARK)
    with pytest.raises(Stale):
        drafting.write(report, {}, CUT, 1, world.actor("office"), 1)


@pytest.mark.parametrize("mark", ["", "薛", "薛安办〔2023〕", "a b", "<b>"])
def test_a_mark_is_words(world: World, mark: str) -> None:
    with pytest.raises(Refused) as refusal:
        issuing.issue(begun(world).uid, world.actor("office"), version=1, mark=mark)
    assert refusal.value.failures[0].field == "mark"


def test_the_worker_carries_out_an_order_once(world: World) -> None:
    some(world)
    report = begun(world)
    order = printing.order_issue(report, world.actor("office"), version=1, mark=MARK)
    done = printing.carry_out(order.uid)
    assert done is not None
    assert (done.status, done.issue) == (Status.DONE, Issue.objects.get())
    assert printing.carry_out(order.uid) is None
    assert Issue.objects.count() == 1
    assert printing.access_printout(world.actor("office"), order.uid).title == done.title
    with pytest.raises(Absent):
        printing.access_printout(world.actor("office_two"), order.uid)


def test_an_order_that_waited_too_long_is_not_signed(world: World) -> None:
    report = begun(world)
    order = printing.order_issue(report, world.actor("office"), version=1, mark=MARK)
    order.ordered_at -= 2 * printing.FRESH
    order.save()
    late = printing.carry_out(order.uid)
    assert late is not None
    assert late.status == Status.FAILED
    assert "没有用掉文号" in late.reasons[0]
    assert not Issue.objects.exists()


def test_a_proof_is_marked_and_bears_no_number(world: World) -> None:
    report = begun(world)
    order = printing.order(Purpose.PROOF, world.actor("office"), report=report)
    done = printing.carry_out(order.uid)
    assert done is not None
    assert done.docx is not None
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(content_of(done.docx))).paragraphs)
    assert "（送审稿）" in text
    assert "〔" not in text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有 LibreOffice，跳过用它打开 Word 文件")
def test_the_word_file_opens_in_libreoffice(world: World, tmp_path: Path) -> None:
    some(world)
    made = issued(world)
    target = tmp_path / "report.docx"
    target.write_bytes(content_of(made.docx))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path), str(target)],
        check=True, capture_output=True, timeout=120, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    text = (tmp_path / "report.txt").read_text(encoding="utf-8-sig")
    assert "共排查登记事故隐患10项" in text
    assert str(made) in text


@pytest.mark.django_db(transaction=True)
def test_two_issuers_at_once_leave_no_gap() -> None:
    world = build_world()
    found(world, 5, 3)
    office = world.actor("office")
    reports = [
        drafting.begin("half-year", H1, CUT, place, office)
        for place in (world.district, world.east, world.west)
    ]
    actors = [office, world.actor("office_two"), office]
    outcomes: list[Any] = []
    together = threading.Barrier(len(reports))

    def run(place: int) -> None:
        try:
            together.wait(20)
            outcomes.append(
                issuing.issue(reports[place].uid, actors[place].confirmed_now(), version=1, mark=MARK)
            )
        except Exception as failure:
            outcomes.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(reports))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    year = datetime.now(clock.SHANGHAI).year  # a frozen clock does not reach into other threads
    assert sorted(str(outcome) for outcome in outcomes) == [f"薛安办〔{year}〕{n}号" for n in (1, 2, 3)]
    assert DocumentCounter.objects.get(series=f"report:{MARK}").last == 3
    checked = verification.verify()
    assert checked.ok, checked.findings
    for made in Issue.objects.select_related("docx"):
        paper = docx.Document(io.BytesIO(content_of(made.docx)))
        assert any(str(made) in paragraph.text for paragraph in paper.paragraphs)


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_begin_one_report() -> None:
    world = build_world()
    actors = [world.actor("office"), world.actor("office_two")]
    outcomes: list[Any] = []
    together = threading.Barrier(len(actors))

    def run(place: int) -> None:
        try:
            together.wait(20)
            outcomes.append(drafting.begin("half-year", H1, CUT, world.district, actors[place]).no)
        except Exception as failure:
            outcomes.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(actors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    assert outcomes[0] == outcomes[1] == Report.objects.get().no
