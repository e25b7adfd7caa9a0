"""The first half of 2023 as records: what each golden number N01–N16 counts was imported, reported, signed by somebody."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bihuan.capabilities.dispatch import inputs as task_inputs
from bihuan.capabilities.dispatch.campaigns import inputs as campaign_inputs
from bihuan.capabilities.dispatch.campaigns.models import Campaign
from bihuan.capabilities.dispatch.papers import inputs as paper_inputs
from bihuan.capabilities.dispatch.papers.models import Proposal
from bihuan.capabilities.dispatch.weekly import inputs as weekly_inputs
from bihuan.capabilities.dispatch.weekly import setting
from bihuan.capabilities.dispatch.weekly.models import WeeklyForm
from bihuan.capabilities.dispatch.weekly.opening import open_week
from bihuan.capabilities.enforcement.completeness import discussion_needed
from bihuan.capabilities.hazards import inputs as hazard_inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.filings import file_nil
from bihuan.kernel.loops import engine
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.workbooks import importing
from bihuan.registers.credit_code import make
from bihuan.reporting.filings import LEDGER
from tests.accidents.test_figures import on as accident_on
from tests.dispatch import campaign_steps, meeting_steps, paper_steps, weekly_steps
from tests.dispatch import steps as task_steps
from tests.enforcement import measure_steps
from tests.enforcement import steps as case_steps
from tests.hazards.ledgers import HEAD, book, line
from tests.hazards.steps import elements, photo
from tests.inspections.test_fire_counters import keep
from tests.registers.instrument_steps import profile
from tests.reporting.golden.people import Golden, moment, objects
from tests.reporting.ledgers import expect_filings, file_all
from tests.tipoffs import steps as tipoff_steps
from tests.world import World

WINTER = "冬春隐患清零行动"
BELTS = "输送机械与受限空间联合整治"
BELT_FIRMS, TANK_FIRMS = "带式输送机逐家核查", "受限空间逐家核查"
TOWERS, MIXED = "高层公共建筑登记核查", "高层商住建筑检查"
VISITS, FIRE_FOUND, FIRE_URGED = 849, 1116, 1042
LEADER_CLOSED = 5
FINES = (4_430_000,) * 6
H1 = Period.parse("2023H1")


def campaigns(golden: Golden) -> dict[str, Campaign]:
    """Five campaigns of the half, approved before anything carries their names."""
    world, made = golden.world, {}
    with clock.frozen(moment(date(2023, 1, 3))):
        for name in (WINTER, BELTS, BELT_FIRMS, TANK_FIRMS, TOWERS, MIXED):
            made[name] = campaign_steps.under_way(
                world, name=name, superior=f"关于开展{name}的通知", superior_no="", first_day=date(2023, 1, 1),
                last_day=date(2023, 12, 31),
            )  # fmt: skip
    return made


def ledgers(golden: Golden, folder: Path) -> None:
    """N01, N02, N13 by ledgers of our own: 526/518, 38/35, and a market's rebuilding for 120 万元, closed."""
    at = {"信用代码": golden.world.factory.credit_code}
    winter = [
        _row(n, WINTER, day=date(2023, 1, 5) + timedelta(n % 50), closed=n < 518, **at) for n in range(526)
    ]
    belts = [_row(n, BELTS, day=date(2023, 4, 3) + timedelta(n % 40), closed=n < 35, **at) for n in range(38)]
    market = _row(0, "", day=date(2023, 2, 20), closed=True, 企业名称="惠民综合市场")
    market |= {"信用代码": make("91370403MA3FABRC3"), "隐患描述": "市场消防设施整体改造"}
    market |= {"资金（万元）": 120, "实际投入（万元）": 120}
    load(folder / "ledger.xlsx", [*winter, *belts, market])


def load(path: Path, rows: list[dict[str, Any]]) -> None:
    """A workbook of our own, taken in like any ledger: every row a claim with an entry of its own."""
    head = [*HEAD, "专项行动", "实际投入（万元）"]
    made = book(path, ["2023年1-6月隐患台账"], head, *[[row.get(name) for name in head] for row in rows])
    with clock.frozen(moment(date(2023, 6, 30), 18)):
        answer = importing.run("hazards", made, Actor.system("import"))[1]
    assert (answer["accepted"], answer["rejected"]) == (len(rows), []), answer


