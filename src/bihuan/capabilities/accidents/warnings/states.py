"""Where an early warning stands, how grave it is, and where it comes from."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class WarningState(State):
    ACTIVE = "active", "生效中"
    LIFTED = "lifted", "已解除"
    WITHDRAWN = "withdrawn", "已撤回"


class Colour(State):
    """一级（红）、二级（橙）、三级（黄）、四级（蓝）; the order is from light to grave."""

    BLUE = "blue", "蓝色预警"
    YELLOW = "yellow", "黄色预警"
    ORANGE = "orange", "橙色预警"
    RED = "red", "红色预警"


class Source(State):
    """What a warning rests on."""

    WEATHER = "weather", "气象信息"
    FORECAST = "forecast", "预警预测月报表"
    EXPERTS = "experts", "专家会商研判"
    MONITORING = "monitoring", "监测监控"
    ACCIDENT = "accident", "事故、险情"
    SUPERIOR = "superior", "上级预警"
    OTHER = "other", "其他"


def graver(a: str, b: str) -> bool:
    """Whether ``a`` is the graver colour."""
    ranked = list(Colour)
    return ranked.index(Colour(a)) > ranked.index(Colour(b))
