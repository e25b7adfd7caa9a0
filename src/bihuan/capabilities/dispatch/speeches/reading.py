"""One clause read: who is addressed, whether it obliges, what kind of deed it asks for, and how much it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bihuan.capabilities.dispatch.speeches import patterns, wordings
from bihuan.capabilities.dispatch.speeches.layout import Clause
from bihuan.capabilities.dispatch.speeches.recognising import Recogniser
from bihuan.capabilities.dispatch.speeches.units import Unit, UnitList
from bihuan.capabilities.dispatch.speeches.vocabulary import families


class Part(StrEnum):
    """What a clause is to the duty it stands with."""

    ACTION = "action"
    EMPTY = "empty"
    """Obliges to nothing in particular (认真履行职责)."""
    MIND = "mind"
    """A state of mind (提高认识)."""
    PRELUDE = "prelude"
    CONDITION = "condition"
    PURPOSE = "purpose"
    TOLD = "told"
    TAIL = "tail"
    """Neither: it goes on with what stands before."""


@dataclass(slots=True)
class Reading:
    """A clause and what it was found to be. ``body`` is what remains after addressee, duty word and adverbs."""

    clause: Clause
    part: Part
    body: str = ""
    subject: UnitList | None = None
    modal: str = ""
    family: str = ""
    prohibits: bool = False
    connective: bool = False
    topic: bool = False
    conditional: bool = False
    follows: bool = False
    timed: bool = False
    """Begins with a time of its own."""
    weak: bool = False
    """Asks for little of its own (加大宣传力度)."""


def read(clause: Clause, recogniser: Recogniser) -> Reading:
    """Read one clause by itself; what it means beside its neighbours is the grouping's matter."""
    rest = clause.text
    connective = False
    while True:
        found = patterns.OPENER.match(rest) or patterns.CONNECTIVE.match(rest)
        if not found or found.end() == len(rest) or recogniser.at(rest) is not None:
            break
        connective = connective or bool(patterns.CONNECTIVE.match(rest))
        rest = rest[found.end() :].lstrip("，")
    subject, rest = _subject(rest, recogniser)
    reading = Reading(clause, Part.TAIL, rest, subject, connective=connective)
    reading.conditional = bool(patterns.CONDITION.search(clause.text))
    _weigh(reading, rest, recogniser)
    return reading


def _subject(rest: str, recogniser: Recogniser) -> tuple[UnitList | None, str]:
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
        if _acts(after) or _due_report(after):
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
    if not modal and patterns.MARK.search(reading.clause.text):
        reading.part = Part.TOLD
        return
    if patterns.SLOGAN.match(rest) and patterns.SLOGAN_VERB.match(rest):
        reading.part, reading.body = Part.EMPTY, rest
        return
    rest = _without_help(_without_adverbs(rest), recogniser)
    reading.body = rest
    reading.timed = bool(
        wordings.BEFORE_VERB.match(reading.clause.text)
    ) and not reading.clause.text.startswith("经常")
    reading.part = _part(reading, rest)


def _without_help(rest: str, recogniser: Recogniser) -> str:
    """「会同公安等部门加大……」: what counts is the deed after those who help."""
    found = patterns.HELP.match(rest)
    if not found:
        return rest
    helpers = recogniser.at(rest, found.end())
    after = rest[helpers.end :] if helpers else ""
    return _without_adverbs(after) if len(after) > 3 else rest


def _has_object(rest: str) -> bool:
    rest = _without_adverbs(rest)
    verb = patterns.VERB.match(rest)
    return bool(verb) and left_over(rest[verb.end() :]) >= 2 if verb else False


def _quoted(rest: str, at: int) -> bool:
    """「管行业必须管安全」 and 「省里要求……」 oblige nobody here."""
    return bool(re.match(r"必须管", rest[at:])) or bool(re.search(r"谁[^，]{0,8}$", rest[:at]))


