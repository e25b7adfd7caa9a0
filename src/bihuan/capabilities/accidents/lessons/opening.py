"""Each verified accident of this district brings a warning to be issued (M104): drafted from its own facts, once."""

from __future__ import annotations

from bihuan.capabilities.accidents.lessons.inputs import Drafting
from bihuan.capabilities.accidents.lessons.models import Lesson
from bihuan.capabilities.accidents.models import Accident
from bihuan.capabilities.accidents.telling import casualties, type_name
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor


def draft_of(accident: Accident) -> None:
    """Draft the warning of an accident that was just verified; repeated, there is still one."""
    if Lesson.objects.filter(accident=accident.no).exists():
        return
    kind = type_name(accident.type)
    given = Drafting(
        accident=accident.no, title=f"{accident.unit or accident.place}{kind}事故"[:120], occurred_on=accident.occurred_on,
        place=(accident.place or accident.unit)[:120], kind=kind, deaths=accident.deaths, missing=accident.missing,
        lesson=f"{accident.summary}（{casualties(accident)}）"[:2000],
    )  # fmt: skip
    engine.open_matter("lesson", "draft", given, actor=Actor.system("事故核实"))
