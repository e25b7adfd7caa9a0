"""Duties, lists and staffing of the demo: everybody has a duty, units publish their lists, one rule got a new version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bihuan.capabilities.responsibility.duties import (
    enterprise,
    holders,
    keeping,
    lists,
    rules,
    spelling,
    staffing,
)
from bihuan.capabilities.responsibility.duties.access import visible_spells
from bihuan.capabilities.responsibility.duties.holders import Holder
from bihuan.capabilities.responsibility.duties.keeping import Said
from bihuan.capabilities.responsibility.duties.lists import Line
from bihuan.capabilities.responsibility.duties.models import Duty, RequirementItem
from bihuan.capabilities.responsibility.duties.models.lists import ListKind
from bihuan.capabilities.responsibility.duties.words import DutyClass
from bihuan.demo.agencies import Agencies, Bureau
from bihuan.demo.casting import Casting
from bihuan.demo.people import Seat
from bihuan.demo.places import NAME
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency

OPINION = f"{NAME}党政领导干部安全生产职责实施意见"
_POWERS = (
    (
        "行政检查",
        "对{trade}生产经营单位执行安全生产法律、法规和标准的情况进行监督检查",
        "《安全生产法》第六十五条",
    ),
    ("责令改正、限期整改", "对检查发现的事故隐患和违法行为责令立即或者限期改正", "《安全生产法》第六十五条"),
    ("行政处罚", "对{trade}领域违反安全生产规定的行为依法实施处罚", "《安全生产法》第一百一十五条"),
    ("停止供电措施", "对拒不执行停产决定、有现实危险的，依法通知停止供电", "《安全生产法》第七十条"),
)
_DUTIES = (
    ("年度监督检查计划", "每年编制并执行{trade}领域监督检查计划", "《安全生产法》第六十二条"),
    ("重大隐患督办", "督促{trade}领域生产经营单位消除重大事故隐患", "《安全生产法》第四十一条"),
    ("宣传教育", "组织{trade}领域安全生产法律法规和知识的宣传", "《安全生产法》第十三条"),
    ("举报处理", "受理{trade}领域安全生产举报，及时核查处理", "《安全生产法》第七十三条"),
    ("信息公开", "公布监督检查和行政处罚信息", "《安全生产法》第七十八条"),
)
_TOWN_DUTIES = (
    ("日常检查", "对辖区生产经营单位安全生产状况进行监督检查", "《安全生产法》第九条"),
    ("隐患上报", "无权处理的隐患及时报告有关部门并跟踪结果", "《安全生产法》第九条"),
    ("应急处置", "事故发生后组织先期处置，协助救援", "《安全生产法》第八十五条"),
)
_INNER = (
    ("主要负责人", 1, "组织制定全员安全生产责任制；保证安全投入；每月带队检查一次。"),
    ("车间主任", 3, "组织班前安全讲评；每日检查设备防护和通道；制止违章作业。"),
    ("班组长", 8, "交接班检查；督促佩戴劳动防护用品；发现隐患立即报告。"),
    ("电工", 2, "持证上岗；每周巡查配电箱；停送电挂牌上锁。"),
    ("叉车司机", 4, ""),
)


def duties(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """The half year of whoever keeps duties."""
    yield _given(stage, casting, agencies)
    yield _opinion(stage, casting)
    yield _published(stage, casting, agencies)
    yield _staffed(stage, casting, agencies)
    yield _inside(stage, casting)
    yield _looked_at(casting)


def _missing() -> list[Holder]:
    everybody = visible_spells(Actor.system("demo")).filter(until=None, passes=False)
    return holders.find_all(
        list(everybody.filter(check_name__endswith="_duty").values_list("subject", flat=True))
    )


def _given(stage: Stage, casting: Casting, agencies: Agencies) -> Story:
    """The office and the enterprises take over what the rules give; a fortnight later nobody is left without."""
    yield casting.moment(186)
    spelling.refresh()
    office = stage.staff.office[0].actor()
    enterprise.load_sets(Actor.system("setup"))
    late = {bureau.agency.pk for bureau in agencies.bureaus[-2:]}
    waiting = _missing()
    government = [one for one in waiting if one.object is None]
    keeping.adopt_standards([one for one in government if (one.agency and one.agency.pk) not in late], office)
    keeping.adopt_standards([one for one in waiting if one.object is not None], Actor.system("import"))
    yield casting.moment(172)
    keeping.adopt_standards([one for one in _missing() if one.object is None], office)


def _opinion(stage: Stage, casting: Casting) -> Story:
    """The district's own opinion, and its new version that two leaders have not yet confirmed."""
    yield casting.moment(180)
    office, leaders = stage.staff.office[0].actor(), stage.staff.leaders
    clauses = [Line("第三条", "区委、区政府主要负责人"), Line("第四条", "分管负责人每月检查一次分管领域")]
    first = rules.add_version(OPINION, "云委办〔2022〕11号", date(2022, 5, 1), clauses, office)
    fourth = first.clauses.get(label="第四条")
    told: list[Duty] = []
    for seat in leaders[:4]:
        text = "每月至少检查一次分管领域安全生产工作，每季度听取一次专题汇报，督促整改重大事故隐患。"
        told.append(
            keeping.assign(
                holders.of_post(seat.post), Said(text, DutyClass.LEADERSHIP, clause=fourth), office
            )
        )
    yield casting.moment(24)
    clauses = [*clauses[:1], Line("第四条", "分管负责人每月带队检查一次，每季度召开一次专题会议")]
    year = clock.today().year
    second = rules.add_version(OPINION, f"云委办〔{year}〕19号", clock.today(), clauses, office)
    yield casting.moment(12)
    text = "每月至少带队检查一次分管领域，每季度召开一次安全生产专题会议，督促整改重大事故隐患。"
    for duty in told[:2]:
        rules.confirm(duty, second.clauses.get(label="第四条"), text, office)


