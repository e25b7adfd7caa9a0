"""Measures of the demo: a suspension lifted, power cut and supplied all the same, a supplier that does not answer,
seizures that run out, a hotel stopped on the day, and a kiln closed, looked at again and found at work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bihuan.capabilities.enforcement.measures import (
    closure_inputs,
    cutoff_inputs,
    inputs,
    seizure_inputs,
    suppliers,
)
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.hazards.inputs import Finding
from bihuan.demo import pictures
from bihuan.demo.agencies import Agencies, Bureau
from bihuan.demo.campaigns import Acting
from bihuan.demo.casting import Casting
from bihuan.demo.hours import next_working
from bihuan.demo.major import KINDS, lifted, told
from bihuan.demo.objects import Site
from bihuan.demo.organs import name_organ
from bihuan.demo.people import Seat
from bihuan.demo.places import NAME
from bihuan.demo.stage import Course, Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import store_image
from bihuan.registers.officers.certificates import certificates_on

DAY = timedelta(days=1)
MAKERS = (
    "机械",
    "制造",
    "纺织",
    "木业",
    "家具",
    "石料",
    "建材",
    "金属",
    "铸造",
    "塑",
    "五金",
    "模具",
    "玻璃",
    "陶瓷",
    "橡胶",
)
"""Words in the names of those who make something with dust, fire or force."""
STORIES = 9
"""So many enterprises play, each in one story."""
CRITERION = "GM-11-03"
OFF = {"power": "厂区 10 千伏专线", "explosives": "炸药、雷管等全部民用爆炸物品"}
GOODS = "除尘风机｜4-72-8C｜1｜台｜防爆标志缺失｜一车间南侧\n配电箱｜XL-21｜2｜个｜非防爆型｜一车间"


@dataclass
class Scene:
    """Who plays: the bureau with its head and two officials, a clerk of the town, and the enterprises, one a story."""

    stage: Stage
    casting: Casting
    bureau: Bureau
    head: Seat
    first: Seat
    second: Seat
    third: Seat
    sites: list[Site]
    agencies: Agencies

    def site(self) -> Site:
        return self.sites.pop() if len(self.sites) > 1 else self.sites[0]

    def clerk(self, site: Site) -> Seat:
        return self.stage.staff.town[site.town.region.path][0]

    @property
    def officers(self) -> str:
        """Two officials who hold a certificate today, as papers name them."""
        seats = self.stage.staff.bureau[self.bureau.agency.pk]
        held = certificates_on([one.person.pk for one in (self.first, self.second, *seats)], clock.today())
        names = {one.person.pk: one.person.name for one in seats}
        return "、".join(f"{names[pk]}（{held[pk].no}）" for pk in list(held)[:2])


class Deeds(Acting):
    """One measure as it is handled."""

    scene: Scene

    @property
    def row(self) -> Measure:
        return Measure.objects.get(uid=self.uid)

    def picture(self, by: Seat, field: str, words: str, *, mended: bool = False) -> UUID:
        shown = pictures.photo(words, mended, self.scene.stage.rng, clock.now() - timedelta(minutes=20), None)
        return store_image(self.uid, field, shown, by.actor()).uid


def measures(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """The stories; nothing where the bureau has too few people or enterprises."""
    scene = _scene(stage, casting, agencies)
    if scene is None:
        return
    yield _suppliers(scene)
    yield _suspended(scene)
    yield _power(scene)
    yield _unanswered(scene)
    yield _restored(scene)
    yield _seized(scene, 27, "排风机和配电箱未取得防爆合格证")
    yield _seized(scene, 36, "储存的油漆超出核定数量且无安全标签")
    yield _tested(scene)
    yield _disposed(scene)
    yield _crowded(scene)
    yield _closed(scene)


def _scene(stage: Stage, casting: Casting, agencies: Agencies) -> Scene | None:
    bureau = next((one for one in agencies.bureaus if "应急" in one.agency.name), None)
    seats = stage.staff.bureau[bureau.agency.pk] if bureau else []
    own = [
        site
        for site in casting.sites
        if bureau
        and site.object.agency_id == bureau.agency.pk
        and site.object.credit_code
        and site.object.uid not in stage.staff.inside
    ]
    makers = [site for site in own if any(word in site.object.name for word in MAKERS)]
    if bureau is None or len(seats) < 4 or len(own) < STORIES:
        return None
    return Scene(
        stage,
        casting,
        bureau,
        seats[0],
        seats[3],
        seats[2],
        seats[1],
        (makers if len(makers) >= STORIES else own)[-12:],
        agencies,
    )


def _act(scene: Scene, loop: str = "measure") -> Deeds:
    deeds = Deeds(loop)
    deeds.scene = scene
    return deeds


def _suppliers(scene: Scene) -> Story:
    """Power comes from a company without an account, explosives under the eyes of the police."""
    yield scene.casting.moment(150)
    office = scene.stage.staff.office[0].actor()
    name_organ(scene.bureau.agency, office)
    units = {one.agency.name: one.agency for one in scene.agencies.bureaus}
    power, police = (
        units.get("区发展和改革局", scene.bureau.agency),
        units.get("区公安分局", scene.bureau.agency),
    )
    suppliers.register(
        suppliers.Told(
            "power", f"国网{NAME}供电公司", power, "调控中心 王值班长", "0632-5595598", agency=power
        ),
        office,
    )
    suppliers.register(
        suppliers.Told("explosives", f"{NAME}民用爆破器材专营公司", police, "仓储部 李主任", "0632-5556120"),
        office,
    )


def _order(scene: Scene, site: Site, **changes: Any) -> inputs.Ordering:
    values: dict[str, Any] = {
        "object": site.object.uid, "kind": "stop_production", "ground": "major_hazard",
        "reason": "干式除尘系统未采取泄爆、抑爆措施，管道积尘严重，排除过程中无法保证安全", "scope": "一车间打磨工段",
        "inspected_on": clock.today(), "ordered_on": clock.today(), "demands": "更换除尘系统并验收合格，清扫制度落实",
        "until": next_working(clock.today() + 40 * DAY), "officers": scene.officers,
    }  # fmt: skip
    return inputs.Ordering(**{**values, **changes})


def _suspended(scene: Scene) -> Story:
    """Wages owed for three months: stopped, sent back once, lifted by another."""
    site, deeds = scene.site(), _act(scene)
    yield scene.casting.moment(75)
    deeds.open("order", scene.first, _order(
        scene, site, kind="suspension", ground="wages", months_unpaid=3, scope="整个单位",
        reason="连续三个月未发工资，一线工人流失，关键岗位无人值守", demands="欠薪发清，关键岗位人员配齐并培训合格",
    ))  # fmt: skip
    yield scene.stage.at(clock.now(), 12)
    _apply(deeds, scene.second, "已发放两个月工资，配齐锅炉工")
    yield scene.stage.at(clock.now(), 3)
    deeds.do("send_back", scene.head, inputs.SendingBack(reason="仍欠一个月工资，锅炉工未取证"))
    yield scene.stage.at(clock.now(), 15)
    _apply(deeds, scene.second, "工资全部发清，三名锅炉工取得证件")
    yield scene.stage.at(clock.now(), 4)
    given = inputs.Acceptance(
        accepted_on=clock.today(), opinion="工资发放记录、证件和现场逐项核查，恢复的条件均已达到。"
    )
    deeds.do("accept", scene.head, given)


def _apply(deeds: Deeds, by: Seat, done: str) -> None:
    photos = (deeds.picture(by, "after_photos", "整改后现场", mended=True),)
    deeds.do(
        "apply_lifting", by, inputs.Application(done=done, applied_on=clock.today(), after_photos=photos)
    )


def _hazard(scene: Scene, site: Site) -> str:
    """A major hazard of the enterprise, open."""
    given = Finding(
        object=site.object.uid, place="一车间除尘间", description="干式除尘系统未采取泄爆、抑爆等任何防控措施，管道内积尘严重",
        source="routine", found_on=clock.today(), grade="major", criterion=CRITERION,
    )  # fmt: skip
    return _act(scene, "hazard").open("report", scene.first, given).no


def _cutoff(scene: Scene, site: Site, kind: str, hazard: str, stop: str) -> cutoff_inputs.CutoffProposal:
    from bihuan.capabilities.enforcement.measures.models import Supplier

    supply = "power" if kind == "cut_power" else "explosives"
    return cutoff_inputs.CutoffProposal(
        object=site.object.uid, kind=kind, supplier=Supplier.objects.get(supply=supply).pk, hazard=hazard, stop=stop,
        disobeyed="责令停产后第三日夜间仍开机生产，执法人员现场查获，主要负责人拒绝停机",
        danger="除尘系统停用，车间粉尘浓度持续升高，遇火花即可能爆炸",
        safety="保留消防水泵、应急照明和监控电源；停电前清点人员，停电后派员值守", scope=OFF[supply],
    )  # fmt: skip


def _until_sent(
    scene: Scene, kind: str, days_ago: int, course: Course | None = None
) -> Iterator[datetime | Deeds]:
    """Stop, disobedience, proposal, approval, notice and the written decision; ends with the deeds of the cutoff."""
    site, stop, cut = course.site if course else scene.site(), _act(scene), _act(scene)
    yield scene.casting.moment(days_ago)
    if course is not None:
        scene.stage.report(course)
    hazard = course.no if course else _hazard(scene, site)
    stop.open("order", scene.first, _order(scene, site, hazard=hazard))
    yield scene.stage.at(clock.now(), 3)
    seen = inputs.Breach(
        seen_on=clock.today(), seen="夜间巡查发现打磨工段四台设备运转，工人十一名",
        photos=(stop.picture(scene.clerk(site), "photos", "夜间仍在生产"),),
    )  # fmt: skip
    stop.do("record_breach", scene.clerk(site), seen)
    yield scene.stage.at(clock.now(), 1)
    cut.open("propose_cutoff", scene.first, _cutoff(scene, site, kind, hazard, stop.row.no))
    yield clock.now() + timedelta(hours=2)
    cut.do("approve", scene.head, inputs.Approval(opinion="符合第七十条规定的条件，同意停止供应。"))
    yield clock.now() + timedelta(minutes=30)
    starts = datetime.combine(
        next_working(clock.today() + DAY), clock.now().time(), clock.SHANGHAI
    ) + timedelta(minutes=15)
    notice = cutoff_inputs.PartyNotice(notified_at=clock.now(), received_by="厂长", starts_at=starts)
    cut.do("notify_party", scene.first, notice)
    yield clock.now() + timedelta(minutes=30)
    sent = cutoff_inputs.Decision(
        sent_at=clock.now(), assistance="按通知时间停止供应，保留消防和应急照明电源，停后书面回复。",
        contact=f"{scene.first.person.name} 0632-5550110",
    )  # fmt: skip
    cut.do("send_decision", scene.first, sent)
    yield cut


def _power(scene: Scene) -> Story:
    """Acknowledged with the names of who handles it; cut; and supplied again by night: a failure that names them."""
    cut = _act(scene)
    for step in _until_sent(scene, "cut_power", 24):
        if isinstance(step, Deeds):
            cut = step
        else:
            yield step
    yield clock.now() + timedelta(hours=1)
    answered = cutoff_inputs.Reply(
        agreed="yes", handlers="调控中心值班长 王某、配电运检班 赵某", words="按通知时间对专线停电，保留消防回路。",
        replied_at=clock.now(), evidence=(cut.picture(scene.first, "evidence", "供电公司回执"),),
    )  # fmt: skip
    cut.do("acknowledge", scene.first, answered)
    starts = cut.row.starts_at
    assert starts is not None
    yield starts
    cut.do(
        "cut_off",
        scene.first,
        cutoff_inputs.CuttingOff(stopped_at=starts, result="专线已停电，现场确认设备停运"),
    )
    yield scene.stage.at(clock.now(), 5)
    clerk = scene.clerk(next(site for site in scene.casting.sites if site.object.uid == cut.row.object_id))
    found = cutoff_inputs.SupplyFound(
        supplied_at=clock.now() - timedelta(hours=3), seen="专线恢复带电两小时，电表走字 186 千瓦时",
        photos=(cut.picture(clerk, "photos", "停电期内电表走字"),),
    )  # fmt: skip
    cut.do("record_supply", clerk, found)


def _restored(scene: Scene) -> Story:
    """Cut, the hazard put right and off the list, lifted after an acceptance, and supplied again."""
    stage = scene.stage
    found = next(finding for sector, _, finding in KINDS if sector == "textiles")
    course = Course(scene.site(), found, "special", clock.now(), scene.first, "major", CRITERION)
    cut = _act(scene)
    for step in _until_sent(scene, "cut_power", 58, course):
        if isinstance(step, Deeds):
            cut = step
        else:
            yield step
    starts = cut.row.starts_at
    assert starts is not None
    yield starts
    done = cutoff_inputs.CuttingOff(stopped_at=starts, result="专线已停电，设备停运")
    cut.do("cut_off", scene.first, done)
    yield stage.at(clock.now(), 1)
    told(stage, course, "report_to_regulator")
    stage.assign(course, scene.head, 20)
    told(stage, course, "report_to_workers")
    yield stage.at(clock.now(), 10)
    rectifier = stage.rectifier(course)
    stage.submit(course, rectifier)
    yield from lifted(stage, course, rectifier)
    yield stage.at(clock.now(), 1)
    _apply(cut, scene.second, "除尘系统更换完成，隐患已销号")
    yield stage.at(clock.now(), 1)
    given = inputs.Acceptance(
        accepted_on=clock.today(), opinion="停产决定已履行，隐患消除，同意恢复供电", eliminated="除尘系统已更换并经专家核查合格，隐患已销号"
    )  # fmt: skip
    cut.do("accept", scene.head, given)
    yield clock.now() + timedelta(hours=3)
    cut.do("restore", scene.first, cutoff_inputs.Restoration(restored_at=clock.now()))


def _unanswered(scene: Scene) -> Story:
    """Sent to the explosives company six days ago; no answer came."""
    for step in _until_sent(scene, "cut_explosives", 11):
        if not isinstance(step, Deeds):
            yield step


def _seized(scene: Scene, days_ago: int, reason: str, deeds: Deeds | None = None) -> Story:
    """Sealed; the days run."""
    site, deeds = scene.site(), deeds or _act(scene)
    yield scene.casting.moment(days_ago + 1)
    given = seizure_inputs.SeizureProposal(
        object=site.object.uid,
        kind="seizing",
        ground="substandard",
        reason=reason,
        scope="一车间设备",
        officers=scene.officers,
    )
    deeds.open("propose_seizure", scene.first, given)
    yield clock.now() + timedelta(hours=2)
    deeds.do("approve", scene.head, inputs.Approval())
    yield scene.casting.moment(days_ago)
    done = seizure_inputs.Seizing(carried_out_at=clock.now(), inventory=GOODS, present="厂长")
    deeds.do("seize", scene.first, done)


def _disposed(scene: Scene) -> Story:
    """Held once longer, then destroyed by decision."""
    deeds = _act(scene)
    yield from _seized(scene, 62, "自制压力容器没有制造许可，焊缝开裂", deeds)
    yield scene.casting.moment(38)
    longer = seizure_inputs.Prolonging(days=20, reason="检验机构排期，案情复杂。", told_on=clock.today())
    deeds.do("extend", scene.head, longer)
    yield scene.casting.moment(20)
    gone = seizure_inputs.Disposing(
        way="destroyed",
        disposed_on=clock.today(),
        document_no="行政处罚决定书",
        reason="不符合国家标准，依法销毁。",
    )
    deeds.do("dispose", scene.first, gone)


def _tested(scene: Scene) -> Story:
    """Sealed on the spot, told and approved afterwards, and sent for a test that stops the clock."""
    site, deeds = scene.site(), _act(scene)
    yield scene.casting.moment(18)
    given = seizure_inputs.UrgentSeizure(
        object=site.object.uid, kind="sealing", ground="substandard", reason="储罐安全阀失效，罐体渗漏", scope="甲类储罐区",
        officers=scene.officers, urgent="罐体正在渗漏，现场有可燃气体报警", carried_out_at=clock.now(),
        inventory="二甲苯储罐｜30m³｜1｜座｜安全阀铅封缺失｜罐区东侧", present="安全科长",
    )  # fmt: skip
    deeds.open("seize_urgently", scene.first, given)
    yield clock.now() + timedelta(hours=3)
    deeds.do(
        "report_urgent", scene.first, seizure_inputs.UrgentReport(reported_at=clock.now(), reported_to="局长")
    )
    deeds.do(
        "decide_later", scene.head, seizure_inputs.LaterDecision(agreed="yes", opinion="情况属实，同意补办。")
    )
    yield scene.stage.at(clock.now(), 4)
    sent = seizure_inputs.TestBeginning(
        begun_on=clock.today(),
        expected_on=clock.today() + 20 * DAY,
        body="省特种设备检验研究院",
        told_on=clock.today(),
    )
    deeds.do("begin_test", scene.first, sent)


def _crowded(scene: Scene) -> Story:
    """A shopping centre whose sprinklers are dead stops on the day of the inspection."""
    own, words = scene.bureau.agency.pk, ("商场", "购物", "宾馆", "酒店", "超市")
    shops = [
        one
        for one in scene.casting.sites
        if one.object.agency_id == own and any(word in one.object.name for word in words)
    ]
    site, deeds = next(iter(shops), scene.sites[0]), _act(scene)
    yield scene.casting.moment(4)
    deeds.open("order", scene.first, _order(
        scene, site, kind="immediate_closure", scope="营业区一至三层", reason="自动喷水灭火系统瘫痪，疏散楼梯被占用，现场聚集百余人",
        demands="喷水系统恢复并检测合格，疏散楼梯畅通", until=next_working(clock.today() + 30 * DAY),
    ))  # fmt: skip


def _closed(scene: Scene) -> Story:
    """Closed by the government, verified, looked at again, found at work, closed once more."""
    site, deeds = scene.site(), _act(scene)
    clerk = scene.clerk(site)
    yield scene.casting.moment(110)
    given = closure_inputs.ClosureProposal(
        object=site.object.uid,
        kind="closure",
        ground="still_unfit",
        reason="两次停产整顿后仍不具备安全生产条件，设备陈旧无法改造",
    )
    deeds.open("propose_closure", scene.first, given)
    yield scene.stage.at(clock.now(), 2)
    number = f"云政字〔{clock.today().year}〕18号"
    deeds.do(
        "approve", scene.stage.staff.leaders[0], inputs.Approval(opinion="同意关闭。", document_no=number)
    )
    yield scene.stage.at(clock.now(), 3)
    _close(deeds, scene.first)
    yield scene.stage.at(clock.now(), 2)
    _verify(deeds, clerk)
    yield scene.stage.at(clock.now(), 30)
    deeds.do(
        "recheck", clerk, closure_inputs.Recheck(checked_on=clock.today(), finding="厂区无人，设备已拆除")
    )
    yield scene.stage.at(clock.now(), 20)
    seen = closure_inputs.Reopened(
        seen_on=clock.today(),
        seen="夜间有两台设备恢复运转，工人四名",
        photos=(deeds.picture(clerk, "photos", "恢复生产"),),
    )
    deeds.do("find_reopened", clerk, seen)
    yield scene.stage.at(clock.now(), 2)
    _close(deeds, scene.first)
    yield scene.stage.at(clock.now(), 1)
    _verify(deeds, clerk)
    yield scene.stage.at(clock.now(), 29)
    deeds.do(
        "recheck", clerk, closure_inputs.Recheck(checked_on=clock.today(), finding="大门封闭，未恢复生产")
    )


def _close(deeds: Deeds, by: Seat) -> None:
    given = closure_inputs.Closing(
        closed_at=clock.now(), measures="断电断水，拆除主要设备，清空原料和产品，遣散工人",
        photos=(deeds.picture(by, "photos", "关闭现场", mended=True),),
    )  # fmt: skip
    deeds.do("close", by, given)


def _verify(deeds: Deeds, by: Seat) -> None:
    given = closure_inputs.Verification(
        verified_on=clock.today(),
        finding="设备已拆除，电源已切断",
        photos=(deeds.picture(by, "photos", "关闭后现场", mended=True),),
    )
    deeds.do("verify", by, given)
