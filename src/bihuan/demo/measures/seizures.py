"""Seizures: two that ran out, one that waits for a test, one held longer and destroyed."""

from __future__ import annotations

from datetime import timedelta

from bihuan.capabilities.enforcement.measures import inputs, seizure_inputs
from bihuan.demo.measures.scene import DAY, Deeds, Scene, act
from bihuan.demo.stories import Story
from bihuan.kernel import clock

GOODS = "除尘风机｜4-72-8C｜1｜台｜防爆标志缺失｜一车间南侧\n配电箱｜XL-21｜2｜个｜非防爆型｜一车间"


def seized(scene: Scene, days_ago: int, reason: str, deeds: Deeds | None = None) -> Story:
    """Sealed; the days run."""
    site, deeds = scene.site(), deeds or act(scene)
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


def disposed(scene: Scene) -> Story:
    """Held once longer, then destroyed by decision."""
    deeds = act(scene)
    yield from seized(scene, 62, "自制压力容器没有制造许可，焊缝开裂", deeds)
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


def tested(scene: Scene) -> Story:
    """Sealed on the spot, told and approved afterwards, and sent for a test that stops the clock."""
    site, deeds = scene.site(), act(scene)
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
