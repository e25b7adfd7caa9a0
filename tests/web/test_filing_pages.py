"""Filings due: my own units', zero reports with a reason and the password, waivers by the office."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.expectations.cadences import declare, ensure
from bihuan.kernel.expectations.filings import waive
from bihuan.kernel.expectations.models import Expectation, Frequency
from bihuan.kernel.people.models import Post
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.signatures.models import Signature
from tests.web.conftest import SignIn
from tests.world import World

UNITS = ("区应急管理局", "区住房和城乡建设局", "东湖镇人民政府", "西岭街道办事处")


@pytest.fixture
def month(world: World) -> Period:
    period = Period.month_of(clock.today() - timedelta(days=45))
    declare("hazard_ledger", "隐患台账", Frequency.MONTH, since=period.first)
    ensure(period)
    return period


def due_from(world: World, name: str) -> Expectation:
    return Expectation.objects.get(holder__name=name)


def test_the_office_sees_every_unit_and_others_their_own(
    world: World, month: Period, sign_in: SignIn
) -> None:
    office, clerk = (sign_in(name).get("/filings/").content.decode() for name in ("office", "clerk_east"))
    assert all(unit in office for unit in UNITS)
    assert [unit for unit in UNITS if unit in clerk] == ["东湖镇人民政府"]
    assert "未报" in office


def test_a_filing_of_another_unit_does_not_exist_for_me(world: World, month: Period, sign_in: SignIn) -> None:
    uid = due_from(world, "西岭街道办事处").uid
    client = sign_in("clerk_east")
    for page in (f"/filings/{uid}/", f"/filings/{uid}/nil/"):
        assert client.get(page).status_code == 404
    assert client.get(f"/filings/{uid}/waive/").status_code == 403


@pytest.mark.parametrize("role", ["leader", "office"])
def test_a_leader_or_an_office_of_a_town_has_its_own_town_and_no_other(
    world: World, month: Period, sign_in: SignIn, role: str
) -> None:
    held = world.actor("office_two").scopes[0].post_id
    Post.objects.filter(pk=held).update(
        role=role, agency=world.east_government, region=world.east, region_path=world.east.path
    )
    client, elsewhere = sign_in("office_two"), due_from(world, "西岭街道办事处")
    page = client.get("/filings/").content.decode()
    assert [unit for unit in UNITS if unit in page] == ["东湖镇人民政府"]
    for deed in ("", "nil/", "waive/"):
        answer = client.post(f"/filings/{elsewhere.uid}/{deed}", {"reason": "机构调整"})
        assert answer.status_code in (403, 404, 405), deed
    if role == "office":
        with pytest.raises(Refused, match="免报须由安委办批准"):
            waive(
                elsewhere.kind, elsewhere.holder, month, world.actor("office_two").confirmed_now(), "机构调整"
            )
    elsewhere.refresh_from_db()
    assert (elsewhere.met_at, elsewhere.waived_at) == (None, None)


def test_a_zero_report_needs_reason_and_password_and_is_signed(
    world: World, month: Period, sign_in: SignIn
) -> None:
    row = due_from(world, "东湖镇人民政府")
    client = sign_in("clerk_east")
    assert client.post(f"/filings/{row.uid}/nil/", {"reason": " "}).status_code == 422
    session = client.session
    del session["confirmed_at"]
    session.save()
    unconfirmed = client.post(f"/filings/{row.uid}/nil/", {"reason": "检查 12 家，未发现隐患"})
    assert unconfirmed.status_code == 422
    assert "请输入登录密码以签名" in unconfirmed.content.decode()
    again = sign_in("clerk_east")
    assert again.post(f"/filings/{row.uid}/nil/", {"reason": "检查 12 家，未发现隐患"}).status_code == 302
    row.refresh_from_db()
    assert row.nil
    assert [entry.verb for entry in entries_of(row.uid)] == ["file_nil"]
    assert Signature.objects.get(matter=row.uid).person_id == world.user("clerk_east").person_id
    page = again.get(f"/filings/{row.uid}/").content.decode()
    assert "检查 12 家，未发现隐患" in page
    assert "本人登录签名" in page
    second = again.post(f"/filings/{row.uid}/nil/", {"reason": "再报一次"})
    assert second.status_code == 302
    assert len(entries_of(row.uid)) == 1


def test_the_office_lets_a_unit_off_with_a_reason(world: World, month: Period, sign_in: SignIn) -> None:
    row = due_from(world, "西岭街道办事处")
    client = sign_in("office")
    assert client.post(f"/filings/{row.uid}/waive/", {"reason": "机构调整"}).status_code == 302
    row.refresh_from_db()
    assert row.waiver_reason == "机构调整"
    assert "免报" in client.get("/filings/").content.decode()


def test_a_reminder_goes_out_once_a_day(world: World, month: Period, sign_in: SignIn) -> None:
    client = sign_in("office")
    asked = {"kind": "hazard_ledger", "year": month.label[:4]}
    client.post("/filings/remind/", asked)
    sent = Notice.objects.count()
    assert sent >= len(UNITS)
    client.post("/filings/remind/", asked)
    assert Notice.objects.count() == sent
    assert sign_in("clerk_east").post("/filings/remind/", asked).status_code == 403
