"""Who a clause speaks to: the units it begins with, if what follows makes them the ones who act."""

from __future__ import annotations

import re

from bihuan.capabilities.dispatch.speeches import patterns, wordings
from bihuan.capabilities.dispatch.speeches.recognising import Recogniser
from bihuan.capabilities.dispatch.speeches.units import Unit, UnitList


def subject_of(rest: str, recogniser: Recogniser) -> tuple[UnitList | None, str]:
    """The addressee of a clause, or None, and the clause without it.

    Named in front (甲局要……), by 由 (由甲局牵头……), as a list of operators (供水、供电单位要……), or after an opening phrase.
    """
    found = recogniser.at(rest)
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
        if _acts(after) or due_report(after):
            return found, after
    by = patterns.BY.search(rest)
    if by and (named := recogniser.at(rest, by.end())):
        return named, rest[: by.start()] + rest[named.end :]
    if listed := patterns.LISTED.match(rest):
        return UnitList(
            (Unit(listed.group(), listed.group(), named=False),), listed.group(), 0, listed.end()
        ), rest[listed.end() :]
    modal = patterns.MODAL.search(rest)
    if modal:
        for start in range(1, min(modal.start(), 24)):
            named = recogniser.at(rest, start, modal.start())
            if named and not patterns.FILLER.sub("", rest[named.end : modal.start()]) and _free(rest, start):
                return named, rest[modal.start() :]
    return None, rest


def _free(rest: str, start: int) -> bool:
    """Whether a name found inside a clause begins there and is not the object of what stands before."""
    return not re.search(r"(?:督促|指导|帮助|要求|对|和|与|、|向|的)$", rest[:start])


def _acts(after: str) -> bool:
    """Whether what follows a name makes it the one who acts."""
    if not after:
        return True
    if patterns.PENALTY.match(after) or patterns.ONLY_HELPS.match(after):
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
    return bool(patterns.PROHIBITION.search(after[:8])) or after.startswith(("于", "每", "将", "确保"))


def due_report(text: str) -> bool:
    """「……情况于20日前报安委办」: with a day and a report, even a noun in between leaves the addressee in front."""
    return bool(patterns.DUE_REPORT.search(text))
