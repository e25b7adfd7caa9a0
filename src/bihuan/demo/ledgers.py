"""Monthly ledgers in the demo: who filed what and when, nil filings and silences, and the hazards only a ledger tells of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.filing import LEDGER
from bihuan.capabilities.hazards.ledger.identity import key_bytes, plain
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import HazardState
from bihuan.demo.casting import Casting
from bihuan.demo.hours import at_work, next_working
from bihuan.demo.objects import Site
from bihuan.demo.people import Seat
from bihuan.demo.stage import HAZARD, Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.cadences import ensure
from bihuan.kernel.expectations.filings import file_nil, meet, waive
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.uid import uuid7

NIL = (
    "本月检查监管单位{n}家，未发现隐患。",
    "本月无检查任务，所属场所自查未发现隐患。",
    "本月开展巡查{n}次，未发现新增隐患。",
)


@dataclass(slots=True)
class Filer:
    """An agency that files, whoever does it there, and the objects its ledger is about.

    ``diligence`` is the share of months in which it files in time.
    """

    agency: Agency
    seats: list[Seat]
    sites: list[Site]
    rows: int
    diligence: float
    open: list[tuple[UUID, inputs.Claim]] = field(default_factory=list)


def months(first: date, last: date) -> Iterator[Period]:
    """The months from that of ``first`` to that of ``last``."""
    month = Period.month_of(first)
    while month.first <= last:
        yield month
        month = Period.month_of(month.last + timedelta(days=1))


def filing(stage: Stage, casting: Casting, filer: Filer, period: Period) -> Story:
    """One agency's filing of one month: in time, late, nil or never."""
    rng = stage.rng
    fate = rng.random()
    if fate > filer.diligence + 0.16:
        return
    late = fate > filer.diligence
    day = period.last + timedelta(days=rng.randrange(8, 16) if late else rng.randrange(1, 5))
    yield at_work(next_working(day) if late else _before_due(day, period), rng)
    seat = rng.choice(filer.seats)
    if not filer.sites or (not filer.open and rng.random() < (0.7 if filer.rows < 2 else 0.08)):
        words = rng.choice(NIL).format(n=rng.randrange(4, 30))
        file_nil(LEDGER, filer.agency, period, seat.actor(), words)
        return
    batch = uuid7()
    _bring_in(stage, casting, filer, seat.actor("import"), period, batch)
    meet(LEDGER, filer.agency, period, seat.actor("import"), met_by=batch)


def _before_due(day: date, period: Period) -> date:
    """A working day at the start of the month, or the last one before it."""
    wanted = next_working(day)
    return wanted if (wanted - period.last).days <= 5 else next_working(period.last + timedelta(days=1))


def _bring_in(
    stage: Stage, casting: Casting, filer: Filer, actor: Actor, period: Period, batch: UUID
) -> None:
    _advance(stage, filer, actor, batch)
    rng = stage.rng
    wanted = [rng.choice(filer.sites) for _ in range(rng.randrange(filer.rows, filer.rows * 2 + 1))]
    claims = [
        _claim(stage, casting, filer, site, period, batch, line) for line, site in enumerate(wanted, start=4)
    ]
    made = engine.open_many(
        HAZARD,
        "claim_from_ledger",
        claims,
        actor=actor,
        columns=[{"object": site.object} for site in wanted],
    )
    filer.open += [
        (outcome.uid, claim)
        for outcome, claim in zip(made, claims, strict=True)
        if outcome.state != HazardState.CLOSED
    ]


def strangers(stage: Stage, casting: Casting, site: Site, moment: datetime) -> Story:
    """A late page of a town's ledger names a place nobody has registered: its hazards wait for the committee office."""
    yield moment
    seats = stage.staff.town[site.town.region.path]
    agency = seats[0].post.agency
    assert agency is not None
    filer, period = Filer(agency, seats, [site], 1, 1.0), Period.month_of(moment.date())
    told = _claim(stage, casting, filer, site, period, uuid7(), 4)
    told = replace(
        told, state=HazardState.REPORTED, found_on=moment.date() - timedelta(days=stage.rng.randrange(3, 9)),
        rectify_by=next_working(moment.date() + timedelta(days=stage.rng.randrange(9, 30))),
        rectified_on=None, accepted_by="", accepted_on=None,
    )  # fmt: skip
    actor = stage.rng.choice(seats).actor("import")
    engine.open_matter(HAZARD, "claim_from_ledger", told, actor=actor, object=site.object)


