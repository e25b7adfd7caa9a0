"""Filings: expected from whom, met, nil, late, missing, waived; each on the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel import clock, record
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.expectations import cadences, filings, jobs, overview
from bihuan.kernel.expectations.models import Cadence, Expectation, Frequency, Holders, Standing
from bihuan.kernel.expectations.reminding import remind_ahead
from bihuan.kernel.people.actors import Actor, Scope
from bihuan.kernel.people.models import Person, Post, Role
from bihuan.kernel.record import heads
from bihuan.kernel.signatures.models import Signature
from bihuan.kernel.territory.models import Agency, AgencyKind, Region, RegionLevel
from bihuan.kernel.territory.trees import plant

pytestmark = pytest.mark.django_db

KIND = "hazards.ledger"
MAY = Period.parse("2023-05")
SYSTEM = Actor.system("import")


@pytest.fixture
def district() -> Region:
    return plant(Region, None, "临河区", level=RegionLevel.DISTRICT)


@pytest.fixture
def agencies(district: Region) -> list[Agency]:
    made = [
        plant(Agency, None, name, kind=kind, region=district, order=order)
        for order, (name, kind) in enumerate(
            [
                ("区应急局", AgencyKind.DEPARTMENT),
                ("区住建局", AgencyKind.DEPARTMENT),
                ("东关街道", AgencyKind.TOWN_GOVERNMENT),
            ]
        )
    ]
    plant(Agency, None, "区委办", kind=AgencyKind.LEADERSHIP, region=district, files_ledger=False)
    return made


@pytest.fixture
def monthly(agencies: list[Agency]) -> Cadence:
    return cadences.declare(KIND, "隐患台账月报", Frequency.MONTH, since=date(2023, 1, 1))


def clerk_of(agency: Agency) -> Actor:
    person, _ = Person.objects.get_or_create(name="周岚")
    scope = Scope(Role.REGULATOR, 1, "科员", agency_id=agency.pk, agency=agency.name)
    return Actor(id=7, person_id=person.pk, name="周岚", scopes=(scope,)).confirmed_now()


@pytest.fixture
def office(district: Region) -> Actor:
    person = Person.objects.create(name="孟平")
    scope = Scope(Role.OFFICE, 2, "科长", region_path=district.path)
    return Actor(id=9, person_id=person.pk, name="孟平", scopes=(scope,)).confirmed_now()


def at(day: int, month: int = 6) -> datetime:
    return datetime(2023, month, day, 10, tzinfo=clock.SHANGHAI)


def standings(on: date) -> dict[str, Standing]:
    return {line.holder: line.standing for line in overview.overview(KIND, MAY, on)}


def test_due_on_the_fifth_working_day_of_the_next_month(monthly: Cadence) -> None:
    assert cadences.ensure(MAY) == 3
    found = Expectation.objects.get(holder__name="区应急局", period="2023-05")
    assert (found.opens_on, found.due_on) == (date(2023, 5, 1), date(2023, 6, 7))
    assert "第5个工作日" in found.due_rule
    assert not found.provisional


def test_ensuring_again_adds_nothing(monthly: Cadence) -> None:
    cadences.ensure(MAY)
    assert cadences.ensure(MAY) == 0
    assert cadences.ensure(Period.parse("2023Q2")) == 0
    assert Expectation.objects.count() == 3


def test_every_standing_shows(monthly: Cadence, agencies: list[Agency]) -> None:
    cadences.ensure(MAY)
    first, second, third = agencies
    assert set(standings(date(2023, 6, 7)).values()) == {Standing.DUE}
    with clock.frozen(at(5)):
        filings.meet(KIND, first, MAY, SYSTEM, met_by=uuid4())
        filings.file_nil(KIND, second, MAY, clerk_of(second), "本月检查9家，未发现隐患")
    assert standings(date(2023, 6, 8)) == {
        "区应急局": Standing.FILED,
        "区住建局": Standing.NIL,
        "东关街道": Standing.MISSING,
    }
    with clock.frozen(at(9)):
        filings.meet(KIND, third, MAY, SYSTEM)
    assert standings(date(2023, 6, 8))["东关街道"] == Standing.MISSING
    assert standings(date(2023, 6, 9))["东关街道"] == Standing.LATE
    lines = overview.overview(KIND, MAY, date(2023, 6, 9))
    assert overview.counts(lines)[Standing.LATE] == 1


def test_first_filing_counts_and_replaces_a_nil_one(monthly: Cadence, agencies: list[Agency]) -> None:
    first, batch = agencies[0], uuid4()
    with clock.frozen(at(2)):
        filings.file_nil(KIND, first, MAY, clerk_of(first), "未发现隐患")
    with clock.frozen(at(5)):
        filings.meet(KIND, first, MAY, SYSTEM, met_by=batch)
    with clock.frozen(at(20)):
        kept = filings.meet(KIND, first, MAY, SYSTEM, met_by=uuid4())
    assert kept is not None
    assert (kept.met_by, kept.nil, kept.met_at) == (batch, False, at(5))
    entries = record.entries_of(kept.uid)
    assert [entry.verb for entry in entries] == ["file_nil", "file"]
    assert entries[0].actor_name == "周岚"
    assert entries[0].payload["reason"] == "未发现隐患"


def test_a_nil_filing_bears_its_filers_signature(monthly: Cadence, agencies: list[Agency]) -> None:
    clerk = clerk_of(agencies[0])
    kept = filings.file_nil(KIND, agencies[0], MAY, clerk, "未发现隐患")
    bound = Signature.objects.get(matter=kept.uid, seq=1)
    assert bound.person_id == clerk.person_id
    assert bound.key is not None
    assert filings.meet(KIND, agencies[1], MAY, SYSTEM) is not None
    assert Signature.objects.count() == 1


def test_what_nobody_expects_is_met_by_nothing(monthly: Cadence, district: Region) -> None:
    leaders = Agency.objects.get(name="区委办")
    assert filings.meet(KIND, leaders, MAY, SYSTEM) is None
    with pytest.raises(Refused) as refusal:
        filings.file_nil(KIND, leaders, MAY, SYSTEM, "无")
    assert refusal.value.failures[0].code == "expectation.none"


def test_nil_needs_the_holder_and_a_reason(monthly: Cadence, agencies: list[Agency]) -> None:
    first, second, _ = agencies
    with pytest.raises(Absent):
        filings.file_nil(KIND, first, MAY, clerk_of(second), "未发现隐患")
    with pytest.raises(Refused) as refusal:
        filings.file_nil(KIND, first, MAY, clerk_of(first), "  ")
    assert refusal.value.failures[0].code == "expectation.nil_without_reason"
    filings.meet(KIND, first, MAY, SYSTEM)
    with pytest.raises(Refused) as refusal:
        filings.file_nil(KIND, first, MAY, clerk_of(first), "未发现隐患")
    assert refusal.value.failures[0].code == "expectation.already_filed"


def test_only_the_office_waives_and_says_why(monthly: Cadence, agencies: list[Agency], office: Actor) -> None:
    cadences.ensure(MAY)
    first = agencies[0]
    with pytest.raises(Refused) as refusal:
        filings.waive(KIND, first, MAY, clerk_of(first), "机构改革")
    assert refusal.value.failures[0].code == "expectation.not_yours_to_waive"
    with clock.frozen(at(6)):
        filings.waive(KIND, first, MAY, office.confirmed_now(), "机构改革，职责移交期间免报")
    assert standings(date(2023, 6, 20))["区应急局"] == Standing.WAIVED
    assert standings(date(2023, 6, 5))["区应急局"] == Standing.DUE


def test_an_agency_sees_what_it_owes(monthly: Cadence, agencies: list[Agency]) -> None:
    cadences.ensure(Period.parse("2023-04"))
    cadences.ensure(MAY)
    cadences.ensure(Period.parse("2023-06"))
    owed = overview.missing_of(clerk_of(agencies[0]), date(2023, 5, 20))
    assert [(line.expectation.period, line.standing) for line in owed] == [
        ("2023-04", Standing.MISSING),
        ("2023-05", Standing.DUE),
    ]
    assert overview.missing_of(Actor(id=1, person_id=1, name="无岗")) == []


def test_a_changed_rule_holds_from_its_day(monthly: Cadence) -> None:
    changed = cadences.declare(KIND, "隐患台账月报", Frequency.MONTH, since=date(2023, 6, 1), days=3)
    assert cadences.declare(KIND, "隐患台账月报", Frequency.MONTH, since=date(2023, 7, 1), days=3) == changed
    monthly.refresh_from_db()
    assert monthly.effective_to == date(2023, 5, 31)
    cadences.ensure(MAY)
    cadences.ensure(Period.parse("2023-06"))
    due = dict(Expectation.objects.filter(holder__name="区应急局").values_list("period", "due_on"))
    assert due == {"2023-05": date(2023, 6, 7), "2023-06": date(2023, 7, 5)}


def test_abolished_agencies_owe_nothing_more(monthly: Cadence, agencies: list[Agency]) -> None:
    Agency.objects.filter(pk=agencies[1].pk).update(until=date(2023, 5, 10))
    assert cadences.ensure(Period.parse("2023-04")) == 3
    assert cadences.ensure(MAY) == 2


def test_a_class_or_one_agency_may_be_held(agencies: list[Agency]) -> None:
    since = date(2023, 1, 1)
    cadences.declare("watch", "值班表", Frequency.WEEK, since=since, holders=Holders.TOWNS, days=1)
    cadences.declare(
        "brief", "季度小结", Frequency.QUARTER, since=since, holders=Holders.ONE, holder=agencies[0]
    )
    assert cadences.ensure(Period.parse("2023W20")) == 1
    assert cadences.ensure(Period.parse("2023Q2")) == 1
    assert set(Expectation.objects.values_list("holder__name", "kind")) == {
        ("东关街道", "watch"),
        ("区应急局", "brief"),
    }


def test_each_day_ensures_this_period_and_the_one_before(monthly: Cadence) -> None:
    assert cadences.ensure_around(date(2023, 6, 1)) == 6
    assert set(Expectation.objects.values_list("period", flat=True)) == {"2023-05", "2023-06"}


def test_the_morning_job_may_run_twice(monthly: Cadence) -> None:
    with clock.frozen(at(1)):
        jobs.ensure(0)
        jobs.ensure(0)
    assert Expectation.objects.count() == 6


def test_a_year_without_calendar_is_provisional(monthly: Cadence) -> None:
    cadences.ensure(Period.parse("2031-09"))
    assert set(Expectation.objects.values_list("provisional", flat=True)) == {True}
    Expectation.objects.update(due_on=date(2031, 10, 1))
    assert cadences.recompute_provisional() == 3
    assert cadences.recompute_provisional() == 0


def test_the_database_refuses_a_second_expectation_and_a_nil_without_reason(monthly: Cadence) -> None:
    cadences.ensure(MAY)
    again = Expectation.objects.all()[0]
    again.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Expectation.objects.update(nil=True, met_at=at(1))


def test_the_record_knows_where_each_chain_ends(monthly: Cadence, agencies: list[Agency]) -> None:
    kept = filings.meet(KIND, agencies[0], MAY, SYSTEM)
    assert kept is not None
    mine = [head for head in heads.all_heads() if head.matter == kept.uid]
    assert [(head.matter_no, head.seq) for head in mine] == [(kept.no, 1)]
    assert mine[0].digest == record.entries_of(kept.uid)[-1].digest


def test_a_nil_filing_is_signed_by_who_is_there(monthly: Cadence, agencies: list[Agency]) -> None:
    cadences.ensure(MAY)
    absent = replace(clerk_of(agencies[0]), confirmed_at=None)
    with pytest.raises(Refused) as refusal:
        filings.file_nil(KIND, agencies[0], MAY, absent, "未发现隐患")
    assert refusal.value.failures[0].code == "expectation.not_confirmed"


@pytest.mark.parametrize(("day", "told"), [(4, 0), (5, 1), (7, 1), (8, 0)])
def test_a_filing_is_reminded_of_so_many_days_ahead(
    monthly: Cadence, agencies: list[Agency], day: int, told: int
) -> None:
    """Due on the 7th of June (five working days), reminded from the 5th on, and once."""
    Post.objects.create(title="科员", role=Role.REGULATOR, agency=agencies[0])
    Post.objects.create(title="网格员", role=Role.GRID, agency=agencies[1])
    cadences.ensure(MAY)
    assert set(Expectation.objects.values_list("due_on", flat=True)) == {date(2023, 6, 7)}
    with clock.frozen(datetime(2023, 6, day, 8, tzinfo=clock.SHANGHAI)):
        assert (remind_ahead(), remind_ahead()) == (told, 0)
    assert Notice.objects.filter(text__contains="应于 2023-06-07 前报送").count() == told


def test_who_has_filed_is_not_reminded(monthly: Cadence, agencies: list[Agency]) -> None:
    Post.objects.create(title="科员", role=Role.REGULATOR, agency=agencies[0])
    cadences.ensure(MAY)
    filings.meet(KIND, agencies[0], MAY, SYSTEM)
    with clock.frozen(datetime(2023, 6, 6, 8, tzinfo=clock.SHANGHAI)):
        assert remind_ahead() == 0
