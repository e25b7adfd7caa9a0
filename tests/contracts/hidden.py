"""One of everything that can be foreign, on the eastern and on the western side of the small district."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.weekly import setting
from bihuan.capabilities.dispatch.weekly.models import FormTemplate, WeeklyForm
from bihuan.capabilities.dispatch.weekly.opening import open_week
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.inspections import inputs as inspection_inputs
from bihuan.capabilities.responsibility.gaps.inputs import Raised
from bihuan.capabilities.responsibility.naming import keeping
from bihuan.capabilities.responsibility.naming.keeping import Given
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import name
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.expectations.cadences import declare, ensure
from bihuan.kernel.expectations.models import Expectation, Frequency
from bihuan.kernel.loops.engine import open_matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Person, Tenure, User
from bihuan.kernel.people.tokens import issue_token
from bihuan.kernel.territory.models import Agency, Region, Sector
from bihuan.kernel.uid import uuid7
from bihuan.kernel.workbooks.models import ImportBatch
from bihuan.registers.decisions import Decided, keep
from bihuan.registers.models import DecisionKind, SectorWord, StandingDecision
from bihuan.reporting.models import Printout, Purpose, Report
from tests.accidents import monthly_steps
from tests.accidents import steps as accident_steps
from tests.dispatch import meeting_steps, window_steps
from tests.dispatch.campaign_steps import drafted
from tests.dispatch.paper_steps import speech, taken_in
from tests.dispatch.steps import dispatched
from tests.enforcement import crackdown_steps, measure_steps
from tests.enforcement import steps as case_steps
from tests.hazards.steps import finding, photo
from tests.inspections import planning_steps
from tests.registers import instrument_steps
from tests.responsibility import letter_steps
from tests.tipoffs import steps as tipoff_steps
from tests.world import World


@dataclass
class Side:
    """What lies on one side, and the words that would give it away."""

    region: Region
    sector: Sector
    hazard: Hazard
    task: Task
    photo: UUID
    filing: Expectation
    report: Report
    printout: Printout
    notice: Notice
    batch: ImportBatch
    tenure: Tenure
    period: str
    decision: StandingDecision
    word: SectorWord
    pairing: int
    others: dict[str, str]
    """The numbers of further matters by their plural."""

    @property
    def telltales(self) -> tuple[str, ...]:
        return (
            self.hazard.no,
            self.hazard.description,
            self.hazard.object.name,
            self.task.no,
            self.task.title,
            self.report.no,
            str(self.photo),
        )

    def numbers(self, plural: str) -> str:
        """The number of this side's matter among ``plural``."""
        return {"hazards": self.hazard.no, "tasks": self.task.no, **self.others}[plural]


@dataclass
class Hidden:
    east: Side
    west: Side


def hide(world: World) -> Hidden:
    """Fill both sides, and leave an account of a person without any post."""
    period = Period.month_of(clock.today() - timedelta(days=45))
    declare("hazard_ledger", "隐患台账", Frequency.MONTH, since=period.first)
    ensure(period)
    postless = User(
        username="postless", person=Person.objects.create(name="无岗"), must_change_password=False
    )
    postless.set_unusable_password()
    postless.save()
    world.users["postless"] = postless
    east = _side(world, "clerk_east", world.east, world.east_government, "织机皮带外露密语东", period)
    west = _side(world, "clerk_west", world.west, world.west_government, "脚手架扣件松动密语西", period)
    return Hidden(east, west)