def _published(stage: Stage, casting: Casting, agencies: Agencies) -> Story:
    """Every unit's lists; the emergency bureau's second version; one bureau still with a draft."""
    yield casting.moment(170)
    for bureau in agencies.bureaus[:-1]:
        by = stage.staff.bureau[bureau.agency.pk][0].actor()
        for kind, items in ((ListKind.POWER, _POWERS), (ListKind.DUTY, _DUTIES)):
            if bureau.leads or kind == ListKind.DUTY:
                _publish(bureau.agency, kind, _lines(items, bureau), "首次编制", by)
    for government in agencies.governments:
        by = stage.staff.town[government.region.path][0].actor()
        _publish(government, ListKind.DUTY, _numbered(_TOWN_DUTIES, "辖区"), "首次编制", by)
    yield casting.moment(40)
    chief = agencies.bureaus[0]
    by = stage.staff.bureau[chief.agency.pk][0].actor()
    more = ("查封、扣押", "对不符合标准的设施、设备、器材依法查封或者扣押", "《安全生产法》第六十五条")
    lines = _lines((*_POWERS, more), chief)
    _publish(chief.agency, ListKind.POWER, lines, "按权力事项调整增加查封、扣押", by)
    yield casting.moment(6)
    last = agencies.bureaus[-1]
    by = stage.staff.bureau[last.agency.pk][0].actor()
    lists.draft(last.agency, ListKind.DUTY, _lines(_DUTIES, last), "征求意见稿", by)


def _publish(agency: Agency, kind: ListKind, lines: Sequence[Line], note: str, by: Actor) -> None:
    lists.publish(lists.draft(agency, kind, lines, note, by), clock.today(), by)


def _lines(items: Sequence[tuple[str, str, str]], bureau: Bureau) -> list[Line]:
    trade = "、".join(sector.name for sector in bureau.leads[:2]) or "本行业"
    return _numbered(items, trade)


def _numbered(items: Sequence[tuple[str, str, str]], trade: str) -> list[Line]:
    return [
        Line(str(place), title, text.format(trade=trade), basis)
        for place, (title, text, basis) in enumerate(items, 1)
    ]


def _staffed(stage: Stage, casting: Casting, agencies: Agencies) -> Story:
    """With whom each unit supervises; one bureau has no safety body, one town is short of people."""
    yield casting.moment(160)
    rng = stage.rng
    for place, bureau in enumerate(agencies.bureaus):
        people = 2 + bureau.officers + rng.randrange(3)
        by = stage.staff.bureau[bureau.agency.pk][0].actor()
        body = "" if place == len(agencies.bureaus) - 2 else bureau.department
        staffing.state(bureau.agency, by, body=body, establishment=people + rng.randrange(3), on_post=people,
                       certified=min(people, bureau.officers + 1))  # fmt: skip
    for place, government in enumerate(agencies.governments):
        people = 1 if place == 2 else 3 + rng.randrange(3)
        by = stage.staff.town[government.region.path][0].actor()
        staffing.state(
            government, by, body="应急管理办公室", establishment=people + 1, on_post=people, certified=0
        )


def _inside(stage: Stage, casting: Casting) -> Story:
    """Three enterprises list their posts; what the supervisor found of the first."""
    yield casting.moment(90)
    peopled = [site for site in casting.sites if site.object.uid in stage.staff.inside][:3]
    for number, site in enumerate(peopled):
        seat: Seat = stage.staff.inside[site.object.uid][-1]
        by = seat.actor() if seat.user else Actor.system("import")
        for name, people, text in _INNER[: 5 - number]:
            enterprise.tell_post(site.object, name, people, text, by)
        enterprise.tell_role(site.object, "安全生产工作小组", "安全生产领导小组（7 人）", "", by)
    yield casting.moment(60)
    site = peopled[0]
    town = stage.staff.town[site.town.region.path][0].actor()
    for item in RequirementItem.objects.order_by("id")[:7]:
        passed = item.name != "安全培训到位"
        words = "查看文件和台账，与实际相符" if passed else "新进员工三级教育缺 6 人记录"
        enterprise.judge_item(site.object, item, passed, words, town)


def _looked_at(casting: Casting) -> Story:
    """What the night does."""
    day = 150
    while day > 0:
        yield casting.moment(day)
        spelling.refresh()
        day -= 30
    yield casting.moment(1) + timedelta(minutes=5)
    spelling.refresh()
