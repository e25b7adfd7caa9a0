"""Who is to act when no dictionary lists the name: the noun phrase in front of the duty word, taken as written."""

from __future__ import annotations

import re

from bihuan.capabilities.dispatch.speeches import patterns
from bihuan.capabilities.dispatch.speeches.recognising import Recogniser
from bihuan.capabilities.dispatch.speeches.units import Unit, UnitList
from bihuan.capabilities.dispatch.speeches.vocabulary import one_of, unit_words

_MOST = 36
_NAMED_END = rf"(?<![全内外中东西南北局下上头腰])部|(?<![场有厕])所|{one_of(unit_words('parties', 'named'))}"
_KIND_END = one_of(unit_words("parties", "kinds"))
_PARTY = re.compile(rf"^(?P<name>.*(?:{_NAMED_END}|(?P<kind>{_KIND_END})))(?:（[^（）]{{1,14}}）)?$")
_NO_PARTY = re.compile(one_of(unit_words("parties", "never")))
_INSIDE = re.compile(
    r"[，。；：！？]|[要应须](?=对|把|将|在)|督促|负责(?!人)|未经|违反|(?<!日)报(?!社)|每[季月周日年天]|特别是|尤其是|(?<!意)向|已经|正在|了|全部(?=[^门])|工作$|领域|方面"
)
_MANNER = re.compile(one_of(unit_words("parties", "manner")))
_DEED_FIRST = re.compile(f"(?:{patterns.ADVERB.pattern})*{patterns.DEED.pattern}")
_FILL = re.compile(
    rf"(?:{one_of(unit_words('parties', 'fill'))}|每(?:半年|半月|[日天月季年]度?|周[一二三四五六日]?))+$"
)
_SPLIT = re.compile("、|(?<=[局委办部队司会院府心位门员业人长])(?:和|及|以及|与)")


def party(front: str, recogniser: Recogniser) -> UnitList | None:
    """The doer that ``front`` (all that stands before the duty word) names, or None when it names nobody.

    「区委宣传部、区委网信办」 are two, 「存在有限空间的企业」 is a kind; what the recogniser knows keeps its name.
    """
    front = _FILL.sub("", front)
    starts = _MANNER.match(front) or (_DEED_FIRST.match(front) and not patterns.NOUNED.match(front))
    if starts and recogniser.at(front) is None:
        return None
    if not 2 <= len(front) <= _MOST or _NO_PARTY.match(front) or _INSIDE.search(front):
        return None
    if not _PARTY.match(front):
        return None
    if known := _known_behind(front, recogniser):
        return known
    units: list[Unit] = []
    for piece in _pieces(front):
        known = recogniser.at(piece)
        if known and known.end == len(piece):
            units += known.units
        elif (found := _PARTY.match(piece)) and not _NO_PARTY.match(piece):
            named = found["kind"] is None and not piece.startswith(("各", "有关", "相关", "所有"))
            units.append(Unit(piece, piece, named=named))
        else:
            return None
    distinct = tuple({unit.name: unit for unit in units}.values())
    return UnitList(distinct, front, 0, len(front)) if distinct else None


def _known_behind(front: str, recogniser: Recogniser) -> UnitList | None:
    """「重大问题区政府」: the name behind is meant, what stands before it is the matter."""
    for match in re.finditer("(?<=[问项情题任务])(?=[区县市](?:政府|委|安委))", front):
        known = recogniser.at(front, match.start())
        if known and known.end == len(front):
            return known
    return None


def _pieces(front: str) -> list[str]:
    """Cut at 、 and 和; what lacks an ending of its own (供水、供电单位) stays whole."""
    pieces = [piece for piece in _SPLIT.split(front) if piece]
    return pieces if all(_PARTY.match(piece) for piece in pieces) else [front]