def _side(world: World, clerk: str, region: Region, agency: Agency, words: str, period: Period) -> Side:
    owner = world.factory if region == world.east else world.site
    uid = uuid7()
    picture = photo(uid, world.actor(clerk), "before_photos")
    given = finding(
        world,
        object=owner.uid,
        description=words,
        source="tip_off",
        reporter="举报人密语",
        before_photos=(picture,),
    )
    hazard = Hazard.objects.get(
        uid=open_matter("hazard", "report", given, actor=world.actor(clerk), uid=uid).uid
    )
    name(hazard.uid, [picture], 1)
    notify([NewNotice(f"{hazard.no} {owner.name}", person_id=world.user(clerk).person_id, urgent=True)])
    moment = clock.now()
    report = Report.objects.create(
        no=f"370403-R2026-{region.pk:06d}", kind="half-year", period="2026H1", as_of=clock.today(), region=region,
        region_path=region.path, agency=agency, drafted_at=moment, drafted_by_name="密语", changed_at=moment,
    )  # fmt: skip
    issue_token(world.user(clerk))
    assert owner.sector is not None
    return Side(
        region=region,
        sector=owner.sector,
        hazard=Hazard.objects.select_related("object").get(pk=hazard.pk),
        task=dispatched(world, lead=agency.pk, supporting=(), title=f"密语任务 {region.name}"),
        photo=picture,
        filing=Expectation.objects.get(holder=agency, kind="hazard_ledger"),
        report=report,
        printout=Printout.objects.create(
            purpose=Purpose.THREE_LISTS, account=world.user(clerk).pk, ordered_at=moment, title="密语"
        ),
        notice=Notice.objects.get(person=world.user(clerk).person_id),
        batch=ImportBatch.objects.create(
            kind="hazards",
            filename="密语.xlsx",
            size=1,
            digest="0" * 64,
            account=world.user(clerk).pk,
            uploaded_by="密语",
        ),
        tenure=Tenure.objects.get(person=world.user(clerk).person_id),
        period=period.label,
        decision=_decided(owner, world),
        word=SectorWord.objects.create(
            word=f"密语{region.pk}", name_key=f"密语{region.pk}", first_seen=moment, last_seen=moment
        ),
        pairing=_paired(owner, world),
        others={
            "weekly": _weekly(agency, world),
            "gaps": _gap(owner, clerk, world),
            **_accidents(owner, region, clerk, world),
            **_monthly(owner, agency, clerk, world),
            "letters": letter_steps.drafted(world, agency).no,
            "meetings": meeting_steps.recorded(
                world, title=f"{owner.name}密语会", kind="annual", invited=(agency.pk,), summoned=owner.name
            ).no,
            "visits": meeting_steps.visited(world, objects=owner.name, place=owner.name).no,
            "papers": taken_in(
                world, title=f"密语讲话 {region.name}", text=f"{speech()}密语{region.name}"
            ).no,
            "milestones": window_steps.project(
                world,
                name=f"{owner.name}密语工程",
                lead=agency.pk,
                urged_by=None,
                milestones="2099-01-01 竣工",
            ).no,
            "crackdown": _illegal(agency, region, clerk, world),
            **_tipoff(world, agency, region, words),
            **_measures(owner, agency, world),
            "cases": _case(owner, world),
            "plans": planning_steps.planned(world, clerk, f"密语计划 {region.name}"),
            "draws": planning_steps.drawn_up(world, clerk, agency, f"密语抽查 {region.name}"),
            "instruments": _instrument(uid, agency, clerk, world),
            "dossiers": _dossier(uid, agency, clerk, world),
            "rounds": planning_steps.walking(world, clerk, owner),
            "inspections": _inspection(owner, clerk, world),
            "campaigns": drafted(world, name=f"密语专项 {region.name}", lead=agency.pk, members=()).no,
        },
    )


def _instrument(hazard: UUID, agency: Agency, clerk: str, world: World) -> str:
    """An enforcement document of this side's hazard, issued by its town."""
    return str(instrument_steps.issued(Hazard.objects.get(uid=hazard), agency, world.actor(clerk)).uid)


def _dossier(hazard: UUID, agency: Agency, clerk: str, world: World) -> str:
    """The dossier of this side's hazard."""
    return str(instrument_steps.bound(Hazard.objects.get(uid=hazard), world.actor(clerk)).uid)


def _measures(owner: SupervisedObject, agency: Agency, world: World) -> dict[str, str]:
    """A stop of this side's enterprise, and a failure to hold its supply back that its town answers for."""
    by = "officer" if owner == world.factory else "builder"
    steps = measure_steps
    steps.ready(world, world.bureau if by == "officer" else world.builders)
    measure = steps.ordered(world, by, object=owner.uid, reason=f"{owner.name}密语")
    return {"measures": measure.no, "supply-failures": steps.failed(world, measure, agency).no}


