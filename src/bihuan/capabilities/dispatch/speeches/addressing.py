"""Who a clause speaks to: the units it begins with, if what follows makes them the ones who act."""

from __future__ import annotations

import re

from bihuan.capabilities.dispatch.speeches import patterns, wordings
from bihuan.capabilities.dispatch.speeches.parties import party
from bihuan.capabilities.dispatch.speeches.recognising import Recogniser
from bihuan.capabilities.dispatch.speeches.units import Unit, UnitList

_FAR = 20
_NEAR = 14
"""So near to its addressee a deed stands, with no more than its manner in between."""


def subject_of(rest: str, recogniser: Recogniser) -> tuple[UnitList | None, str]:
    """The addressee of a clause, or None, and the clause without it.

    Named in front (甲局要……), by 由 (由甲局牵头……), as a list of operators (供水、供电单位要……), or after an opening phrase.
    """
    found = recogniser.at(rest)
    modal = patterns.MODAL.search(rest)
    duty = modal or patterns.IN_CHARGE.search(rest) or patterns.ASKED.search(rest)
    whole = party(rest[: duty.start()], recogniser) if duty else None
    if whole and found and found.end < whole.end:
        return whole, rest[duty.start() :] if duty else rest
    if found is not None:
        after = rest[found.end :]
        if especially := patterns.ESPECIALLY.match(after):
            kind = Unit(especially["who"], especially["who"], named=False)
            more = recogniser.at(especially["who"])
            units = found.units + (more.units if more and more.end == len(especially["who"]) else (kind,))
            return UnitList(
                units, rest[: found.end + especially.end()], 0, found.end + especially.end()
            ), after[especially.end() :]
        after = after[filler.end() :] if (filler := patterns.FILLER.match(after)) else after
        front = after[: modal.start() - len(rest) + len(after)] if modal and modal.start() > found.end else ""
        if _acts(after) or due_report(after) or patterns.WHEN_OR_HOW.fullmatch(front):
            return _one_by_one(found, after, recogniser), after
    if by := _by(rest, recogniser):
        return by
    if whole and duty and len(whole.units) > 1 and all(unit.named for unit in whole.units):
        return whole, rest[duty.start() :]
    if listed := patterns.LISTED.match(rest):
        return UnitList(
            (Unit(listed.group(), listed.group(), named=False),), listed.group(), 0, listed.end()
        ), rest[listed.end() :]
    if whole and duty:
        return whole, rest[duty.start() :]
    deed = patterns.DEED.search(rest, 3, _FAR)
    begins = modal is None and deed and (not patterns.DEED.match(rest) or patterns.NOUNED.match(rest))
    if begins and deed and not _only_helps(rest[deed.start() :]):
        doer = party(rest[: deed.start()], recogniser)
        if doer:
            return doer, rest[deed.start() :]
    if modal:
        for start in range(1, min(modal.start(), 24)):
            named = recogniser.at(rest, start, modal.start())
            if named and not patterns.FILLER.sub("", rest[named.end : modal.start()]) and _free(rest, start):
                return named, rest[modal.start() :]
    return None, rest


def _by(rest: str, recogniser: Recogniser) -> tuple[UnitList, str] | None:
    """「由某局牵头」, 「所需资金由区财政局列支」; what is formed or caused by somebody is no duty of theirs."""
    for by in patterns.BY.finditer(rest):
        named = recogniser.at(rest, by.end())
        if named is None and (duty := patterns.IN_CHARGE.search(rest, by.end())):
            named = party(rest[by.end() : duty.start()], recogniser)
            end = duty.start()
        else:
            end = named.end if named else 0
        if named and not patterns.NO_DUTY_OF.match(rest, end):
            return named, rest[: by.start()] + rest[end:]
    return None


def _one_by_one(found: UnitList, after: str, recogniser: Recogniser) -> UnitList:
    """「甲局对……、乙局对……进行检查」, 「甲局负责……、乙局负责……」: all of them are asked."""
    if not after.startswith(("对", "负责")):
        return found
    units = found.units
    for match in re.finditer(f"、(?=[^、]{{2,16}}?{after[:2] if after[0] == '负' else after[0]})", after):
        more = recogniser.at(after, match.end())
        if more and after[more.end :].startswith(("对", "负责")):
            units += more.units
    return UnitList(units, found.text, found.start, found.end)


def _free(rest: str, start: int) -> bool:
    """Whether a name found inside a clause begins there and is not the object of what stands before."""
    return not re.search(r"(?:督促|指导|帮助|要求|对|和|与|、|向|的)$", rest[:start])


def _only_helps(after: str) -> bool:
    return bool(patterns.ONLY_HELPS.match(after))


def _acts(after: str) -> bool:
    """Whether what follows a name makes it the one who acts."""
    if not after:
        return True
    if (verb := patterns.VERB.match(after)) and after[verb.end() :].startswith("的"):
        return False
    if patterns.PENALTY.match(after) or patterns.PUNISHED.match(after) or _only_helps(after):
        return False
    if after[0] in "的、是之中内所" or after.startswith(("存在", "发生", "普遍", "等")):
        return after.startswith("是第一责任人")
    begins = (
        patterns.MODAL,
        patterns.AS,
        patterns.ADVERB,
        patterns.VERB,
        patterns.PRELUDE,
        patterns.HANDLED,
        patterns.LEADING,
    )
    if any(pattern.match(after) for pattern in begins):
        return True
    if (when := wordings.BEFORE_VERB.match(after.removeprefix("会后"))) and when.end():
        return True
    asks = patterns.MODAL.search(after)
    if (
        not asks
        and (verb := patterns.DEED.search(after[:_NEAR]))
        and not after[verb.end() :].startswith("的")
    ):
        return True
    return bool(patterns.PROHIBITION.search(after[:8])) or after.startswith(("于", "每", "将", "确保"))


def due_report(text: str) -> bool:
    """「……情况于20日前报安委办」: with a day and a report, even a noun in between leaves the addressee in front."""
    return bool(patterns.DUE_REPORT.search(text))
