"""The monthly accident return (M207): the unit's own numbers, held against the records row by row before it is accepted."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import openpyxl
import pypdf
import pytest

from bihuan.capabilities.accidents.inputs import FurtherReport
from bihuan.capabilities.accidents.models import Accident
from bihuan.capabilities.accidents.monthly import inputs
from bihuan.capabilities.accidents.monthly.access import visible_returns
from bihuan.capabilities.accidents.monthly.compiled import returns_of
from bihuan.capabilities.accidents.monthly.kinds import RETURN
from bihuan.capabilities.accidents.monthly.models import AccidentReturn
from bihuan.capabilities.accidents.monthly.opening import open_around, open_month
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.loops.inputs import build
from tests.accidents import steps
from tests.accidents.monthly_steps import OCTOBER, do, opened_month, return_of, stated
from tests.accidents.steps import at
from tests.web.conftest import SignIn, sign_in
from tests.world import World

__all__ = ["sign_in"]

DAY = "2026-10-12"
FACTORY = "东湖纺织有限公司"


def happened(world: World, day: str = DAY, **changes: Any) -> Accident:
    values = {
        "occurred_at": at(f"{day} 02:10"), "knew_at": at(f"{day} 02:15"), "reported_at": at(f"{day} 03:00"),
        "loss": 85_500_000,
    }  # fmt: skip
    return steps.reported(world, **{**values, **changes})


def codes(refusal: Any) -> list[str]:
    return [failure.code for failure in refusal.value.failures]


def words(refusal: Any) -> str:
    return "。".join(failure.message for failure in refusal.value.failures)


def test_towns_and_agencies_with_an_industry_owe_one_and_nobody_else(world: World) -> None:
    opened_month()
    holders = set(Expectation.objects.filter(kind=RETURN.name).values_list("holder__name", flat=True))
    assert holders == {"区应急管理局", "区住房和城乡建设局", "东湖镇人民政府", "西岭街道办事处"}
    assert AccidentReturn.objects.count() == 4
    assert open_month(RETURN, OCTOBER) == 0
    assert return_of(world.bureau).due_on == date(2026, 11, 5)


def test_the_present_month_opens_on_its_last_day(world: World) -> None:
    opened_month()
    open_around(clock.today())
    assert set(AccidentReturn.objects.values_list("period", flat=True)) == {"2026-10"}
    with clock.frozen(at("2026-11-30 09:00")):
        open_around(clock.today())
        assert AccidentReturn.objects.filter(period="2026-11").count() == 4


def test_equal_numbers_are_accepted_and_what_they_were_equal_to_is_kept(world: World) -> None:
    accident = happened(world)
    opened_month()
    form = do(
        world, return_of(world.bureau), "file", stated((DAY, FACTORY, "工贸", 1, 0, "85.5")), "regulator"
    )
    assert (form.late, form.edition, form.lines[0]["loss_fen"]) == (True, 1, 85_500_000)
    assert (
        Expectation.objects.get(kind=RETURN.name, holder=world.bureau).standing(clock.today())
        is Standing.LATE
    )
    form = do(world, form, "accept", inputs.Acceptance(opinion="同意备案。"), "office")
    assert (form.state, [one["no"] for one in form.agreed]) == ("accepted", [accident.no])
    moved = FurtherReport(cause="investigated", **steps.numbers(steps.fresh(accident), deaths=2))
    steps.do(world, accident, "further_report", moved)
    line = next(one for one in returns_of(OCTOBER, world.actor("office")).lines if one.agency == world.bureau)
    assert line.moved == [f"事故 {accident.no}：死亡 1 人改为 2 人"]


def test_a_difference_blocks_acceptance_and_names_the_rows(world: World) -> None:
    first = happened(world)
    second = happened(world, "2026-10-20", place="三号库", deaths=0, serious=1)
    opened_month()
    given = stated((DAY, FACTORY, "工贸", 2, 0, "85.5"), ("2026-10-15", "路边小厂", "工贸", 0, 1, "3"))
    form = do(world, return_of(world.bureau), "file", given, "regulator")
    with pytest.raises(Refused) as refusal:
        do(world, form, "accept", inputs.Acceptance(), "office")
    assert codes(refusal) == ["return.differs"] * 3
    said = words(refusal)
    assert f"事故 {first.no}（{DAY} {FACTORY}）数字不同：死亡表上 2 人、系统 1 人" in said
    assert f"系统中的事故 {second.no}" in said
    assert "表上第 2 行（2026-10-15 路边小厂" in said
    right = stated(
        (DAY, FACTORY, "工贸", 1, 0, "85.5"),
        ("2026-10-20", FACTORY, "工贸", 0, 1, "85.5"),
        explanation="误记已更正",
    )
    form = do(world, form, "restate", right, "regulator_two")
    assert do(world, form, "accept", inputs.Acceptance(), "office").state == "accepted"


def test_an_explanation_does_not_stand_for_equality(world: World) -> None:
    happened(world)
    opened_month()
    form = do(
        world, return_of(world.bureau), "file_nil", inputs.NilReturn(reason="经核实没有发生"), "regulator"
    )
    assert (form.nil, form.lines) == (True, [])
    with pytest.raises(Refused) as refusal:
        do(world, form, "accept", inputs.Acceptance(), "office")
    assert codes(refusal) == ["return.differs"]


def test_nil_is_stated_and_seen(world: World) -> None:
    opened_month()
    form = do(
        world,
        return_of(world.west_government),
        "file_nil",
        inputs.NilReturn(reason="经核实没有发生"),
        "clerk_west",
    )
    do(world, form, "accept", inputs.Acceptance(), "office")
    with clock.frozen(at("2026-11-04 09:00")):
        form = do(
            world, return_of(world.builders), "file_nil", inputs.NilReturn(reason="经核实没有发生"), "builder"
        )
    standings = {
        one.holder.name: one.standing(clock.today()) for one in Expectation.objects.filter(kind=RETURN.name)
    }
    assert standings == {
        "西岭街道办事处": Standing.LATE, "区住房和城乡建设局": Standing.NIL, "区应急管理局": Standing.MISSING,
        "东湖镇人民政府": Standing.MISSING,
    }  # fmt: skip


def test_sums_days_and_words_are_looked_at(world: World) -> None:
    opened_month()
    form = return_of(world.bureau)
    for given, code in (
        (stated((DAY, FACTORY, "工贸", 1, 0, "85.5"), deaths=2), "return.sum_differs"),
        (stated((DAY, FACTORY, "工贸", 1, 0, "85.5"), loss=85_500_001), "return.sum_differs"),
        (stated(("2026-11-02", FACTORY, "工贸", 1, 0, "85.5")), "return.other_month"),
        (stated((DAY, FACTORY, "月球开发", 1, 0, "85.5")), "return.line_wrong"),
        (stated((DAY, FACTORY, "工贸", 1, 0, "1.2345678"), loss=0), "return.line_wrong"),
        (stated(), "return.empty"),
        (
            inputs.Return(accidents="2026-10-12；某厂", count=1, deaths=0, serious=0, loss=0),
            "accident.line_unreadable",
        ),
    ):
        with pytest.raises(Refused) as refusal:
            do(world, form, "file", given, "regulator")
        assert codes(refusal) == [code]


def test_who_filed_does_not_accept_and_units_see_their_own(world: World) -> None:
    opened_month()
    form = return_of(world.bureau)
    for by in ("builder", "clerk_east", "principal"):
        assert not visible_returns(world.actor(by)).filter(pk=form.pk).exists()
    assert visible_returns(world.actor("leader")).count() == 4
    with pytest.raises(Refused):
        do(world, form, "file_nil", inputs.NilReturn(reason="没有"), "office")


def test_a_town_answers_for_its_place_and_an_agency_for_its_field(world: World) -> None:
    accident = happened(world)
    opened_month()
    line = (DAY, FACTORY, "工贸", 1, 0, "85.5")
    for agency, by in ((world.bureau, "regulator"), (world.east_government, "clerk_east")):
        form = do(world, return_of(agency), "file", stated(line), by)
        assert do(world, form, "accept", inputs.Acceptance(), "office").agreed[0]["no"] == accident.no
    told = returns_of(OCTOBER, world.actor("office"))
    assert [one.sums["deaths"] for one in (*told.of_places(), *told.of_fields()) if one.sums] == [1, 1]
    assert (len(told.records), told.loose) == (1, [])


def test_waived_and_corrected(world: World) -> None:
    opened_month()
    do(world, return_of(world.builders), "waive", inputs.Reason(reason="机构调整"), "office")
    assert (
        Expectation.objects.get(kind=RETURN.name, holder=world.builders).standing(clock.today())
        is Standing.WAIVED
    )
    form = do(world, return_of(world.bureau), "file_nil", inputs.NilReturn(reason="没有"), "regulator")
    form = do(world, form, "accept", inputs.Acceptance(), "office")
    happened(world)
    given = stated((DAY, FACTORY, "工贸", 1, 0, "85.5"))
    correction = inputs.ReturnCorrection(**{**vars(given)}, reason="事故后来补登")
    form = do(world, form, "correct", correction, "regulator")
    assert (form.state, form.edition, form.nil, form.late) == ("filed", 2, False, True)
    assert do(world, form, "accept", inputs.Acceptance(), "office").agreed


def test_a_unit_that_did_its_part_is_not_shown_late_while_the_office_waits(
    world: World, sign_in: SignIn
) -> None:
    with clock.frozen(at("2026-11-03 09:00")):
        opened_month()
        form = do(world, return_of(world.bureau), "file_nil", inputs.NilReturn(reason="没有"), "regulator")
    with clock.frozen(at("2026-11-20 09:00")):
        assert form.deadline is not None
        assert form.deadline < clock.today()
        listed = sign_in("regulator").get("/returns/?tab=filed").content.decode()
        assert form.no in listed
        assert "逾期" not in listed.split("<table", 1)[-1].split("</table>", 1)[0]
        form = do(world, form, "send_back", inputs.Reason(reason="请核对"), "office")
        assert "重新报送" in form.deadline_note["rule"]
        late = sign_in("office").get("/returns/?tab=late").content.decode()
        assert form.no not in late
    with clock.frozen(at("2026-12-01 09:00")):
        assert form.no in sign_in("office").get("/returns/?tab=late").content.decode()


def test_the_month_page_and_its_papers(world: World, sign_in: SignIn) -> None:
    accident = happened(world)
    opened_month()
    do(world, return_of(world.bureau), "file", stated((DAY, FACTORY, "工贸", 2, 0, "85.5")), "regulator")
    office = sign_in("office")
    page = office.get("/returns/compiled/?month=2026-10").content.decode()
    for words_ in ("1 处不一致", "未报", "区应急管理局", "死亡表上 2 人、系统 1 人"):
        assert words_ in page
    unit = sign_in("clerk_west").get("/returns/compiled/?month=2026-10").content.decode()
    assert "区应急管理局" not in unit
    assert "西岭街道办事处" in unit
    address = "/returns/compiled/paper.{}?month=2026-10"
    book = openpyxl.load_workbook(io.BytesIO(office.get(address.format("xlsx")).content))
    assert book.sheetnames == ["镇街", "部门", "行业", "说明"]
    cells = [row for row in book["部门"].iter_rows(values_only=True) if row[1] == "区应急管理局"]
    assert cells[0][2:6] == (1, 2, 0, 85.5)
    written = docx.Document(io.BytesIO(office.get(address.format("docx")).content))
    said = "\n".join(cell.text for table in written.tables for row in table.rows for cell in row.cells)
    assert "与系统不一致" in said
    assert accident.no in "\n".join(paragraph.text for paragraph in written.paragraphs)
    text = "".join(
        each.extract_text()
        for each in pypdf.PdfReader(io.BytesIO(office.get(address.format("pdf")).content)).pages
    )
    assert "安全生产事故统计报表" in text.replace("\n", "")
    assert office.get(address.format("txt")).status_code == 404
    assert sign_in("regulator").get(address.format("xlsx")).status_code == 403
    assert office.get("/returns/compiled/?month=2026").status_code == 422


def test_from_a_difference_to_the_form_that_takes_it_down(world: World, sign_in: SignIn) -> None:
    opened_month()
    form = do(
        world, return_of(world.bureau), "file", stated((DAY, "路边小厂", "工贸", 0, 1, "3")), "regulator"
    )
    client = sign_in("regulator")
    page = client.get(f"/returns/{form.no}/").content.decode()
    assert "表上有、系统无" in page
    href = page.split('href="/accidents/new/receive/?', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    shown = client.get(f"/accidents/new/receive/?{href}").content.decode()
    assert "路边小厂" in shown
    assert "2026-10-12T00:00" in shown


def test_the_total_is_asked_in_the_unit_of_its_lines(world: World, sign_in: SignIn) -> None:
    """85.5 in a row is 85.5 in the total: 万元 both, in the form that is filled in again and in what comes back."""
    opened_month()
    happened(world)
    told = {"accidents": f"{DAY}；{FACTORY}；工贸；1；0；85.5", "count": "1", "deaths": "1", "serious": "0"}
    assert build(inputs.Return, {**told, "loss": "85.5"}).loss == 85_500_000
    assert build(inputs.Return, {**told, "loss": "1,200.000001"}).loss == 1_200_000_001
    with pytest.raises(Refused, match="万元"):
        build(inputs.Return, {**told, "loss": "八十五"})
    with pytest.raises(Refused, match="六位小数"):
        build(inputs.Return, {**told, "loss": "0.0000001"})
    form = do(
        world, return_of(world.bureau), "file", build(inputs.Return, {**told, "loss": "85.5"}), "regulator"
    )
    page = sign_in("regulator").get(f"/returns/{form.no}/restate/").content.decode()
    assert 'value="85.5"' in page
