"""From the plan to the archive: an unannounced visit, an order, a case with its hearing, paid late, bound and put away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.inspections import sheets
from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.planning.models import Plan
from bihuan.kernel import clock
from bihuan.registers.checklists.loading import load_checklists
from bihuan.registers.instruments import dossiers, shelf
from bihuan.registers.instruments.signing_places import DRAWN, SIGNED_IN
from tests.browser.conftest import PASSWORD, SignedIn
from tests.browser.test_journey import submit
from tests.browser.test_site_visit import sent, tap
from tests.browser.test_tasks import look
from tests.enforcement import steps
from tests.enforcement.steps import MORNING, cast, working
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RISK = "wsl-101-e-first"


class Days:
    """The day it is, for the test and for whatever the server answers."""

    def __init__(self) -> None:
        self.now = MORNING

    def go(self, day: date, hour: int = 10) -> date:
        self.now = datetime(day.year, day.month, day.day, hour, tzinfo=clock.SHANGHAI)
        return day

    @property
    def today(self) -> date:
        return self.now.date()


@pytest.fixture
def days(live_server: LiveServer) -> Iterator[Days]:
    """A server that lives on the test's day."""
    server: Any = live_server.thread.httpd
    answer, made = server.get_app(), Days()

    def answer_then(environ: Any, start_response: Any) -> Any:
        with clock.frozen(made.now):
            return answer(environ, start_response)

    server.set_app(answer_then)
    yield made
    server.set_app(answer)


