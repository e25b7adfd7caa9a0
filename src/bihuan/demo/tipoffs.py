"""Tip-offs of the demo: seven batches of nineteen items, five of them closed (N04), and one entered by mistake.

One became a hazard that was accepted, one an illegal site, one came from the city with its own number, two citizens told
of the same thing, some wait; a refusal was taken back, and a visit that was taken down twice counts once. The receipts of
the two web messages are fixed, so that anybody may look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bihuan.capabilities.hazards import inputs as hazard_inputs
from bihuan.capabilities.tipoffs import inputs, receiving, reporters
from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.demo import pictures
from bihuan.demo.agencies import Agencies
from bihuan.demo.casting import Casting
from bihuan.demo.hours import later, next_working
from bihuan.demo.objects import Site
from bihuan.demo.people import Seat
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import store_image
from bihuan.kernel.loops import engine

RECEIPTS = ("2026040811235813", "2026112011235813")
"""Of the web message that was answered, and of the one that is being dealt with."""
CITY = "市住房和城乡建设局"
DAY = timedelta(days=1)


@dataclass
class Desk:
    """Who receives, who settles, who handles."""

    stage: Stage
    casting: Casting
    agencies: Agencies
    rng: Random

    @property
    def office(self) -> Seat:
        return self.stage.staff.office[0]

    @property
    def second(self) -> Seat:
        return self.stage.staff.office[-1]

    def handler(self, item: Item) -> Seat:
        """Somebody of the unit an item was referred to."""
        seats = self.stage.staff.bureau.get(item.agency_id or 0) or self._town(item.agency_id or 0)
        return seats[0]

    def _town(self, agency: int) -> Sequence[Seat]:
        return next(seats for seats in self.stage.staff.town.values() if seats[0].post.agency_id == agency)

    def after(self, days: int) -> datetime:
        return later(clock.now(), days, self.rng)

    def do(self, item: Item, verb: str, given: Any, by: Seat | None = None) -> Item:
        engine.perform("tipoff", verb, item.no, given, actor=(by or self.office).actor())
        return Item.objects.get(pk=item.pk)

    def register(self, items: Sequence[inputs.ItemGiven], **batch: Any) -> list[Item]:
        """A batch that the office takes down, with all its items."""
        first = items[0]
        given = inputs.BatchGiven(
            received_on=clock.today(), topic=first.topic, words=first.words, place=first.place, **batch
        )
        made = engine.open_matter(
            "tipoff_batch", "register", given, actor=self.office.actor(), pieces=list(items)
        )
        return list(Item.objects.filter(batch=made.uid).order_by("ordinal"))

    def refer(self, item: Item, agency: int, company: str = "", days: int = 12) -> Item:
        item = self.do(item, "admit", inputs.Admission(opinion="线索清楚，予以受理。"))
        by = min(next_working(clock.today() + timedelta(days=days)), item.due_on)
        return self.do(item, "refer", inputs.Referral(agency=agency, company=company, handle_by=by))

    def answer(self, item: Item, outcome: str, result: str, reply: str) -> Item:
        told = inputs.Result(outcome=outcome, result=result, reported_on=clock.today())
        item = self.do(item, "report_result", told, self.handler(item))
        return self.do(item, "reply", inputs.Reply(reply=reply, replied_on=clock.today()))

    def settle(self, item: Item) -> Item:
        return self.do(item, "settle", inputs.Settling(), self.second)


def tipoffs(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """Seven batches, far enough apart that each is seen for itself."""
    desk = Desk(stage, casting, agencies, Random("tipoffs"))  # noqa: S311 - the same district every time
    factory = next(site for site in casting.sites if site.object.uid in stage.staff.inside)
    yield _hazard(desk, factory)
    yield _answered_on_the_web(desk)
    yield _letter(desk)
    yield _from_the_city(desk)
    yield _visit(desk)
    yield _under_way(desk, factory)
    yield _late(desk)
    yield _registered_twice(desk)


def _piece(topic: str, words: str, place: str, **more: Any) -> inputs.ItemGiven:
    return inputs.ItemGiven(topic=topic, words=words, place=place, **more)


def _bureau(desk: Desk, word: str) -> int:
    fitting = [one.agency for one in desk.agencies.bureaus if desk.stage.staff.bureau[one.agency.pk]]
    return next((one for one in fitting if word in one.name), fitting[0]).pk


def _hazard(desk: Desk, site: Site) -> Story:
    """A call of two matters: one becomes a hazard, is rectified and comes back by itself; the other was not so."""
    agency = site.object.agency_id or 0
    yield desk.casting.moment(96)
    first, other = desk.register(
        [
            _piece("hazard", "车间的安全出口被成垛的原料堵死，夜班几十个人只剩一个门", "一车间北门", subject=site.object.uid),
            _piece("violation", "叉车工没有证，还在厂区里拉着人跑", "成品库", subject=site.object.uid),
        ],
        channel="hotline", reporter_phone="13906320817", reporter_name="厂里的职工", reporter_address="只在晚上接电话",
    )  # fmt: skip
    yield desk.after(1)
    first, other = desk.refer(first, agency), desk.refer(other, agency)
    yield desk.after(2)
    handler = desk.handler(first)
    found = inputs.HazardGiven(
        subject=site.object.uid, place="一车间北门", description="一车间北侧安全出口被原料堵塞，疏散宽度不足。",
        found_on=clock.today(),
    )  # fmt: skip
    first = desk.do(first, "make_hazard", found, handler)
    no = first.links[0]["no"]
    yield from _rectified(desk, no, site)
    yield desk.after(1)
    settled = [
        desk.answer(first, "verified", "现场核查属实，隐患已整改销号，对企业负责人进行了约谈。",
                    "您反映的安全出口堵塞属实，已督促清空并验收，欢迎继续监督。"),
        desk.answer(other, "unverified", "查阅特种作业证件，叉车司机持证有效；厂区载人行为未发现，已作提醒。",
                    "经核查叉车司机持证有效，已要求企业禁止叉车载人。"),
    ]  # fmt: skip
    yield desk.after(2)
    for item in settled:
        desk.settle(item)


def _rectified(desk: Desk, no: str, site: Site) -> Story:
    """What a hazard of a tip-off goes through, like any other."""
    seats = desk.stage.staff.bureau[site.object.agency_id or 0]
    inside = desk.stage.staff.inside[site.object.uid]
    five = hazard_inputs.FiveElements(
        responsible_person=inside[1].person.name, measures="清运原料，划定通道线，每班检查", funds_planned=200_000,
        rectify_by=next_working(clock.today() + timedelta(days=10)), contingency_plan="清理前夜班减员，专人看守出口",
    )  # fmt: skip
    engine.perform("hazard", "assign", no, five, actor=seats[0].actor())
    yield desk.after(5)
    uid = desk.stage.uid_of(no)
    picture = pictures.photo("安全出口堵塞", True, desk.rng, clock.now(), None)
    done = hazard_inputs.Rectification(
        rectified_on=clock.today(), result="北侧安全出口已清空，通道划线，门可向外推开", funds_spent=160_000,
        after_photos=(store_image(uid, "after_photos", picture, inside[1].actor()).uid,),
    )  # fmt: skip
    engine.perform("hazard", "submit_rectification", no, done, actor=inside[1].actor())
    yield desk.after(2)
    engine.perform(
        "hazard", "accept", no, hazard_inputs.Acceptance(accepted_on=clock.today()), actor=seats[0].actor()
    )


def _answered_on_the_web(desk: Desk) -> Story:
    """An anonymous message of two matters; anybody with its receipt reads the answers."""
    yield desk.casting.moment(70)
    told = receiving.TipoffGiven(
        items=(
            receiving.PieceGiven(
                topic="fire", words="楼道里停满了电动车，还有人从窗户拉线充电", place="幸福小区 6 号楼"
            ),
            receiving.PieceGiven(
                topic="gas", words="楼下小饭店把三个液化气瓶放在吃饭的大厅里", place="府前街小饭店"
            ),
        )
    )
    receiving.receive(told, receipt=RECEIPTS[0])
    batch = Batch.objects.latest("opened_at")
    yield desk.after(2)
    items = [
        desk.refer(item, _bureau(desk, word), company)
        for item, word, company in zip(
            batch.items.order_by("ordinal"), ("消防", "住"), ("", "液化气公司"), strict=True
        )
    ]
    yield desk.after(6)
    items = [
        desk.answer(items[0], "verified", "清理电动车 11 辆，拆除飞线，加装充电棚。", "情况属实，楼道已清理，充电棚本月投用。"),
        desk.answer(items[1], "partly", "大厅内有气瓶一只，已移至专用间，加装报警器。", "气瓶已移出大厅并加装报警器。"),
    ]  # fmt: skip
    yield desk.after(2)
    for item in items:
        desk.settle(item)
    yield desk.after(1)
    _judged(items)


def _judged(items: Sequence[Item]) -> None:
    """What the reporter says of the two answers; the question waits for the office."""
    desk_of_all = receiving.PUBLIC
    good, bad = items
    engine.perform("tipoff", "rate", good.no, reporters.Rating(verdict="satisfied"), actor=desk_of_all)
    judged = reporters.Rating(verdict="unsatisfied", note="气瓶移到后厨了，还是没有专用间。")
    engine.perform("tipoff", "rate", bad.no, judged, actor=desk_of_all)
    asked = reporters.Question(note="后厨和大厅只隔一道帘子，算不算专用间？")
    engine.perform("tipoff", "ask_again", bad.no, asked, actor=desk_of_all)


def _registered_twice(desk: Desk) -> Story:
    """The neighbour's visit that a second person took down too: voided by a colleague, it counts nowhere."""
    yield desk.casting.moment(38)
    again = desk.register([_piece("hazard", "村口修路挖的沟没有围挡，夜里没有灯", "村口")], channel="visit")[
        0
    ]
    yield desk.after(1)
    mistake = inputs.Revocation(mistake="twice", reason="同一次来访由两人分别登记，以先登记的一批为准。")
    desk.do(again, "revoke", mistake, desk.second)


