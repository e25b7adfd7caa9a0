"""The crackdown of the demo: sites in every state, one that came back, a dragnet, pledges, a maker over its limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bihuan.capabilities.enforcement.crackdown import chain, explosives, inputs, naming, pledging, sweeping
from bihuan.capabilities.enforcement.crackdown.catalogue import LINKS
from bihuan.capabilities.enforcement.crackdown.models import Item, Pledge
from bihuan.demo.agencies import Agencies
from bihuan.demo.campaigns import Acting
from bihuan.demo.casting import Casting
from bihuan.demo.offices import FLAGSHIP_TOWN
from bihuan.demo.people import Seat
from bihuan.demo.places import Town
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.territory.models import Sector

PLACES = ("idle_house", "brickyard", "greenhouse", "stopped_factory", "farm", "well_house")
RULES = ("一律依法取缔关闭", "一律没收非法产品和工具", "一律追究出租场所的责任")
TARGETS = (("crack.1", "打击无证生产经营"), ("crack.2", "打击非法窝点"), ("fix.1", "治理超量储存"))
PAPER = "云安委办〔{year}〕12号"


@dataclass(slots=True)
class Troupe:
    """Who reports, strikes, bans and looks again."""

    stage: Stage
    casting: Casting
    agencies: Agencies
    towns: Sequence[Town]

    def town(self, number: int) -> Town:
        return self.towns[number % len(self.towns)]

    def clerk(self, town: Town) -> Seat:
        return self.stage.staff.town[town.region.path][0]

    def watcher(self, town: Town) -> Seat:
        return self.stage.staff.town[town.region.path][-1]

    def bureau(self, sector: str) -> tuple[int, Seat]:
        """The unit that leads a sector, and somebody of it who strikes."""
        agency = self.agencies.lead(Sector.objects.get(code=sector).path).agency
        seats = self.stage.staff.bureau[agency.pk]
        return agency.pk, seats[-1]


@dataclass(frozen=True, slots=True)
class Site:
    """One site as it is found."""

    code: str
    place_type: str
    address: str
    description: str
    sector: str
    source: str = "patrol"
    party: str = ""
    more: tuple[tuple[str, Any], ...] = ()


DENS = (
    Site("den.processing", "brickyard", "村东废弃砖厂院内", "夜间加工塑料颗粒，搅拌机两台，工人五名，没有任何手续。", "industry_trade"),
    Site("den.storage", "greenhouse", "村南第三个蔬菜大棚", "大棚内存放液化气钢瓶四十余只。", "industry_trade", "tip_off"),
    Site("den.trading", "farm", "停养的鸡舍", "无证销售散装汽油，油罐一个、加油机一台。", "hazardous_chemicals", "dragnet"),
    Site("den.processing", "idle_house", "桥头闲置院落", "家具喷漆作坊，无通风，漆桶靠近灶台。", "industry_trade", "dragnet"),
    Site("mine.unlicensed", "mine_site", "北坡采石坑", "无证开采石料，挖掘机一台。", "noncoal_mine", party="坑主邱某"),
)  # fmt: skip
WORKS = Site(
    "fireworks.making", "stopped_factory", "停工的编织厂后院", "组装爆竹，存药约二十公斤。", "fireworks", "tip_off",
    more=(("rule", "rule.1"), ("target", "crack.2")),
)  # fmt: skip
SHOP = Site(
    "fireworks.unlicensed", "shop", "镇西头杂货店", "无证销售烟花爆竹三十余箱。", "fireworks", "undercover", more=(("rule", "rule.2"),)
)  # fmt: skip
FILLING = Site(
    "chemical.transport", "road", "省道旁停车场", "罐车在停车场内向小货车分装柴油。", "hazardous_chemicals", "inspection",
    more=(("transport_kind", "filling"),),
)  # fmt: skip


def crackdown(stage: Stage, casting: Casting, agencies: Agencies, towns: Sequence[Town]) -> Iterator[Story]:
    """Every state once, and the registers beside."""
    troupe = Troupe(stage, casting, agencies, towns)
    flagship = next(place for place, town in enumerate(towns) if town.region.name == FLAGSHIP_TOWN)
    yield _names(troupe)
    yield _site(troupe, DENS[0], flagship, 160, "conclude")
    yield _site(troupe, DENS[1], flagship, 130, "reemerge")
    yield _site(troupe, DENS[4], 5, 75, "recheck")
    yield _site(troupe, SHOP, 3, 70, "approve_ban")
    yield _site(troupe, WORKS, flagship, 45, "police")
    yield _site(troupe, DENS[2], 2, 20, "request_ban")
    yield _site(troupe, FILLING, 6, 12, "strike")
    yield _site(troupe, DENS[3], flagship, 9, "report")
    yield _dismissed(troupe, 4, 30)
    yield from _vehicles(troupe)
    yield from _violations(troupe)
    yield _dragnet(troupe, towns[flagship])
    yield _pledges(troupe)
    yield _links(troupe)
    yield _maker(troupe)


def _names(troupe: Troupe) -> Story:
    yield troupe.casting.moment(175)
    office, since = troupe.stage.staff.office[0].actor(), clock.today()
    paper = PAPER.format(year=since.year)
    named = [(f"rule.{place}", words) for place, words in enumerate(RULES, 1)]
    for code, words in (*named, *TARGETS):
        naming.set_name(code, words, paper, since, office)


def _site(troupe: Troupe, site: Site, town_number: int, ago: int, upto: str) -> Story:
    """One site, up to the deed named."""
    stage, casting = troupe.stage, troupe.casting
    town = troupe.town(town_number)
    clerk, watcher, office = troupe.clerk(town), troupe.watcher(town), stage.staff.office[0]
    lead, striker = troupe.bureau(site.sector)
    acting = Acting("crackdown")
    yield casting.moment(ago)
    given = inputs.SiteFound(
        code=site.code, place_type=site.place_type, place=f"{town.region.name}{town.villages[0].name}",
        address=site.address, description=site.description, found_on=clock.today(),
        source=site.source, party=site.party, lead=lead, **dict(site.more),
    )  # fmt: skip
    acting.open("report", clerk, given)
    if upto == "report":
        return
    yield stage.at(clock.now(), 1)
    _strike(acting, striker, upto)
    if upto == "strike":
        return
    if upto == "police":
        yield stage.at(clock.now(), 2)
        lead_out = inputs.Passing(
            act="making", passed_on=clock.today(), lead="非法制造爆炸物，数量较大，涉嫌犯罪。"
        )
        acting.do("pass_to_police", striker, lead_out)
        yield stage.at(clock.now(), 2)
        receipt = inputs.Receipt(received_on=clock.today(), receipt="治安大队收字第7号")
        acting.do("receive_by_police", striker, receipt)
        return
    yield stage.at(clock.now(), 3)
    acting.do(
        "request_ban", striker, inputs.BanRequest(how="断电，拆除设备，清理原料和半成品，遣散人员，封门。")
    )
    if upto == "request_ban":
        return
    yield stage.at(clock.now(), 2)
    acting.do("approve_ban", office, inputs.BanApproval(banned_on=clock.today()))
    if upto == "approve_ban":
        return
    for _ in range(3 if upto == "conclude" else 1):
        yield stage.at(clock.now(), 29)
        acting.do("recheck", watcher, inputs.Recheck(checked_on=clock.today()))
    if upto == "conclude":
        yield stage.at(clock.now(), 4)
        acting.do("conclude", office, inputs.Conclusion())
    if upto == "reemerge":
        yield stage.at(clock.now(), 25)
        again = inputs.Reemergence(
            found_on=clock.today(), description="夜间又有人存放钢瓶十余只，现场有新的车辙。"
        )
        acting.do("reemerge", watcher, again)
        yield stage.at(clock.now(), 1)
        _strike(acting, striker, upto)


def _strike(acting: Acting, striker: Seat, upto: str) -> None:
    given = inputs.Strike(
        struck_on=clock.today(), measures="查封扣押设备和原料，遣散现场人员，会同公安、市场监管部门联合处置。",
        detained_persons=1 if upto == "police" else 0,
    )  # fmt: skip
    acting.do("strike", striker, given)


def _dismissed(troupe: Troupe, town_number: int, ago: int) -> Story:
    town = troupe.town(town_number)
    lead, striker = troupe.bureau("industry_trade")
    acting = Acting("crackdown")
    yield troupe.casting.moment(ago)
    given = inputs.SiteFound(
        code="other.operating", place_type="shop", place=town.region.name, address="镇政府东五金店", lead=lead,
        description="群众反映无照经营。", found_on=clock.today(), source="tip_off",
    )  # fmt: skip
    acting.open("report", troupe.clerk(town), given)
    yield troupe.stage.at(clock.now(), 1)
    acting.do("dismiss", striker, inputs.Reason(reason="现场核查，营业执照齐全有效，登记信息已更新。"))


def _vehicles(troupe: Troupe) -> Iterator[Story]:
    for number, (code, ago, detained) in enumerate(
        (("vehicle.overload", 88, True), ("vehicle.black", 51, True), ("vehicle.farm", 33, False), ("vehicle.defective", 3, False))
    ):  # fmt: skip
        yield _vehicle(troupe, code, f"鲁Y{40127 + number * 311}", number, ago, detained)


def _vehicle(troupe: Troupe, code: str, plate: str, number: int, ago: int, detained: bool) -> Story:
    town = troupe.town(number)
    lead, striker = troupe.bureau("road_traffic")
    acting = Acting("crackdown")
    yield troupe.casting.moment(ago)
    given = inputs.VehicleFound(
        code=code, plate=plate, place=town.region.name, address="县道交叉口", description="路面联合检查查获。", lead=lead,
        detained=detained, found_on=clock.today(),
    )  # fmt: skip
    acting.open("report_vehicle", troupe.clerk(town), given)
    if ago > 5:
        yield troupe.stage.at(clock.now(), 2)
        way = "detained" if detained else "warned"
        acting.do(
            "settle",
            striker,
            inputs.Settling(settled_on=clock.today(), way=way, result="依法处理，教育驾驶人。"),
        )


def _violations(troupe: Troupe) -> Iterator[Story]:
    days = troupe.casting.today.day
    for number, (code, ago) in enumerate(
        (("person.operation", days + 8), ("person.command", min(days - 1, 4)), ("person.command", min(days - 1, 2)),
         ("person.operation", min(days - 1, 3)), ("person.post", days + 20))
    ):  # fmt: skip
        yield _violation(troupe, code, number, max(0, ago))


def _violation(troupe: Troupe, code: str, number: int, ago: int) -> Story:
    site = troupe.casting.sites[number * 7 % len(troupe.casting.sites)]
    yield troupe.casting.moment(ago)
    given = inputs.PersonFound(
        code=code, object=site.object.uid, party=f"操作工{'甲乙丙丁戊'[number]}", description="现场检查发现，当场制止。",
        found_on=clock.today(),
    )  # fmt: skip
    Acting("crackdown").open("report_person", troupe.clerk(site.town), given)


def _dragnet(troupe: Troupe, town: Town) -> Story:
    """One town's sweep: most villages whole, one with a kind that nobody looked into, one not begun."""
    clerk = troupe.clerk(town)
    yield troupe.casting.moment(8)
    today = clock.today()
    sweep = sweeping.plan(
        f"{town.region.name}岁末拉网摸排",
        town.region,
        today,
        today + timedelta(days=20),
        PLACES,
        clerk.actor(),
    )
    yield troupe.stage.at(clock.now(), 3)
    for place, village in enumerate(town.villages[:-1]):
        kinds = PLACES[:-1] if place == 1 else PLACES
        for number, kind in enumerate(kinds):
            found = 1 if (place, number) == (0, 1) else 0
            sweeping.mark(
                sweep, village, kind, clerk.actor(), done_on=clock.today(), looked_at=(place * 3 + number * 5) % 9 + 1, found=found
            )  # fmt: skip


