"""Letters left in each state, every one through the engine by a person who may."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bihuan.capabilities.dispatch.meetings.lookup import annual_meeting
from bihuan.capabilities.responsibility.letters import inputs
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.territory.models import Agency
from tests.dispatch.meeting_steps import recorded
from tests.world import World

CAPS = "生产安全事故起数 ≤ 3 起\n生产安全事故死亡人数 ≤ 1 人\n隐患整改率 ≥ 95%\n安全生产职责清单全部公开"


def this_year() -> int:
    return clock.today().year


def asked(unit: Agency, **changes: Any) -> inputs.Drafting:
    values: dict[str, Any] = {
        "unit": unit.pk,
        "year": this_year(),
        "targets": CAPS,
        "measures": "主要负责人每季度研究一次安全生产工作",
        "rewards": "突破控制指标的一票否决",
        "conference_title": "全区安全生产工作会议",
        "conference_on": clock.today(),
    }
    return inputs.Drafting(**{**values, **changes})


def held(world: World, on: date | None = None) -> None:
    """The year's conference stands in the register of meetings, as the wiring asks for (M032)."""
    day = on or clock.today()
    if day <= clock.today() and annual_meeting(day.year) is None:
        recorded(world, title="全区安全生产工作会议", body="government", kind="annual", held_on=day)


def drafted(world: World, unit: Agency | None = None, by: str = "office", **changes: Any) -> Letter:
    given = asked(unit or world.east_government, **changes)
    held(world, given.conference_on)
    return fresh(engine.open_matter("letter", "draft", given, actor=world.actor(by)).uid)


def fresh(uid: Any) -> Letter:
    return Letter.objects.get(uid=uid)


def taken(world: World, letter: Letter, step: str, given: Any, by: str) -> Letter:
    engine.perform("letter", step, letter.no, given, actor=world.actor(by), version=letter.version)
    return fresh(letter.uid)


def issued(world: World, unit: Agency | None = None, **changes: Any) -> Letter:
    return taken(world, drafted(world, unit, **changes), "issue", Nothing(), "leader")


def signed(world: World, unit: Agency | None = None, by: str = "clerk_east", **changes: Any) -> Letter:
    return taken(world, issued(world, unit, **changes), "sign", Nothing(), by)


def superior(world: World, **changes: Any) -> Letter:
    values: dict[str, Any] = {
        "year": this_year(),
        "issuer_name": "市人民政府",
        "signed_on": clock.today() - timedelta(days=1),
        "signers": "市长、区长",
        "targets": "生产安全事故起数 ≤ 5 起\n生产安全事故死亡人数 ≤ 2 人\n隐患整改率 ≥ 95%",
    }
    given = inputs.Registering(**{**values, **changes})
    return fresh(engine.open_matter("letter", "register_superior", given, actor=world.actor("office")).uid)


def enterprise(world: World, by: str = "clerk_east", **changes: Any) -> Letter:
    values: dict[str, Any] = {
        "enterprise": world.factory.uid,
        "year": this_year(),
        "targets": "生产安全事故起数 ≤ 1 起\n生产安全事故死亡人数 ≤ 0 人",
    }
    given = inputs.DraftingEnterprise(**{**values, **changes})
    return fresh(engine.open_matter("letter", "draft_enterprise", given, actor=world.actor(by)).uid)
