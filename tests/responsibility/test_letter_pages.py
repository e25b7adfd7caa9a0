"""The pages of letters, their papers and the report's part, as their people meet them."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from bihuan.capabilities.responsibility.letters import inputs, printing
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.responsibility.letters.paper import digest_of, document_of
from bihuan.kernel import clock
from bihuan.kernel.documents import Paragraph, Table
from bihuan.kernel.documents.outline import plain
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.record import entries_of
from bihuan.kernel.web.workbench.held import wanted_of
from bihuan.reporting.briefing import Briefing, Question
from bihuan.reporting.sections.letters import compose
from tests.responsibility.letter_steps import drafted, enterprise, issued, signed, superior, taken, this_year
from tests.web.conftest import SignIn
from tests.world import World


def _words(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


def test_the_office_drafts_in_bulk_the_leader_signs_all_at_once_and_a_town_signs(
    world: World, sign_in: SignIn
) -> None:
    superior(world)
    drafted(world, world.builders)
    office = sign_in("office")
    page = office.get("/letters/bulk/").content.decode()
    assert "全区安全生产工作会议" in page, "the conference of the register is offered"
    form = {
        "year": this_year(), "units": [world.east_government.pk, world.bureau.pk], "targets": "生产安全事故起数 ≤ 1 起",
        "each": "东湖镇人民政府：生产安全事故起数 ≤ 2 起", "conference_title": "全区安全生产工作会议",
        "conference_on": clock.today().isoformat(), "key": "bulk-1", "sign_password": "",
    }  # fmt: skip
    assert office.post("/letters/bulk/", form).status_code == 302
    assert office.post("/letters/bulk/", form).status_code == 302, "sent twice, it is done once"
    assert Letter.objects.filter(level__in=["town", "department"]).count() == 3
    leader = sign_in("leader")
    assert {
        one.matter.state for one in wanted_of(world.actor("leader")) if one.service.loop.name == "letter"
    } == {"drafted"}
    numbers = list(Letter.objects.filter(state="drafted").values_list("no", flat=True))
    assert all(no in leader.get("/letters/signing/").content.decode() for no in numbers)
    assert leader.post("/letters/signing/", {"letters": numbers, "key": "sign-1"}).status_code == 302
    assert set(Letter.objects.filter(no__in=numbers).values_list("state", flat=True)) == {"awaiting"}
    letter = Letter.objects.get(agency=world.east_government)
    town = sign_in("clerk_east")
    assert town.post(f"/letters/{letter.no}/sign/", {"version": letter.version}).status_code == 302
    assert Letter.objects.get(pk=letter.pk).state == "in_force"
    assert "没有等待您签订" in leader.get("/letters/signing/").content.decode()


def test_a_batch_that_does_not_fit_says_why_and_keeps_what_was_typed(world: World, sign_in: SignIn) -> None:
    superior(world, targets="生产安全事故起数 ≤ 1 起")
    drafted(world, world.builders, targets="全员培训")
    form = {
        "year": this_year(), "units": [world.east_government.pk, world.west_government.pk],
        "targets": "生产安全事故起数 ≤ 1 起", "conference_title": "全区安全生产工作会议",
        "conference_on": clock.today().isoformat(), "key": "bulk-2",
    }  # fmt: skip
    answer = sign_in("office").post("/letters/bulk/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "超出 1 起" in page
    assert "生产安全事故起数 ≤ 1 起</textarea>" in page
    assert Letter.objects.filter(level="town").count() == 0


@pytest.mark.parametrize("who", ["clerk_west", "regulator", "principal", "expert", "auditor"])
def test_to_others_a_letter_is_not_there(world: World, sign_in: SignIn, who: str) -> None:
    letter = signed(world)
    client = sign_in(who)
    for address in ("", "paper.docx", "paper.pdf", "revise/", "sign/"):
        assert client.get(f"/letters/{letter.no}/{address}").status_code == 404, address
    assert letter.no not in client.get("/letters/").content.decode()


def test_the_unsigned_list_leaves_as_workbook_and_word(world: World, sign_in: SignIn) -> None:
    issued(world)
    signed(world, world.west_government, by="clerk_west")
    office = sign_in("office")
    answer = office.get("/letters/unsigned.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell]  # type: ignore[union-attr]
    assert "东湖镇人民政府" in cells
    assert "待签订" in cells
    assert "尚未下达" in cells, "who was given none yet is listed as well"
    assert "西岭街道办事处" not in cells
    words = _words(office.get(f"/letters/unsigned.docx?year={this_year()}").content)
    assert "区应急管理局" in words
    assert office.get("/letters/unsigned.docx?year=20x6").status_code == 422
    own = sign_in("clerk_west").get("/letters/unsigned.docx").content
    assert "东湖镇人民政府" not in _words(own)
    assert "已全部签订" in _words(own)


def test_the_control_page_says_unknown_plainly_and_never_nought(world: World, sign_in: SignIn) -> None:
    signed(world, targets="生产安全事故死亡人数 ≤ 1 人\n隐患整改率 ≥ 95%")
    for who in ("office", "clerk_east"):
        page = sign_in(who).get("/letters/control/").content.decode()
        assert page.count("尚无事故登记，暂不能计算") >= 1
        assert "0 人</td>" not in page
    assert "年度三项目标" in sign_in("office").get("/letters/control/").content.decode()
    assert "年度三项目标" not in sign_in("clerk_east").get("/letters/control/").content.decode()
    assert sign_in("principal").get("/letters/control/").status_code == 403
    answer = sign_in("clerk_east").get("/letters/control.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert "暂不能计算" in str(list(book.active.values))  # type: ignore[union-attr]


def test_the_pages_ask_alike_however_many_letters_there_are(world: World, sign_in: SignIn) -> None:
    client = sign_in("office")
    signed(world)
    addresses = ("/letters/", "/letters/control/", "/letters/unsigned.docx")
    few = [_asked(client, address) for address in addresses]
    signed(world, world.west_government, by="clerk_west")
    signed(world, world.bureau, by="regulator")
    drafted(world, world.builders)
    assert [_asked(client, address) for address in addresses] == few


def _asked(client: object, address: str) -> int:
    client.get(address)  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200  # type: ignore[attr-defined]
    return len(asked)


def test_the_paper_bears_both_sides_targets_and_the_marks_of_its_own_edition(world: World) -> None:
    letter = issued(world)
    assert "未签订，供审阅" in document_of(letter).subtitle
    letter = taken(world, letter, "sign", Nothing(), "clerk_east")
    document = document_of(letter)
    assert "未签订" not in document.subtitle
    assert (document.serial, document.digest) == (letter.no, digest_of(letter)[:16])
    targets, signatures = (block for block in document.blocks if isinstance(block, Table))
    assert [[plain(cell) for cell in row][1:] for row in targets.rows] == [
        ["生产安全事故起数", "控制数", "不超过3起"],
        ["生产安全事故死亡人数", "控制数", "不超过1人"],
        ["隐患整改率", "比率下限", "不低于95%"],
    ]
    assert [column.heading for column in signatures.columns] == [
        "甲方：薛河区人民政府",
        "乙方：东湖镇人民政府",
    ]
    entries = {entry.verb: bytes(entry.digest).hex()[:16] for entry in entries_of(letter.uid)}
    ours, theirs = (plain(cell) for cell in signatures.rows[0])
    assert world.actor("leader").name in ours
    assert entries["issue"] in ours
    assert world.actor("clerk_east").name in theirs
    assert entries["sign"] in theirs
    body = "".join(plain(block.runs) for block in document.blocks if isinstance(block, Paragraph))
    assert "主要负责人每季度研究一次安全生产工作" in body
    revised = taken(
        world, letter, "revise", inputs.Revising(reason="调整", targets="生产安全事故起数 ≤ 2 起"), "office"
    )
    *_, blank = (block for block in document_of(revised).blocks if isinstance(block, Table))
    assert not any("记录摘要" in plain(cell) for cell in blank.rows[0]), (
        "old marks are not those of the new edition"
    )


def test_the_pdf_is_set_once_both_have_signed_and_handed_out_as_it_is(world: World, sign_in: SignIn) -> None:
    letter = issued(world)
    assert printing.keep_paper(letter.uid, 1) is None
    letter = taken(world, letter, "sign", Nothing(), "clerk_east")
    town = sign_in("clerk_east")
    assert town.get(f"/letters/{letter.no}/paper.pdf").status_code == 404
    assert "正在排印" in town.get(f"/letters/{letter.no}/").content.decode()
    ordered = ProcrastinateJob.objects.filter(task_name="letters.print_paper")
    assert [job.args for job in ordered] == [{"letter": str(letter.uid), "edition": 1}]
    made = printing.keep_paper(letter.uid, 1)
    again = printing.keep_paper(letter.uid, 1)
    assert made is not None
    assert again is not None
    assert made.pk == again.pk, "repeated, it is the same paper"
    answer = town.get(f"/letters/{letter.no}/paper.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer["X-Digest-SM3"] == bytes(made.digest).hex()
    assert "东湖镇人民政府" in _words(town.get(f"/letters/{letter.no}/paper.docx").content)


def test_the_report_tells_how_many_signed_and_who_did_not(world: World) -> None:
    assert not compose(_desk()).blocks, "without letters it is silent"
    signed(world)
    issued(world, world.west_government)
    enterprise(world)
    desk = _desk()
    part = compose(desk)
    said = "".join(plain(block.runs) for block in part.blocks if isinstance(block, Paragraph))
    assert "下达安全生产目标管理责任书3份" in said
    assert "双方签订1份，签订率33.3%" in said
    assert "尚有2份未签订：东湖纺织有限公司、西岭街道办事处" in said
    assert part.next_steps
    assert {cited.shown for cited in desk.cite.all()} == {"3份", "1份", "33.3%", "2份"}


def _desk() -> Briefing:
    from bihuan.kernel.calendar.periods import Period

    half = Period.parse(f"{this_year()}H{1 if clock.today().month < 7 else 2}")
    return Briefing(Question(half, clock.today(), Scope(), "全区"))
