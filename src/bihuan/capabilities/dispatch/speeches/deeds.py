"""What a clause asks for: a deed with a matter, a state of mind, a purpose, a lead-up or nothing in particular."""

from __future__ import annotations

import re

from bihuan.capabilities.dispatch.speeches import patterns, wordings
from bihuan.capabilities.dispatch.speeches.addressing import due_report
from bihuan.capabilities.dispatch.speeches.clauses import Part, Reading
from bihuan.capabilities.dispatch.speeches.matter import left_over, without_adverbs
from bihuan.capabilities.dispatch.speeches.vocabulary import families

_PUTS = frozenset({"equip", "build", "teach", "ban"})
_OWN_MATTER = 5
_SAYS_ENOUGH = 4


def part_of(reading: Reading, rest: str) -> Part:
    """What part a clause plays; ``rest`` is the clause without addressee, duty word and adverbs."""
    found = _marked(reading, rest)
    return _by_its_verb(reading, rest) if found is None else found


def _marked(reading: Reading, rest: str) -> Part | None:
    """Parts that a word of theirs gives away, whatever the verb."""
    if wordings.is_when(reading.clause.text):
        return Part.PRELUDE
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
    if patterns.SUFFERS.match(rest) or (not reading.modal and patterns.DEFINED.search(rest)):
        return Part.TOLD
    if patterns.RANKED.search(rest):
        return Part.MIND
    said_before = reading.modal or reading.subject or reading.timed or rest.startswith(("把", "将"))
    if patterns.LATER_USE.match(rest) and not said_before and not due_report(reading.clause.text):
        return Part.TAIL
    if due_report(reading.clause.text):
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
    return None


def _by_its_verb(reading: Reading, rest: str) -> Part:
    verb = patterns.VERB.match(rest)
    if patterns.HANDLED.match(rest) and not verb:
        return _handled(reading, rest)
    if patterns.TOPIC.match(reading.clause.text) and not reading.modal and not verb:
        reading.topic = True
        return Part.PRELUDE
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
    if reading.timed and (reading.modal or reading.subject) and len(rest) > 3:
        reading.family = families()[verb.group()] if verb else "target"
        return Part.ACTION
    if patterns.PURPOSE.match(rest) or patterns.FURTHERS.match(rest):
        return Part.PURPOSE
    if patterns.MEANS.match(rest):
        return Part.PRELUDE
    prelude = patterns.PRELUDE.match(rest)
    if prelude and (not verb or len(prelude.group()) >= len(verb.group())):
        return _led(reading, rest)
    if verb:
        return _done(reading, rest, verb)
    if patterns.IN_FORCE.match(rest):
        return Part.ACTION
    if patterns.THOSE_WHO.search(rest) and not reading.modal and not reading.subject:
        return Part.CONDITION
    return Part.ACTION if _asked_in_other_words(reading, rest) else Part.TAIL


def _asked_in_other_words(reading: Reading, rest: str) -> bool:
    """No verb in front: an addressee with a duty word, or a deed further on, tells a task all the same."""
    deed = patterns.DEED.search(rest)
    if reading.subject and (reading.modal or deed):
        return left_over(rest) >= 2 and (len(rest) > 4 or bool(deed))
    last = patterns.TO_SOMEBODY.search(rest)
    return bool(reading.modal and last) and left_over(rest) >= _SAYS_ENOUGH


def _done(reading: Reading, rest: str, verb: re.Match[str]) -> Part:
    """A clause with its verb in front: a deed if it has a matter, or if the verb is one by itself (检查、报送)."""
    reading.family = families()[verb.group()]
    if reading.family == "crack" and "隐患" in rest[verb.end() :]:
        reading.family = "clear"
    if verb.group() in ("组织", "发动", "动员") and patterns.PEOPLE.search(rest):
        return Part.PRELUDE
    if verb.group() in ("进行", "予以", "给予"):
        reading.family = "handle"
    hollow = patterns.HOLLOW.search(rest) and (
        left_over(rest[verb.end() :]) < _OWN_MATTER or not patterns.CLEARED_UP.match(rest)
    )
    if hollow and reading.family not in patterns.TELLING_FAMILIES:
        return Part.EMPTY
    left = left_over(rest[verb.end() :])
    soft = verb.group() in patterns.SOFT
    if patterns.COMPLETE.fullmatch(verb.group()) and reading.subject:
        return Part.ACTION
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
    said = reading.modal or reading.subject or patterns.TELLING.search(rest)
    if rest.startswith("在") and said and (family := _deed_after_place(rest)):
        reading.family = family
        return Part.ACTION
    if not rest.startswith(("按", "依据", "根据", "依照", "结合", "对照", "参照")) or rest.endswith(
        patterns.BASES
    ):
        return Part.PRELUDE
    handling = patterns.HANDLING.search(rest, 4)
    if handling is None or handling.end() == len(rest):
        deed = patterns.DEED.search(rest, 4)
        if deed is None or len(rest) - deed.end() < 3 or rest[deed.end()] in "的、和":
            return Part.PRELUDE
        reading.family = families()[deed.group()]
        return Part.ACTION
    verb = patterns.VERB.match(without_adverbs(rest[handling.start() :]))
    reading.family = families().get(verb.group(), "handle") if verb else "handle"
    return Part.ACTION


def _deed_after_place(rest: str) -> str:
    """「要在每个小区划定停放区域」: the family of the deed behind a place, or nothing."""
    deed = patterns.DEED.search(rest, 3)
    if deed is None or len(rest) - deed.end() < _SAYS_ENOUGH - 1 or rest[deed.end()] in "的、和":
        return ""
    return "" if re.search("[上中下内时后前]$", rest) else families()[deed.group()]


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
    if not matches and not rest.endswith("的") and (set_up := _set_up(rest)):
        reading.family = set_up
        return Part.ACTION
    if not matches or rest.endswith("的"):
        reading.topic = True
        return Part.PRELUDE
    last = matches[-1]
    verb = patterns.VERB.match(without_adverbs(rest[last.start() :]))
    reading.family = families().get(verb.group(), "") if verb else "handle"
    after = rest[last.end() :]
    if reading.family == "organize" and (deed := patterns.VERB.match(without_adverbs(after))):
        reading.family = families()[deed.group()]
    return Part.ACTION if left_over(rest) >= 2 else Part.EMPTY


def _set_up(rest: str) -> str:
    """「对易积水路段设置警示标志」: the family of what is put there, or nothing."""
    found = [match for match in patterns.DEED.finditer(rest, 3) if families()[match.group()] in _PUTS]
    if not found or "的" in rest[found[-1].end() :] or len(rest) - found[-1].end() < _SAYS_ENOUGH - 1:
        return ""
    return families()[found[-1].group()]


def _is_deed(match: re.Match[str], rest: str) -> bool:
    """A verb of its own at the end of 「对……每天抽查」, not half a word (摆在突出的位置)."""
    vague = families()[match.group()] in ("strengthen", "advance", "regulate", "do")
    return len(match.group()) > 1 and not vague and not rest[match.end() :].startswith("的")


def _prohibits(rest: str) -> bool:
    found = patterns.PROHIBITION.search(rest)
    if not found or rest.endswith("的"):
        return False
    return found.start() <= 14 or (rest.startswith(("对", "凡", "未", "不", "没有")) and found.start() <= 50)
