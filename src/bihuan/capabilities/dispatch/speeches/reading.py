"""One clause read: who is addressed, whether it obliges, what kind of deed it asks for, and how much it says."""

from __future__ import annotations

import re

from bihuan.capabilities.dispatch.speeches import patterns, wordings
from bihuan.capabilities.dispatch.speeches.addressing import subject_of
from bihuan.capabilities.dispatch.speeches.clauses import Part, Reading
from bihuan.capabilities.dispatch.speeches.deeds import part_of
from bihuan.capabilities.dispatch.speeches.layout import Clause
from bihuan.capabilities.dispatch.speeches.matter import left_over, without_adverbs
from bihuan.capabilities.dispatch.speeches.recognising import Recogniser


def read(clause: Clause, recogniser: Recogniser) -> Reading:
    """Read one clause by itself; what it means beside its neighbours is the grouping's matter."""
    rest = clause.text
    while True:
        found = patterns.OPENER.match(rest) or patterns.CONNECTIVE.match(rest)
        if not found or found.end() == len(rest) or recogniser.at(rest) is not None:
            break
        rest = rest[found.end() :].lstrip("，")
    subject, rest = subject_of(rest, recogniser)
    reading = Reading(clause, Part.TAIL, rest, subject)
    if (other := recogniser.at(rest)) and other.end == len(rest):
        rest = ""  # nothing but names: a signature, an addressee line
    reading.conditional = bool(patterns.CONDITION.search(clause.text))
    _weigh(reading, rest, recogniser)
    return reading


def _weigh(reading: Reading, rest: str, recogniser: Recogniser) -> None:
    """Decide what part the clause plays."""
    modal = patterns.MODAL.search(rest)
    if modal and _quoted(rest, modal.start()):
        modal = None
    if modal:
        reading.modal = modal.group()
        front, rest = rest[: modal.start()], rest[modal.end() :]
        if front and patterns.HANDLED.match(front) and not _has_object(rest):
            rest = front + rest
        if patterns.ASIDE.search(front):
            reading.part, reading.body = Part.PRELUDE, rest  # 不仅要……: the weight lies on what follows
            return
    about = rest.startswith(("对", "针对", "凡")) and patterns.HANDLING.search(rest) is None
    if not modal and patterns.MARK.search(reading.clause.text) and not about:
        reading.part = Part.TOLD
        return
    if patterns.SLOGAN.match(rest) and patterns.SLOGAN_VERB.match(rest):
        reading.part, reading.body = Part.EMPTY, rest
        return
    rest = _without_help(without_adverbs(rest), recogniser)
    reading.body = rest
    reading.timed = bool(
        wordings.BEFORE_VERB.match(reading.clause.text)
    ) and not reading.clause.text.startswith("经常")
    reading.part = part_of(reading, rest)


def _without_help(rest: str, recogniser: Recogniser) -> str:
    """「会同公安等部门加大……」: what counts is the deed after those who help."""
    found = patterns.HELP.match(rest)
    if not found:
        return rest
    helpers = recogniser.at(rest, found.end())
    after = rest[helpers.end :] if helpers else ""
    return without_adverbs(after) if len(after) > 3 else rest


def _has_object(rest: str) -> bool:
    rest = without_adverbs(rest)
    verb = patterns.VERB.match(rest)
    return bool(verb) and left_over(rest[verb.end() :]) >= 2 if verb else False


def _quoted(rest: str, at: int) -> bool:
    """「管行业必须管安全」 and 「省里要求……」 oblige nobody here."""
    return bool(re.match(r"必须管", rest[at:])) or bool(re.search(r"谁[^，]{0,8}$", rest[:at]))
