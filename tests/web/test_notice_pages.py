"""Notices: mine, unread first, read by me and by nobody else."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.clock import SHANGHAI, frozen
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.exchange.notices import NewNotice, notify
from tests.web.conftest import SignIn
from tests.world import World

WORKDAY = datetime(2026, 11, 18, 10, tzinfo=SHANGHAI)


def test_a_notice_to_my_post_shows_and_is_read_once(world: World, sign_in: SignIn) -> None:
    post = world.actor("clerk_east").scopes[0].post_id
    with frozen(WORKDAY):
        notify([NewNotice("6 月台账请尽快补报", post_id=post, urgent=True)])
        client = sign_in("clerk_east")
        assert "6 月台账请尽快补报" in client.get("/notices/").content.decode()
        assert "6 月台账请尽快补报" not in sign_in("clerk_west").get("/notices/").content.decode()
        assert client.post("/notices/read/").status_code == 302
        assert "6 月台账请尽快补报" not in client.get("/notices/").content.decode()
        assert "6 月台账请尽快补报" in client.get("/notices/?all=1").content.decode()


def test_nobody_marks_anothers_notice(world: World, sign_in: SignIn) -> None:
    with frozen(WORKDAY):
        notify([NewNotice("给东湖镇", post_id=world.actor("clerk_east").scopes[0].post_id)])
        notice = Notice.objects.get()
        sign_in("clerk_west").post(f"/notices/{notice.pk}/read/")
        notice.refresh_from_db()
        assert notice.read_at is None
        sign_in("clerk_east").post(f"/notices/{notice.pk}/read/")
        notice.refresh_from_db()
        assert notice.read_at is not None


def test_many_notices_come_in_pages(world: World, sign_in: SignIn) -> None:
    person = world.user("office").person_id
    with frozen(WORKDAY):
        notify([NewNotice(f"第 {number} 条", person_id=person) for number in range(60)])
        client = sign_in("office")
        first = client.get("/notices/?all=1").content.decode()
        following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
        second = client.get(following).content.decode()
    shown = [number for number in range(60) if f"第 {number} 条" in first] + [
        number for number in range(60) if f"第 {number} 条" in second
    ]
    assert sorted(shown) == list(range(60))
