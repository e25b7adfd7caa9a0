"""Power and explosives cut off: supplied all the same, restored after the hazard was removed, and not answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bihuan.capabilities.enforcement.measures import cutoff_inputs, inputs, suppliers
from bihuan.capabilities.hazards.inputs import Finding
from bihuan.demo.hours import next_working
from bihuan.demo.major import KINDS, lifted, told
from bihuan.demo.measures.scene import DAY, Deeds, Scene, act
from bihuan.demo.measures.stops import apply, order
from bihuan.demo.objects import Site
from bihuan.demo.organs import name_organ
from bihuan.demo.places import NAME
from bihuan.demo.stage import Course
from bihuan.demo.stories import Story
from bihuan.kernel import clock

CRITERION = "GM-11-03"
OFF = {"power": "厂区 10 千伏专线", "explosives": "炸药、雷管等全部民用爆炸物品"}


def registered(scene: Scene) -> Story:
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


def _hazard(scene: Scene, site: Site) -> str:
    """A major hazard of the enterprise, open."""
    given = Finding(
        object=site.object.uid, place="一车间除尘间", description="干式除尘系统未采取泄爆、抑爆等任何防控措施，管道内积尘严重",
        source="routine", found_on=clock.today(), grade="major", criterion=CRITERION,
    )  # fmt: skip
    return act(scene, "hazard").open("report", scene.first, given).no


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
    site, stop, cut = course.site if course else scene.site(), act(scene), act(scene)
    yield scene.casting.moment(days_ago)
    if course is not None:
        scene.stage.report(course)
    hazard = course.no if course else _hazard(scene, site)
    stop.open("order", scene.first, order(scene, site, hazard=hazard))
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


def power(scene: Scene) -> Story:
    """Acknowledged with the names of who handles it; cut; and supplied again by night: a failure that names them."""
    cut = act(scene)
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


def restored(scene: Scene) -> Story:
    """Cut, the hazard put right and off the list, lifted after an acceptance, and supplied again."""
    stage = scene.stage
    found = next(finding for sector, _, finding in KINDS if sector == "textiles")
    course = Course(scene.site(), found, "special", clock.now(), scene.first, "major", CRITERION)
    cut = act(scene)
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
    apply(cut, scene.second, "除尘系统更换完成，隐患已销号")
    yield stage.at(clock.now(), 1)
    given = inputs.Acceptance(
        accepted_on=clock.today(), opinion="停产决定已履行，隐患消除，同意恢复供电", eliminated="除尘系统已更换并经专家核查合格，隐患已销号"
    )  # fmt: skip
    cut.do("accept", scene.head, given)
    yield clock.now() + timedelta(hours=3)
    cut.do("restore", scene.first, cutoff_inputs.Restoration(restored_at=clock.now()))


def unanswered(scene: Scene) -> Story:
    """Sent to the explosives company six days ago; no answer came."""
    for step in _until_sent(scene, "cut_explosives", 11):
        if not isinstance(step, Deeds):
            yield step
