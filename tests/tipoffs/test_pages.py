"""Pages and interface: the form of several items, the ledger, exports without anybody's name."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.tipoffs import receiving
from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.kernel import clock
from bihuan.kernel.people.tokens import issue_token
from tests.tipoffs import steps
from tests.web.conftest import SignIn, sign_in
from tests.world import World

__all__ = ["sign_in"]
FORM: dict[str, Any] = {
    "channel": "hotline", "pieces": "2", "reporter_name": steps.NAME, "reporter_phone": steps.PHONE,
    "i0-topic": "hazard", "i0-words": "安全出口堵死了", "i0-place": "工业路 12 号", "i1-topic": "gas",
    "i1-words": "气瓶放在厨房里", "receipt": "yes",
}  # fmt: skip


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_call_of_two_matters_is_one_form_and_tells_a_receipt_once(world: World, sign_in: SignIn) -> None:
    client = sign_in("office")
    page = text(client.get("/tipoffs/register/"))
    key = re.search(r'name="key" value="([0-9a-f-]+)"', page)
    assert key is not None
    more = text(client.post("/tipoffs/register/", {**FORM, "pieces": "1", "more": "1", "key": key[1]}))
    assert "第 2 件" in more
    assert not Batch.objects.exists()
    sent = {**FORM, "key": key[1], "received_on": clock.today().isoformat()}
    answer = client.post("/tipoffs/register/", sent)
    told = re.search(r"\d{4} \d{4} \d{4} \d{4}", text(answer))
    assert told is not None
    assert receiving.progress_of(told[0]) is not None
    assert list(Item.objects.order_by("ordinal").values_list("topic", flat=True)) == ["hazard", "gas"]
    again = client.post("/tipoffs/register/", sent)
    assert again.status_code == 302
    assert Batch.objects.count() == 1
    assert told[0] not in text(client.get(f"/tipoff-batches/{Batch.objects.get().no}/"))


def test_a_fault_in_the_second_item_stands_beside_it_and_nothing_is_kept(
    world: World, sign_in: SignIn
) -> None:
    sent = {**FORM, "i1-words": "", "received_on": clock.today().isoformat()}
    answer = sign_in("office").post("/tipoffs/register/", sent)
    assert answer.status_code == 422
    assert "请填写「反映内容」" in text(answer)
    assert not Batch.objects.exists()


@pytest.mark.parametrize("name", ["leader", "regulator", "clerk_east", "safety", "auditor"])
def test_only_the_office_registers(world: World, sign_in: SignIn, name: str) -> None:
    assert sign_in(name).get("/tipoffs/register/").status_code == 403


def test_the_ledger_prints_both_levels_and_refuses_what_does_not_add_up(
    world: World, sign_in: SignIn
) -> None:
    first = steps.received(world)
    steps.another(world, first.batch)
    steps.settled(world, first)
    page = text(sign_in("leader").get("/tipoffs/ledger/"))
    for words in ("收到举报投诉（批次）", "举报投诉办结率（件）", "50.0", "按办理企业"):
        assert words in page
    for name in ("regulator", "clerk_east", "safety", "auditor"):
        assert sign_in(name).get("/tipoffs/ledger/").status_code == 403
    book = _book(sign_in("office"), "/tipoffs/ledger/export.xlsx")
    assert "合计" in book


def _book(client: Client, href: str) -> str:
    answer = client.get(href)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return "\n".join(
        str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None
    )


def test_exports_pages_and_interface_name_nobody(world: World, sign_in: SignIn) -> None:
    who = {"reporter_name": steps.NAME, "reporter_phone": steps.PHONE, "reporter_address": steps.ADDRESS}
    item = steps.handling(world, steps.received(world, **who))
    office, unit = sign_in("office"), sign_in("regulator")
    token = {"Authorization": f"Bearer {issue_token(world.user('office'))}"}
    shown = [
        text(office.get("/tipoffs/")), text(office.get(f"/tipoffs/{item.no}/")),
        text(office.get(f"/tipoff-batches/{item.batch.no}/")), _book(office, "/tipoffs/export.xlsx?tab=all"),
        _book(office, "/tipoff-batches/export.xlsx?tab=all"), text(unit.get("/tipoffs/")),
        text(unit.get(f"/tipoffs/{item.no}/")), text(office.get(f"/api/v1/tipoffs/{item.no}", headers=token)),
        text(office.get(f"/api/v1/tipoff-batches/{item.batch.no}", headers=token)),
    ]  # fmt: skip
    assert all(item.no in one or item.batch.no in one for one in shown)
    for secret in (steps.NAME, steps.PHONE, steps.ADDRESS):
        assert not any(secret in one for one in shown)
    assert unit.get(f"/tipoff-batches/{item.batch.no}/").status_code == 404
    assert sign_in("principal").get(f"/tipoffs/{item.no}/").status_code == 404


def test_the_item_page_hints_at_what_tells_the_same(world: World, sign_in: SignIn) -> None:
    first, other = steps.received(world), steps.received(world)
    page = text(sign_in("office").get(f"/tipoffs/{first.no}/"))
    assert "疑似重复" in page
    assert other.no in page
    steps.handling(world, first)
    assert "疑似重复" not in text(sign_in("regulator").get(f"/tipoffs/{first.no}/"))


def test_who_waits_longest_is_told_by_age(world: World, sign_in: SignIn) -> None:
    steps.received(world, received_on=clock.today() - timedelta(days=40))
    page = text(sign_in("office").get("/tipoffs/ledger/"))
    assert "31—60" in page
    listed = text(sign_in("office").get("/tipoffs/?tab=all&noreply=1"))
    assert Item.objects.get().no in listed


def test_lists_cost_the_same_for_one_as_for_many(world: World, sign_in: SignIn) -> None:
    client = sign_in("office")
    steps.received(world)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/tipoffs/")
            client.get("/tipoff-batches/")
        return len(asked)

    client.get("/tipoffs/")
    one = cost()
    batch = steps.registered(world)
    for _ in range(4):
        steps.another(world, batch)
    assert cost() == one


def test_a_receipt_is_handed_out_once(world: World, sign_in: SignIn) -> None:
    batch = steps.registered(world)
    client = sign_in("office")
    answer = client.post(f"/tipoff-batches/{batch.no}/receipt/")
    told = re.search(r"\d{4} \d{4} \d{4} \d{4}", text(answer))
    assert told is not None
    assert receiving.progress_of(told[0]) is not None
    again = client.post(f"/tipoff-batches/{batch.no}/receipt/")
    assert "已发过查询码" in text(again)


def test_a_reply_form_begins_with_what_the_unit_found(world: World, sign_in: SignIn) -> None:
    item = steps.reported(world)
    page = text(sign_in("office").get(f"/tipoffs/{item.no}/reply/"))
    assert "您反映的事项经核查属实" in page