def _without_adverbs(rest: str) -> str:
    if patterns.WILL.match(rest):
        rest = rest[1:]
    while True:
        if (when := wordings.BEFORE_VERB.match(rest)) and when.end() and len(rest) - when.end() > 3:
            rest = rest[when.end() :]
            continue
        if place := patterns.PLACE.match(rest):
            if place.end() == len(rest):
                return rest
            rest = rest[place.end() :]
            continue
        if patterns.VERB.match(rest) and not _verb_follows_adverb(rest):
            return rest
        adverb = patterns.ADVERB.match(rest)
        if not adverb or adverb.end() == len(rest):
            return rest
        rest = rest[adverb.end() :].removeprefix("地")


def _verb_follows_adverb(rest: str) -> bool:
    """严格 and 突出 are adverbs before another verb (严格执行), verbs before an object (严格流向登记)."""
    adverb = patterns.ADVERB.match(rest)
    if not adverb:
        return False
    after = rest[adverb.end() :]
    if patterns.PRELUDE.match(after) and after.startswith(("按", "依据", "根据", "对照")):
        return True
    verb = patterns.VERB.match(after)
    return (
        bool(verb and len(verb.group()) > 1 and not after[verb.end() :].startswith(("的", "、")))
        and len(after) > 3
    )


def _part(reading: Reading, rest: str) -> Part:
    if patterns.PENALTY.search(rest):
        reading.family = "sanction"
        reading.prohibits = "不得" in rest
        return Part.ACTION
    if _prohibits(rest):
        reading.prohibits, reading.family = True, "prohibit"
        return Part.ACTION
    if patterns.RHETORICAL.match(rest):
        return Part.TAIL
    if patterns.TIMED.match(reading.clause.text) and not reading.modal:
        reading.family = "target"
        return Part.ACTION
    if _due_report(reading.clause.text):
        reading.family = "report"
        return Part.ACTION
    if not reading.modal and (rest.endswith(("的", "时", "后", "的情况下")) or patterns.WHEN.match(rest)):
        return Part.CONDITION
    if patterns.GOES_ON.match(reading.clause.text) and not reading.modal:
        reading.follows = reading.clause.text.startswith("及时")
        return Part.TAIL
    if patterns.FOLLOW_UP.match(rest) or patterns.FOLLOW_UP.match(reading.clause.text):
        reading.follows = True
        return Part.TAIL
    if patterns.MIND.match(rest) or patterns.COGNITIVE.search(rest):
        return Part.MIND
    handled = patterns.HANDLED.match(rest)
    if handled and not patterns.VERB.match(rest):
        return _handled(reading, rest)
    if patterns.TOPIC.match(reading.clause.text) and not reading.modal and not patterns.VERB.match(rest):
        reading.topic = True
        return Part.PRELUDE
    verb = patterns.VERB.match(rest)
    if verb and (
        rest[verb.end() :].startswith("的")
        or (len(verb.group()) == 1 and not reading.modal and not reading.subject)
    ):
        return Part.TAIL
    if (
        patterns.TELLING.search(rest)
        and (reading.modal or verb or rest.startswith("做到"))
        and not patterns.MANNER.match(rest)
    ):
        reading.family = families()[verb.group()] if verb else "equip"
        reading.weak = not verb
        return Part.ACTION
    if patterns.PURPOSE.match(rest) or patterns.FURTHERS.match(rest):
        return Part.PURPOSE
    prelude = patterns.PRELUDE.match(rest)
    if prelude and (not verb or len(prelude.group()) >= len(verb.group())):
        return _led(reading, rest)
    if verb:
        return _done(reading, rest, verb)
    return (
        Part.ACTION
        if reading.modal and reading.subject and left_over(rest) >= 2 and len(rest) > 4
        else Part.TAIL
    )