def _case(owner: SupervisedObject, world: World) -> str:
    """A case against this side's enterprise by the department that regulates it."""
    by, second = ("officer", "regulator_two") if owner == world.factory else ("builder", "clerk_west")
    return case_steps.filed(world, by, second, owner, f"密语案由{owner.name}").no


def _inspection(owner: SupervisedObject, clerk: str, world: World) -> str:
    """An inspection of this side's enterprise by its own town."""
    said = inspection_inputs.Arrangement(
        object=owner.uid, mode="covert", nature="supervision", planned_on=clock.today(), content=f"密语检查 {owner.name}",
        officers=world.user(clerk).person.name,
    )  # fmt: skip
    return open_matter("inspection", "arrange", said, actor=world.actor(clerk)).no


def _accidents(owner: SupervisedObject, region: Region, clerk: str, world: World) -> dict[str, str]:
    """An accident of this side's enterprise, and a warning issued to it alone."""
    accident = accident_steps.reported(world, clerk, object=owner.uid, summary=f"密语事故 {owner.name}")
    return {"accidents": accident.no, "lessons": accident_steps.warned(world, owner, region).no}


def _monthly(owner: SupervisedObject, agency: Agency, clerk: str, world: World) -> dict[str, str]:
    """The monthly forms of this side's town, filed, and an early warning to it alone."""
    month = Period.month_of(clock.today() - timedelta(days=45))
    monthly_steps.opened_month(month)
    line = (month.first.isoformat(), f"{owner.name}密语", "工贸", 0, 1, "1")
    told = monthly_steps.return_of(agency, month.label)
    forecast = monthly_steps.forecast_of(agency, month.label)
    monthly_steps.do(world, told, "file", monthly_steps.stated(line), clerk)
    items = f"{owner.name}密语；重大；依据；区域；措施"
    monthly_steps.do(world, forecast, "file", monthly_steps.forecast(items), clerk)
    warning = monthly_steps.warned(world, title=f"{owner.name}密语预警", units=(agency.pk,))
    return {"returns": told.no, "forecasts": forecast.no, "warnings": warning.no}


def _gap(owner: SupervisedObject, clerk: str, world: World) -> str:
    """A gap of this side's enterprise."""
    said = Raised(cause="said", object=owner.uid, description="密语：两家都说不归自己")
    return open_matter("gap", "raise", said, actor=world.actor(clerk)).no


def _illegal(agency: Agency, region: Region, clerk: str, world: World) -> str:
    """An illegal site of this side's town, struck by its own government."""
    said = crackdown_steps.site(
        lead=agency.pk, place=region.name, address=f"密语砖厂{region.pk}", description="密语夜间生产"
    )
    return open_matter("crackdown", "report", said, actor=world.actor(clerk)).no


def _paired(owner: SupervisedObject, world: World) -> int:
    """Who is paired with this side's enterprise."""
    given = Given(
        kind="pairing", since=clock.today(), unit=world.bureau.pk, object=owner.uid, frequency="month"
    )
    return keeping.name(given, world.actor("office")).pk


def _weekly(agency: Agency, world: World) -> str:
    """The weekly form of this side's town."""
    week = Period.week_of(clock.today())
    office = world.actor("office")
    if not FormTemplate.objects.exists():
        setting.adopt(office, since=week.first, title="周调度表", counts_from=week.first)
    setting.name_filer(agency, week.first, office)
    open_week(week)
    return WeeklyForm.objects.get(agency=agency).no


def _decided(owner: SupervisedObject, world: World) -> StandingDecision:
    """A decision about the object of this side."""
    keep([Decided(DecisionKind.CONFIRMED, owner, f"{owner.name}密语")], world.actor("office"))
    return StandingDecision.objects.get(object=owner)


def _tipoff(world: World, agency: Agency, region: Region, words: str) -> dict[str, str]:
    """A tip-off about the side, referred to its town; who told it is another secret."""
    item = tipoff_steps.received(
        world, words=words, region=region.pk, reporter_name="举报人密语", reporter_phone="13800000000"
    )
    tipoff_steps.handling(world, item, agency=agency.pk)
    return {"tipoffs": item.no, "tipoff-batches": item.batch.no}
