"""Major hazards of the demo: named criterion, double report, listing, and off the list before they close."""

from __future__ import annotations

from datetime import timedelta

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import HazardState
from bihuan.demo.findings import Finding
from bihuan.demo.hours import next_working
from bihuan.demo.people import Seat
from bihuan.demo.stage import Course, Stage
from bihuan.demo.stories import Story, _remind
from bihuan.kernel import clock

Kind = tuple[str, str, Finding]
KINDS: tuple[Kind, ...] = (
    (
        "machinery",
        "GM-07-07",
        Finding(
            "喷漆房", "喷漆房使用非水性漆，未设固定式可燃气体浓度监测报警装置，通风设施停用",
            "安装可燃气体报警装置并与通风联锁，委托有资质单位设计施工", "停止喷漆作业，断电封存",
            "报警装置已安装并与风机联锁，第三方检测合格", 9_600_000, 8_843_000, 45,
        ),
    ),
    (
        "hazardous_chemicals",
        "HC-12",
        Finding(
            "甲类罐区", "罐区七个可燃气体测点无信号，卸车台未设检测报警装置",
            "更换全部探测器，重新标定，接入控制室并设不间断电源", "罐区降低储量，便携式检测仪每小时巡检",
            "探测器全部更换，标定合格，联锁试验通过", 18_000_000, 17_260_000, 40,
        ),
    ),
    (
        "light_industry",
        "GM-12-01",
        Finding(
            "分割包装间", "分割包装间空调采用氨直接蒸发制冷，作业人员二十余人",
            "包装间改用间接制冷，补设氨气报警和事故风机", "减少包装间人数，配防毒面具，专人监护",
            "间接制冷改造完成，报警与风机联锁试验合格", 32_000_000, 29_800_000, 60,
        ),
    ),
    (
        "construction",
        "housing-2024",
        Finding(
            "3号楼深基坑", "深基坑变形监测连续超过预警值，未组织论证继续开挖",
            "停止开挖，回填反压，重新论证支护方案", "撤离人员，坡顶清空，每两小时监测一次",
            "加固完成，监测数据连续七日稳定，专家复核通过", 46_000_000, 51_200_000, 30,
        ),
    ),
    (
        "commerce",
        "fire-2025",
        Finding(
            "营业楼一至五层", "自动喷水灭火系统瘫痪，两部疏散楼梯被分隔占用",
            "恢复自动喷水系统，拆除占用楼梯的隔墙", "减少营业层，加派巡查人员和微型消防站值守",
            "系统恢复，楼梯畅通，消防检测合格", 24_000_000, 21_750_000, 45,
        ),
    ),
    (
        "town_gas",
        "gas-2023",
        Finding(
            "储瓶库", "储瓶库与居民楼间距不足，超量储存且无泄漏报警",
            "搬迁储瓶库，原库清空封闭", "当日清空气瓶，停止经营", "新库投用，旧库已清空封闭", 30_000_000, 27_600_000, 60,
        ),
    ),
    (
        "textiles",
        "GM-11-03",
        Finding(
            "除尘间", "干式除尘系统未采取泄爆、抑爆等任何防控措施，管道内积尘严重",
            "更换除尘系统，设泄爆与隔爆装置，完善清扫制度", "停产清灰，禁止动火", "新除尘系统验收合格", 15_000_000, 14_120_000, 40,
        ),
    ),
    (
        "metallurgy",
        "GM-04-02",
        Finding(
            "炉前平台", "熔炼炉炉前坑长期积水，排水泵失效",
            "重做防渗和排水，设液位报警，安装备用泵", "停炉，坑边设警戒", "防渗排水完成，液位报警试验合格", 8_000_000, 7_460_000, 25,
        ),
    ),
)  # fmt: skip


