"""What enterprises accepted by themselves, drawn each month and looked at: most in time, one that was not removed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random

from bihuan.capabilities.hazards import inputs, spot_checks
from bihuan.capabilities.hazards.models import Hazard, SpotDraw
from bihuan.capabilities.hazards.states import HazardState
from bihuan.demo.casting import DAYS, Casting
from bihuan.demo.hours import later
from bihuan.demo.people import Seat
from bihuan.demo.stage import HAZARD, Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.loops import engine

SEEN = (
    "到现场核查，隐患确已消除，防护装置完好，自查记录与现场一致。",
    "抽查时设备运行正常，整改部位未反弹，班组自查表有签名。",
    "现场试验合格，整改前后照片与实物相符。",
)
AGAIN = "防护装置又被拆下放在机台旁，自验照片是装上后拍的，隐患没有真正消除。"


def spot_draws(stage: Stage, casting: Casting) -> Iterator[Story]:
    """A story a month; the last draw is still to be looked at."""
    month = Period.month_of(casting.today - timedelta(days=DAYS))
    while month.last < casting.today:
        yield _month(stage, month, Random(month.label))  # noqa: S311 - the same district every time
        month = Period.month_of(month.last + timedelta(days=1))


def _month(stage: Stage, month: Period, rng: Random) -> Story:
    yield datetime.combine(month.last + timedelta(days=1), time(0, 40), clock.SHANGHAI)
    spot_checks.draw(month)
    for number, drawn in enumerate(_drawn(month)):
        yield later(clock.now(), int(number % 3 == 0), rng)
        _look(stage, drawn, rng.choice(SEEN), removed=(month.first.month + number) % 9 != 0)
    spot_checks.settle()


def _drawn(month: Period) -> list[SpotDraw]:
    rows = SpotDraw.objects.filter(month=month.label).select_related("hazard__object", "unit")
    return list(rows.order_by("unit__order", "unit_id", "id"))


def _look(stage: Stage, drawn: SpotDraw, seen: str, *, removed: bool) -> None:
    hazard = Hazard.objects.get(pk=drawn.hazard_id)
    if hazard.state != HazardState.CLOSED:
        return
    given = inputs.SpotCheckResult(
        checked_on=clock.today(), passed=removed, finding=seen if removed else AGAIN
    )
    engine.perform(HAZARD, "spot_check", hazard.uid, given, actor=_looker(stage, drawn).actor())


def _looker(stage: Stage, drawn: SpotDraw) -> Seat:
    """Somebody of the unit that owes the look: a bureau's officer, or a clerk of the town."""
    seats = stage.staff.bureau.get(drawn.unit_id)
    if not seats:
        town = ".".join(drawn.hazard.object.region_path.split(".")[:2]) + "."
        seats = stage.staff.town[town]
    return seats[-1]
