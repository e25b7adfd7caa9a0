"""The speech before a superior meeting and the circular: prose without tables, and units by name with what is against them."""

from __future__ import annotations

from datetime import date, datetime

import docx
import pytest
from django.test import Client

from bihuan.kernel import clock
from bihuan.kernel.documents import Chart, Heading, Paragraph, Table
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.trees import plant
from bihuan.kernel.web.reconfirm import SESSION_KEY
from bihuan.reporting import differences, drafting, half_year, issuing, proofs
from bihuan.reporting.imprint import holder_of
from bihuan.reporting.models import Report
from bihuan.reporting.pages.forms import TextsForm
from bihuan.reporting.templating.built_in import Template
from tests.accidents.test_figures import on
from tests.dispatch import steps as tasks
from tests.reporting.ledgers import CUT, H1, expect_filings, file_all, found, hazard, keep, prose
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_half")]
MARK = "薛安办"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def composed(world: World, kind: str = "speech", body: str = "") -> half_year.Composition:
    question = drafting.ask(H1, CUT, holder_of(world.district), kind=kind)
    template = Template(kind, "发言", body, style="speech") if body else None
    return half_year.compose(question, {}, template)


def busy(world: World) -> None:
    found(world, 6, 4, rectify_by=date(2023, 4, 1))
    with clock.frozen(datetime(2023, 5, 10, 9, tzinfo=clock.SHANGHAI)):
        tasks.dispatched(world, due_on=date(2023, 5, 20))
        tasks.closed(world)


def test_practices_flow_with_their_figures(world: World) -> None:
    busy(world)
    made = composed(world)
    text = prose(made)
    assert "一是查得出。2023年上半年登记事故隐患6项，其中重大事故隐患0项。" in text
    assert "二是改得了。截至2023年6月30日已完成整改并验收4项，整改率66.7%。" in text
    assert "还有2项隐患过了整改期限" in text
    assert "交办任务2项，办结率50.0%。" in text
    assert "罚款" not in text  # no case was ever registered: not said, and never a zero
    assert "。。" not in text
    assert [b.text for b in made.blocks if isinstance(b, Heading)] == [
        "把责任分到人，压力传到底", "把隐患查出来，一项一项销号", "把执法做扎实，非法行为露头就打", "把群众发动起来，身边的风险有人报",
    ]  # fmt: skip


def test_no_sentence_of_it_breaks_where_nothing_was_kept(world: World) -> None:
    text = prose(composed(world))
    for broken in ("「", "—", "。。", "，。", "：。", "0起", "0次"):
        assert broken not in text, broken


def test_accidents_are_told_where_last_year_was_not_kept(world: World) -> None:
    """A missing base takes the comparison away, never the accidents themselves."""
    on(world, "2023-04-02", 1)
    text = prose(composed(world))
    assert "登记生产安全事故1起、死亡1人，其中较大及以上事故0起。" in text
    assert "上年同期" not in text


def test_the_body_is_prose_and_the_figures_a_paper_of_their_own(world: World) -> None:
    busy(world)
    made = composed(world, body="一、隐患\n【栏目：隐患排查治理】")
    assert not any(isinstance(block, Table | Chart) for block in made.blocks)
    printed = proofs.document(made, holder_of(world.district), apart=True)
    assert (printed.appendix, printed.red_head, printed.number, printed.signature) == ((), "", "", None)
    assert proofs.document(made, holder_of(world.district)).appendix  # on screen it stays
    report = drafting.begin("speech", H1, CUT, world.district, world.actor("office"))
    issue = issuing.issue(report.uid, world.actor("office"), version=report.version, mark=MARK)
    assert issue.figures_pdf is not None
    assert "报告所引数据明细" in issue.page
    client = Client()
    client.force_login(world.user("office"), backend=BACKEND)
    base = f"/reports/{report.no}/issues/1/"
    assert "数据明细（留底）" in client.get(base).content.decode()
    assert b"".join(client.get(f"{base}figures.pdf").streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["annual", "speech", "bulletin"])
