"""What was read whole at every turn: posts by day, gaps at every opening, duties for export."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from bihuan.capabilities.responsibility.duties import coverage, spelling
from bihuan.capabilities.responsibility.duties.models import Duty, Spell
from bihuan.capabilities.responsibility.duties.pages import duties as duty_pages
from bihuan.capabilities.responsibility.gaps import comparing
from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.gaps.detecting import detect
from bihuan.capabilities.responsibility.gaps.models import Compared
from bihuan.capabilities.responsibility.gaps.survey import Line, Survey, survey
from bihuan.kernel import clock
from bihuan.kernel.people.models import Post
from tests.responsibility.test_duties import complete
from tests.web.conftest import SignIn
from tests.world import World

pytestmark = pytest.mark.django_db


def standing() -> dict[str, bool]:
    rows = Spell.objects.filter(check_name=coverage.POSTS, until=None)
    return dict(rows.values_list("subject", "passes"))


def subject(world: World, name: str) -> str:
    return f"post/{world.actor(name).scopes[0].post_id}"


def test_by_day_public_posts_are_looked_at_and_by_night_all(world: World) -> None:
    public, inner = subject(world, "regulator"), subject(world, "principal")
    spelling.refresh_often()
    assert public in standing()
    assert inner not in standing()
    spelling.refresh()
    assert inner in standing()
    everything = standing()
    spelling.refresh_often()
    assert standing() == everything, "what is not looked at stays as it stood"
    Post.objects.filter(pk=public[5:]).update(role="expert")
    Post.objects.filter(pk=inner[5:]).update(role="expert")
    spelling.refresh_often()
    assert public not in standing()
    assert inner in standing()
    spelling.refresh()
    assert inner not in standing()


def test_a_deed_inside_an_enterprise_shows_at_once(world: World) -> None:
    inner = subject(world, "principal")
    spelling.refresh()
    assert standing()[inner] is False
    complete(world)
    assert standing()[inner] is True


def test_a_small_register_is_compared_anew(world: World) -> None:
    office, today = world.actor("office"), clock.today()
    comparing.keep(Survey(today, [Line(Cause.NO_LEAD, "9.", "", 7)]))
    found, at = comparing.overview(today, office)
    assert at is None
    assert found.lines == survey(today, office).lines


def test_a_large_one_is_read_as_the_night_found_it(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, today = world.actor("office"), clock.today()
    monkeypatch.setattr(comparing, "LARGE", -2)
    assert comparing.overview(today, office)[1] is None, "nothing was compared yet"
    detect()
    kept = Compared.objects.get(on=today)
    found, at = comparing.overview(today, office)
    assert at == kept.at
    key = lambda line: (line.cause, line.subject, line.town)  # noqa: E731
    assert sorted(found.lines, key=key) == sorted(survey(today, office).lines, key=key)
    Compared.objects.update(lines=[["no_lead", "9.", "", 777]])
    page = sign_in("office").get("/responsibility/gaps/").content.decode()
    assert "777" in page
    assert "重新比对" in page
    assert "比对的结果" in page
    anew = sign_in("office").get("/responsibility/gaps/?anew=1").content.decode()
    assert "777" not in anew
    for name in ("clerk_east", "regulator"):
        assert comparing.overview(today, world.actor(name))[1] is None, "a part is compared for itself"
    assert comparing.overview(date(2026, 1, 1), office)[1] is None, "another day is another question"


def test_duties_leave_as_they_come_and_whole(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete(world)
    client = sign_in("office")
    whole = _sheet(client.get("/responsibility/duties/export.xlsx"))
    monkeypatch.setattr(duty_pages, "AT_ONCE", 2)
    assert _sheet(client.get("/responsibility/duties/export.xlsx")) == whole
    assert len(whole) == Duty.objects.count() > 5


def _sheet(answer: object) -> list[tuple[object, ...]]:
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active  # type: ignore[attr-defined]
    rows = [row for row in sheet.iter_rows(values_only=True) if len(row) > 2 and row[2] is not None]
    return rows[1:]
