"""What a paper may be handed in as, which units it means, and what its pages and operations answer."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.papers.desk import desk_of
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.capabilities.dispatch.papers.units import Units
from bihuan.capabilities.dispatch.speeches.units import Unit
from bihuan.kernel import clock
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.people.tokens import issue_token
from bihuan.kernel.territory.models import Agency, AgencyAlias, AgencyKind
from bihuan.kernel.territory.trees import plant
from bihuan.kernel.uid import uuid7
from tests.dispatch import paper_steps as steps
from tests.dispatch.test_speech_sources import document, word
from tests.web.conftest import SignIn
from tests.world import World

FORM = {"kind": "speech", "title": "在会上的讲话", "issuer": "区长", "number": "薛安〔2026〕3号"}


def handed(content: bytes | None, name: str = "讲话.txt", **more: Any) -> dict[str, Any]:
    given = {**FORM, "issued_on": clock.today().isoformat(), "text": "", "key": str(uuid7()), **more}
    return given if content is None else {**given, "original": SimpleUploadedFile(name, content)}


def docx_of(text: str) -> bytes:
    made, buffer = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        made.add_paragraph(line)
    made.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_in_any_usual_encoding_and_kept(
    world: World, sign_in: SignIn, encoding: str
) -> None:
    answer = sign_in("office").post("/papers/new/take-in/", handed(steps.speech().encode(encoding)))
    paper = Paper.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/papers/{paper.no}/split/")
    assert (paper.form, paper.kept) == ("txt", 5)
    kept = Attachment.objects.get(matter=paper.uid)
    assert (kept.named_seq, kept.name) == (1, "讲话.txt")
    page = sign_in("leader").get(f"/papers/{paper.no}/files/{kept.uid}")
    assert b"".join(page.streaming_content) == steps.speech().encode(encoding)
    assert sign_in("regulator").get(f"/papers/{paper.no}/files/{kept.uid}").status_code == 404


def test_a_word_file_is_read_and_kept(world: World, sign_in: SignIn) -> None:
    sign_in("office").post("/papers/new/take-in/", handed(docx_of(steps.speech()), "讲话.docx"))
    paper = Paper.objects.get()
    assert (paper.form, paper.kept) == ("docx", 5)
    assert Attachment.objects.get(matter=paper.uid).name == "讲话.docx"


BAD = [
    (b"\xff\xfe\x00", "讲话.txt", "speech."),
    (b"%PDF-1.7 \xe4\xe5", "扫描件.pdf", "speech.pdf"),
    (b"\x89PNG\r\n\x1a\n" + bytes(20), "照片.png", "speech.picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧.doc", "speech.old_word"),
    (b" \r\n", "空.txt", "attachment.empty|speech.empty"),
    ("安".encode() * 1_700_000, "大.txt", "speech.too_large"),
    ("安全检查。".encode() * 14_000, "长.txt", "speech.too_large"),
    (word(document(" " * (20 * 1024 * 1024))), "炸弹.docx", "speech.bomb"),
    (b"\x81\x20\x81\x20\xb0\xa1" * 40, "乱码.txt", "speech.encoding"),
]


@pytest.mark.parametrize(("content", "name", "code"), BAD, ids=[name for _, name, _ in BAD])
def test_what_cannot_be_read_is_said_in_words_and_nothing_typed_is_lost(
    world: World, sign_in: SignIn, content: bytes, name: str, code: str
) -> None:
    answer = sign_in("office").post("/papers/new/take-in/", handed(content, name))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert any(each in page for each in code.split("|"))
    assert all(value in page for value in (FORM["title"], FORM["issuer"], FORM["number"]))
    assert not Paper.objects.exists()
    assert not Attachment.objects.exists()


def test_a_form_without_words_is_refused_and_one_sent_twice_is_one_paper(
    world: World, sign_in: SignIn
) -> None:
    office = sign_in("office")
    empty = office.post("/papers/new/take-in/", handed(None))
    assert (empty.status_code, "speech.empty" in empty.content.decode()) == (422, True)
    given = handed(None, text=steps.speech().replace("\n", "\r\n"))
    first, again = (office.post("/papers/new/take-in/", given) for _ in range(2))
    paper = Paper.objects.get()
    assert (first.status_code, again["Location"]) == (302, f"/papers/{paper.no}/")
    assert paper.text == steps.speech().strip()


def test_a_refusal_after_the_file_was_read_keeps_the_file(world: World, sign_in: SignIn) -> None:
    office, given = sign_in("office"), handed(steps.speech().encode())
    answer = office.post("/papers/new/take-in/", {**given, "title": ""})
    assert answer.status_code == 422
    assert "讲话.txt（已上传）" in answer.content.decode()
    kept = Attachment.objects.get()
    again = {name: value for name, value in given.items() if name != "original"}
    office.post("/papers/new/take-in/", {**again, "original_kept": str(kept.uid)})
    assert Attachment.objects.get().named_seq == 1
    assert Paper.objects.get().kept == 5


def test_units_are_those_of_the_papers_day_and_shown_by_todays_name(world: World) -> None:
    AgencyAlias.objects.create(agency=world.bureau, name_key="区安监局", until=date(2019, 1, 1))
    new = plant(
        Agency,
        None,
        "区安全监管中心",
        kind=AgencyKind.DEPARTMENT,
        region=world.district,
        since=date(2024, 1, 1),
    )
    AgencyAlias.objects.create(agency=new, name_key="区安监局", since=date(2024, 1, 1))
    said = Unit("区安监局", "区安监局", named=True)
    assert Units.on(date(2014, 5, 1)).meant(said).agencies == (world.bureau.pk,)
    assert Units.on(date(2025, 5, 1)).meant(said).agencies == (new.pk,)
    assert set(Units.on(date(2021, 5, 1)).meant(said).unclear) == {world.bureau.name, new.name}
    paper = steps.taken_in(
        world,
        issued_on=date(2014, 5, 1),
        text="在会议上的讲话\n一、抓重点\n区安监局要在5月20日前完成矿山检查。",
    )
    (card,) = desk_of(paper).cards
    assert card.leads == world.bureau.name
    assert "原文称“区安监局”，现为“区应急管理局”" in card.doubts
    assert any("已经过去" in doubt for doubt in card.doubts)


def test_a_name_that_fits_two_units_is_the_clerks_to_settle(world: World) -> None:
    for name in ("区综合行政执法局", "区交通执法大队"):
        made = plant(Agency, None, name, kind=AgencyKind.DEPARTMENT, region=world.district)
        AgencyAlias.objects.create(agency=made, name_key="执法局")
    paper = steps.taken_in(world, text="在会议上的讲话\n一、抓重点\n执法局要开展一次夜查。")
    (card,) = desk_of(paper).cards
    assert card.leads == ""
    assert any("“执法局”可指区综合行政执法局、区交通执法大队" in doubt for doubt in card.doubts)


def test_a_unit_that_has_ended_is_named_as_such(world: World) -> None:
    world.builders.until = clock.today() - timedelta(days=1)
    world.builders.save()
    paper = steps.taken_in(
        world,
        issued_on=date(2024, 3, 1),
        text="在会议上的讲话\n一、抓重点\n区住房和城乡建设局要开展一次工地检查。",
    )
    (card,) = desk_of(paper).cards
    assert card.leads == "区住房和城乡建设局（已撤并）"
    assert any("已撤并" in lack for lack in card.lacks)


def test_a_town_is_known_by_its_own_name(world: World) -> None:
    paper = steps.taken_in(world, text="在会议上的讲话\n一、抓重点\n东湖镇要开展一次排查。")
    assert Proposal.objects.get(paper=paper).lead == world.east_government.pk


def test_the_desk_shows_text_and_items_and_keeps_what_was_typed(world: World, sign_in: SignIn) -> None:
    paper, office = steps.taken_in(world), sign_in("office")
    item = steps.item(paper, "电气线路")
    page = office.get(f"/papers/{paper.no}/split/?item={item.number}").content.decode()
    assert f'id="run-{item.number}"' in page
    assert f'id="item-{item.number}"' in page
    deed = f"/papers/{paper.no}/split/edit-item/"
    asked = {"item": item.number, "summary": "改造沿街商铺电线", "kind": "rectify", "lead": world.east_government.pk,
             "due_on": "2020-01-01", "version": paper.version}  # fmt: skip
    refused = office.post(deed, asked)
    assert refused.status_code == 422
    assert all(words in refused.content.decode() for words in ("paper.due_past", "改造沿街商铺电线"))
    good = {**asked, "due_on": steps.far().isoformat(), "key": "k1"}
    assert office.post(deed, good).status_code == 302
    assert office.post(deed, good).status_code == 302
    assert Paper.objects.get(pk=paper.pk).version == paper.version + 1
    stale = sign_in("office_two").post(deed, {**good, "summary": "另一种说法", "key": "k2"})
    assert stale.status_code == 409
    assert all(words in stale.content.decode() for words in ("别人刚改过", "另一种说法"))
    assert Proposal.objects.get(pk=item.pk).summary == "改造沿街商铺电线"


def test_leaders_read_and_units_find_nothing(world: World, sign_in: SignIn) -> None:
    paper = steps.taken_in(world)
    leader = sign_in("leader")
    assert leader.get(f"/papers/{paper.no}/").status_code == 200
    assert leader.get(f"/papers/{paper.no}/split/")["Location"] == f"/papers/{paper.no}/"
    assert leader.get("/papers/new/take-in/").status_code == 403
    for name in ("regulator", "clerk_east", "principal"):
        unit = sign_in(name)
        assert unit.get(f"/papers/{paper.no}/").status_code == 404
        assert unit.get(f"/papers/{paper.no}/split/").status_code == 404
        assert unit.post(f"/papers/{paper.no}/split/drop-item/", {"item": 1}).status_code == 404
        assert unit.get("/papers/?tab=all").status_code == 403


def test_the_lists_say_where_each_paper_stands(world: World, sign_in: SignIn) -> None:
    paper = steps.decomposed(world)
    office = sign_in("office")
    assert paper.no in office.get("/papers/?tab=decomposed").content.decode()
    page = office.get(f"/papers/{paper.no}/").content.decode()
    assert all(task.no in page for task in Task.objects.filter(origin=paper.no))
    assert "提取准确率" in page
    task = Task.objects.filter(origin=paper.no, agency=world.bureau).first()
    assert task is not None
    assert f"/papers/{paper.no}/" in office.get(f"/tasks/{task.no}/").content.decode()
    assert f"/papers/{paper.no}/" not in sign_in("regulator").get(f"/tasks/{task.no}/").content.decode()


def test_the_operations_follow_the_loop(world: World, client: Any) -> None:
    bearer = {"Authorization": f"Bearer {issue_token(world.user('office'), scope='sign')}"}

    def call(address: str, body: dict[str, Any]) -> Any:
        key = {"Idempotency-Key": uuid4().hex}
        return client.post(
            f"/api/v1/papers{address}",
            json.dumps(body),
            content_type="application/json",
            headers=bearer | key,
        )

    made = call("", {**FORM, "issued_on": clock.today().isoformat(), "text": steps.speech()})
    assert made.status_code == 201
    no = made.json()["no"]
    read = client.get(f"/api/v1/papers/{no}", headers=bearer).json()
    assert [item["anchor"] in read["text"] for item in read["items"]] == [True] * 5
    refused = call(f"/{no}/decompose", {"version": read["version"]})
    assert refused.status_code == 422
    assert "paper.item_no_lead" in {one["code"] for one in refused.json()["failures"]}
    ban = next(item for item in read["items"] if "严禁" in item["anchor"])
    dropped = call(
        f"/{no}/drop-item", {"version": read["version"], "item": ban["number"], "reason": "法定禁止"}
    )
    assert dropped.status_code == 200
    assert call(f"/{no}/drop-item", {"version": 1, "item": 1, "reason": "晚了"}).status_code == 409
    listed = client.get("/api/v1/papers?kind=speech", headers=bearer).json()["items"]
    assert [one["no"] for one in listed] == [no]
    assert "text" not in listed[0]


def test_lists_and_pages_ask_as_little_of_many_papers_as_of_few(world: World, sign_in: SignIn) -> None:
    first, office, counts = steps.taken_in(world), sign_in("office"), []
    office.get("/papers/?tab=all")
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert office.get("/papers/?tab=all").status_code == 200
        counts.append(len(asked))
        for each in range(5 if number == 0 else 0):
            steps.taken_in(world, title=f"第{each}次讲话", text=f"{steps.speech()}第{each}次讲话。")
    assert counts[0] == counts[1]
    with CaptureQueriesContext(connection) as asked:
        assert office.get(f"/papers/{first.no}/").status_code == 200
    assert len(asked) <= 45