def test_frozen_signed_numbered_and_told_apart_again(world: World, kind: str) -> None:
    """What holds of the half-year report holds of every kind."""
    busy(world)
    period = {"annual": "2022", "speech": "2023H1", "bulletin": "2023Q1"}[kind]
    from bihuan.kernel.calendar.periods import Period

    asked = Period.parse(period)
    office = world.actor("office")
    report = drafting.begin(kind, asked, asked.last, world.district, office)
    first = issuing.issue(report.uid, office, version=report.version, mark=MARK)
    assert str(first) == "薛安办〔2023〕1号"
    assert first.report.template == report.template
    keep([hazard(world, asked.first, no="370403-H2023-888888")])
    assert {change.label for change in differences.since(first)} >= {"发现隐患"}
    again = Report.objects.get(pk=report.pk)
    second = issuing.issue(report.uid, office, version=again.version, mark=MARK)
    assert str(second) == "薛安办〔2023〕2号"
    assert any("370403-H2023-888888" in change["label"] for change in second.changes)


def test_the_circular_names_units_by_record_and_whom_it_goes_to(world: World) -> None:
    keep([hazard(world, rectify_by=date(2023, 4, 1), agency=world.bureau) for _ in range(2)])
    expect_filings(on=datetime(2023, 1, 1, 9, tzinfo=clock.SHANGHAI))
    file_all(but=[world.builders])
    made = composed(world, "bulletin")
    lines = ["".join(run.text for run in b.runs) for b in made.blocks if isinstance(b, Paragraph)]
    assert "区应急管理局：逾期未整改隐患2项。" in lines
    assert any(line.startswith("区住房和城乡建设局：到期未报送隐患台账") for line in lines)
    assert not any(line.startswith("东湖镇人民政府：") for line in lines)
    made.citations.to_freeze()
    report = drafting.begin("bulletin", H1.months()[0], CUT, world.district, world.actor("office"))
    document = proofs.document(drafting.compose(report), holder_of(world.district))
    assert document.recipients == (
        "东湖镇人民政府", "西岭街道办事处", "区应急管理局", "区住房和城乡建设局",
    )  # fmt: skip


def test_a_circular_to_very_many_units_can_be_kept(world: World) -> None:
    """The names of a district's units do not fit into a field made for one addressee; the words do, and so do the names."""
    names = [f"区第{'甲乙丙丁戊己庚辛壬癸'[n % 10] * (n // 10 + 1)}部门管理服务局" for n in range(30)]
    for name in names:
        plant(Agency, None, name, kind=AgencyKind.DEPARTMENT, region=world.district)
    report = drafting.begin("bulletin", H1.months()[0], CUT, world.district, world.actor("office"))
    composition = drafting.compose(report)
    begun = TextsForm.initial_of(report, composition)
    assert begun["recipients"] == "〔各镇街〕、〔各部门〕"
    form = TextsForm({**begun, "recipients": "、".join(names)})
    assert form.is_valid(), form.errors
    document = proofs.document(composition, holder_of(world.district))
    assert set(names) < set(document.recipients)


def test_its_lists_open(world: World) -> None:
    expect_filings(on=datetime(2023, 1, 1, 9, tzinfo=clock.SHANGHAI))
    file_all(but=[world.builders])
    client = Client()
    client.force_login(world.user("office"), backend=BACKEND)
    session = client.session
    session[SESSION_KEY] = clock.now().isoformat()
    session.save()
    made = composed(world, "bulletin")
    roll = next(roll for roll in made.citations.rolls() if roll.label == "区住房和城乡建设局未报送台账")
    page = client.get(roll.href)
    assert page.status_code == 200
    assert "区住房和城乡建设局" in page.content.decode()


def test_the_command_writes_each(world: World, tmp_path: object) -> None:
    from argparse import Namespace
    from pathlib import Path

    from bihuan.commands import report as command

    busy(world)
    folder = Path(str(tmp_path))
    for kind, period, title in (
        ("annual", "2023", "关于2023年安全生产工作"), ("speech", "2023H1", "在安全生产工作会议上的发言"),
        ("circular", "2023-05", "关于2023年5月安全生产形势的通报"),
    ):  # fmt: skip
        out = folder / f"{kind}.docx"
        given = Namespace(period=period, as_of="2023-06-30", out=out, json=True, report_kind=kind)
        assert command.written(given) == 0
        assert title in "\n".join(each.text for each in docx.Document(str(out)).paragraphs)
