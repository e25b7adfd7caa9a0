"""Clauses of a sentence gathered into duties: one addressee, one kind of deed, with what leads up to it and what it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bihuan.capabilities.dispatch.speeches.carrying import matters
from bihuan.capabilities.dispatch.speeches.clauses import Part, Reading
from bihuan.capabilities.dispatch.speeches.continuing import goes_on
from bihuan.capabilities.dispatch.speeches.units import UnitList

_SANCTION = re.compile(
    "追究|问责|追责|处罚|处分|严肃处理|从严处理|查处|惩处|严惩|一票否决|顶格|免职|不得提拔|不得评|取消"
)
_OFFENCE = re.compile(
    "(?:^|，)(?:凡|对|如|若|因|谁|哪个)[^，]*(?:的|镇街|乡镇|单位|部门|人员|干部|领导|责任人)(?:，|$)|(?:^|，)(?:谁|哪个)[^，]{4,}|[^，]{2,}不[^，]{2,}的，|行为的?，|(?:擅自|违规|违法|非法|拒不|逾期|未)[^，]+的(?:，|要|一律|必须)|造成[^，]*事故，|发现[^，]+的，"
)
_ACCOUNT = re.compile("问责|追责|追究|处分|免职|一票否决|评先|评优")
_ALONE = frozenset({"", "handle"})
_NEAR = (
    {"check", "clear"},
    {"crack", "sanction"},
    {"organize", "implement"},
    {"report", "assign"},
    {"build", "equip"},
)
_WIDE = frozenset({"strengthen", "regulate", "organize", "do", "advance"})
_URGED = re.compile("(?:督促|责成|敦促|要求)(?!落实|整改|检查|做好|抓好)[^，]{3,}")
_HEADS = re.compile("(?:党政)?(?:主要|分管)?(?:负责人|领导|负责同志|领导同志)|一把手|党政一把手")
_BARE = 7
_WAITING = (Part.PRELUDE, Part.CONDITION)


@dataclass(slots=True)
class Duty:
    """Neighbouring clauses that ask one thing."""

    readings: list[Reading] = field(default_factory=list)
    subject: UnitList | None = None
    subject_own: bool = False
    """The subject stands in this duty itself, not in a former clause of its sentence."""

    @property
    def actions(self) -> list[Reading]:
        return [reading for reading in self.readings if reading.part is Part.ACTION]

    @property
    def modal(self) -> str:
        return next((reading.modal for reading in self.readings if reading.modal), "")

    @property
    def prohibits(self) -> bool:
        return any(reading.prohibits for reading in self.readings)

    @property
    def conditional(self) -> bool:
        return any(reading.conditional for reading in self.readings)

    @property
    def sanctions(self) -> bool:
        """Threatens those who fail; whoever was asked before is not the one to punish."""
        text = "，".join(one.clause.text for one in self.readings)
        return bool(_SANCTION.search(text)) and bool(_OFFENCE.search(text))

    @property
    def holds_to_account(self) -> bool:
        """Asks officials to answer for what they failed to do: not for the unit asked before to see to."""
        text = "，".join(one.clause.text for one in self.readings)
        return self.sanctions and not self.subject_own and bool(_ACCOUNT.search(text))

    @property
    def start(self) -> int:
        return self.readings[0].clause.start

    @property
    def end(self) -> int:
        return self.readings[-1].clause.end


def duties(readings: list[Reading]) -> list[Duty]:
    """Cut one sentence's clauses into duties, in order; some will ask for nothing."""
    found: list[Duty] = []
    current = Duty()
    subject: UnitList | None = None
    for reading in readings:
        if reading.subject is not None and _is_their_own(reading, subject):
            reading.subject = None
        if reading.subject is not None:
            subject = reading.subject
        if current.readings and _begins(reading, current):
            waiting = _taken_back(current)
            if current.readings:
                found.append(current)
            current = Duty(waiting)
        current.readings.append(reading)
        current.subject_own = current.subject_own or reading.subject is not None
        current.subject = subject
    if current.readings:
        found.append(current)
    return found


def _is_their_own(reading: Reading, subject: UnitList | None) -> bool:
    """「各镇要高度重视，主要负责人亲自部署」: it is the towns' own heads that are meant."""
    named = reading.subject.text if reading.subject else ""
    if subject is not None and _HEADS.search(subject.text):
        return False
    return subject is not None and not reading.modal and bool(_HEADS.fullmatch(named))


def _taken_back(current: Duty) -> list[Reading]:
    """The trailing preludes belong to the duty that begins now."""
    waiting: list[Reading] = []
    while (
        current.readings
        and current.readings[-1].part in _WAITING
        and current.readings[-1].clause.after != "；"
    ):
        waiting.insert(0, current.readings.pop())
    return waiting


def _begins(reading: Reading, current: Duty) -> bool:
    """Whether a clause begins a duty of its own."""
    last = current.readings[-1]
    closed = last.clause.after in "；。！？"
    if reading.subject is not None:
        absorbs = not closed and not current.subject_own and not current.modal and not current.prohibits
        if not closed and not current.subject_own and _umbrella(current) and _same_matter(reading, current):
            return False
        told = any(one.part is Part.TOLD for one in current.readings)
        return not absorbs or told
    if not any(one.part in (Part.ACTION, Part.EMPTY) or one.modal for one in current.readings):
        return closed and last.part not in _WAITING
    if closed:
        return True
    if reading.part is Part.TOLD:
        return True
    if last.part is Part.CONDITION and reading.part is Part.ACTION and last.clause.text.endswith("的"):
        return True
    if not current.actions:
        return False
    if reading.modal and reading.part is not Part.PURPOSE:
        return True
    if reading.prohibits:
        return not all(one.prohibits for one in current.actions)
    if goes_on(reading, current.readings):
        return False
    if reading.part is Part.ACTION and (reading.timed or "一次" in reading.body):
        return True
    if reading.part is not Part.ACTION or _topical(current) or _umbrella(current) or _urging(current):
        return False
    return not _akin(reading.family, current) and not reading.weak


def _topical(current: Duty) -> bool:
    """「对生产矿井，要……，强化……，落实……」: one object, one duty."""
    first = current.readings[0]
    return first.topic and first.part is Part.PRELUDE and first.body.startswith(("对", "针对"))


def _same_matter(reading: Reading, current: Duty) -> bool:
    """「要抓好高层建筑整治，消防大队……高层建筑……」: the first only names what the addressee is then asked for."""
    return bool(matters(reading.clause.text) & matters(current.actions[0].clause.text))


def _umbrella(current: Duty) -> bool:
    """「要加强现场管理，重点检查……」: the first deed only names the field of the next."""
    if len(current.actions) != 1:
        return False
    body = current.actions[0].body
    general = len(body) <= 16 and body.endswith(("工作", "管理", "监管", "安全", "整治", "治理", "防控"))
    bare = len(body) <= _BARE and current.actions[0].family != "organize"
    return current.actions[0].family in _WIDE and (current.actions[0].weak or general or bare)


def _urging(current: Duty) -> bool:
    """「要督促某公司加快……，做好……」: what follows is what that company is to do."""
    first = current.actions[0]
    return first.family == "urge" and bool(_URGED.match(first.body))


def _akin(family: str, current: Duty) -> bool:
    if family in _ALONE:
        return True
    known = {one.family for one in current.actions}
    return family in known or any(family in near and known & near for near in _NEAR)
