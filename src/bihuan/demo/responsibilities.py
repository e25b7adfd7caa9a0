"""Who is named for what in the demo: areas, sectors, lines, paired enterprises, zones and grids; one conflict settled, one
open, and what the nightly comparison finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bihuan.capabilities.responsibility.gaps import inputs
from bihuan.capabilities.responsibility.gaps.detecting import detect
from bihuan.capabilities.responsibility.gaps.models import Gap
from bihuan.capabilities.responsibility.naming import approvals, keeping, pairing, relations
from bihuan.capabilities.responsibility.naming.keeping import Given
from bihuan.demo.agencies import Agencies
from bihuan.demo.casting import Casting
from bihuan.demo.hours import next_working
from bihuan.demo.offices import FLAGSHIP_TOWN
from bihuan.demo.places import Town
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.territory.models import Regulation, Sector
from bihuan.kernel.uid import uuid7

PAPER = "云委办〔{year}〕6 号"
SPECIAL = (("commerce", "fire", "消防安全"), ("industry_trade", "special_equipment", "特种设备安全"))


def responsibilities(
    stage: Stage, casting: Casting, agencies: Agencies, towns: Sequence[Town]
) -> Iterator[Story]:
    """The division of duties from the beginning of the year before, then what was changed and settled since."""
    first = casting.today - timedelta(days=400)
    yield _division(stage, casting, agencies, towns, first.replace(month=1, day=1))
    yield _visits(stage, casting)
    yield _two_leads(stage, casting, agencies)
    yield _claimed(stage, casting, agencies)
    yield _comparison(stage, casting)


def _division(
    stage: Stage, casting: Casting, agencies: Agencies, towns: Sequence[Town], since: date
) -> Story:
    yield casting.moment(188)
    office, leaders = stage.staff.office[0].actor(), stage.staff.leaders[:4]
    paper = PAPER.format(year=since.year)

    def named(kind: str, **what: object) -> None:
        keeping.name(Given(kind=kind, since=since, document=paper, **what), office)  # type: ignore[arg-type]

    for number, town in enumerate(towns[:-1]):
        named("area", post=leaders[number % 4].post.pk, region=town.region.pk)
    for sector in Sector.objects.filter(parent=None, until=None).order_by("order", "id"):
        holder = next((seat for seat in leaders if sector.path in seat.post.sector_paths), None)
        if holder is not None:
            named("sector", post=holder.post.pk, sector=sector.pk)
    for bureau in agencies.bureaus[:-2]:
        paths = {sector.path for sector in bureau.leads}
        holder = next((seat for seat in leaders if paths & set(seat.post.sector_paths)), leaders[0])
        named("portfolio", post=holder.post.pk, agency=bureau.agency.pk, words=bureau.department)
    safety = agencies.lead(Sector.objects.get(code="industry_trade").path).agency
    named("comprehensive", unit=safety.pk, words="跨行业的由应急管理局牵头联合检查，一次进企业、一张清单")
    for code, by, words in SPECIAL:
        unit = agencies.lead(Sector.objects.get(code=by).path).agency
        named("special", unit=unit.pk, sector=Sector.objects.get(code=code).pk, words=words)
    for town in towns:
        for village, seat in zip(town.villages, stage.staff.grid[town.region.path], strict=False):
            named(
                "grid",
                post=seat.post.pk,
                region=village.pk,
                words=f"{town.order + 1:02d}-{village.order:02d}",
            )
    flagship = next(town for town in towns if town.region.name == FLAGSHIP_TOWN)
    cadres = stage.staff.town[flagship.region.path]
    for number, village in enumerate(flagship.villages[:-1]):
        named("zone", post=cadres[number % len(cadres)].post.pk, region=village.pk, words=f"{village.name}片")
    _pair(casting, named, [seat.post.pk for seat in leaders], safety.pk, since)


def _pair(casting: Casting, named: object, leaders: Sequence[int], bureau: int, since: date) -> None:
    assert callable(named)
    keys = list(pairing.key_enterprises(casting.today).order_by("uid")[:9])
    chosen = [casting.sites[0].object, *(one for one in keys if one.pk != casting.sites[0].object.pk)]
    for number, one in enumerate(chosen[:7]):
        named(
            "pairing", post=leaders[number % 4], object=one.pk, frequency="month" if number % 2 else "quarter"
        )
    for one in chosen[:2]:
        named("pairing", unit=bureau, object=one.pk, frequency="quarter")


def _visits(stage: Stage, casting: Casting) -> Story:
    """Each month what is due is written down; most visits take place, one leader's do not."""
    for days in (150, 120, 90, 60, 30, 4):
        yield casting.moment(days)
        pairing.expect_visits()
        for number, row in enumerate(pairing.pairings(clock.today())):
            if number != 1 and row.object is not None and (days > 10 or number % 3 == 0):
                seat = stage.staff.office[1]
                pairing.visited(
                    row.object.pk, clock.today(), uuid7(), seat.actor(), post=row.post_id, agency=row.unit_id
                )


