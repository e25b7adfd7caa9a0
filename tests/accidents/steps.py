"""Factories named by the state they leave; every one goes through the engine as a person who may."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bihuan.capabilities.accidents import inputs
from bihuan.capabilities.accidents.lessons.inputs import Issuing
from bihuan.capabilities.accidents.lessons.models import Lesson
from bihuan.capabilities.accidents.models import Accident
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import store_paper
from bihuan.kernel.loops import engine
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Region
from tests.world import World


def at(text: str) -> datetime:
    """A minute in Chinese legal time."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)


NIGHT = at("2026-11-10 02:10")
"""When the accident of most tests happened."""


def receiving(world: World, **changes: Any) -> inputs.Receiving:
    values: dict[str, Any] = {
        "object": world.factory.uid, "occurred_at": NIGHT, "place": "二车间西侧", "summary": "检修梳棉机时手臂被卷入",
        "deaths": 1, "knew_at": at("2026-11-10 02:15"), "knew_who": "总经理冯某", "reported_at": at("2026-11-10 03:00"),
        "time_evidence": "值班电话记录",
    }  # fmt: skip
    return inputs.Receiving(**{**values, **changes})


def do(world: World, accident: Accident, verb: str, given: Any, by: str = "regulator") -> Accident:
    """One deed, as the person named."""
    engine.perform("accident", verb, accident.no, given, actor=world.actor(by), version=accident.version)
    return fresh(accident)


def reported(world: World, by: str = "regulator", **changes: Any) -> Accident:
    given = receiving(world, **changes)
    outcome = engine.open_matter("accident", "receive", given, actor=world.actor(by))
    return Accident.objects.get(uid=outcome.uid)


def numbers(accident: Accident, **changes: Any) -> dict[str, Any]:
    """The numbers as they stand, with some changed."""
    values: dict[str, Any] = {
        name: getattr(accident, name) for name in ("deaths", "missing", "serious", "poisoned", "slight")
    }
    said = {"loss": accident.loss_fen, "known_at": clock.now(), "evidence": "区人民医院诊断证明"}
    return {**values, **said, **changes}


def verified(world: World, **changes: Any) -> Accident:
    accident = reported(world, **changes)
    return do(world, accident, "verify", inputs.Verification(type=type_on(accident), **numbers(accident)))


def type_on(accident: Accident) -> str:
    return "WSA10004" if accident.occurred_on.isoformat() >= "2026-07-01" else "03"


def further(accident: Accident, cause: str = "follow_up", **changes: Any) -> inputs.FurtherReport:
    return inputs.FurtherReport(cause=cause, **numbers(accident, **changes))


def authorisation(**changes: Any) -> inputs.Authorisation:
    values: dict[str, Any] = {
        "level": "county", "document": "薛政安〔2026〕9号", "lead": None, "leader": "副区长赵某", "members": "吴某 区应急局 科长",
        "experts": "", "authorised_on": clock.today(),
    }  # fmt: skip
    return inputs.Authorisation(**{**values, **changes})


def investigating(world: World, **changes: Any) -> Accident:
    return do(world, verified(world, **changes), "authorise", authorisation(), "leader")


def report(**changes: Any) -> inputs.Report:
    values: dict[str, Any] = {
        "nature": "liable", "direct_cause": "未停机清理", "indirect_cause": "教育培训不到位", "liability": "单位主要负责人未履职",
        "sanctions": "东湖纺织有限公司；行政处罚；罚款五十万元；2026-12-20",
        "recommendations": "东湖纺织有限公司；加装联锁装置；2026-12-15\n区应急管理局；开展机械伤害专项检查；2026-12-31",
        "submitted_on": clock.today(),
    }  # fmt: skip
    return inputs.Report(**{**values, **changes})


def awaiting(world: World, **changes: Any) -> Accident:
    return do(world, investigating(world, **changes), "submit_report", report())


def executing(world: World, **changes: Any) -> Accident:
    given = inputs.Reply(replied_on=clock.today(), document="薛政复〔2026〕3号", opinion="同意")
    return do(world, awaiting(world, **changes), "reply", given, "leader")


def paper(world: World, accident: Accident, text: str, by: str = "regulator") -> UUID:
    """A small real paper, kept for the accident."""
    content = b"%PDF-1.4\n" + text.encode() + b"\n%%EOF\n"
    return store_paper(accident.uid, "papers", content, world.actor(by)).uid


def proven(world: World, accident: Accident, *conditions: str) -> Accident:
    for condition in conditions:
        given = inputs.Proof(condition=condition, words="已落实", papers=(paper(world, accident, condition),))
        accident = do(world, accident, "prove", given)
    return accident


def evaluated(world: World, **changes: Any) -> Accident:
    given = inputs.Evaluation(evaluated_on=clock.today(), conclusion="措施已落实", published_on=clock.today())
    return do(world, executing(world, **changes), "evaluate", given)


def executed(world: World, accident: Accident) -> Accident:
    for verb, count in (("execute_recommendation", 2), ("execute_sanction", 1)):
        for number in range(1, count + 1):
            given = inputs.Execution(number=number, executed_on=clock.today(), words="已落实")
            accident = do(world, accident, verb, given)
    return accident


def fresh(accident: Accident) -> Accident:
    return Accident.objects.get(pk=accident.pk)


def warned(world: World, owner: SupervisedObject, region: Region) -> Lesson:
    """A warning of an accident elsewhere, issued to one town's entities of one field."""
    assert owner.sector is not None
    given = Issuing(
        title=f"外省事故警示 {owner.name}", occurred_on=clock.today(), place="外省某县", deaths=13, lesson="违规动火",
        requirement="逐家核对", sectors=(owner.sector.pk,), towns=(region.pk,), channel="书面通报",
        check_by=clock.today() + timedelta(days=20),
    )  # fmt: skip
    outcome = engine.open_matter("lesson", "issue", given, actor=world.actor("office"))
    return Lesson.objects.get(uid=outcome.uid)
