"""Duty rules in versions: a new one flags every duty that cites the old clause, until its keeper confirms it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.capabilities.responsibility.duties import holders, keeping, rules, standards, trail
from bihuan.capabilities.responsibility.duties.keeping import Said
from bihuan.capabilities.responsibility.duties.lists import Line
from bihuan.capabilities.responsibility.duties.models import Duty, RuleVersion
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Post
from tests.web.conftest import SignIn
from tests.world import World

pytestmark = pytest.mark.django_db
RULE = "地方党政领导干部安全生产责任制规定"
NEW = (Line("第八条", "常委分管"), Line("第九条", "其他领导干部"))


def cited(world: World) -> list[Duty]:
    """Two duties by the law, one by the provisions."""
    standards.load_rules()
    office = world.actor("office")
    for name in ("leader", "clerk_east", "regulator"):
        post = Post.objects.get(tenures__person__user=world.user(name))
        holder = holders.of_post(post)
        standard = keeping.standard_of(holder)
        assert standard is not None
        keeping.assign(holder, Said.standard(standard), office)
    return list(Duty.objects.order_by("id"))


def new_version(world: World, days: int = 0) -> RuleVersion:
    until = clock.today() + timedelta(days=days)
    return rules.add_version(f"《{RULE}》", "2026年修订", until, NEW, world.actor("office"))


def test_a_new_version_flags_every_duty_that_cites_the_old_one_and_no_other(world: World) -> None:
    leader, *_ = cited(world)
    assert not rules.waiting(clock.today()).exists()
    new_version(world, days=5)
    assert not rules.waiting(clock.today()).exists(), "it is not in force yet"
    assert [one.pk for one in rules.waiting(clock.today() + timedelta(days=5))] == [leader.pk]


def test_confirming_cites_the_new_clause_and_ends_the_wait(world: World) -> None:
    leader, clerk, _ = cited(world)
    assert leader.clause is not None
    old = leader.clause
    version = new_version(world)
    assert [one.pk for one in rules.waiting(clock.today())] == [leader.pk]
    assert rules.same_clause(leader, clock.today()) is None, "the new version has no such article"
    with pytest.raises(Refused) as refused:
        rules.confirm(leader, old, leader.text, world.actor("office"))
    assert refused.value.failures[0].code == "rule.clause_not_in_force"
    ninth = version.clauses.get(label="第九条")
    with pytest.raises(Refused) as refused:
        rules.confirm(leader, ninth, leader.text, world.actor("clerk_east"))
    assert refused.value.failures[0].code == "duty.not_yours"
    confirmed = rules.confirm(leader, ninth, leader.text, world.actor("office"))
    assert (confirmed.clause, confirmed.follows_id) == (ninth, leader.pk)
    assert not rules.waiting(clock.today()).exists()
    assert trail.history(f"post/{leader.post_id}")[0].verb == "confirmed"
    with pytest.raises(Refused) as refused:
        rules.confirm(clerk, ninth, clerk.text, world.actor("office"))
    assert refused.value.failures[0].code == "rule.nothing_to_confirm"


def test_a_version_comes_after_the_last_and_is_the_offices(world: World) -> None:
    standards.load_rules()
    with pytest.raises(Refused) as refused:
        rules.add_version(RULE, "", clock.today(), NEW, world.actor("regulator"))
    assert refused.value.failures[0].code == "rule.not_yours"
    new_version(world)
    with pytest.raises(Refused) as refused:
        new_version(world)
    assert refused.value.failures[0].code == "rule.before_another"
    with pytest.raises(Refused) as refused:
        rules.add_version("", "", clock.today(), (), world.actor("office"))
    assert {one.code for one in refused.value.failures} == {"rule.no_name", "rule.no_clauses"}


def test_the_page_names_who_confirms(world: World, sign_in: SignIn) -> None:
    leader, *_ = cited(world)
    office = sign_in("office")
    told = {
        "name": RULE,
        "effective_from": clock.today().isoformat(),
        "clauses": "第六条｜主要领导\n第九条｜其他",
    }
    assert office.post("/responsibility/duties/rules/new/", told).status_code == 302
    page = office.get("/responsibility/duties/rules/").content.decode()
    assert "待重新确认" in page
    assert "薛河区人民政府" in page
    where = f"/responsibility/duties/{leader.pk}/confirm/"
    assert office.get(where).status_code == 200
    clause = RuleVersion.objects.order_by("-effective_from")[0].clauses.get(label="第九条")
    assert office.post(where, {"clause": clause.pk, "text": leader.text}).status_code == 302
    assert where not in office.get("/responsibility/duties/rules/").content.decode()