def _pledges(troupe: Troupe) -> Story:
    yield troupe.casting.moment(100)
    office = troupe.stage.staff.office[0]
    year = troupe.casting.today.year
    pledging.list_out(year, office.actor())
    yield troupe.stage.at(clock.now(), 6)
    for place, pledge in enumerate(Pledge.objects.filter(year=year).select_related("region").order_by("pk")):
        if place % 5 != 4:
            pledging.sign(pledge, clock.today(), f"{pledge.region.name}负责人", office.actor())


def _links(troupe: Troupe) -> Story:
    yield troupe.casting.moment(15)
    for number, code in enumerate(LINKS[:5]):
        town = troupe.town(number)
        chain.check(
            code.value,
            town.region,
            clock.today(),
            number + 2,
            "区应急管理局、属地安监站",
            troupe.clerk(town).actor(),
        )


def _maker(troupe: Troupe) -> Story:
    """An explosives maker that records more than its licence allows."""
    yield troupe.casting.moment(40)
    sector = Sector.objects.get(code="civil_explosives").path
    one = next(
        (site.object for site in troupe.casting.sites if site.object.sector_path.startswith(sector)), None
    )
    if one is None:
        return
    keeper = troupe.stage.staff.bureau[one.agency_id or 0][0].actor()
    basis = "爆破作业单位许可证（演示）"
    explosives.set_limit(one, "explosives.stock", Decimal(5), "吨", clock.today(), basis, keeper)
    yield troupe.stage.at(clock.now(), 20)
    explosives.record(one, "explosives.stock", clock.today(), Decimal("4.2"), keeper)
    yield troupe.stage.at(clock.now(), 12)
    explosives.record(one, "explosives.stock", clock.today(), Decimal("5.6"), keeper)
    assert Item.objects.filter(object=one, code="explosives.stock").exists()
