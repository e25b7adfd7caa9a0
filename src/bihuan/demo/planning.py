"""Planning of the demo: a year's plan under way, draws cast and voided, rounds walked, departments' programmes, a pack ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bihuan.capabilities.dispatch.windows.models import KeyWindow
from bihuan.capabilities.inspections.planning import coverage, programmes
from bihuan.capabilities.inspections.planning.draws import inputs as lots
from bihuan.capabilities.inspections.planning.models import Draw, Round
from bihuan.capabilities.inspections.planning.plans import inputs as plans
from bihuan.capabilities.inspections.planning.rounds import inputs as rounds
from bihuan.capabilities.inspections.planning.rounds import packs, templates
from bihuan.demo.agencies import Agencies
from bihuan.demo.campaigns import Acting
from bihuan.demo.casting import Casting
from bihuan.demo.organs import certify
from bihuan.demo.people import Seat
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.territory.models import Agency

DAY = timedelta(days=1)
PROGRAMMES = (
    ("应急", "工贸、危险化学品和烟花爆竹企业安全管理、特种作业持证、有限空间"),
    ("公安", "道路交通、大型活动、民用爆炸物品"),
    ("消防", "人员密集场所、厂房仓库、高层建筑消防安全"),
    ("交通", "客货运输企业、公路桥梁、车站码头"),
    ("教育", "校园食堂宿舍、校车、实验室"),
    ("住房", "建筑施工安全管理、特种作业持证、劳动防护、起重机械"),
    ("市场", "特种设备、气瓶充装、食品生产加工"),
    ("农业", "农机、渔船、沼气"),
    ("自然资源", "露天矿山、地质灾害点"),
    ("生态", "危险废物、环保设施安全"),
    ("工业", "民爆生产企业、工业企业技改项目"),
    ("文化", "景区、娱乐场所、旅行社包车"),
    ("水务", "水库、在建水利工程"),
)  # fmt: skip
"""Thirteen departments, each with what it checks by itself (M111)."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who plans and draws for the emergency bureau: a head and its officers."""

    agency: Agency
    head: Seat
    officers: Sequence[Seat]

    @property
    def lead(self) -> Seat:
        return self.officers[0]


def _crew(stage: Stage, agencies: Agencies) -> Crew | None:
    bureau = next((one for one in agencies.bureaus if "应急" in one.agency.name), None)
    if bureau is None:
        return None
    seats = stage.staff.bureau[bureau.agency.pk]
    officers = [seat for seat in seats[1:] if seat.username][-max(bureau.officers, 2) :]
    return Crew(bureau.agency, seats[0], officers) if len(officers) >= 2 else None


