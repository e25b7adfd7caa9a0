"""Units assigned other than as the one who acts: 「（责任单位：……）」, lines of their own, 「会同……」, 「由……牵头」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.capabilities.dispatch.speeches.grouping import Duty
from bihuan.capabilities.dispatch.speeches.layout import Sentence
from bihuan.capabilities.dispatch.speeches.parties import party
from bihuan.capabilities.dispatch.speeches.recognising import Recogniser
from bihuan.capabilities.dispatch.speeches.units import Unit, UnitList

_LEAD = r"(?:牵头(?:责任)?(?:单位|部门)|责任(?:单位|部门|主体)|主办单位|承办单位|落实单位|实施单位|主责单位|牵头领导|责任领导)"
_SUPPORT = r"(?:配合(?:单位|部门)|协办单位|参加单位|参与单位|协同单位|会办单位)"
_TIME = r"(?:完成时限|完成时间|整改时限|时限要求|时间要求|工作时限|办理时限|时间节点|完成期限|期限)"
_LABEL = re.compile(rf"(?P<lead>{_LEAD})|(?P<support>{_SUPPORT})|(?P<time>{_TIME})")
_BRACKET = re.compile(
    r"（(?P<body>[^（）]*(?:（[^（）]*）[^（）]*)*)）|〔(?P<other>[^〔〕]*)〕|【(?P<third>[^【】]*)】"
)
_LEADS = re.compile(r"(?:牵头(?:负责)?|负责|主责|承办|落实)$")
_HELPS = re.compile(r"(?:配合|协助|参与|参加)$")
_WITH = re.compile(
    r"(?:会同|联合|协调|协同|商|组织协调|组织|发动|充分发挥|发挥|动员|(?:积极|主动|要)?(?:协助|配合))"
)
_HELPED = re.compile(r"(?:积极|密切|主动|予以|做好)?(?:配合|协助)(?!.{0,2}(?:单位|部门))")
_OF_A_UNIT = re.compile(
    "(?:[办局委部会组院所站厂校]|部门|单位|公司|企业|大队|中心|镇|乡|街道|社区|政府|领导|负责人)$"
)
"""Brackets behind a name say what else it is called."""
_TEAMS = frozenset({"检查组", "督导组", "督查组", "工作组", "工作专班"})
_NOT_HELP = frozenset({"企业", "员工", "职工", "学校", "领导干部", "从业人员"})


@dataclass(frozen=True, slots=True)
class Assigned:
    """What brackets or lines of their own say of a duty."""

    leads: UnitList | None = None
    supports: UnitList | None = None
    deadline: str | None = None

    def __or__(self, other: Assigned) -> Assigned:
        return Assigned(
            other.leads or self.leads, other.supports or self.supports, other.deadline or self.deadline
        )

    def __bool__(self) -> bool:
        return self.leads is not None or self.supports is not None or self.deadline is not None


NOTHING = Assigned()


def column(sentence: Sentence, recogniser: Recogniser) -> Assigned | None:
    """A sentence that is nothing but 「责任单位：甲、乙；完成时限：……」, or None."""
    whole = sentence.text.rstrip("。")
    text = whole.strip("（）〔〕【】")
    told = NOTHING
    if whole.startswith("（") and whole.endswith("）"):
        told = _spoken(text, recogniser) or _names_only(text, recogniser)
    if told:
        return told
    if not _LABEL.match(text) or "：" not in text[:10]:
        return None
    return _labelled(text, recogniser) or None


def assigned_in(duty: Duty, recogniser: Recogniser) -> Assigned:
    """What brackets within a duty assign."""
    found = NOTHING
    for reading in duty.readings:
        for match in _BRACKET.finditer(reading.clause.text):
            body = match["body"] or match["other"] or match["third"] or ""
            told = _labelled(body, recogniser) or _spoken(body, recogniser)
            behind = match.end() == len(reading.clause.text) and not _OF_A_UNIT.search(
                reading.clause.text[: match.start()]
            )
            found = found | (told or (_names_only(body, recogniser) if behind else NOTHING))
    return found


def _labelled(text: str, recogniser: Recogniser) -> Assigned:
    found = NOTHING
    labels = list(_LABEL.finditer(text))
    for at, label in enumerate(labels):
        end = labels[at + 1].start() if at + 1 < len(labels) else len(text)
        body = text[label.end() : end].strip("：:；;，。、 ")
        if not body or text[label.end() : label.end() + 1] not in "：为":
            continue
        if label["time"]:
            found = found | Assigned(deadline=body)
        elif label["lead"]:
            found = found | Assigned(leads=_list(body, recogniser))
        else:
            found = found | Assigned(supports=_list(body, recogniser))
    return found


def _names_only(body: str, recogniser: Recogniser) -> Assigned:
    """「（县委办、县政府办）」 behind an item: whose it is, without a word of it."""
    units = _exact(body, recogniser) or party(body, recogniser)
    return Assigned(leads=units) if units and (units.named or len(units.units) > 1) else NOTHING


def _spoken(body: str, recogniser: Recogniser) -> Assigned:
    """「（区应急管理局牵头，各镇街配合）」."""
    found = NOTHING
    for part in re.split("[，；]", body):
        if lead := _LEADS.search(part):
            found = found | Assigned(leads=_exact(part[: lead.start()], recogniser))
        elif helps := _HELPS.search(part):
            found = found | Assigned(supports=_exact(part[: helps.start()], recogniser))
    return found


def _exact(text: str, recogniser: Recogniser) -> UnitList | None:
    named = recogniser.at(text.removeprefix("由"))
    return named if named and named.end >= len(text.removeprefix("由")) else None


def _list(text: str, recogniser: Recogniser) -> UnitList | None:
    """All units of a column; what the dictionary does not know is taken as written, for a column lists nothing else."""
    units: list[Unit] = []
    for part in re.split(r"[、，；\s]|(?<=[局委办街])(?:和|及)", text):
        if not part:
            continue
        named = recogniser.at(part) or recogniser.at(part + "部门")
        if named and named.end >= len(part):
            units += named.units
        else:
            units.append(Unit(part, part, named=True))
    return UnitList(tuple(units), text, 0, len(text)) if units else None


def supports_in(text: str, recogniser: Recogniser) -> Iterator[Unit]:
    """Units a clause brings in to help: 会同、联合、组织、发动、发挥……作用、……配合."""
    for match in _WITH.finditer(text):
        named = recogniser.at(text, match.end())
        if named is None:
            continue
        if named.text in _TEAMS:
            continue
        if match.group().endswith("发挥") and "作用" not in text[named.end :]:
            continue
        yield from (unit for unit in named.units if unit.text not in _NOT_HELP)
    helped = _HELPED.search(text)
    if helped:
        for start in range(max(0, helped.start() - 24), helped.start()):
            named = recogniser.at(text, start, helped.start())
            if named and named.end == helped.start():
                yield from named.units
                return