def _letter(desk: Desk) -> Story:
    """A letter of two matters: one says nothing that could be looked into, one is another organ's."""
    yield desk.casting.moment(55)
    vague, wages = desk.register(
        [
            _piece("other", "有个厂子不安全，你们去查查", ""),
            _piece("other", "建筑工地拖欠工人工资三个月", "东环路工地"),
        ],
        channel="letter",
    )
    yield desk.after(3)
    refusal = inputs.Refusal(
        rejection="no_clue", reason="来信没有写明是哪一家、什么地点，补充线索后可以再次举报。"
    )
    desk.do(vague, "reject", refusal)
    passed = inputs.Transfer(
        to="区人力资源和社会保障局", document="劳动监察大队签收", reason="拖欠工资由人社部门处理，已转去。"
    )
    desk.do(wages, "transfer_out", passed)


def _from_the_city(desk: Desk) -> Story:
    """A transfer with its own number and day: two gas complaints done by two companies, one of them late."""
    yield desk.casting.moment(48)
    agency, year = _bureau(desk, "住"), clock.today().year
    first, other = desk.register(
        [
            _piece("gas", "小区庭院燃气管线锈蚀，夏天能闻到气味", "阳光花园西侧绿化带"),
            _piece("gas", "送气的车在楼下卸瓶，钢瓶没有检验标志", "文化路临街楼"),
        ],
        channel="city", origin=CITY, origin_no=f"市建投〔{year}〕86号", reply_by=clock.today() + timedelta(days=15),
    )  # fmt: skip
    yield desk.after(1)
    first, other = desk.refer(first, agency, "城区燃气公司"), desk.refer(other, agency, "液化气公司")
    yield desk.after(6)
    first = desk.answer(
        first, "verified", "开挖检测，更换锈蚀管线 18 米，复测无泄漏。", "锈蚀管线已更换，检测合格。"
    )
    first = desk.settle(first)
    yield desk.after(12)
    other = desk.answer(
        other,
        "verified",
        "查扣未检验钢瓶 23 只，送检报废，暂停该送气点。",
        "已查扣未检验钢瓶，送气点停业整顿。",
    )
    other = desk.settle(other)
    back = inputs.ReportedBack(reported_back_on=clock.today(), document="云安委办函〔2026〕9号")
    engine.perform("tipoff_batch", "report_back", other.batch.no, back, actor=desk.office.actor())


