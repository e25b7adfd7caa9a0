"""The rungs of the chain and who stands on one: plain values, shared by the chain and by what feeds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """The rungs, from the one nearest the danger upward."""

    LEAD = "lead"
    ENTERPRISE = "enterprise"
    TERRITORIAL = "territorial"
    SECTOR = "sector"
    OFFICE = "office"
    LEADER = "leader"
    CHAIR = "chair"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Level.LEAD: "牵头单位",
    Level.ENTERPRISE: "企业主要负责人",
    Level.TERRITORIAL: "属地",
    Level.SECTOR: "行业主管部门",
    Level.OFFICE: "安委办",
    Level.LEADER: "分管领导",
    Level.CHAIR: "安委会主任",
}


@dataclass(frozen=True, slots=True)
class Holder:
    """One rung. Neither ``person_id`` nor ``name``: the post is vacant that day or nobody is named at all, a gap that shows.

    A name without a person is somebody the register knows who holds no post here (the head of an enterprise).
    """

    level: Level
    rule: str
    post_id: int | None = None
    title: str = ""
    person_id: int | None = None
    name: str = ""
    agency_id: int | None = None

    @property
    def vacant(self) -> bool:
        return self.person_id is None and not self.name