def _row(number: int, campaign: str, *, day: date, closed: bool, **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = dict(zip(HEAD, line(), strict=True))
    values |= {
        "序号": number + 1, "隐患描述": f"第{number + 1}处防护缺失 {campaign}", "发现日期": day.isoformat(), "资金（万元）": None,
        "整改期限": (day + timedelta(days=20)).isoformat(), "专项行动": campaign, "实际投入（万元）": None,
    }  # fmt: skip
    if closed:
        done = (day + timedelta(days=10)).isoformat()
        values |= {"完成日期": done, "验收日期": done, "验收人": "验收员"}
    return {**values, **changes}


def fire(golden: Golden, folder: Path) -> None:
    """N03, N05: 849 visits to 283 units, 1116 things found there by ledger, 1042 of them with a day, none yet accepted."""
    world = golden.fire
    profile(world.bureau)
    shops = objects(world, [f"惠民商场第{n + 1}门店" for n in range(283)], "消防", world.bureau)
    days = [date(2023, 1 + n % 6, 5 + n % 20) for n in range(VISITS)]
    keep("inspection", [_visit(world, shops[n % len(shops)], n, days[n]) for n in range(VISITS)])
    rows = [
        _row(
            n, "", day=days[n % VISITS], closed=False, 企业名称=shops[n % len(shops)].name, 行业="消防", 信用代码=None,
            镇街=("东湖镇", "西岭街道")[n % len(shops) % 2],
            整改期限=(days[n % VISITS] + timedelta(days=80)).isoformat() if n < FIRE_URGED else None,
        )
        for n in range(FIRE_FOUND)
    ]  # fmt: skip
    load(folder / "fire.xlsx", rows)


def _visit(world: World, shop: SupervisedObject, number: int, day: date) -> Inspection:
    """One visit as a district's own book of visits has it: a finished inspection with nothing more behind it."""
    return Inspection(
        no=f"370403-I2023-{number + 1:06d}", region_path=shop.region_path, sector_path=shop.sector_path, object=shop,
        agency=world.bureau, opened_at=moment(day), state="closed", mode="open", nature="supervision", planned_on=day,
        content="消防设施和疏散通道", arrived_on=day, arrived_at=moment(day), finished_on=day, first_of_year=number < 283,
    )  # fmt: skip


def enforcement(golden: Golden) -> None:
    """N06: three stop orders, and fines of 26.58 万元 decided on other units."""
    world = golden.fire
    stopped = objects(world, [f"城南宾馆第{n + 1}店" for n in range(3)], "消防", world.bureau)
    fined = objects(world, [f"城北影院第{n + 1}厅" for n in range(len(FINES))], "消防", world.bureau)
    cast = case_steps.cast(world)
    two = "、".join(
        f"{world.users[key].person.name}（云执{no:05d}）" for no, key in enumerate(("officer", "partner"), 1)
    )
    for number, shut in enumerate(stopped):
        with clock.frozen(moment(date(2023, 3 + number, 7))):
            measure_steps.ordered(world, object=shut.uid, officers=two)
    for number, (paid, fine) in enumerate(zip(fined, FINES, strict=True)):
        with clock.frozen(moment(date(2023, 1 + number, 17))):
            case = case_steps.waived(cast, object=paid.uid)
            if discussion_needed(case):
                case_steps.do(cast, case, "discuss", case_steps.discussion(), "regulator")
            case_steps.do(cast, case, "decide", case_steps.decision(case, fine=fine), "regulator")


def accidents(golden: Golden) -> None:
    """N07: three of trade and industry and one of construction, one dead each."""
    for day, trade in (
        ("2023-02-11", "工贸"),
        ("2023-03-19", "工贸"),
        ("2023-05-06", "商贸"),
        ("2023-04-22", "建筑施工"),
    ):
        accident_on(golden.world, day, 1, sector=trade)


def meetings(golden: Golden) -> None:
    """N08, N16: 2 plenaries, 8 special meetings, 24 visits, 8 led inspections, 16 hazards of which 5 are closed."""
    world = golden.world
    other = meeting_steps.another_leader(world)
    for number in range(2):
        with clock.frozen(moment(date(2023, 1 + number * 3, 12))):
            meeting_steps.recorded(world, title="区安委会全体会议")
    for number in range(8):
        with clock.frozen(moment(date(2023, 1 + number % 6, 18))):
            meeting_steps.recorded(
                world, kind="special_meeting", body="government" if number % 2 else "committee",
                title=f"专题会之{'甲乙丙丁戊己庚辛'[number]}",
            )  # fmt: skip
    for number in range(24):
        with clock.frozen(moment(date(2023, 1 + number % 6, 5 + number // 6))):
            leader = other if number % 3 == 0 else meeting_steps.leader_post(world)
            meeting_steps.visited(world, kind="supervision", leader_post=leader)
    for number in range(8):
        found = f"东湖纺织有限公司｜{number + 1}车间｜疏散通道堆放原料\n东湖纺织有限公司｜{number + 1}号库房｜电气线路老化"
        with clock.frozen(moment(date(2023, 1 + number % 6, 20))):
            meeting_steps.visited(world, by="leader", findings=found)
    _leaders_hazards(golden)


def _leaders_hazards(golden: Golden) -> None:
    world = golden.world
    hazards = list(Hazard.objects.filter(source="leader_led").order_by("no"))
    with clock.frozen(moment(date(2023, 6, 21))):
        nos = [one.no for one in hazards]
        given = elements(rectify_by=date(2023, 7, 20))
        engine.perform("hazard", "assign", nos, given, actor=world.actor("clerk_east"))
    with clock.frozen(moment(date(2023, 6, 26))):
        for one in hazards[:LEADER_CLOSED]:
            mended = hazard_inputs.Rectification(
                rectified_on=clock.today(), result="已清理", funds_spent=0,
                after_photos=(photo(one.uid, world.actor("safety")),),
            )  # fmt: skip
            engine.perform("hazard", "submit_rectification", one.no, mended, actor=world.actor("safety"))
        accepted = hazard_inputs.Acceptance(accepted_on=clock.today(), opinion="已消除")
        engine.perform("hazard", "accept", nos[:LEADER_CLOSED], accepted, actor=world.actor("regulator"))


def targets(golden: Golden, made: dict[str, Campaign]) -> None:
    """N09: 11 and 7 firms of which two are both; N10: 80 towers registered, 26 other buildings looked at."""
    world = golden.world
    firms = [
        one.name for one in objects(world, [f"北岗建材第{n + 1}厂" for n in range(16)], "工贸", world.bureau)
    ]
    towers = objects(world, [f"云天大厦{n + 1}座" for n in range(80)], "消防", golden.fire.bureau)
    mixed = objects(world, [f"望湖商住楼{n + 1}号" for n in range(26)], "消防", golden.fire.bureau)
    picks = {
        BELT_FIRMS: firms[:11], TANK_FIRMS: firms[9:], TOWERS: [one.name for one in towers],
        MIXED: [one.name for one in mixed],
    }  # fmt: skip
    with clock.frozen(moment(date(2023, 3, 1))):
        for name, picked in picks.items():
            given = campaign_inputs.Enlisting(picked="\n".join(picked))
            made[name] = campaign_steps.taken(world, made[name], "enlist", given, "office")
    with clock.frozen(moment(date(2023, 5, 15))):
        looked = campaign_inputs.Checks(checked_on=clock.today(), objects="\n".join(picks[MIXED]))
        made[MIXED] = campaign_steps.taken(world, made[MIXED], "log_checks", looked, "office")


MEASURE_WORDS = (
    "巡查", "排查", "登记", "培训", "演练", "约谈", "公示", "回访", "复核", "督查", "检测", "建档", "联审", "通报", "评估",
)  # fmt: skip


def measures(golden: Golden) -> None:
    """N11: fifteen measures of one superior document, each led by one unit."""
    world = golden.world
    lines = [
        f"（{'一二三四五六七八九十'[n] if n < 10 else '十' + '一二三四五'[n - 10]}）区应急管理局要在2023年6月{n + 10}日前"
        f"完成重点企业{word}工作。"
        for n, word in enumerate(MEASURE_WORDS)
    ]
    text = "关于抓好上半年安全防范的措施\n\n" + "\n".join(lines) + "\n"
    with clock.frozen(moment(date(2023, 2, 1))):
        paper = paper_steps.taken_in(
            world, kind="superior", title="关于抓好上半年安全防范的措施", issuer="市安委会", text=text
        )
        for found in Proposal.objects.filter(paper=paper, kept=True).order_by("number"):
            lead = found.lead or world.bureau.pk
            due = found.due_on or date(2023, 6, 20)
            paper = paper_steps.done(
                world, paper, "edit_item", paper_steps.editing(found, lead=lead, due_on=due)
            )
        paper_steps.done(world, paper, "decompose", paper_inputs.Decomposing())


def filings(golden: Golden) -> None:
    """N12: six units say week by week that they found no major hazard; ledgers of every month came in."""
    world = golden.world
    expect_filings(on=moment(date(2023, 1, 1), 9))
    file_all(but=golden.units[3:])
    for month in H1.months():
        with clock.frozen(moment(month.last, 9)):
            for unit in golden.units[3:]:
                file_nil(LEDGER, unit, month, world.actor(unit.name), "逐家检查，没有发现隐患")
    with clock.frozen(moment(date(2023, 5, 12))):
        setting.adopt(
            world.actor("office"),
            since=date(2023, 5, 29),
            title="重大隐患周调度表",
            counts_from=date(2023, 5, 15),
        )
        for unit in golden.units:
            setting.name_filer(unit, date(2023, 5, 29), world.actor("office"))
    for week in range(22, 26):
        label = Period.parse(f"2023W{week}")
        with clock.frozen(moment(label.last - timedelta(days=2), 16)):
            open_week(label)
            for unit in golden.units:
                form = weekly_steps.fresh(WeeklyForm.objects.get(period=label.label, agency=unit))
                form = weekly_steps.filed(world, by=unit.name, form=form)
                weekly_steps.taken(world, form, "approve", weekly_inputs.Approval(opinion="同意"), "office")


def trainings(golden: Golden) -> None:
    """N15: two trainings, each on its day."""
    world = golden.world
    for title, day in (("在建项目负责人安全培训", date(2023, 3, 9)), ("工贸企业安全培训", date(2023, 6, 7))):
        with clock.frozen(moment(day - timedelta(days=7))):
            task = task_steps.dispatched(world, title=title, kind="train", due_on=day, supporting=())
            given = task_inputs.Receipt(responsible_person="李科长", measures="集中授课")
            task = task_steps.taken(world, task, "receive", given, "regulator")
        with clock.frozen(moment(day, 17)):
            done = task_steps.completion(result="已办班")
            task = task_steps.taken(world, task, "complete", done, "regulator")
            task_steps.taken(world, task, "accept", task_steps.acceptance(), "office")


def tipoffs(golden: Golden) -> None:
    """N04: seven batches with 19 items; five of them with ten items are settled, two with nine are not."""
    world = golden.world
    for number, (items, settle) in enumerate(((2, True),) * 5 + ((5, False), (4, False))):
        day = date(2023, 2 + number // 2, 8)
        with clock.frozen(moment(day)):
            batch = tipoff_steps.registered(world, received_on=day)
            kept = [batch.items.get(), *(tipoff_steps.another(world, batch) for _ in range(items - 1))]
        with clock.frozen(moment(day + timedelta(days=5))):
            for item in kept if settle else ():
                tipoff_steps.settled(world, item)


def build(golden: Golden, folder: Path) -> None:
    """The whole half."""
    made = campaigns(golden)
    ledgers(golden, folder)
    fire(golden, folder)
    enforcement(golden)
    accidents(golden)
    meetings(golden)
    targets(golden, made)
    measures(golden)
    trainings(golden)
    tipoffs(golden)
    filings(golden)