def _visit(desk: Desk) -> Story:
    """A neighbour comes by: an illegal workshop becomes a lead of the crackdown; the other matter was withdrawn and done all the same."""
    town = desk.casting.sites[0].town
    agency = desk.stage.staff.town[town.region.path][0].post.agency_id
    assert agency is not None
    yield desk.casting.moment(40)
    den, ditch = desk.register(
        [
            _piece("illegal", "村后院子里夜里偷着灌装液化气，满院子钢瓶", f"{town.villages[0].name}村后院落", region=town.region.pk),
            _piece("hazard", "修路挖的沟没有围挡，晚上没有灯", f"{town.villages[0].name}村口", region=town.region.pk),
        ],
        channel="visit", reporter_name="村民来访", reporter_phone="13763221178",
    )  # fmt: skip
    yield desk.after(1)
    den, ditch = desk.refer(den, agency), desk.refer(ditch, agency)
    yield desk.after(2)
    lead = inputs.LeadGiven(
        code="den.storage", place_type="idle_house", place=f"{town.region.name}{town.villages[0].name}",
        address="村后独院", description="院内存放液化气钢瓶三十余只，有倒灌设备一套。", found_on=clock.today(),
    )  # fmt: skip
    den = desk.do(den, "make_lead", lead, desk.handler(den))
    ditch = desk.do(
        ditch, "note_withdrawal", inputs.Withdrawal(withdrawn_on=clock.today(), reason="来人说不用管了")
    )
    yield desk.after(4)
    den = desk.answer(
        den,
        "verified",
        "属实，已列入打非事项，现场查封，移交牵头部门打击。",
        "您反映的黑气点已查封，正在依法处理。",
    )
    ditch = desk.answer(ditch, "verified", "已设围挡和警示灯，三日内回填完毕。", "沟槽已围挡亮灯并回填。")
    yield desk.after(1)
    for item in (den, ditch):
        desk.settle(item)


