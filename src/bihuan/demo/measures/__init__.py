"""Measures of the demo: a suspension lifted, power cut and supplied all the same, a supplier that does not answer,
seizures that run out, a hotel stopped on the day, and a kiln closed, looked at again and found at work."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.demo.agencies import Agencies
from bihuan.demo.casting import Casting
from bihuan.demo.measures.closures import closed
from bihuan.demo.measures.cutoffs import power, registered, restored, unanswered
from bihuan.demo.measures.scene import scene_of
from bihuan.demo.measures.seizures import disposed, seized, tested
from bihuan.demo.measures.stops import crowded, suspended
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story


def measures(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """The stories; nothing where the bureau has too few people or enterprises."""
    scene = scene_of(stage, casting, agencies)
    if scene is None:
        return
    yield registered(scene)
    yield suspended(scene)
    yield power(scene)
    yield unanswered(scene)
    yield restored(scene)
    yield seized(scene, 27, "排风机和配电箱未取得防爆合格证")
    yield seized(scene, 36, "储存的油漆超出核定数量且无安全标签")
    yield tested(scene)
    yield disposed(scene)
    yield crowded(scene)
    yield closed(scene)