def _claim(
    stage: Stage,
    casting: Casting,
    filer: Filer,
    site: Site,
    period: Period,
    batch: UUID,
    line: int,
) -> inputs.Claim:
    rng = stage.rng
    course = casting.course(site, "routine", period.first + timedelta(days=rng.randrange(26)))
    day, finding = min(course.found_at.date(), period.last), course.finding
    due = next_working(day + timedelta(days=finding.days))
    rectified = day + timedelta(days=rng.randrange(1, finding.days + 6))
    accepted = rectified + timedelta(days=rng.randrange(0, 5))
    today = clock.today()
    state = HazardState.CLOSED if accepted < today and rng.random() < 0.9 else HazardState.RECTIFYING
    if state == HazardState.RECTIFYING and rng.random() < 0.2:
        state = HazardState.REPORTED
    closed = state == HazardState.CLOSED
    if not closed:
        due = next_working(due + timedelta(days=30))
    told = inputs.Claim(
        state=state,
        description=finding.description,
        place=finding.place,
        source=rng.choices(("routine", "special", "joint", "grid", "self_check"), (50, 20, 12, 10, 8))[0],
        grade="general",
        found_on=day,
        found_by="、".join(seat.person.name for seat in rng.sample(filer.seats, min(2, len(filer.seats)))),
        responsible_person=stage.staff.called() if rng.random() < 0.9 else "",
        measures=finding.measures,
        funds=finding.spent,
        rectify_by=due,
        contingency_plan=finding.interim if rng.random() < 0.6 else "",
        rectified_on=rectified if closed else None,
        accepted_by=rng.choice(filer.seats).person.name if closed else "",
        accepted_on=accepted if closed else None,
        batch=batch,
        line=line,
    )
    natural = (
        site.object.credit_code or plain(site.object.name),
        day.isoformat(),
        plain(finding.place + finding.description),
    )
    return replace(told, row_key=_unused(casting, natural), row_facts=_facts(told, site))


def _unused(casting: Casting, natural: tuple[str, str, str]) -> bytes:
    """The row's key under its first free rank: a town and a bureau may both list the same thing."""
    keys = (key_bytes(natural, rank) for rank in count())
    found = next(key for key in keys if key not in casting.rows)
    casting.rows.add(found)
    return found


def _facts(told: inputs.Claim, site: Site) -> dict[str, str]:
    """What the row stated, to compare the next ledger with."""
    progress = {HazardState.CLOSED: "accepted", HazardState.RECTIFYING: "assigned"}.get(
        told.state, "reported"
    )
    stated = {
        "sector": site.object.sector.name if site.object.sector else "",
        "town": site.town.region.name,
        "grade": told.grade,
        "source": told.source,
        "found_by": told.found_by,
        "rectifier": told.responsible_person,
        "measures": told.measures,
        "funds": str(told.funds or 0),
        "rectify_by": str(told.rectify_by or ""),
        "contingency_plan": told.contingency_plan,
        "rectified_on": str(told.rectified_on or ""),
        "acceptor": told.accepted_by,
        "accepted_on": str(told.accepted_on or ""),
        "progress": progress,
    }
    return {name: value for name, value in stated.items() if value}


def _advance(stage: Stage, filer: Filer, actor: Actor, batch: UUID) -> None:
    """This month's ledger tells more of last month's rows, unless somebody has acted on them here."""
    rng, still = stage.rng, []
    hands = Hazard.objects.filter(uid__in=[uid for uid, _ in filer.open]).values_list("uid", "hands")
    acted = {uid for uid, doers in hands if any(not name.startswith("claim") for name in doers)}
    for uid, told in filer.open:
        recent = told.found_on > clock.today() - timedelta(days=60)
        if uid in acted or (recent and rng.random() < 0.12):
            still.append((uid, told))
            continue
        rectified = min(told.found_on + timedelta(days=rng.randrange(6, 26)), clock.today())
        progress = inputs.ClaimedProgress(
            rectified_on=rectified,
            accepted_by=rng.choice(filer.seats).person.name,
            accepted_on=min(rectified + timedelta(days=rng.randrange(4)), clock.today()),
            funds=told.funds,
            ledger=f"{filer.agency.name}隐患台账",
            line=told.line,
            batch=batch,
        )
        engine.perform(HAZARD, "claim_accepted", uid, progress, actor=actor)
    filer.open = still


def waiver(stage: Stage, agency: Agency, period: Period, moment: datetime) -> Story:
    """The committee office lets one agency off for a month."""
    yield moment
    ensure(period, LEDGER)
    waive(LEDGER, agency, period, stage.staff.office[0].actor(), "机构职能划转交接期间，由承接单位一并报送。")
