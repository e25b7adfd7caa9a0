"""Golden numbers that no report of the half-year prints: told by the records that there are, refused where there are none.

N34 (teams, persons and vehicles of rescue) and N35 (groups of a plan with their open items) are numbers of registers that
belong to later capabilities: nothing of that name is counted here, and what is typed instead is marked.
"""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.scope import Scope
from bihuan.reporting.wording import FOREIGN
from tests.enforcement import crackdown_steps as crackdown
from tests.reporting.ledgers import composed, found, prose
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("after_the_half")
def test_n29_about_so_many_is_no_number_of_the_records(world: World) -> None:
    """“60多” and “2400余” are nobody's count: each is marked, and no rate is made of them."""
    found(world, 2, 1)
    made = composed(world, {"opening": "排查点位60多处，暴露问题的占45%，立案2400余起，共六十多家。"})
    text = prose(made)
    assert [f"{typed}{FOREIGN}" in text for typed in ("60", "45%", "2400")] == [True] * 3
    assert [flag.code for flag in made.flags if "typed" in flag.code] == ["report.typed_number"] * 4


def test_n32_four_mines_are_counted_by_how_far_each_is(world: World) -> None:
    """Four named, one finished and three being wound up: no sentence has to say “4” and “3” of one thing."""
    mines = [
        crackdown.found(world, code="mine.unlicensed", address=f"东山{place}号矿点") for place in range(1, 5)
    ]
    done = crackdown.banned(world, crackdown.awaiting(world, crackdown.struck(world, mines[0])))
    for mine in mines[1:]:
        crackdown.awaiting(world, crackdown.struck(world, mine))
    year = Period.parse(str(clock.today().year))
    names = ["crackdown.found", "crackdown.struck", "crackdown.mines_closed"]
    values = answers.values(names, year, clock.today(), Scope(kind="mine"))
    assert [values[name].amount for name in names] == [4, 4, 1]
    [closed] = answers.records("crackdown.mines_closed", year, clock.today())
    assert closed.pk == done.pk


def test_n33_a_campaign_over_new_year_is_six_months() -> None:
    days = Period.between(date(2026, 11, 1), date(2027, 4, 30))
    assert [month.label for month in days.months()] == [
        "2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04",
    ]  # fmt: skip


def test_n34_n35_have_no_register_yet_and_nothing_is_printed_for_them() -> None:
    labels = [registry.figure(name).label for name in registry.names()]
    assert not [label for label in labels if "救援队" in label or "应急队伍" in label or "工作组" in label]