def fill(page: Any, **values: Any) -> None:
    """Fill a form by its fields' names, whatever each of them is."""
    for name, value in values.items():
        field = page.locator(f"[name={name}]").first
        kind = field.evaluate("node => node.type || node.tagName.toLowerCase()")
        if kind in ("checkbox", "radio"):
            page.locator(f"[name={name}][value='{value}']").check() if kind == "radio" else field.set_checked(
                value
            )
        elif field.get_attribute("data-rows"):
            field.locator("xpath=..").get_by_role("button", name="改为成段粘贴").click()
            field.fill(value)
        elif kind == "select-one":
            field.select_option(str(value))
        elif kind == "datetime-local":
            field.fill(value.astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M"))
        else:
            field.fill(value.isoformat() if isinstance(value, date) else str(value))


def do(page: Any, address: str, **values: Any) -> None:
    """A deed as its form takes it; what the form refuses fails the test with its words."""
    page.goto(address)
    fill(page, **values)
    submit(page, password=True)
    refused = page.locator(".q-error, .refused, .error-summary")
    assert refused.count() == 0, (address, refused.all_inner_texts())


def draw(page: Any) -> None:
    """A name, drawn with a finger."""
    pad = page.locator("[data-hand] canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 30 + step * 25, box["y"] + 40 + (step % 3) * 20)
    page.mouse.up()


@pytest.fixture
def people(world: World) -> World:
    """The bureau's officers with their certificates, its head, its reviewer; checklists and what papers say of it."""
    with clock.frozen(MORNING):
        cast(world)
        load_checklists()
    for user in world.users.values():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    return world


def test_from_the_plan_to_the_archive(people: World, days: Days, signed_in: SignedIn) -> None:
    one = planned(people, days, signed_in)
    visited(people, one, signed_in)
    case = rechecked(one, days, signed_in)
    heard(people, case, days, signed_in)
    decided(case, days, signed_in)
    paid_late(case, days, signed_in)
    put_away(people, case, one, days, signed_in)


def planned(world: World, days: Days, signed_in: SignedIn) -> Inspection:
    """A plan by one person, approved by another; its line becomes an unannounced inspection that nobody there sees."""
    clerk = signed_in("regulator")
    do(clerk, "/plans/new/draft/", period="2026", title="2026年监督检查计划")
    plan = Plan.objects.get()
    assert [line.object_id for line in plan.lines.all()] == [world.factory.pk]
    look(clerk, "journey-plan")
    do(clerk, f"/plans/{plan.no}/submit/")
    do(signed_in("office"), f"/plans/{plan.no}/approve/")
    team = "\n".join(world.users[key].person.name for key in ("officer", "partner"))
    do(
        clerk, f"/plans/{plan.no}/arrange/", places="1", planned_on=days.today, mode="four_no_two_straight",
        content="风险分级管控、消防", officers=team,
    )  # fmt: skip
    one = Inspection.objects.get()
    do(signed_in("regulator_two"), f"/inspections/{one.no}/approve-scheme/")
    for key in ("safety", "clerk_east"):
        page = signed_in(key)
        page.goto("/inspections/?tab=all")
        assert one.no not in page.content()
    return one


def visited(world: World, one: Inspection, signed_in: SignedIn) -> None:
    """On the phone: arrive, tick, find, finish; two officers and the enterprise sign the record."""
    page = signed_in("officer", phone=True)
    page.goto(f"/inspections/{one.no}/site/")
    page.fill("[name=place]", "二车间")
    page.check("[name=shown]")
    page.get_by_role("button", name="登记到场").click()
    page.wait_for_selector("[data-item]")
    sent(page)
    tap(page, sheets.items_of(Inspection.objects.get(pk=one.pk))[0].pk, "符合")
    free = page.locator("[data-free]")
    free.locator("[name=place]").fill("安全科")
    free.locator("[name=words]").fill("未开展风险辨识，没有风险分级管控清单")
    free.get_by_role("button", name="登记这个问题").click()
    expect(page.locator("[data-findings]")).to_have_text(re.compile("未开展风险辨识.*已提交"))
    page.on("dialog", lambda dialog: dialog.accept())
    for button in page.locator("[data-rest]").all():
        button.click()
    sent(page)
    page.locator("[data-finish]").click()
    page.wait_for_url(re.compile("/finish/"))
    page.fill("[name=party_name]", "钱厂长")
    page.fill("[name=responsible_person]", "钱厂长")
    submit(page, password=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    look(page, "journey-visit")
    assert Hazard.objects.get(origin=one.no).description.startswith("未开展风险辨识")
    record = shelf.latest(one.uid, "inspection_record")
    assert record is not None
    partner = signed_in("partner", phone=True)
    partner.goto(f"/instruments/{record.uid}/sign/")
    seats = partner.locator("[name=place]")
    if seats.count():
        seats.first.check()
    submit(partner, password=True)
    page.goto(f"/instruments/{record.uid}/")
    assert page.get_by_role("link", name="签名", exact=True).count() == 0, "who signed is not asked again"
    page.goto(f"/instruments/{record.uid}/draw/")
    look(page, "journey-draw")
    seats = page.locator("[name=place]")
    if seats.count():
        seats.first.check()
    fill(page, name="钱厂长", post="厂长")
    draw(page)
    submit(page, password=True)
    look(page, "journey-record")
    record.refresh_from_db()
    assert [each["kind"] for each in record.signings] == [SIGNED_IN, SIGNED_IN, DRAWN]


def rechecked(one: Inspection, days: Days, signed_in: SignedIn) -> Case:
    """At the order's deadline nothing was done: the recheck says so, and a case is proposed by itself."""
    one.refresh_from_db()
    assert one.state == "rectifying"
    assert one.deadline is not None
    days.go(working(one.deadline, 1))
    page = signed_in("officer")
    page.goto(f"/inspections/{one.no}/")
    look(page, "journey-order-late")
    waiting = one.findings.get()
    page.goto(f"/inspections/{one.no}/recheck/")
    line = page.locator(".rows-line")
    assert waiting.words in line.inner_text()
    line.get_by_role("combobox").select_option("未整改")
    line.get_by_role("textbox").fill("仍未开展风险辨识")
    look(page, "journey-recheck")
    fill(page, rechecked_on=days.today, next_due=days.today + timedelta(days=10))
    submit(page, password=True)
    waiting.refresh_from_db()
    assert (waiting.met, waiting.remark) == ("unmet", "仍未开展风险辨识")
    case = Case.objects.get()
    assert (case.state, case.origin) == ("proposed", one.no)
    return case


def heard(world: World, case: Case, days: Days, signed_in: SignedIn) -> None:
    """Opened, investigated, announced; a hearing is asked for in time and held."""
    head, officer, lawyer = signed_in("regulator"), signed_in("officer"), signed_in("lawyer")
    at = f"/cases/{case.no}"
    do(head, f"{at}/approve-opening/", opinion="同意立案。")
    look(officer, "journey-desk")
    days.go(working(days.today, 2))
    officer, head = signed_in("officer"), signed_in("regulator")
    do(
        officer, f"{at}/record-interview/", started_at=days.now - timedelta(minutes=50), ended_at=days.now,
        place="区应急管理局询问室", person="钱厂长", recorder="孙队员",
        dialogue="问：是否开展过风险辨识？\n答：没有，正在找第三方。",
    )  # fmt: skip
    do(
        officer, f"{at}/assess-violation/", clause=RISK, facts="未开展风险辨识，责令改正后逾期仍未改正。",
        violated="《安全生产法》第四十一条第一款", evidence="现场检查记录\n整改复查意见书\n询问笔录", heavier="refused",
    )  # fmt: skip
    do(
        officer,
        f"{at}/conclude-investigation/",
        course="立案后询问当事人，核实复查情况。",
        finding="事实清楚，证据确实充分。",
    )
    do(officer, f"{at}/propose/", proposal="建议罚款并责令停产停业整顿。", suspension=True, complex=True)
    officer.goto(f"{at}/")
    look(officer, "journey-case")
    do(lawyer, f"{at}/review-proposal/", agreed=True, opinion="事实清楚，裁量适当，同意报批。")
    do(head, f"{at}/approve-proposal/")
    do(officer, f"{at}/notify/")
    do(officer, f"{at}/serve-notice/", served_on=days.today, place="东湖纺织有限公司", receiver="钱厂长")
    days.go(working(days.today, 3))
    officer, lawyer = signed_in("officer"), signed_in("lawyer")
    do(officer, f"{at}/request-hearing/", requested_on=days.today, words="认为罚款数额过高，要求听证。")
    day = working(days.today, 9)
    do(
        lawyer, f"{at}/call-hearing/", hearing_at=datetime(day.year, day.month, day.day, 9, tzinfo=clock.SHANGHAI),
        place="二楼听证室", public="公开", presider=world.users["lawyer"].person_id, recorder="孙队员",
    )  # fmt: skip
    do(
        officer,
        f"{at}/serve-hearing-notice/",
        served_on=days.today,
        place="东湖纺织有限公司",
        receiver="钱厂长",
    )
    officer.goto(f"{at}/")
    look(officer, "journey-hearing-called")
    days.go(day, 11)
    do(
        signed_in("lawyer"), f"{at}/conclude-hearing/", started_at=days.now - timedelta(hours=2), ended_at=days.now,
        course="双方到会，主持人告知权利，举证质证后作最后陈述。",
        applicant="东湖纺织有限公司", investigators_said="陈述事实、证据和建议。", defence="请求从轻。",
        opinion="违法事实成立，裁量适当，建议维持。",
    )  # fmt: skip


def decided(case: Case, days: Days, signed_in: SignedIn) -> None:
    """Reviewed, discussed, decided by the head, served and disclosed to everybody."""
    at = f"/cases/{case.no}"
    days.go(working(days.today, 2))
    head = signed_in("regulator")
    do(head, f"{at}/review-hearing/", opinion="同意主持人意见。")
    head.goto(f"{at}/decide/")
    assert "法制审核" in head.inner_text("main")
    do(
        signed_in("regulator_two"), f"{at}/legal-review/", situation="hearing", passed=True,
        opinion="程序合法，适用依据正确，裁量适当。",
    )  # fmt: skip
    do(
        head, f"{at}/discuss/", started_at=days.now - timedelta(minutes=40), ended_at=days.now, place="三楼会议室",
        host="李局长", reporter="王队员", recorder="周科员", attendees="李局长｜局长\n周科员｜法制审核\n孙队员｜执法人员",
        discussion="对事实、证据、依据和裁量逐项讨论。", conclusion="同意拟处罚意见。",
    )  # fmt: skip
    case.refresh_from_db()
    fine = case.proposal["fine"]
    assert fine > 5_000_000
    do(
        head,
        f"{at}/decide/",
        fine=f"{fine / 100:.2f}",
        suspension=True,
        discretion="责令改正后逾期不改，从重。",
    )
    look(head, "journey-decided")
    officer = signed_in("officer")
    do(officer, f"{at}/serve/", served_on=days.today, place="东湖纺织有限公司", receiver="钱厂长")
    do(officer, f"{at}/publish/", published_on=days.today, where="区人民政府网站")
    public = officer.context.browser.new_page(base_url=str(officer.url).split("/cases")[0])
    public.goto("/disclosure/")
    case.refresh_from_db()
    assert "东湖纺织有限公司" in public.content()
    look(public, "journey-disclosure")
    public.close()


def paid_late(case: Case, days: Days, signed_in: SignedIn) -> None:
    """Fifteen days go by; pressed; paid five days late with three per cent a day."""
    at = f"/cases/{case.no}"
    days.go(days.today + timedelta(days=20))
    officer = signed_in("officer")
    do(officer, f"{at}/press/")
    do(
        officer,
        f"{at}/pay/",
        paid_on=days.today,
        amount=f"{case.fine_fen / 100:.2f}",
        what="fine",
        receipt="鲁罚001",
    )
    do(signed_in("regulator"), f"{at}/add-fine/", until=days.today)
    case.refresh_from_db()
    assert 0 < case.additional_fen <= case.fine_fen
    assert case.additional_fen % (case.fine_fen * 3 // 100) == 0
    do(
        officer, f"{at}/pay/", paid_on=days.today, amount=f"{case.additional_fen / 100:.2f}", what="additional",
        receipt="鲁罚002",
    )  # fmt: skip
    do(officer, f"{at}/carry-out/", kind="suspension", done_on=days.today, words="停产整顿完毕，验收合格。")


def signed(world: World, case: Case, days: Days, signed_in: SignedIn) -> None:
    """One record is signed in the browser, with keys and by hand; what else waits is signed alike."""
    record = shelf.latest(case.uid, "interview_record")
    assert record is not None
    for name in ("officer", "partner"):
        page = signed_in(name)
        page.goto(f"/instruments/{record.uid}/sign/")
        page.locator("[name=place]").first.check()
        submit(page, password=True)
    page = signed_in("officer")
    page.goto(f"/instruments/{record.uid}/draw/")
    page.locator("[name=place]").first.check()
    fill(page, name="钱厂长", post="厂长")
    draw(page)
    submit(page, password=True)
    record.refresh_from_db()
    assert [each["kind"] for each in record.signings] == [SIGNED_IN, SIGNED_IN, DRAWN]
    with clock.frozen(days.now):
        steps.signed(steps.Cast(world), case)


def put_away(world: World, case: Case, one: Inspection, days: Days, signed_in: SignedIn) -> None:
    """Concluded by the head, archived; the bound volume holds the inspection's papers as well and verifies."""
    at = f"/cases/{case.no}"
    head = signed_in("regulator")
    head.goto(f"{at}/conclude/")
    assert "还缺签名" in head.inner_text("main"), "each place that waits is named"
    look(head, "journey-unsigned")
    signed(world, case, days, signed_in)
    officer = signed_in("officer")
    do(officer, f"{at}/ask/", what="conclude", words="罚款、加处罚款已缴清，停产整顿已验收，建议结案。")
    do(head, f"{at}/conclude/", execution="罚款、加处罚款已缴清，停产整顿已验收。")
    do(officer, f"{at}/archive/")
    case.refresh_from_db()
    assert case.state == "archived"
    look(officer, "journey-archived")
    kinds = set(shelf.instruments_of([case.uid, one.uid]).values_list("kind", flat=True))
    assert kinds >= {
        "inspection_scheme", "inspection_record", "rectification_order", "recheck_opinion", "case_opening_approval",
        "interview_record", "investigation_report", "penalty_notice", "hearing_notice", "hearing_record",
        "hearing_report", "legal_review_opinion", "collective_discussion_record", "penalty_decision_entity",
        "service_receipt", "payment_demand", "additional_fine_decision", "conclusion_approval",
    }  # fmt: skip
    volume = dossiers.dossiers_of(case.uid).first()
    assert volume is not None
    assert dossiers.verify(volume) == []
    officer.goto(f"{at}/")
    officer.locator("a.section-more[href*='/dossiers/']").click()
    look(officer, "journey-dossier")
    with officer.expect_download() as got:
        officer.locator("a[href*='volume.pdf']").first.click()
    assert got.value.path().read_bytes().startswith(b"%PDF")