def _done(reading: Reading, rest: str, verb: re.Match[str]) -> Part:
    """A clause with its verb in front: a deed if it has a matter, or if the verb is one by itself (检查、报送)."""
    reading.family = families()[verb.group()]
    if reading.family == "crack" and "隐患" in rest[verb.end() :]:
        reading.family = "clear"
    if verb.group() in ("组织", "发动", "动员") and patterns.PEOPLE.search(rest):
        return Part.PRELUDE
    if verb.group() in ("进行", "予以", "给予"):
        reading.family = "handle"
    if patterns.HOLLOW.search(rest) and reading.family not in patterns.TELLING_FAMILIES:
        return Part.EMPTY
    left = left_over(rest[verb.end() :])
    soft = verb.group() in patterns.SOFT
    if left < 2 and not (
        not soft and reading.family in patterns.TELLING_FAMILIES and (reading.subject or reading.modal)
    ):
        return Part.EMPTY
    enough = 3 if reading.family == "organize" else 5
    reading.weak = left < enough and reading.family not in patterns.TELLING_FAMILIES | {"crack"}
    return Part.ACTION


def _led(reading: Reading, rest: str) -> Part:
    """「按照标准加强防护」 asks, 「按照方案要求」 only leads up; 「坚持带班制度」 is a deed too."""
    if rest.startswith(("坚持", "继续坚持")) and rest.endswith(("制度", "机制")):
        reading.family = ""
        return Part.ACTION
    if not rest.startswith(("按", "依据", "根据", "依照", "结合", "对照", "参照")) or rest.endswith(
        patterns.BASES
    ):
        return Part.PRELUDE
    handling = patterns.HANDLING.search(rest, 4)
    if handling is None or handling.end() == len(rest):
        return Part.PRELUDE
    verb = patterns.VERB.match(_without_adverbs(rest[handling.start() :]))
    reading.family = families().get(verb.group(), "handle") if verb else "handle"
    return Part.ACTION


def _due_report(text: str) -> bool:
    return bool(patterns.DUE_REPORT.search(text))


def _handled(reading: Reading, rest: str) -> Part:
    """「对……进行排查」 asks; 「对……企业，」 only names what the next clause is about."""
    # What somebody failed to do (对未落实……的企业) is not what is asked.
    found = patterns.HANDLING.finditer(rest, 2)
    matches = [
        match
        for match in found
        if not re.search("(?:未|不|没有|拒不)(?:有效|严格|按要求|认真)?$", rest[: match.start()])
    ]
    if not matches and reading.modal:
        matches = [match for match in patterns.VERB.finditer(rest, 3) if _is_deed(match, rest)][-1:]
    if not matches or rest.endswith("的"):
        reading.topic = True
        return Part.PRELUDE
    last = matches[-1]
    verb = patterns.VERB.match(_without_adverbs(rest[last.start() :]))
    reading.family = families().get(verb.group(), "") if verb else "handle"
    after = rest[last.end() :]
    if reading.family == "organize" and (deed := patterns.VERB.match(_without_adverbs(after))):
        reading.family = families()[deed.group()]
    return Part.ACTION if left_over(rest) >= 2 else Part.EMPTY


def _is_deed(match: re.Match[str], rest: str) -> bool:
    """A verb of its own at the end of 「对……每天抽查」, not half a word (摆在突出的位置)."""
    vague = families()[match.group()] in ("strengthen", "advance", "regulate", "do")
    return len(match.group()) > 1 and not vague and not rest[match.end() :].startswith("的")


def _prohibits(rest: str) -> bool:
    found = patterns.PROHIBITION.search(rest)
    if not found or rest.endswith("的"):
        return False
    return found.start() <= 14 or (rest.startswith(("对", "凡", "未", "不", "没有")) and found.start() <= 50)


def left_over(text: str) -> int:
    """How many characters of an object are left when the genre's general words are taken away."""
    return len(re.sub(r"[、，（）《》：；]", "", patterns.GENERIC.sub("", text)))
