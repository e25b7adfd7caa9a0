"""Certificates by day, two officers, keeping away, experts that lapsed (M072, M141)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Person
from bihuan.kernel.record import entries_of
from bihuan.registers.officers import advisors, certificates, recusals
from bihuan.registers.officers.models import Advisor, Certificate
from bihuan.registers.officers.trail import number_of, trail_of
from tests.web.conftest import SignIn, sign_in
from tests.world import World, build_world

__all__ = ["sign_in"]

SINCE, UNTIL = date(2026, 1, 1), date(2026, 6, 30)


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def holder(world: World, name: str) -> Person:
    return world.users[name].person


def told(world: World, name: str = "officer", **changes: object) -> Certificate:
    values = {
        "person": holder(world, name),
        "agency": world.bureau,
        "no": f"云执{name}",
        "since": SINCE,
        "until": UNTIL,
    }
    return certificates.register(certificates.Told(**{**values, **changes}), world.actor("office"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (SINCE - timedelta(days=1), False), (SINCE, True), (UNTIL, True), (UNTIL + timedelta(days=1), False),
    ],
)  # fmt: skip
def test_a_certificate_holds_from_its_first_to_its_last_day(world: World, on: date, holds: bool) -> None:
    row = told(world)
    assert (row.person_id in certificates.certified([row.person_id], on)) is holds


def test_from_the_day_it_is_revoked_it_holds_no_more_and_the_record_says_why(world: World) -> None:
    row = told(world)
    certificates.revoke(row.pk, date(2026, 3, 1), "调离执法岗位", world.actor("office"))
    assert certificates.certified([row.person_id], date(2026, 2, 28)) == {row.person_id}
    assert not certificates.certified([row.person_id], date(2026, 3, 1))
    said = [(entry.verb, entry.payload.get("reason")) for entry in entries_of(trail_of(number_of(row)))]
    assert said == [("certificate_told", None), ("certificate_revoked", "调离执法岗位")]


def test_a_supervision_certificate_lets_nobody_enforce(world: World) -> None:
    row = told(world, kind="supervision")
    assert not certificates.certified([row.person_id], SINCE)


def test_two_officers_are_asked_for_and_whoever_lacks_a_certificate_is_named(world: World) -> None:
    told(world)
    persons = [holder(world, "officer").pk, holder(world, "regulator").pk]
    failures = list(certificates.two_failures(persons, SINCE))
    assert [failure.code for failure in failures] == ["officers.fewer_than_two"]
    assert holder(world, "regulator").name in failures[0].message
    told(world, "regulator")
    assert not list(certificates.two_failures(persons, SINCE))
    assert list(certificates.two_failures(persons, SINCE, agencies=[world.builders.pk]))


def test_a_department_enters_its_own_officers_only_and_nobody_himself(world: World) -> None:
    with pytest.raises(Refused) as refused:
        certificates.register(
            certificates.Told(holder(world, "officer"), world.bureau, "1", SINCE, UNTIL),
            world.actor("builder"),
        )
    assert refused.value.failures[0].code == "officers.not_yours"
    with pytest.raises(Refused) as refused:
        certificates.register(
            certificates.Told(holder(world, "regulator"), world.bureau, "1", SINCE, UNTIL),
            world.actor("regulator"),
        )
    assert refused.value.failures[0].code == "officers.not_to_yourself"


def test_whoever_keeps_away_is_named_until_it_is_lifted(world: World) -> None:
    person = holder(world, "officer")
    row = recusals.keep_away(person, world.factory, "配偶任该公司财务负责人", SINCE, world.actor("office"))
    assert [f.code for f in recusals.recusal_failures([person.pk], world.factory.uid, SINCE)] == [
        "officers.recused"
    ]
    assert not list(recusals.recusal_failures([person.pk], world.site.uid, SINCE))
    recusals.lift(row.pk, date(2026, 5, 1), "配偶已离职", world.actor("office"))
    assert not list(recusals.recusal_failures([person.pk], world.factory.uid, date(2026, 5, 1)))
    assert list(recusals.recusal_failures([person.pk], world.factory.uid, date(2026, 4, 30)))


def test_nobody_lifts_the_own_keeping_away_or_that_of_another_unit(world: World) -> None:
    row = recusals.keep_away(
        holder(world, "regulator"), world.factory, "配偶任职", SINCE, world.actor("office")
    )
    for name, code in (("regulator", "officers.not_to_yourself"), ("builder", "officers.not_yours")):
        with pytest.raises(Refused) as refused:
            recusals.lift(row.pk, SINCE, "没有关系了", world.actor(name))
        assert refused.value.failures[0].code == code
    assert list(recusals.recusal_failures([row.person_id], world.factory.uid, SINCE))
    assert recusals.lift(row.pk, UNTIL, "配偶已离职", world.actor("regulator_two")).until == UNTIL


def expert(world: World) -> Advisor:
    return advisors.register(
        advisors.Told("expert", "方工", "化工工艺", SINCE, UNTIL, "高级工程师"), world.actor("office")
    )


def asked(world: World, advisor: Advisor, on: date) -> advisors.Asked:
    return advisors.Asked(
        advisor, world.bureau, "诊断干燥工段", 300_000, on, on + timedelta(days=10), world.factory
    )


def test_an_expert_who_lapsed_cannot_be_engaged(world: World) -> None:
    one = expert(world)
    advisors.engage(asked(world, one, UNTIL), world.actor("regulator"))
    with pytest.raises(Refused) as refused:
        advisors.engage(asked(world, one, UNTIL + timedelta(days=1)), world.actor("regulator"))
    assert refused.value.failures[0].code == "officers.advisor_expired"
    advisors.revoke(one.pk, date(2026, 2, 1), "不再从业", world.actor("office"))
    with pytest.raises(Refused):
        advisors.engage(
            asked(world, advisors.Advisor.objects.get(pk=one.pk), date(2026, 2, 1)), world.actor("regulator")
        )


def test_what_an_expert_found_is_a_hazard_whose_source_is_the_expert(world: World) -> None:
    from bihuan.capabilities.hazards.models import Hazard

    today = clock.today()
    one = advisors.register(
        advisors.Told("expert", "方工", "化工工艺", today, today + timedelta(days=90)), world.actor("office")
    )
    work = advisors.engage(asked(world, one, today), world.actor("regulator"))
    found = [advisors.Found("干燥工段", "未设超温报警")]
    done = advisors.finish(work.pk, today, "查出一处隐患", found, world.actor("regulator"))
    hazard = Hazard.objects.get(no=done.findings[0])
    assert (hazard.source, hazard.object_id, hazard.place) == ("expert", world.factory.uid, "干燥工段")


def test_pages_open_for_those_who_read_them_and_forms_register(world: World, sign_in: SignIn) -> None:
    client = sign_in("office")
    form = {
        "person": holder(world, "officer").pk, "agency": world.bureau.pk, "kind": "enforcement", "no": "云执 1",
        "since": "2026-01-01", "until": "2026-12-31",
    }  # fmt: skip
    assert client.post("/officers/new/", form).status_code == 302
    assert Certificate.objects.get().no == "云执 1"
    for address in (
        "",
        "new/",
        "untold/",
        "recusals/",
        "recusals/new/",
        "advisors/",
        "advisors/new/",
        "engagements/",
    ):
        assert client.get(f"/officers/{address}").status_code == 200, address
    for name in ("safety", "auditor", "grid"):
        assert sign_in(name).get("/officers/").status_code == 403
