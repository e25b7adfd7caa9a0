"""Analysis of violations and supervision of enforcement: every number equals its rows, every item opens (M126, M138, M141)."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.capabilities.enforcement.disclosure import scores
from bihuan.capabilities.enforcement.disclosure.analysis import Analysis
from bihuan.capabilities.enforcement.disclosure.counting import count
from bihuan.capabilities.enforcement.disclosure.models import Violation
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.web.figures.reach import Reach
from tests.enforcement import crackdown_steps, steps
from tests.enforcement.steps import Cast, assessment
from tests.enforcement.test_disclosure import publish, revoke
from tests.web.conftest import SignIn
from tests.world import World

DAY = date(2026, 3, 2)
YEAR = Period.parse("2026")


@pytest.fixture
def cast(world: World) -> Cast:
    return steps.cast(world)


def analysed(cast: Cast, period: Period = YEAR) -> Analysis:
    return Analysis(cast.actor("office"), Reach(Scope()), period)


def other_clause() -> str:
    from bihuan.registers.law import penalties

    first = penalties.clause(steps.FIRST)
    found = [
        one
        for one in penalties.clauses()
        if one.subject == first.subject
        and one.step == "first"
        and one.topic != first.topic
        and one.law == first.law
    ]
    return found[0].id


def test_violations_are_ranked_and_equal_the_rows(cast: Cast) -> None:
    with clock.frozen(steps.at(DAY)):
        steps.executing(cast)
        steps.executing(cast)
        two = steps.executing(cast, assessment(), assessment(clause=other_clause()))
        told = analysed(cast)
        kinds = told.ranking("kind")
        assert [line.count for line in kinds] == [3, 1]
        assert sum(line.count for line in told.ranking("code")) == Violation.objects.count() == 4
        assert [(line.name, line.count) for line in told.ranking("result")] == [("行政处罚", 4)]
        assert [(line.name, line.count) for line in told.ranking("town")] == [("东湖镇", 4)]
        assert [(line.name, line.count) for line in told.ranking("sector")] == [("工贸", 4)]
        fines = sum(sum(row["amount_fen"] for row in case.violations) for case in Case.objects.all())
        assert sum(line.fines.amount or 0 for line in kinds) == fines
        rows = answers.records("violations.found", YEAR, clock.today(), kinds[0].found.scope)
        assert rows.count() == 3
        first = told.focus()[0]
        assert (first.line.count, first.sector, first.town) == (3, "工贸（3 项）", "东湖镇（3 项）")
    assert len(two.violations) == 2


def test_the_same_days_of_the_year_before_are_told_beside_and_no_later_ones(cast: Cast) -> None:
    for day in (date(2025, 3, 7), date(2025, 3, 20)):
        with clock.frozen(steps.at(day)):
            steps.executing(cast)
    with clock.frozen(steps.at(date(2026, 3, 10))):
        steps.executing(cast)
        steps.executing(cast)
        told = analysed(cast, Period.parse("2026-03"))
        [line] = told.ranking("kind")
        assert (line.count, line.before, line.rise) == (2, 1, 1)


def test_what_was_revoked_changes_its_result_and_nothing_counts_twice(cast: Cast) -> None:
    with clock.frozen(steps.at(DAY)):
        case = steps.executing(cast)
        count(case)
        count(case)
        assert Violation.objects.count() == 1
        revoke(cast, case)
        assert [line.name for line in analysed(cast).ranking("result")] == ["处罚决定被撤销"]
        names = ["violations.found", "violations.fines"]
        told, plain = answers.values(names, YEAR, DAY), answers.recounted(names, YEAR, DAY)
        assert {name: told[name].value for name in names} == {name: plain[name].value for name in names}


def test_scores_by_unit_and_officer(cast: Cast) -> None:
    with clock.frozen(steps.at(DAY)):
        good = publish(cast, steps.executing(cast))
        late = steps.executing(cast)
    with clock.frozen(steps.at(date(2026, 3, 12))):
        publish(cast, late)
        as_of = clock.today()
        [unit] = scores.units(cast.actor("office"), YEAR, as_of)
        items = {item.label: item for item in unit.items}
        published = items["处罚决定按期公示"]
        assert (published.good, published.of, published.bad) == (1, 2, (late.no,))
        assert items["在办案期限内作出决定"].bad == ()
        assert items["两名持证执法人员办理"].good == 2
        assert (unit.cases, unit.enterprises) == (2, 1)
        assert items["结案后案卷归档"].words == "—", "nothing was concluded, nothing is judged"
        people = {one.name: one.cases for one in scores.officers(cast.actor("office"), YEAR, as_of)}
        assert sorted(people.values()) == [2, 2]
        shares = [item.share for item in unit.items if item.share is not None]
        assert unit.value == f"{sum(shares) * 100 / len(shares):.1f}"
    assert good.no != late.no


def test_the_figures_of_supervision_equal_the_plain_count(cast: Cast) -> None:
    with clock.frozen(steps.at(DAY)):
        steps.archived(cast)
        revoke(cast, steps.executing(cast))
        steps.decided(cast)
        from bihuan.kernel.figures import registry

        names = list(registry.names("supervision"))
        told, plain = answers.values(names, YEAR, DAY), answers.recounted(names, YEAR, DAY)
        assert {name: told[name].value for name in names} == {name: plain[name].value for name in names}
        assert told["supervision.held"].value == 2


def test_the_pages_and_papers(cast: Cast, sign_in: SignIn) -> None:
    steps.executing(cast)
    client = sign_in("office")
    for address in ("analysis/", "scores/", "disclosure/"):
        assert client.get(f"/cases/{address}").status_code == 200, address
    assert client.get("/cases/analysis/paper.docx").content[:2] == b"PK"
    assert client.get("/cases/analysis/paper.pdf").content[:4] == b"%PDF"
    assert client.get("/cases/scores/paper.docx").content[:2] == b"PK"
    assert client.get(f"/cases/scores/unit/{cast.world.bureau.pk}/").status_code == 200
    assert client.get("/cases/scores/unit/999999/").status_code == 404
    assert client.get("/cases/analysis/paper.exe").status_code == 404
    assert sign_in("clerk_west").get(f"/cases/scores/unit/{cast.world.bureau.pk}/").status_code == 403


def test_an_item_becomes_a_case_and_its_fine_counts_for_the_crackdown(cast: Cast, sign_in: SignIn) -> None:
    with clock.frozen(steps.at(DAY)):
        item = crackdown_steps.struck(cast.world)
        page = sign_in("officer").get(f"/crackdown/{item.no}/").content.decode()
        assert "提请立案" in page
        case = steps.executing(cast, source="crackdown", origin=item.no)
        item.refresh_from_db()
        assert item.case_no == case.no
        fined = answers.value("cases.fines_decided", YEAR, DAY, Scope(source="crackdown"))
        assert fined.amount == case.fine_fen
        steps.executing(cast)
        assert (
            answers.value("cases.fines_decided", YEAR, DAY, Scope(source="crackdown")).amount == case.fine_fen
        )


def test_a_case_unknown_to_the_reader_links_to_nothing(cast: Cast) -> None:
    from bihuan.capabilities.enforcement.crackdown.inputs import CaseLink
    from bihuan.kernel.errors import Refused

    item = crackdown_steps.struck(cast.world)
    with pytest.raises(Refused) as caught:
        crackdown_steps.taken(
            cast.world, item, "link_case", CaseLink(case_no="370403-C2026-999999"), "officer"
        )
    assert {failure.code for failure in caught.value.failures} == {"crackdown.case_unknown"}
