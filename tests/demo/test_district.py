"""The demo district is whole: its record holds, its figures agree, its chains name people, and every desk has work."""

from __future__ import annotations

from collections import Counter

import pytest
from django.test import Client

from bihuan import demo
from bihuan.capabilities.hazards.access import visible_hazards
from bihuan.capabilities.hazards.models import Hazard, Listing, SpotCheck, SpotDraw
from bihuan.capabilities.hazards.states import HazardState, Source
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.tipoffs.models import Item
from bihuan.conf import preparing
from bihuan.demo.building import Size
from bihuan.demo.places import CODE
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import check_files
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.figures import checking
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import actor_of
from bihuan.kernel.people.models import ADMIN_ROLES, Role, Tenure, User
from bihuan.kernel.record.models import RecordSeal
from bihuan.kernel.record.verification import verify
from bihuan.kernel.responsibility.chain import Level, chain, lead_agency
from bihuan.kernel.signatures.checking import verify_signatures
from bihuan.kernel.territory.models import Agency, AgencyKind, RegionLevel, Sector
from bihuan.kernel.territory.models import Standing as Vouched
from bihuan.kernel.territory.trees import the_district, towns
from bihuan.kernel.web.demo_roles import demo_roles
from bihuan.kernel.web.workbench.held import escalated_to, waiting_of, wanted_of
from bihuan.registers import credit_code

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def identity(role: Role) -> User:
    """Whom the demo offers for a role."""
    card = next(card for card in demo_roles() if card.label == role.label)
    return User.objects.get(username=card.value)


def test_it_is_marked_and_built_once(district: Size) -> None:
    here = the_district()
    assert here is not None
    assert (here.demo, here.code, here.region.name) == (True, CODE, "云湖区")
    before = Hazard.objects.count(), SupervisedObject.objects.count(), User.objects.count()
    assert demo.ensure() is False
    assert before == (Hazard.objects.count(), SupervisedObject.objects.count(), User.objects.count())


def test_the_record_and_its_signatures_hold(district: Size) -> None:
    verification = verify()
    assert verification.ok
    assert not verification.findings
    assert verification.entries > Hazard.objects.count()
    assert RecordSeal.objects.exists()
    assert list(verify_signatures()) == []
    assert list(check_files()) == []


def test_the_figures_agree_with_the_records(district: Size) -> None:
    found = checking.check()
    assert found.ok, found.mismatches[:3]
    assert found.compared


def test_every_object_has_its_five_rungs(district: Size) -> None:
    vacant: Counter[Level] = Counter()
    for supervised in SupervisedObject.objects.select_related("region", "sector"):
        holders = chain(supervised, clock.today())
        assert [holder.level for holder in holders] == [
            level for level in Level if level not in (Level.LEAD, Level.CHAIR)
        ]
        vacant.update(holder.level for holder in holders if holder.vacant)
    assert vacant[Level.TERRITORIAL] == vacant[Level.OFFICE] == vacant[Level.LEADER] == 0
    assert vacant[Level.ENTERPRISE] < district.objects // 5


def test_every_sector_has_one_lead(district: Size) -> None:
    for sector in Sector.objects.all():
        assert lead_agency(sector.path, clock.today()) is not None, sector.name


def test_it_has_the_towns_agencies_and_objects_it_promises(district: Size) -> None:
    assert towns().count() == 8
    offices = [AgencyKind.DEPARTMENT, AgencyKind.COMMITTEE_OFFICE]
    assert Agency.objects.filter(kind__in=offices).count() == 20
    objects = SupervisedObject.objects.all()
    assert objects.filter(standing=Vouched.CONFIRMED).count() == district.objects
    assert objects.filter(standing=Vouched.PENDING).exists()
    assert set(objects.values_list("kind", flat=True)) == set(ObjectKind.values)
    assert all(credit_code.check(one.credit_code) is None for one in objects.exclude(credit_code=""))
    assert {one.region.level for one in objects.select_related("region")} <= {
        RegionLevel.TOWN,
        RegionLevel.VILLAGE,
    }


