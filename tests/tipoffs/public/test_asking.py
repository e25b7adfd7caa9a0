"""What the holder of a number sees and says, and that nothing of it or of them stands anywhere else."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bihuan.capabilities.tipoffs import inputs, receiving, reporters
from bihuan.capabilities.tipoffs.models import Item
from bihuan.capabilities.tipoffs.public.views import sending
from bihuan.conf import postgres
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import attachments_of
from bihuan.kernel.record import entries_of
from tests.tipoffs import steps
from tests.tipoffs.public.conftest import a_pass, filled, send, snapshot, told
from tests.web.conftest import SignIn, sign_in  # noqa: F401  (a fixture)
from tests.world import World

SECRET = "王桂花住在三单元"


def ask(citizen: Client, number: str, **more: Any) -> Any:
    return citizen.post("/report/progress/", {"number": number, **more})


def say(citizen: Client, number: str, verb: str, **more: Any) -> Any:
    return ask(citizen, number, **{"pass": a_pass(), "say": verb, "item": "1", **more})


def verbs(item: Item) -> list[str]:
    return [entry.verb for entry in entries_of(item.pk)]


def test_stages_days_and_the_reply_and_nobody_who_works_on_it(world: World, citizen: Client) -> None:
    number = send(citizen)
    page = told(ask(citizen, number))
    assert "受理" in page
    assert "正在进行" in page
    steps.settled(world, Item.objects.get())
    page = told(ask(citizen, number))
    assert "您反映的情况属实，出口已经清空。" in page
    assert "已办结" in page
    for hidden in (
        "工贸科",
        "应急管理局",
        Item.objects.get().no,
        *(user.person.name for user in world.users.values()),
    ):
        assert hidden not in page


def test_the_number_stands_in_no_address(world: World, citizen: Client) -> None:
    number = send(citizen)
    page = told(ask(citizen, number))
    plain = number.replace(" ", "")
    assert plain not in "".join(re.findall(r'(?:href|action|src)="([^"]*)"', page))
    assert citizen.get(f"/report/progress/?number={plain}").content.decode().count(plain) == 0


def test_more_can_be_told_with_a_photo_and_only_once(world: World, citizen: Client) -> None:
    number = send(citizen)
    given = {"pass": a_pass(), "note": "今天又堆了两垛", "photos": [snapshot("blue")]}
    assert "已收到" in told(say(citizen, number, "tell_more", **given))
    item = Item.objects.get()
    given["photos"] = [snapshot("blue")]
    assert "今天又堆了两垛" in told(say(citizen, number, "tell_more", **given))
    assert verbs(item).count("tell_more") == 1
    assert attachments_of(item.pk, "more_photos").count() == 1


def test_an_answer_is_judged_and_asked_about_and_answered(world: World, citizen: Client) -> None:
    number = send(citizen)
    assert say(citizen, number, "rate", verdict="satisfied").status_code == 422
    item = steps.settled(world, Item.objects.get())
    assert "谢谢您的评价" in told(say(citizen, number, "rate", verdict="unsatisfied", note="又堵上了"))
    assert "追问已收到" in told(say(citizen, number, "ask_again", note="什么时候再来查"))
    assert verbs(item)[-2:] == ["rate", "ask_again"]
    steps.do(world, item, "answer_question", reporters.Answer(reply="已安排本周五复查。"))
    page = told(ask(citizen, number))
    for words in ("不满意", "又堵上了", "什么时候再来查", "已安排本周五复查。"):
        assert words in page


def test_nobody_is_counted_as_satisfied_who_chose_nothing(world: World, citizen: Client) -> None:
    number = send(citizen)
    item = steps.settled(world, Item.objects.get())
    page = told(ask(citizen, number))
    choices = re.findall(r'<input type="radio" name="verdict"[^>]*>', page)
    assert len(choices) == 2
    assert not any("checked" in one for one in choices)
    assert say(citizen, number, "rate", note="想想再说").status_code == 422
    assert steps.fresh(item).verdict == ""


def test_whoever_was_merged_judges_the_answer_made_anew(world: World, citizen: Client) -> None:
    number = send(citizen)
    lead, item = steps.received(world), Item.objects.get(channel="web")
    steps.merged(world, item, lead)
    lead = steps.settled(world, lead)
    assert say(citizen, number, "rate", verdict="unsatisfied").status_code == 200
    assert 'value="rate"' not in told(ask(citizen, number))
    again = inputs.SendingBack(reason="又堵上了", handle_by=clock.today() + timedelta(days=9))
    lead = steps.do(world, lead, "reopen", again)
    lead = steps.do(world, lead, "report_result", steps.result(), "regulator")
    lead = steps.do(world, lead, "reply", inputs.Reply(reply="已经清空。", replied_on=clock.today()))
    steps.do(world, lead, "settle", inputs.Settling())
    assert 'value="rate"' in told(ask(citizen, number))
    assert say(citizen, number, "rate", verdict="satisfied").status_code == 200
    assert steps.fresh(item).verdict == "satisfied"


def test_what_cannot_be_said_keeps_what_was_typed(world: World, citizen: Client) -> None:
    number = send(citizen)
    response = say(citizen, number, "tell_more", note="我的电话13812345678，请联系")
    assert response.status_code == 422
    assert "请联系" in told(response)
    assert say(citizen, number, "settle").status_code == 422
    assert say(citizen, number, "tell_more", item="7", note="别人的事").status_code == 422


def test_nobody_speaks_without_end(world: World, citizen: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from bihuan.capabilities.tipoffs.public import delivering

    monkeypatch.setattr(delivering, "SPOKEN", 2)
    number = send(citizen)
    for words in ("第一句话", "第二句话"):
        assert say(citizen, number, "tell_more", note=words).status_code == 200
    assert say(citizen, number, "tell_more", note="第三句话").status_code == 422


def test_a_request_that_fails_leaves_no_word_of_it_in_the_log(
    world: World, citizen: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> str:
        raise RuntimeError(f"could not store {SECRET}")

    monkeypatch.setattr(sending, "_deliver", broken)
    with caplog.at_level(logging.DEBUG):
        response = citizen.post("/report/", filled(words=SECRET, named="yes", name="王桂花"))
    assert response.status_code == 500
    assert "RuntimeError" in caplog.text
    for hidden in (SECRET, "王桂花", "127.0.0.1"):
        assert hidden not in caplog.text
        assert all(hidden not in str(record.__dict__.get("exc_info")) for record in caplog.records)


def test_what_goes_well_leaves_no_line_either(
    world: World, citizen: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        number = send(citizen, words=SECRET, named="yes", name="刘满仓")
        ask(citizen, number)
    for hidden in (SECRET, "刘满仓", number, number.replace(" ", "")):
        assert hidden not in caplog.text


def test_neither_the_server_nor_the_database_write_down_requests() -> None:
    """The web server keeps no access log; the database logs no statement and no detail of one that fails."""
    from bihuan.conf import web

    assert "log_access" not in Path(web.__file__).read_text(encoding="utf-8")
    assert postgres.SETTINGS["log_min_error_statement"] == "panic"
    assert postgres.SETTINGS["log_error_verbosity"] == "terse"
    assert "log_statement" not in postgres.SETTINGS
    assert receiving.PUBLIC.ref == ""


def test_only_the_office_prints_the_poster(world: World, sign_in: SignIn) -> None:  # noqa: F811
    page = sign_in("office").get("/tipoffs/poster/?address=https://jubao.example.gov.cn")
    assert page.status_code == 200
    assert "https://jubao.example.gov.cn/report/" in told(page)
    assert "<svg" in told(page)
    paper = sign_in("office").get("/tipoffs/poster.pdf?address=https://jubao.example.gov.cn")
    assert paper.content[:5] == b"%PDF-"
    assert sign_in("office").get("/tipoffs/poster/?address=javascript:alert(1)").status_code == 422
    for other in ("clerk_east", "regulator", "principal", "leader", "auditor"):
        assert sign_in(other).get("/tipoffs/poster/").status_code == 403


def test_citizens_and_staff_find_each_others_doors(world: World, citizen: Client) -> None:
    assert 'href="/report/"' in told(citizen.get("/sign-in/"))
    assert 'href="/sign-in/"' in told(citizen.get("/report/"))