def _under_way(desk: Desk, site: Site) -> Story:
    """This week's message of four matters with a picture: each at another point of the way."""
    yield desk.casting.moment(9)
    spot = site.object
    position = f"{spot.longitude:.6f},{spot.latitude:.6f}" if spot.longitude and spot.latitude else ""
    town = site.town.region
    told = receiving.TipoffGiven(
        items=(
            receiving.PieceGiven(topic="hazard", words="厂门口配电箱开着门，线头露在外面，孩子天天从旁边走",
                                 place=f"{spot.name}门口", position=position, region=town.pk),
            receiving.PieceGiven(topic="fire", words="仓库里住着人，还用煤气灶做饭", place="物流园西侧仓库", region=town.pk),
            receiving.PieceGiven(topic="violation", words="工地高处干活不系安全带", place="安置房 5 号楼", region=town.pk),
            receiving.PieceGiven(topic="illegal", words="晚上有人在河滩上放烟花卖烟花，没有证", place="河滩公园", region=town.pk),
        )
    )  # fmt: skip
    picture = pictures.photo("配电箱", False, desk.rng, clock.now(), None)
    receiving.receive(told, [picture], receipt=RECEIPTS[1])
    batch = Batch.objects.latest("opened_at")
    box, lodging, belt, _ = batch.items.order_by("ordinal")
    yield desk.after(1)
    box = desk.refer(box, site.object.agency_id or 0)
    lodging = desk.refer(lodging, _bureau(desk, "消防"))
    desk.do(belt, "admit", inputs.Admission(opinion="线索清楚，予以受理。"))
    yield desk.after(3)
    told_back = inputs.Result(
        outcome="verified",
        result="仓库内清退住宿人员 4 人，拆除灶具，对产权人作出警告。",
        reported_on=clock.today(),
    )
    desk.do(lodging, "report_result", told_back, desk.handler(lodging))
    assert box.handle_by is not None
    asked = inputs.ExtensionRequest(until=box.handle_by + 5 * DAY, reason="配电箱产权不清，正与供电公司确认")
    desk.do(box, "request_extension", asked, desk.handler(box))


def _late(desk: Desk) -> Story:
    """A transfer of five matters whose day has gone by: one unit objects, one item was told of twice, one waits to be settled."""
    yield desk.casting.moment(26)
    agency, year = _bureau(desk, "住"), clock.today().year
    given = [
        _piece("gas", "燃气调压箱被车撞歪，一直没修", "解放路 88 号院门口"),
        _piece("gas", "燃气调压箱歪了，靠近有气味", "解放路 88 号院"),
        _piece("hazard", "小区门口塌陷，围了半年没有修", "兴华小区东门"),
        _piece("fire", "商场疏散通道锁着，说钥匙找不到", "中心商场三楼"),
        _piece("other", "供热管井没有井盖，夜里看不见", "光明路人行道"),
    ]
    items = desk.register(
        given,
        channel="city",
        origin=CITY,
        origin_no=f"市建投〔{year}〕103号",
        reply_by=clock.today() + timedelta(days=18),
    )
    yield desk.after(1)
    box, again, road, mall, well = items
    refusal = inputs.Refusal(
        rejection="not_safety", reason="供热管井由供热企业自行维护，不属于安全生产举报。"
    )
    desk.do(well, "reject", refusal)
    merging = inputs.Merging(lead=box.no, reason="反映的是同一处调压箱")
    desk.do(again, "merge", merging)
    box, road = desk.refer(box, agency, "城区燃气公司"), desk.refer(road, agency)
    mall = desk.refer(mall, _bureau(desk, "消防"))
    yield desk.after(1)
    wrong = inputs.Correction(reason="井口在人行道上，没有井盖随时可能伤人，属于公共设施隐患。")
    well = desk.do(well, "readmit", wrong, desk.second)
    by = min(next_working(clock.today() + timedelta(days=10)), well.due_on)
    well = desk.do(well, "refer", inputs.Referral(agency=agency, company="热力公司", handle_by=by))
    yield desk.after(2)
    objection = inputs.Reason(reason="塌陷段为市政道路，养护单位是城管部门，建议改派。")
    desk.do(road, "decline", objection, desk.handler(road))
    desk.answer(mall, "verified", "疏散门已改为推闩式，专人巡查。", "商场疏散通道已打开，换装推闩门。")
    yield desk.after(12)
    desk.do(well, "remind", inputs.Reminder(note="来文要求答复的日期快到了，请抓紧补盖。"))
