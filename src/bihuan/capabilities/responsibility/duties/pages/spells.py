"""How the records behind coverage figures show: what was looked at, how it came out, and where it is mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from bihuan.capabilities.responsibility.duties.words import Level
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.figures.kinds import Kind
from bihuan.kernel.web.paging import Keyset

_COLUMNS = (
    parts.Column("核查对象", "title"),
    parts.Column("层级", phone=False),
    parts.Column("结果", "state"),
    parts.Column("说明"),
    parts.Column("从哪天起", "day"),
)


def state_of(one: Any) -> parts.State:
    """Whether it is as it should be."""
    return parts.State("符合", "done") if one.passes else parts.State("不符合", "waiting")


def row(one: Any) -> parts.Row:
    """One line."""
    level = Level(one.level).label if one.level in Level.values else one.level
    return parts.Row((one.label, level, state_of(one), one.why or None, one.since), href=one.href)


def kind(visible: Callable[[Actor], QuerySet[Any]]) -> Kind:
    """For the figures' drill-down."""
    return Kind(
        label="责任落实",
        visible=visible,
        columns=_COLUMNS,
        row=row,
        export=(
            ("核查对象名称", lambda one: one.label),
            ("结果", lambda one: "符合" if one.passes else "不符合"),
            ("说明", lambda one: one.why),
            ("从哪天起", lambda one: one.since),
        ),
        order=Keyset(("passes", "label", "id")),
    )
