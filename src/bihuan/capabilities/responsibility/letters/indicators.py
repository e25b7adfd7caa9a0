"""Indicators that targets are commonly set for, and the figure by which each is counted.

A figure is named, not imported: accidents are counted by a capability of their own, and until a figure of that name is
registered nobody knows its value. Unknown is said as unknown, never as zero.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its full name, the words clerks use for it, its unit and its figure."""

    label: str
    figure: str
    unit: str
    also: tuple[str, ...] = ()


ACCIDENTS, DEATHS, MAJOR = "accidents.count", "accidents.deaths", "accidents.major"

INDICATORS = (
    Indicator("生产安全事故起数", ACCIDENTS, "起", ("事故起数", "生产安全事故", "事故总量")),
    Indicator("生产安全事故死亡人数", DEATHS, "人", ("死亡人数", "事故死亡人数")),
    Indicator("较大及以上事故起数", MAJOR, "起", ("较大以上事故起数", "较大及以上事故")),
    Indicator("工矿商贸事故起数", "accidents.industrial", "起"),
    Indicator("工矿商贸事故死亡人数", "accidents.industrial_deaths", "人"),
    Indicator("道路交通事故起数", "accidents.road", "起"),
    Indicator("道路交通事故死亡人数", "accidents.road_deaths", "人"),
    Indicator("火灾事故死亡人数", "accidents.fire_deaths", "人"),
    Indicator("隐患整改率", "hazards.rectification_rate", "%", ("事故隐患整改率", "隐患销号率")),
    Indicator("逾期未整改隐患", "hazards.overdue", "项", ("逾期未整改隐患数",)),
    Indicator("重大事故隐患数", "hazards.major_found", "项"),
    Indicator("任务办结率", "tasks.closing_rate", "%", ("交办任务办结率",)),
    Indicator("逾期未办结任务", "tasks.overdue", "项", ("逾期未办结任务数",)),
)
_BY_WORD = {word: one for one in INDICATORS for word in (one.label, *one.also)}


def indicator(words: str) -> Indicator | None:
    """The indicator meant by ``words``, or None: then it is one of the district's own and judged by people."""
    return _BY_WORD.get(words)