def major(stage: Stage, course: Course, until: str) -> Story:
    """A major hazard as far as ``until``: reported, listed, overdue, awaiting or closed."""
    yield course.found_at
    stage.report(course)
    yield stage.at(clock.now(), 1)
    told(stage, course, "report_to_regulator")
    if until == "reported":
        return
    superior = stage.staff.bureau[course.site.object.agency_id or 0][0]
    stage.assign(course, superior)
    yield stage.at(clock.now(), 2)
    told(stage, course, "report_to_workers")
    if until == "overdue":
        yield stage.at(clock.now(), course.finding.days)
        _remind(stage, course, superior)
        return
    if until == "listed":
        yield from listed(stage, course)
        return
    yield stage.at(clock.now(), round(course.finding.days * 0.7))
    rectifier = stage.rectifier(course)
    stage.submit(course, rectifier)
    if until == "awaiting":
        return
    yield from lifted(stage, course, rectifier)


def listed(stage: Stage, course: Course) -> Story:
    """On the list of the district, with a leader bound to it."""
    yield stage.at(clock.now(), 1)
    terms = inputs.ListingTerms(
        level="district",
        lead=course.site.object.agency_id or 0,
        leader_post=_leader(stage, course).post.pk,
        due_on=max(course.due, next_working(clock.today() + timedelta(days=15))),
        reason="限期治理，完成前每半月向安委办报告进展。",
    )
    stage.do("list_supervision", course, stage.staff.office[0], terms)


def lifted(stage: Stage, course: Course, rectifier: Seat) -> Story:
    """Off the list, and accepted by somebody else; who comes back for an order may have done so in between."""
    yield stage.at(clock.now(), 3)
    stage.do(
        "delist",
        course,
        stage.staff.office[0],
        inputs.Delisting(opinion="治理完成，经专家核查合格，予以摘牌。"),
    )
    yield stage.at(clock.now(), 0)
    if Hazard.objects.get(uid=course.uid).state == HazardState.AWAITING_ACCEPTANCE:
        stage.accept(course, stage.supervisor(course, [rectifier]))


def _leader(stage: Stage, course: Course) -> Seat:
    path = course.site.object.sector_path
    return next(
        (seat for seat in stage.staff.leaders if path.startswith(tuple(seat.post.sector_paths or ("-",)))),
        stage.staff.leaders[-1],
    )


def told(stage: Stage, course: Course, act: str) -> None:
    """The double report of a major hazard: to the regulator, or to the workers."""
    inside = stage.staff.inside.get(course.site.object.uid)
    by = inside[0] if inside else stage.staff.town[course.site.town.region.path][0]
    content = (
        f"现状：{course.finding.description}。危害：可能导致人员伤亡。治理方案：{course.finding.measures}。"
        if act == "report_to_regulator"
        else f"已在职工大会通报{course.finding.place}重大隐患和治理方案，听取职工意见。"
    )
    stage.do(act, course, by, inputs.DoubleReport(reported_on=clock.today(), content=content))


UNLICENSED = Finding(
    "焊接工段", "两名电焊工未取得特种作业操作证上岗作业", "停止无证人员作业，安排持证人员顶岗，组织培训取证",
    "当日停止焊接作业", "两人已取得操作证，持证核验台账已建立", 400_000, 360_000, 30,
)  # fmt: skip


def regraded(stage: Stage, course: Course, criterion: str) -> Story:
    """Found as a general hazard; the regulator sees that it is a major one."""
    yield course.found_at
    stage.report(course)
    yield stage.at(clock.now(), 1)
    superior = stage.staff.bureau[course.site.object.agency_id or 0][0]
    stage.assign(course, superior, 30)
    yield stage.at(clock.now(), 2)
    reason = "复核现场后对照判定标准，符合重大事故隐患情形。"
    stage.do("regrade", course, superior, inputs.Regrading(grade="major", criterion=criterion, reason=reason))
    course.grade = "major"
    yield clock.now() + timedelta(minutes=30)
    told(stage, course, "report_to_regulator")
