"""Suspensions: one lifted after it was sent back, and a hotel stopped on the day."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.enforcement.measures import inputs
from bihuan.demo.hours import next_working
from bihuan.demo.measures.scene import DAY, Deeds, Scene, act
from bihuan.demo.objects import Site
from bihuan.demo.people import Seat
from bihuan.demo.stories import Story
from bihuan.kernel import clock


def order(scene: Scene, site: Site, **changes: Any) -> inputs.Ordering:
    values: dict[str, Any] = {
        "object": site.object.uid, "kind": "stop_production", "ground": "major_hazard",
        "reason": "干式除尘系统未采取泄爆、抑爆措施，管道积尘严重，排除过程中无法保证安全", "scope": "一车间打磨工段",
        "inspected_on": clock.today(), "ordered_on": clock.today(), "demands": "更换除尘系统并验收合格，清扫制度落实",
        "until": next_working(clock.today() + 40 * DAY), "officers": scene.officers,
    }  # fmt: skip
    return inputs.Ordering(**{**values, **changes})


def suspended(scene: Scene) -> Story:
    """Wages owed for three months: stopped, sent back once, lifted by another."""
    site, deeds = scene.site(), act(scene)
    yield scene.casting.moment(75)
    deeds.open("order", scene.first, order(
        scene, site, kind="suspension", ground="wages", months_unpaid=3, scope="整个单位",
        reason="连续三个月未发工资，一线工人流失，关键岗位无人值守", demands="欠薪发清，关键岗位人员配齐并培训合格",
    ))  # fmt: skip
    yield scene.stage.at(clock.now(), 12)
    apply(deeds, scene.second, "已发放两个月工资，配齐锅炉工")
    yield scene.stage.at(clock.now(), 3)
    deeds.do("send_back", scene.head, inputs.SendingBack(reason="仍欠一个月工资，锅炉工未取证"))
    yield scene.stage.at(clock.now(), 15)
    apply(deeds, scene.second, "工资全部发清，三名锅炉工取得证件")
    yield scene.stage.at(clock.now(), 4)
    given = inputs.Acceptance(
        accepted_on=clock.today(), opinion="工资发放记录、证件和现场逐项核查，恢复的条件均已达到。"
    )
    deeds.do("accept", scene.head, given)


def apply(deeds: Deeds, by: Seat, done: str) -> None:
    photos = (deeds.picture(by, "after_photos", "整改后现场", mended=True),)
    deeds.do(
        "apply_lifting", by, inputs.Application(done=done, applied_on=clock.today(), after_photos=photos)
    )


def crowded(scene: Scene) -> Story:
    """A shopping centre whose sprinklers are dead stops on the day of the inspection."""
    own, words = scene.bureau.agency.pk, ("商场", "购物", "宾馆", "酒店", "超市")
    shops = [
        one
        for one in scene.casting.sites
        if one.object.agency_id == own and any(word in one.object.name for word in words)
    ]
    site, deeds = next(iter(shops), scene.sites[0]), act(scene)
    yield scene.casting.moment(4)
    deeds.open("order", scene.first, order(
        scene, site, kind="immediate_closure", scope="营业区一至三层", reason="自动喷水灭火系统瘫痪，疏散楼梯被占用，现场聚集百余人",
        demands="喷水系统恢复并检测合格，疏散楼梯畅通", until=next_working(clock.today() + 30 * DAY),
    ))  # fmt: skip
