"""A kiln closed, looked at again and found at work, and closed once more."""

from __future__ import annotations

from bihuan.capabilities.enforcement.measures import closure_inputs, inputs
from bihuan.demo.measures.scene import Deeds, Scene, act
from bihuan.demo.people import Seat
from bihuan.demo.stories import Story
from bihuan.kernel import clock


def closed(scene: Scene) -> Story:
    """Closed by the government, verified, looked at again, found at work, closed once more."""
    site, deeds = scene.site(), act(scene)
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