def test_hazards_are_of_every_source_and_state(district: Size) -> None:
    hazards = Hazard.objects.all()
    assert set(hazards.values_list("state", flat=True)) >= {
        HazardState.REPORTED, HazardState.RECTIFYING, HazardState.AWAITING_ACCEPTANCE, HazardState.CLOSED,
        HazardState.MERGED, HazardState.VOIDED,
    }  # fmt: skip
    assert len(set(hazards.values_list("source", flat=True))) >= len(Source) - 2
    assert hazards.filter(grade="major").count() >= 8
    assert Listing.objects.filter(delisted_on=None).exists()
    assert hazards.filter(recurrence__gt=0).exists()
    assert hazards.filter(claimed=True, accepted_claimed=True).exists()
    assert hazards.exclude(extension=None).exists()
    assert hazards.filter(failed_acceptances__gt=0).exists()
    assert max(hazards.values_list("found_on", flat=True)) <= clock.today()


@pytest.mark.parametrize("role", [role for role in Role if role not in ADMIN_ROLES])
def test_every_role_finds_something_on_its_desk(district: Size, role: Role) -> None:
    actor = actor_of(identity(role))
    wanted = wanted_of(actor)
    desk = len(wanted) + len(waiting_of(actor, set())) + len(escalated_to(actor))
    assert desk > 0
    assert visible_hazards(actor).exists()
    if role in (Role.REGULATOR, Role.TOWN, Role.SAFETY, Role.PRINCIPAL):
        assert len(wanted) >= 2


def test_the_demo_offers_every_role_and_lets_it_in(district: Size, client: Client) -> None:
    assert [card.label for card in demo_roles()] == [role.label for role in Role]
    for role in Role:
        client.force_login(identity(role))
        assert client.get("/", follow=True).status_code == 200


def test_the_three_administrators_are_three_and_touch_no_business(district: Size) -> None:
    held = Tenure.objects.filter(post__role__in=ADMIN_ROLES).values_list("person_id", "post__role")
    assert len(dict(held)) == len(ADMIN_ROLES)
    for role in ADMIN_ROLES:
        assert not visible_hazards(actor_of(identity(role))).exists()


def test_letters_of_two_years_show_one_unsigned_and_one_revised(district: Size) -> None:
    units = Letter.objects.filter(level__in=["town", "department"])
    assert units.values("year").distinct().count() == 2
    assert units.filter(state="appraised").exists()
    assert units.filter(state="awaiting").count() == 1
    assert units.filter(state="in_force", edition=2).count() == 1


def test_filings_show_every_standing(district: Size) -> None:
    standings = {expectation.standing(clock.today()) for expectation in Expectation.objects.all()}
    assert standings >= {Standing.FILED, Standing.NIL, Standing.LATE, Standing.MISSING, Standing.WAIVED}


def test_notices_and_photos_are_there_and_no_two_photos_alike(district: Size) -> None:
    assert Notice.objects.filter(read_at=None).exists()
    likenesses = Counter(Attachment.objects.exclude(likeness=None).values_list("likeness", flat=True))
    assert sum(number - 1 for number in likenesses.values()) <= len(likenesses) // 10
    photos = Attachment.objects.exclude(likeness=None).exclude(kind="hand_signature")
    assert photos.exists()
    of_reporters = photos.filter(matter__in=Item.objects.values("uid"))
    assert not photos.exclude(pk__in=of_reporters).filter(taken_at=None).exists()
    assert not of_reporters.exclude(taken_at=None, latitude=None).exists()


def test_the_installation_knows_itself_as_a_demo(district: Size) -> None:
    found = preparing.installation()
    assert found is None or found[0]


def test_what_enterprises_accepted_themselves_was_drawn_and_looked_at(district: Size) -> None:
    drawn = SpotDraw.objects.values_list("hazard", flat=True)
    assert drawn
    assert set(SpotCheck.objects.values_list("hazard", flat=True)) & set(drawn)
