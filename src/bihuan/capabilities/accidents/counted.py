"""How the versions that a figure counts show themselves: as the accidents they tell of, with the numbers known then."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.accidents import clocks, telling
from bihuan.capabilities.accidents.access import visible_versions
from bihuan.capabilities.accidents.states import Branch, Grade, Told
from bihuan.kernel.web import parts
from bihuan.kernel.web.figures.kinds import Kind, show_kept
from bihuan.kernel.web.paging import Keyset

COLUMNS = (
    parts.Column("事故", "title"),
    parts.Column("等级", "mark"),
    parts.Column("发生日期", "day"),
    parts.Column("死亡", "number", "人"),
    parts.Column("重伤", "number", "人"),
    parts.Column("直接损失", "money"),
    parts.Column("行业", phone=False),
    parts.Column("所据版本", phone=False),
)


def row(one: Any) -> parts.Row:
    return parts.Row(
        cells=(
            f"{one.unit} {telling.type_name(one.type) if one.type else '事故'}", telling.level_of(one), one.occurred_on,
            one.counted_deaths, one.counted_serious, parts.Money(one.loss_fen), Branch(one.branch).label,
            f"第 {one.number} 版 {Told(one.cause).label} {one.valid_from}",
        ),
        href=f"/accidents/{one.no}/",
        sub=one.no,
    )  # fmt: skip


EXPORT = (
    ("编号", lambda one: one.no),
    ("事故发生单位", lambda one: one.unit),
    ("发生日期", lambda one: one.occurred_on),
    ("等级", lambda one: Grade(one.grade).label),
    ("事故类型", lambda one: telling.type_name(one.type)),
    ("统计行业", lambda one: Branch(one.branch).label),
    ("计入死亡", lambda one: one.counted_deaths),
    ("失踪", lambda one: one.missing),
    ("计入重伤（含急性工业中毒）", lambda one: one.counted_serious),
    ("直接经济损失（万元）", lambda one: one.loss_fen / 1_000_000),
    ("所据版本", lambda one: one.number),
    ("确认时间", lambda one: clocks.words(one.known_at)),
    ("依据", lambda one: one.evidence),
)


def install() -> None:
    """Let the figures of accidents open what they count."""
    show_kept(
        "accidents.AccidentVersion",
        Kind(
            label="生产安全事故",
            visible=visible_versions,
            columns=COLUMNS,
            row=row,
            export=EXPORT,
            order=Keyset(("occurred_on", "uid"), descending=True),
            unique="uid",
        ),
    )
