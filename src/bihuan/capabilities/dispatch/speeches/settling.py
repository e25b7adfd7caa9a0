"""What a duty asks for when none of its clauses begins with a deed the dictionaries know."""

from __future__ import annotations

import re

from bihuan.capabilities.dispatch.speeches import patterns
from bihuan.capabilities.dispatch.speeches.clauses import Part, Reading
from bihuan.capabilities.dispatch.speeches.grouping import Duty
from bihuan.capabilities.dispatch.speeches.matter import left_over, without_adverbs
from bihuan.capabilities.dispatch.speeches.vocabulary import families

_CONSEQUENCE = re.compile(
    "(?:追究|问责|追责|处罚|处分|查处|严查|调查|曝光|通报|通报批评|约谈|督办|取缔|惩处|严惩|处理|整改|整治|停产|停业|关停|拆除|扣分|处置|移送公安机关|移送司法机关|奖励|表彰|终止合同|解除合同|清退|辞退)(?:到底|到位|责任|整顿|整改)?$"
)
_LEADS_UP_ONLY = re.compile(
    "按|依据|根据|依照|结合|对照|参照|以|为|围绕|坚持|立足|站在|随着|鉴于|从|自|在|高度|牢固|通过|树立"
)
_LEAST_MATTER = 3
_MERE_CASE = re.compile("(?:一旦|一经|凡|凡是)?(?:发现|查实|查出|出现|发生)(?:问题|隐患)?(?:的)?")
_OFFENDERS = re.compile("(?:行为|的|事故)$")


def settle(duty: Duty) -> None:
    """Find the deed of a duty that has none so far, or leave it as it is.

    「甲局要保障改造资金」, 「乙局要紧盯水库水位」: said of
    somebody with a duty word, an aim or a point to watch is what is asked.
    """
    if duty.actions or not (duty.subject_own or duty.modal):
        return
    if any(one.part in (Part.MIND, Part.EMPTY) for one in duty.readings):
        return
    for reading in duty.readings:
        aims = reading.part is Part.PURPOSE and duty.subject_own and (reading.modal or reading.subject)
        goes_on = reading.part is Part.TAIL and _goes_on(reading)
        if (aims and _matters(reading)) or (reading.part is Part.PRELUDE and _points(reading)) or goes_on:
            _become(reading)
            return


def follow(readings: list[Reading]) -> None:
    """Make deeds of what is to follow upon an offence: 「对未审批作业的，依法从严处罚」 has its matter in the condition."""
    for earlier, before, one in zip([None, *readings], readings, readings[1:], strict=False):
        stated = before.part is Part.CONDITION or (
            before.part is Part.PRELUDE and before.clause.text.startswith(("对", "凡"))
        )
        if stated and _MERE_CASE.fullmatch(before.clause.text):
            stated = bool(earlier and _OFFENDERS.search(earlier.clause.text))
        bare = one.part in (Part.TAIL, Part.EMPTY) and not one.subject and before.clause.after == "，"
        if stated and bare and (one.timed or _CONSEQUENCE.search(one.clause.text)):
            one.part, one.family = Part.ACTION, "sanction"


def _goes_on(reading: Reading) -> bool:
    """「要围绕……，不断加大投入」: after a mere lead-up, what goes on is what is asked."""
    verb = patterns.VERB.match(reading.body)
    return bool(verb and len(verb.group()) > 1) and left_over(reading.body) >= _LEAST_MATTER


def _points(reading: Reading) -> bool:
    """A lead-up with a deed in its further course, or one that says what to watch."""
    if not _matters(reading) or patterns.SUFFERS.match(reading.body):
        return False
    if not _LEADS_UP_ONLY.match(reading.body):
        pointed = reading.modal or (reading.subject and patterns.DEED.search(reading.body))
        return bool(pointed) and not reading.body.endswith("的")
    deed = patterns.DEED.search(reading.body, 4)
    return bool(deed) and not reading.body.endswith((*patterns.BASES, "的")) if deed else False


def _matters(reading: Reading) -> bool:
    return left_over(reading.body) >= _LEAST_MATTER


def _become(reading: Reading) -> None:
    reading.part = Part.ACTION
    verb = patterns.VERB.match(without_adverbs(reading.body)) or patterns.DEED.search(reading.body, 4)
    reading.family = families()[verb.group()] if verb else "handle"