def planning(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """The stories; those of a bureau only where it has officers enough."""
    yield _programmes(stage, casting, agencies)
    yield _rounds(stage, casting)
    yield _enterprise_round(stage, casting)
    yield _pack(stage, casting)
    crew = _crew(stage, agencies)
    if crew is not None:
        yield _plan(stage, casting, crew)
        yield _draw(stage, casting, crew)
        yield _made_again(stage, casting, crew)


def _plan(stage: Stage, casting: Casting, crew: Crew) -> Story:
    """Proposed by risk, approved by another, some of it arranged; inspections made meanwhile fulfil it by themselves."""
    year = casting.moment(160).year
    plan = Acting("plan")
    yield casting.moment(160)
    name = crew.agency.name
    said = plans.Drafting(
        period=str(year), title=f"{name}{year}年安全生产监督检查计划", months=6, most=40,
        basis="《安全生产法》第六十二条；省、市年度执法工作部署",
    )  # fmt: skip
    plan.open("draft", crew.lead, said)
    plan.do("submit", crew.lead, plans.Sending(words="重点企业全部列入"))
    yield casting.moment(157)
    plan.do("approve", crew.head, plans.Approving())
    yield casting.moment(0)
    coverage.write_down()


def _draw(stage: Stage, casting: Casting, crew: Crew) -> Story:
    """Frozen, cast before witnesses, sent out as inspections."""
    yield casting.moment(30)
    certify(crew.officers, crew.agency, stage.staff.office[0].actor())
    draw = Acting("draw")
    said = lots.Freezing(
        title="双随机抽查（下半年第一批）", basis="年度双随机抽查计划", count=2, team=2, recent=0,
    )  # fmt: skip
    draw.open("freeze", crew.lead, said)
    draw.do("cast", crew.lead, lots.Casting(words="17 42 8", witness="三位企业代表各报一个数"))
    sending = lots.Sending(planned_on=clock.today() + 2 * DAY, content="安全培训、危险作业、消防设施")
    draw.do("send", crew.lead, sending)
    yield casting.moment(1)
    waiting = lots.Freezing(
        title="双随机抽查（岁末第二批）", basis="年度双随机抽查计划", count=3, team=2, recent=3,
    )  # fmt: skip
    Acting("draw").open("freeze", crew.lead, waiting)


def _made_again(stage: Stage, casting: Casting, crew: Crew) -> Story:
    """A draw that had to be voided stays; the one that follows it names it."""
    yield casting.moment(75)
    certify(crew.officers, crew.agency, stage.staff.office[0].actor())
    said = lots.Freezing(
        title="双随机抽查（上半年）", basis="年度双随机抽查计划", count=2, team=2, recent=0,
    )  # fmt: skip
    former = Acting("draw")
    former.open("freeze", crew.lead, said)
    former.do("cast", crew.lead, lots.Casting())
    yield casting.moment(74)
    former.do("void", stage.staff.office[0], lots.Voiding(reason="名单漏列新登记企业，抽取结果作废"))
    no = Draw.objects.get(uid=former.uid).no
    again = Acting("draw")
    again.open("freeze", crew.lead, replace(said, follows=no, again_because="名单漏列新登记企业"))
    again.do("cast", crew.lead, lots.Casting(words="5 9", witness="区司法局 观摩人员"))
    ahead = clock.today() + 80 * DAY
    again.do("send", crew.lead, lots.Sending(planned_on=ahead, content="年底前集中检查：有限空间、消防设施"))


def _rounds(stage: Stage, casting: Casting) -> Story:
    """A town walks one round whole, with a hazard, and is half way through another."""
    seat = next(iter(stage.staff.town.values()))[0]
    own = [site for site in casting.sites if site.object.region_path.startswith(seat.post.region_path)]
    yield casting.moment(20)
    one = Acting("round")
    said = rounds.SettingOut(
        template="gas_users", object=own[0].object.uid, walkers=seat.person.name, companions="云湖燃气公司"
    )
    one.open("set_out", seat, said)
    for section in Round.objects.get(uid=one.uid).sections:
        look = rounds.Looking(section=section["key"], outcome="clear")
        if section["key"] == "hose":
            note = "灶具使用橡胶软管且穿墙，接口没有管箍"
            look = rounds.Looking(section="hose", outcome="hazard", note=note, place="后厨")
        one.do("look", seat, look)
    one.do("finish", seat, rounds.Finishing(finished_on=clock.today(), words="已当面告知停用橡胶软管"))
    yield casting.moment(0)
    other = Acting("round")
    other.open(
        "set_out",
        seat,
        rounds.SettingOut(template="rural_roads", object=own[-1].object.uid, walkers=seat.person.name),
    )
    for key in ("surface", "sight", "guard"):
        other.do("look", seat, rounds.Looking(section=key, outcome="clear"))


def _enterprise_round(stage: Stage, casting: Casting) -> Story:
    """An enterprise walks its own ground."""
    uid, seats = next(
        (uid, seats) for uid, seats in stage.staff.inside.items() if any(seat.username for seat in seats)
    )
    seat = next(seat for seat in seats if seat.username)
    yield casting.moment(2)
    one = Acting("round")
    one.open("set_out", seat, rounds.SettingOut(template="plant_areas", object=uid, walkers=seat.person.name))
    for section in Round.objects.get(uid=one.uid).sections:
        one.do("look", seat, rounds.Looking(section=section["key"], outcome="clear"))
    one.do("finish", seat, rounds.Finishing(finished_on=clock.today()))


def _programmes(stage: Stage, casting: Casting, agencies: Agencies) -> Story:
    """Each department's own programme, and the quarter's key objects."""
    yield casting.moment(170)
    office = stage.staff.office[0].actor()
    units = [bureau.agency for bureau in agencies.bureaus]
    for word, content in PROGRAMMES:
        unit: Agency | None = next((one for one in units if word in one.name), None)
        if unit is not None:
            programmes.set_programme(unit, content, "区安委会成员单位职责分工", clock.today(), office)
    coverage.write_down()
    yield casting.moment(95)
    coverage.write_down()


def _pack(stage: Stage, casting: Casting) -> Story:
    """The next key period of the calendar has a pack: most of its register is not looked at yet."""
    yield casting.moment(0)
    today = clock.today()
    ahead = (
        KeyWindow.objects.filter(first_day__gt=today, first_day__lte=today + 85 * DAY)
        .order_by("first_day")
        .first()
    )
    if ahead is None:
        return
    site = next(site for site in casting.sites if site.object.sector is not None)
    sector = site.object.sector
    assert sector is not None
    said = {
        "title": f"{ahead.name}前检查包", "says": "宿舍食堂用电用气、明火、值班", "window": ahead.kind,
        "ahead": min(90, (ahead.first_day - today).days + 20), "sectors": [sector.pk],
        "sections": "宿舍用电｜私拉乱接、大功率电器\n食堂用气｜连接管、报警切断\n值班和应急｜值班表、带班领导",
    }  # fmt: skip
    pack = templates.write(said, stage.staff.office[0].actor())
    packs.expect_packs()
    seat = next(iter(stage.staff.town.values()))[0]
    mine = packs.register_of(pack).filter(region_path__startswith=seat.post.region_path).first()
    if mine is None:
        return
    one = Acting("round")
    one.open("set_out", seat, rounds.SettingOut(template=pack.code, object=mine.pk, walkers=seat.person.name))
    for section in pack.sections:
        one.do("look", seat, rounds.Looking(section=section["key"], outcome="clear"))
    one.do("finish", seat, rounds.Finishing(finished_on=clock.today()))
