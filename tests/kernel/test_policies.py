"""What a district may choose, from when, and for whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor, Scope
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.policies import trail
from bihuan.kernel.policies.declarations import (
    LADDER_LEVELS,
    Declaration,
    Undeclared,
    declaration,
    declarations,
    declare,
)
from bihuan.kernel.policies.models import Policy, PolicyKey
from bihuan.kernel.policies.values import may_set, set_policy, value, values
from bihuan.kernel.record.verification import verify
from bihuan.kernel.responsibility.chain import Level
from bihuan.kernel.territory.models import Region, RegionLevel
from bihuan.kernel.territory.trees import plant

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
OFFICE = Actor(1, 1, "李主任", (Scope(Role.OFFICE, 1, "安委办主任"),))
DAYS = "hazard.acceptance_days"


@pytest.fixture(autouse=True)
def _on_that_day() -> Any:
    with clock.frozen(datetime(2026, 3, 2, 9, tzinfo=clock.SHANGHAI)):
        yield


def chosen(days: int, since: date = TODAY, **more: Any) -> Policy:
    return set_policy(DAYS, days, effective_from=since, actor=OFFICE, basis="区安委办〔2026〕3号", **more)


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.failures[0].code


def test_without_a_choice_the_releases_default_holds_and_says_so() -> None:
    found = value(DAYS, TODAY)
    assert (found.value, found.unit, found.effective_from, found.status) == (5, "个工作日", None, "K")
    assert "本区可定" in found.basis


def test_a_choice_holds_from_its_day_and_not_before() -> None:
    chosen(7, TODAY + timedelta(days=10))
    assert value(DAYS, TODAY + timedelta(days=9)).value == 5
    later = value(DAYS, TODAY + timedelta(days=10))
    assert (later.value, later.basis) == (7, "区安委办〔2026〕3号")


def test_a_later_choice_ends_the_earlier_the_day_before() -> None:
    first = chosen(7)
    chosen(3, TODAY + timedelta(days=30))
    first.refresh_from_db()
    assert first.effective_to == TODAY + timedelta(days=29)
    assert [value(DAYS, TODAY + timedelta(days=days)).value for days in (0, 29, 30)] == [7, 7, 3]


def test_the_nearest_region_decides() -> None:
    district = plant(Region, None, "薛山区", level=RegionLevel.DISTRICT)
    town = plant(Region, district, "东河镇", level=RegionLevel.TOWN)
    village = plant(Region, town, "河口村", level=RegionLevel.VILLAGE)
    other = plant(Region, district, "西岭街道", level=RegionLevel.TOWN)
    chosen(7)
    chosen(2, region=town)
    found = {place.name: value(DAYS, TODAY, place).value for place in (district, town, village, other)}
    assert found == {"薛山区": 7, "东河镇": 2, "河口村": 2, "西岭街道": 7}


@pytest.mark.parametrize("days", [0, 16, "五", True, None])
def test_outside_the_legal_range_is_refused(days: Any) -> None:
    with pytest.raises(Refused) as refused:
        chosen(days)
    assert code_of(refused) == "policy.outside_range"
    assert not Policy.objects.exists()


def test_the_past_stays_as_it_was() -> None:
    with pytest.raises(Refused) as refused:
        chosen(7, TODAY - timedelta(days=1))
    assert code_of(refused) == "policy.in_the_past"


def test_only_the_committee_office_decides() -> None:
    admin = Actor(2, 2, "管理员", (Scope(Role.SYSTEM_ADMIN, 2, "系统管理员"),))
    with pytest.raises(Refused) as refused:
        set_policy(DAYS, 7, effective_from=TODAY, actor=admin, basis="无")
    assert code_of(refused) == "policy.not_yours"


def test_overlapping_choices_are_refused_in_words() -> None:
    chosen(7, TODAY + timedelta(days=10), effective_to=TODAY + timedelta(days=20))
    with pytest.raises(Refused) as refused:
        chosen(3, TODAY + timedelta(days=20))
    assert code_of(refused) == "policy.overlap"


def test_the_database_is_the_last_guard_against_two_values_for_a_day() -> None:
    first = chosen(7)
    with pytest.raises(IntegrityError, match="policy_one_choice_a_day"), transaction.atomic():
        Policy.objects.create(
            key=first.key,
            value=3,
            effective_from=TODAY + timedelta(days=5),
            basis="x",
            decided_at=clock.now(),
        )
    with pytest.raises(IntegrityError, match="policy_period_runs_forward"), transaction.atomic():
        Policy.objects.filter(pk=first.pk).update(effective_to=TODAY - timedelta(days=1))


def test_what_was_planned_is_replaced_and_what_holds_is_ended_anew() -> None:
    chosen(7)
    chosen(3, TODAY + timedelta(days=30))
    chosen(4, TODAY + timedelta(days=10))
    found = [value(DAYS, TODAY + timedelta(days=days)).value for days in (0, 9, 10, 29, 30, 90)]
    assert found == [7, 7, 4, 4, 4, 4]
    assert trail.history(DAYS)[0].payload["replaced"] == ["2026-04-01"]


def test_the_same_day_may_be_put_right() -> None:
    chosen(7)
    chosen(6)
    assert value(DAYS, TODAY).value == 6
    assert [entry.payload["value"] for entry in trail.history(DAYS)] == [6, 7]


def test_every_choice_is_an_entry_of_the_record() -> None:
    chosen(7, TODAY + timedelta(days=1))
    (entry,) = trail.history(DAYS)
    assert (entry.kind, entry.matter_no, entry.verb, entry.seq) == ("policy", f"policy/{DAYS}", "set", 1)
    assert entry.payload == {
        "value": 7, "former": 5, "from": "2026-03-03", "reason": "区安委办〔2026〕3号",
    }  # fmt: skip
    assert entry.actor_name == "李主任"
    row = PolicyKey.objects.get(key=DAYS)
    assert list(trail.ends()) == [(entry.matter, entry.matter_no, 1, bytes(row.head), bytes(entry.facts))]


@pytest.mark.parametrize(
    "behind",
    [
        {"value": 15},
        {"effective_from": TODAY + timedelta(days=31)},
        {"effective_to": TODAY + timedelta(days=40)},
        {"basis": "另文"},
    ],
)
def test_a_choice_changed_behind_the_record_is_named(behind: dict[str, Any]) -> None:
    chosen(7, TODAY + timedelta(days=1))
    chosen(3, TODAY + timedelta(days=30))
    assert _altered() == set()
    Policy.objects.filter(key__key=DAYS, value=3).update(**behind)
    assert _altered() == {f"policy/{DAYS}"}


def _altered() -> set[str]:
    found = verify(further=False).findings
    return {finding.matter_no for finding in found if finding.kind == "altered_matter"}


def test_all_reasons_at_once() -> None:
    with pytest.raises(Refused) as refused:
        set_policy(DAYS, 99, effective_from=TODAY - timedelta(days=1), actor=OFFICE, basis=" ")
    assert {failure.code for failure in refused.value.failures} == {
        "policy.no_basis", "policy.in_the_past", "policy.outside_range",
    }  # fmt: skip


def test_the_terminal_changes_no_past_day_either() -> None:
    with pytest.raises(Refused) as refused:
        set_policy(
            DAYS, 7, effective_from=TODAY - timedelta(days=1), actor=Actor.system("command"), basis="更正"
        )
    assert code_of(refused) == "policy.in_the_past"


def test_where_the_office_has_a_head_only_the_head_decides() -> None:
    head = Post.objects.create(title="安委办主任", role=Role.OFFICE, heads=True)
    clerk = Post.objects.create(title="安委办科员", role=Role.OFFICE)
    theirs = {
        post.title: may_set(Actor(1, 1, "某", (Scope(Role.OFFICE, post.pk, post.title),)))
        for post in (head, clerk)
    }
    assert theirs == {"安委办主任": True, "安委办科员": False}


def test_a_matter_is_moved_only_to_a_unit() -> None:
    def refused_for(level: str) -> str:
        rung = {"after_days": 4, "level": level, "action": "reassign"}
        return declaration("hazard.escalation", TODAY).objection([rung]) or ""

    assert [level for level in LADDER_LEVELS if not refused_for(level)] == ["territorial", "sector", "office"]


def test_several_values_cost_one_statement(django_assert_num_queries: Any) -> None:
    chosen(7)
    keys = [declared.key for declared in declarations(TODAY)]
    assert connection.vendor == "postgresql"
    with django_assert_num_queries(1):
        found = values(keys, TODAY)
    assert set(found) == set(keys)
    assert found[DAYS].value == 7


def test_a_ladder_is_checked_rung_by_rung() -> None:
    rungs = declaration("hazard.escalation", TODAY).default
    assert [rung["level"] for rung in rungs] == ["enterprise", "territorial", "sector", "office", "leader"]

    def refused_for(ladder: Any) -> str:
        return declaration("hazard.escalation", TODAY).objection(ladder) or ""

    assert refused_for(rungs) == ""
    assert "由少到多" in refused_for(list(reversed(rungs)))
    assert "第1级" in refused_for([{"after_days": 400, "level": "office", "action": "notify"}])
    assert "不在可选范围" in refused_for([{"after_days": 4, "level": "office", "action": "fine"}])
    assert refused_for([])
    assert refused_for("每周")


def test_a_release_may_narrow_a_range_from_a_day_on() -> None:
    key = "trial.days"
    declare(Declaration(key, "试行期限", "whole", 10, "旧规", "V1", "日", 1, 30))
    declare(Declaration(key, "试行期限", "whole", 5, "新规", "V1", "日", 1, 7, since=date(2026, 6, 1)))
    assert (value(key, TODAY).value, value(key, date(2026, 6, 1)).value) == (10, 5)
    set_policy(key, 20, effective_from=TODAY, effective_to=date(2026, 5, 31), actor=OFFICE, basis="文件")
    with pytest.raises(Refused):
        set_policy(key, 20, effective_from=date(2026, 5, 1), actor=OFFICE, basis="文件")
    with pytest.raises(ValueError):
        declare(Declaration(key, "试行期限", "whole", 6, "另规", "V1", "日", 1, 7, since=date(2026, 6, 1)))


def test_an_undeclared_key_is_a_mistake_in_code() -> None:
    with pytest.raises(Undeclared):
        value("hazard.no_such_thing", TODAY)


def test_a_ladder_climbs_the_responsibility_chain() -> None:
    assert tuple(level.value for level in Level) == LADDER_LEVELS
