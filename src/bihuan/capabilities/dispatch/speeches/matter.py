"""A clause without what carries no matter: adverbs, times and places before the verb, the genre's general words."""

from __future__ import annotations

import re

from bihuan.capabilities.dispatch.speeches import patterns, wordings


def without_adverbs(rest: str) -> str:
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


def left_over(text: str) -> int:
    """How many characters of an object are left when the genre's general words are taken away."""
    return len(re.sub(r"[、，（）《》：；]", "", patterns.GENERIC.sub("", text)))
