"""What whoever holds a receipt number says after reporting: more of what was seen, whether the answer is good, a question.

The system writes it down for a person it does not know. It moves nothing by itself: whether a matter is opened again is the
office's to decide, and the question stands in the record until it is answered there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bihuan.capabilities.tipoffs import gates
from bihuan.capabilities.tipoffs.hands import HANDLER, OFFICE, SYSTEM
from bihuan.capabilities.tipoffs.states import CLOSED_STATES, ItemState, Verdict
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.declaration import Act
from bihuan.kernel.loops.inputs import Kind, entry

LONGEST = 500


@dataclass(frozen=True, kw_only=True)
class More:
    """举报人补充."""

    note: str = entry("补充内容", Kind.LONG_TEXT, max_length=LONGEST)
    more_photos: tuple[UUID, ...] = entry("照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Rating:
    """举报人评价."""

    verdict: str = entry("评价", Kind.CHOICE, choices=Verdict)
    note: str = entry("说明", Kind.LONG_TEXT, required=False, max_length=LONGEST)


@dataclass(frozen=True, kw_only=True)
class Question:
    """举报人追问."""

    note: str = entry("追问内容", Kind.LONG_TEXT, max_length=LONGEST)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """答复追问."""

    reply: str = entry("答复内容", Kind.LONG_TEXT, max_length=1000, help="举报人凭查询码能看到这段话")


ANSWERED = frozenset({ItemState.REPLIED, ItemState.SETTLED, ItemState.REJECTED, ItemState.TRANSFERRED})
UNDER_WAY = frozenset(ItemState) - {*CLOSED_STATES, ItemState.REVOKED}


def rate(item: Any, given: Any, context: Any) -> None:
    """评价: of the answer that stands; another answer is judged anew."""
    item.verdict, item.rated_on = given.verdict, context.day


def ask_again(item: Any, given: Any, context: Any) -> None:
    """追问: open from the first question that has no answer yet."""
    if item.asked_on is None or item.answered_on is not None:
        item.asked_on, item.answered_on = context.day, None


def answer_question(item: Any, given: Any, context: Any) -> None:
    """答复追问. The judgement stands until the reporter judges anew: nobody wipes it out by answering."""
    answered(item, context)


def question_waits(item: Any, given: Any, actor: Any) -> Failure | None:
    """Nobody is offered to answer what was not asked."""
    if item.asked_on is not None and item.answered_on is None:
        return None
    return Failure("tipoff.no_question", "举报人没有待答复的追问")


def answered(item: Any, context: Any) -> None:
    """What was asked has its answer, by itself or by a new reply to the whole."""
    if item.asked_on is not None and item.answered_on is None:
        item.answered_on = context.day


def unjudge(item: Any, context: Any) -> None:
    """The answer that was judged stands no more; the judgement goes into the record with it."""
    if item.verdict:
        context.facts["former_verdict"] = {"verdict": item.verdict, "rated_on": item.rated_on}
    item.verdict, item.rated_on = "", None


VOICES = (
    Act(
        name="tell_more", label="举报人补充", states=UNDER_WAY, by=(SYSTEM,), input=More,
        gates=(gates.names_nobody, gates.photos_are_here), shown=False, notify=(OFFICE, HANDLER),
        hint="举报人凭查询码在进度页上补充的",
    ),
    Act(
        name="rate", label="举报人评价", states=ANSWERED, by=(SYSTEM,), input=Rating, gates=(gates.names_nobody,),
        effect=rate, shown=False, notify=(OFFICE,), hint="举报人凭查询码在进度页上评价的；不满意的，由受理人核对后决定是否重新办理",
    ),
    Act(
        name="ask_again", label="举报人追问", states=ANSWERED, by=(SYSTEM,), input=Question, gates=(gates.names_nobody,),
        effect=ask_again, shown=False, notify=(OFFICE,), hint="举报人凭查询码在进度页上追问的，请答复追问",
    ),
    Act(
        name="answer_question", label="答复追问", states=ANSWERED, by=(OFFICE,), input=Answer,
        concerns=(question_waits,), gates=(gates.names_nobody,),
        effect=answer_question, signed=True, hint="对举报人的追问作补充答复；没有解决的，请重新办理",
    ),
)  # fmt: skip
VERBS = tuple(each.name for each in VOICES)
