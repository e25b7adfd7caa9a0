"""Building the demo district: the ground and its people first, then half a year of their work, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from bihuan.capabilities.hazards.filing import LEDGER
from bihuan.demo import ledgers
from bihuan.demo.accidents import accidents
from bihuan.demo.agencies import Agencies, establish
from bihuan.demo.archives import archives
from bihuan.demo.assignments import assignments
from bihuan.demo.campaigns import campaigns
from bihuan.demo.cases import cases
from bihuan.demo.casting import DAYS, Casting
from bihuan.demo.committees import committees
from bihuan.demo.crackdown import crackdown
from bihuan.demo.desks import desks
from bihuan.demo.duties import duties
from bihuan.demo.fire import fire
from bihuan.demo.inspections import inspections
from bihuan.demo.letters import letters
from bihuan.demo.measures import measures
from bihuan.demo.meetings import meetings
from bihuan.demo.monthly import monthly
from bihuan.demo.objects import Site, populate, unconfirmed
from bihuan.demo.offices import appoint
from bihuan.demo.packs import packs
from bihuan.demo.papers import papers
from bihuan.demo.people import Staff
from bihuan.demo.places import CODE, NAME, Town, settle
from bihuan.demo.planning import planning
from bihuan.demo.report_templates import report_templates
from bihuan.demo.responsibilities import responsibilities
from bihuan.demo.running import read_notices, run
from bihuan.demo.scenes import scenes
from bihuan.demo.spot_draws import spot_draws
from bihuan.demo.stage import Stage
from bihuan.demo.statistics import statistics
from bihuan.demo.stories import Story, ordinary
from bihuan.demo.tipoffs import tipoffs
from bihuan.demo.weekly import weekly
from bihuan.demo.windows import windows
from bihuan.founding import found
from bihuan.kernel import clock
from bihuan.kernel.expectations.cadences import ensure
from bihuan.kernel.loops.escalation import climb_all
from bihuan.kernel.loops.notices import tell_new
from bihuan.kernel.numbering import prepare
from bihuan.kernel.record.sealing import seal
from bihuan.kernel.signatures import keyring

SEED = 20


@dataclass(frozen=True, slots=True)
class Size:
    """How large a district. Tests build a small one by the same rules."""

    objects: int = 600
    accounts: int = 40
    hazards: int = 350
    ledger_rows: int = 3


FULL = Size()


def build(size: Size = FULL) -> None:
    """Build it whole or not at all."""
    now = clock.now()
    try:
        with transaction.atomic():
            _build(size, now)
    except BaseException:
        keyring.forget()
        raise


def finish() -> None:
    """Seal the record and let notices begin with what comes after; nothing to do when that was done before."""
    seal()
    tell_new()


def _build(size: Size, now: datetime) -> None:
    rng = Random(SEED)  # noqa: S311 - the same district every time
    today = clock.day_of(now)
    first = today - timedelta(days=DAYS)
    district = found(CODE, NAME, demo=True, since=first.replace(day=1)).region
    for year in {first.year, today.year}:
        prepare("H", year)
    towns = settle(district)
    agencies = establish(district, towns)
    staff = Staff(date(first.year - 2, 3, 1), rng)
    appoint(staff, district, agencies, towns)
    sites = populate(staff, agencies, towns, rng, size.objects, size.accounts)
    staff.save()
    stage = Stage(staff, rng, now)
    casting = Casting(staff, sites, rng, today)
    stories = [
        *scenes(stage, casting),
        *(ordinary(stage, course) for course in casting.courses(size.hazards)),
        *campaigns(stage, casting, agencies),
        *windows(stage, casting, agencies),
        *meetings(stage, casting, agencies),
        *assignments(stage, casting, agencies),
        *responsibilities(stage, casting, agencies, towns),
        *committees(stage, casting, agencies, towns),
        *duties(stage, casting, agencies),
        *letters(stage, casting, agencies),
        *weekly(stage, casting, agencies),
        *packs(stage, casting),
        *archives(stage, casting),
        *report_templates(stage, casting),
        *papers(stage, casting, agencies),
        *planning(stage, casting, agencies),
        *accidents(stage, casting, agencies),
        *monthly(stage, casting, agencies, towns),
        *statistics(stage, casting, towns),
        *inspections(stage, casting, agencies),
        *fire(stage, casting, agencies),
        *cases(stage, casting, agencies),
        *crackdown(stage, casting, agencies, towns),
        *measures(stage, casting, agencies),
        *tipoffs(stage, casting, agencies),
        *spot_draws(stage, casting),
        *desks(stage, casting),
        *_filings(stage, casting, agencies, towns, unconfirmed(towns), first, today, size.ledger_rows),
    ]
    run(stories, first, now)
    climb_all()
    read_notices(now)


def _filings(
    stage: Stage,
    casting: Casting,
    agencies: Agencies,
    towns: tuple[Town, ...],
    strangers: list[Site],
    first: date,
    today: date,
    rows: int,
) -> Iterator[Story]:
    """Every filer's months; a few agencies file carelessly, one hardly ever."""
    periods = list(ledgers.months(first, today))
    for period in periods:
        ensure(period, LEDGER)
    filers = list(_filers(stage, casting, agencies, towns, rows))
    for number, named in enumerate(strangers):
        yield ledgers.strangers(stage, casting, named, casting.moment(4 + number))
    weather = agencies.bureaus[-1].agency
    for filer in filers:
        for period in periods:
            if (filer.agency, period) != (weather, periods[1]):
                yield ledgers.filing(stage, casting, filer, period)
    yield ledgers.waiver(stage, weather, periods[1], casting.moment(max(1, (today - periods[1].last).days)))


def _filers(
    stage: Stage,
    casting: Casting,
    agencies: Agencies,
    towns: tuple[Town, ...],
    rows: int,
) -> Iterator[ledgers.Filer]:
    rng = stage.rng
    for town, government in zip(towns, agencies.governments, strict=True):
        own = [site for site in casting.sites if site.town is town]
        seats = stage.staff.town[town.region.path]
        yield ledgers.Filer(government, seats, own, rows + 1, rng.choice((0.95, 0.9, 0.7)))
    for bureau in agencies.bureaus:
        own = _of(casting.sites, bureau.agency.pk)
        seats = stage.staff.bureau[bureau.agency.pk]
        share = rows if len(own) > 30 else 1
        yield ledgers.Filer(bureau.agency, seats, own, share, rng.choice((0.95, 0.92, 0.85, 0.6)))


def _of(sites: Sequence[Site], agency: int) -> list[Site]:
    return [site for site in sites if site.object.agency_id == agency]
