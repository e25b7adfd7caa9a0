"""Monthly pack, quarterly plan, bulletin: composed from figures, issued like any report, missed when they do not come."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import docx
import pytest
from django.test import Client

from bihuan.capabilities.dispatch.models import Task
from bihuan.commands import report as command
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Table
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations import cadences
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.figures import answers
from bihuan.kernel.web.reconfirm import SESSION_KEY
from bihuan.reporting import drafting, half_year, issuing, proofs, regular
from bihuan.reporting.citing import Roll
from bihuan.reporting.genres import PACKS
from bihuan.reporting.imprint import holder_of
from bihuan.reporting.models import Report
from bihuan.reporting.templating.words import next_work
from tests.accidents.test_figures import on
from tests.dispatch import steps as tasks
from tests.dispatch import weekly_steps as weekly
from tests.reporting.ledgers import hazard, keep, prose
from tests.world import World

pytestmark = pytest.mark.django_db
MAY = Period.parse("2023-05")
Q2 = Period.parse("2023Q2")
CUT = date(2023, 5, 31)
MARK = "薛安办"


@pytest.fixture(autouse=True)
def after_may() -> Iterator[datetime]:
    moment = datetime(2023, 6, 5, 9, 30, tzinfo=clock.SHANGHAI)
    with clock.frozen(moment):
        yield moment


def composed(world: World, kind: str = "monthly", period: Period = MAY) -> half_year.Composition:
    question = drafting.ask(period, min(period.last, clock.today()), holder_of(world.district), kind=kind)
    return half_year.compose(question, {})


def busy(world: World) -> None:
    """A month with hazards, one of them long overdue, and tasks of two units."""
    day = date(2023, 5, 8)
    keep(
        [hazard(world, day, accepted_on=date(2023, 5, 20)) for _ in range(3)]
        + [hazard(world, date(2023, 2, 1), rectify_by=date(2023, 3, 1), description="防爆区使用普通开关")]
    )
    with clock.frozen(datetime(2023, 5, 10, 9, tzinfo=clock.SHANGHAI)):
        tasks.dispatched(world, due_on=date(2023, 5, 20))
        tasks.dispatched(world, lead=world.builders.pk, supporting=(), due_on=date(2023, 6, 20))
        tasks.closed(world)


@pytest.mark.parametrize("kind", sorted(PACKS))
def test_with_nothing_behind_it_nothing_is_claimed(world: World, kind: str) -> None:
    composition = composed(world, kind, Q2 if kind == "quarterly" else MAY)
    text = prose(composition)
    assert "尚无事故登记" in text
    assert "事故0起" not in text
    assert composition.title.startswith(("2023年", "关于2023年"))


@pytest.mark.parametrize("kind", sorted(PACKS))
def test_every_number_is_the_figure_it_says(world: World, kind: str) -> None:
    busy(world)
    composition = composed(world, kind, Q2 if kind == "quarterly" else MAY)
    figures = [cited.source for cited in composition.citations.all() if not isinstance(cited.source, Roll)]
    assert len(figures) > 8
    for asked in figures:
        fresh = answers.value(asked.figure, asked.period, asked.as_of, asked.scope)
        assert (fresh.amount, fresh.numerator, fresh.denominator) == (
            asked.amount, asked.numerator, asked.denominator,
        )  # fmt: skip
    composition.citations.to_freeze()


def test_the_pack_names_what_is_late_and_who_lags(world: World) -> None:
    busy(world)
    composition = composed(world)
    text = prose(composition)
    assert "2023年以来发现的隐患中逾期未整改1项" in text
    assert "交办任务3项" in text
    assert "其中逾期1项" in text
    tables = {block.caption: block for block in composition.blocks if isinstance(block, Table)}
    units = tables["各单位任务办理情况"]
    assert units.rows[0][0] == "区应急管理局"  # the one with an overdue task stands first
    assert any("逾期未办结任务" in problem for problem in composition.problems)


def test_what_units_raised_stands_there_in_their_words(world: World) -> None:
    with clock.frozen(weekly.FRIDAY):
        weekly.adopted(world)
        weekly.approved(world)
        composition = composed(world, period=Period.parse("2026-11"))
    tables = {block.caption: block for block in composition.blocks if isinstance(block, Table)}
    assert tables["各单位提出的问题"].rows[0][:2] == ("区应急管理局", weekly.WORDS["problems"])


def test_the_quarterly_plan_places_the_next_stage(world: World) -> None:
    with clock.frozen(datetime(2023, 6, 20, 9, tzinfo=clock.SHANGHAI)):
        due = tasks.dispatched(world, due_on=date(2023, 8, 1))
        tasks.dispatched(world, due_on=date(2023, 11, 1))
        composition = composed(world, "quarterly", Q2)
    tables = {block.caption: block for block in composition.blocks if isinstance(block, Table)}
    listed = tables["下一阶段到期任务清单"]
    assert [row[0] for row in listed.rows] == [due.no]
    assert "2023年第三季度到期应办结的任务共1项" in prose(composition)
    assert any("到期任务" in step for step in composition.next_steps)


def test_a_pack_is_about_its_own_kind_of_period(world: World) -> None:
    for kind, period in (("monthly", Q2), ("quarterly", MAY), ("bulletin", Period.parse("2023H1"))):
        with pytest.raises(Refused) as refused:
            drafting.begin(kind, period, CUT, world.district, world.actor("office"))
        assert refused.value.failures[0].code == "report.wrong_period"
    with pytest.raises(Refused):
        drafting.begin("weekly", MAY, CUT, world.district, world.actor("office"))
    with pytest.raises(Refused):
        drafting.begin("monthly", MAY, CUT, world.district, world.actor("regulator"))


def test_issued_frozen_and_issued_again_with_the_difference(world: World) -> None:
    busy(world)
    office = world.actor("office")
    report = drafting.begin("monthly", MAY, CUT, world.district, office)
    first = issuing.issue(report.uid, office, version=report.version, mark=MARK)
    keep([hazard(world, date(2023, 5, 9))])
    report.refresh_from_db()
    again = issuing.issue(report.uid, world.actor("office"), version=report.version, mark=MARK)
    assert (first.ordinal, again.ordinal) == (1, 2)
    assert any("发现隐患" in change["label"] for change in again.changes)
    assert "安全生产调度材料" in again.title


def test_a_month_without_its_pack_shows_as_missing(world: World) -> None:
    office = world.actor("office")
    report = drafting.begin("monthly", MAY, CUT, world.district, office)
    due = Expectation.objects.get(kind="report_monthly", period="2023-05")
    assert (due.holder, due.due_on) == (world.office, date(2023, 6, 14))
    issuing.issue(report.uid, office, version=report.version, mark=MARK)
    due.refresh_from_db()
    assert due.standing(clock.today()) is Standing.FILED
    with clock.frozen(datetime(2023, 7, 20, 9, tzinfo=clock.SHANGHAI)):
        cadences.ensure_around(clock.today())  # as every night
        missing = regular.missing(clock.today())
    assert missing == [("月调度材料", [Period.parse("2023-06")])]
    drafting.begin("monthly", Period.parse("2023-04"), date(2023, 4, 30), world.district, office)
    assert not Expectation.objects.filter(kind="report_monthly", period="2023-04").exists()


def test_months_gone_by_since_the_first_pack_show_as_missing_at_once(world: World) -> None:
    with clock.frozen(datetime(2023, 9, 20, 9, tzinfo=clock.SHANGHAI)):
        drafting.begin("monthly", MAY, CUT, world.district, world.actor("office"))
        [(_, missing)] = regular.missing(clock.today())
    assert [period.label for period in missing] == ["2023-05", "2023-06", "2023-07", "2023-08"]


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.user(name), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SESSION_KEY] = clock.now().isoformat()
    session.save()
    return client


def test_on_screen_from_list_to_draft_and_from_an_item_to_a_task(world: World) -> None:
    busy(world)
    client = signed_in(world, "office")
    assert "/reports/new/?kind=monthly" in client.get("/reports/").content.decode()
    assert "2023年5月" in client.get("/reports/new/?kind=monthly").content.decode()
    form = {"period": "2023-05", "as_of": "2023-05-31", "region": str(world.district.pk), "kind": "quarterly"}
    assert client.post("/reports/new/?kind=monthly", form).status_code == 422  # a month is no quarter
    form["kind"] = "monthly"
    opened = client.post("/reports/new/?kind=monthly", form)
    report = Report.objects.get(kind="monthly")
    assert opened["Location"] == f"/reports/{report.no}/"
    page = client.get(opened["Location"]).content.decode()
    assert "转为任务" in page
    assert "/tasks/new/dispatch/?title=" in page
    href = page.split('href="/tasks/new/dispatch/?')[1].split('"')[0].replace("&amp;", "&")
    assert "安全生产调度材料" in client.get(f"/tasks/new/dispatch/?{href}").content.decode()
    assert client.get("/reports/new/?kind=nonsense").status_code == 422
    for name in ("regulator", "clerk_east"):
        assert signed_in(world, name).get("/reports/preview/?kind=monthly&period=2023-05").status_code == 200
    assert signed_in(world, "principal").get("/reports/preview/?kind=monthly").status_code == 403


def test_counted_lists_of_packs_open(world: World) -> None:
    with clock.frozen(datetime(2023, 6, 20, 9, tzinfo=clock.SHANGHAI)):
        task: Task = tasks.dispatched(world, due_on=date(2023, 8, 1))
        page = signed_in(world, "office").get(
            "/reports/counted/tasks.due_next/?kind=quarterly&period=2023Q2&as_of=2023-06-20"
        )
        assert task.title in page.content.decode()
    with clock.frozen(weekly.FRIDAY):
        weekly.adopted(world)
        weekly.filed(world)
        client = signed_in(world, "office")
        base = "kind=monthly&period=2026-11&as_of=2026-11-30"
        with clock.frozen(weekly.FRIDAY + timedelta(days=20)):
            client = signed_in(world, "office")
            for name in ("weekly.weeks", "weekly.units", "filings.weekly_due", "filings.weekly_missing"):
                assert client.get(f"/reports/counted/{name}/?{base}").status_code == 200, name


@pytest.mark.parametrize("kind", sorted(PACKS))
def test_accidents_are_told_by_their_field_and_the_parts_are_the_whole(world: World, kind: str) -> None:
    on(world, "2023-05-06", 1, sector="道路交通")
    on(world, "2023-05-10", 0, sector="道路交通")
    on(world, "2023-05-16", 2)
    text = prose(composed(world, kind, Q2 if kind == "quarterly" else MAY))
    assert "登记生产安全事故3起，死亡3人。按统计行业分，" in text
    assert "道路交通2起（死亡1人）" in text


@pytest.mark.parametrize("kind", sorted(PACKS))
def test_the_command_writes_each_kind(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    period = "2023Q2" if kind == "quarterly" else "2023-05"
    out = tmp_path / "pack.docx"
    given = Namespace(report_kind=kind, period=period, as_of="2023-05-31", out=out, json=True)
    assert command.written(given) == 0
    assert json.loads(capsys.readouterr().out)["path"] == str(out)
    text = "\n".join(each.text for each in docx.Document(str(out)).paragraphs)
    assert "尚无事故登记" in text


def test_the_half_year_report_is_what_it_was(world: World) -> None:
    document, _ = proofs.proof_of_district(Period.parse("2023H1"), CUT)
    assert document.title == "关于2023年上半年安全生产工作\n推进落实情况的报告"
    assert next_work(Period.parse("2023H1")) == "下半年重点工作"


class TestWeeklySection:
    """周调度 in the half-year report: how far a zero is carried by filings (N12)."""

    H2 = Period.parse("2026H2")

    def told(self, world: World, on: datetime) -> str:
        with clock.frozen(on):
            question = drafting.ask(self.H2, clock.today(), holder_of(world.district))
            return prose(half_year.compose(question, {}))

    def test_it_is_silent_where_no_form_was_ever_due(self, world: World) -> None:
        assert "周调度" not in self.told(world, weekly.FRIDAY)

    def test_a_missing_form_forbids_the_conclusion(self, world: World) -> None:
        with clock.frozen(weekly.FRIDAY):
            weekly.adopted(world)
            weekly.filed(world)
        text = self.told(world, weekly.FRIDAY + timedelta(days=5))
        assert "应报周调度表2期次，已报1期次" in text
        assert "不足以得出没有重大事故隐患的结论" in text
        assert "区住房和城乡建设局（第47周）" in text

    def test_filings_of_all_carry_a_zero(self, world: World) -> None:
        with clock.frozen(weekly.FRIDAY):
            weekly.adopted(world)
            weekly.filed(world)
            weekly.filed(world, by="builder", form=weekly.opened(world, unit=world.builders))
        text = self.told(world, weekly.FRIDAY + timedelta(days=1))
        assert "未排查出重大事故隐患（登记数为0项），以各单位报送的2期次周调度表为据，没有欠报" in text