def _two_leads(stage: Stage, casting: Casting, agencies: Agencies) -> Story:
    """A paper gives a sector a second lead; it is found, settled by ending one, and accepted by another hand."""
    yield casting.moment(75)
    office, second = stage.staff.office[0], stage.staff.office[-1]
    sector = _busy_sector()
    lead = agencies.lead(sector.path).agency
    other = next(bureau.agency for bureau in agencies.bureaus if bureau.agency.pk != lead.pk and bureau.leads)
    row = relations.assign(
        sector, other, clock.today(), office.actor(), lead=True, document="机构改革职责划转方案（征求意见稿）"
    )
    yield casting.moment(74)
    said = inputs.Raised(
        cause="two_leads", about=sector.name, description="两个部门都收到牵头通知，企业不知道听谁的"
    )
    uid = uuid7()
    engine.open_matter("gap", "raise", said, actor=office.actor(), uid=uid)
    yield casting.moment(72)
    due = next_working(clock.today() + timedelta(days=15))
    given = inputs.Assigning(lead=agencies.office.pk, due_on=due, demand="商编办明确唯一牵头部门")
    engine.perform("gap", "assign", uid, given, actor=office.actor())
    yield casting.moment(64)
    relations.end(row.pk, clock.today(), "编办明确仍由原部门牵头", office.actor())
    done = inputs.Settling(how=f"经编办明确，{sector.name}仍由{lead.name}牵头，{other.name}不再牵头。")
    engine.perform("gap", "settle", uid, done, actor=office.actor())
    yield casting.moment(62)
    engine.perform("gap", "accept", uid, inputs.Accepting(), actor=second.actor())


def _busy_sector() -> Sector:
    """A sector that is led by itself and has objects of its own."""
    led = (
        Regulation.objects.filter(lead=True, until=None)
        .select_related("sector")
        .order_by("sector__order", "id")
    )
    busy = set(SupervisedObject.objects.values_list("sector_path", flat=True).distinct())
    return next(row.sector for row in led if row.sector.path in busy)


def _claimed(stage: Stage, casting: Casting, agencies: Agencies) -> Story:
    """An enterprise on the border of two towns that both claim; and who approved what at the flagship."""
    yield casting.moment(40)
    office = stage.staff.office[0].actor()
    site = next(one for one in casting.sites[3:] if one.object.kind == ObjectKind.ENTERPRISE)
    mine = next(one for one in agencies.governments if one.region_id == site.town.region.pk)
    neighbour = next(one for one in agencies.governments if one.pk != mine.pk)
    for unit, words in ((mine, "厂区大门在本镇"), (neighbour, "厂房主体在本镇")):
        given = Given(kind="claim", since=clock.today(), unit=unit.pk, object=site.object.pk, reason=words)
        keeping.name(given, office)
    flagship = casting.sites[0].object
    signed = approvals.Signed(
        what="licence", title="安全生产标准化三级达标复核", number="云安标〔三〕018 号", approver=stage.staff.office[0].person.name,
        approver_post="区安委办专职副主任", signer=stage.staff.office[1].person.name, signer_post="综合协调科科长",
        on=clock.today(),
    )  # fmt: skip
    approvals.note(flagship.pk, signed, office)


def _comparison(stage: Stage, casting: Casting) -> Story:
    """What the comparison has found by now; the conflict is under way, the rest waits to be given to somebody."""
    yield casting.moment(12)
    detect()
    yield casting.moment(9)
    gap = Gap.objects.filter(cause="two_claims", state="found").first()
    if gap is not None:
        office = stage.staff.office[0]
        due = next_working(clock.today() + timedelta(days=20))
        given = inputs.Assigning(lead=gap.agency_id, due_on=due, demand="会同两镇现场踏勘，依法裁定")
        engine.perform("gap", "assign", gap.uid, given, actor=office.actor())
