"""Whose duty a sentence is that names nobody: the addressee of the sentences before, while they stay with their matter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bihuan.capabilities.dispatch.speeches.layout import Sentence
from bihuan.capabilities.dispatch.speeches.patterns import DUE_REPORT, MODAL
from bihuan.capabilities.dispatch.speeches.units import UnitList

_STOP = re.compile(
    "安全|生产|工作|加强|强化|重点|管理|监督|检查|落实|责任|措施|开展|组织|全面|进一步|切实|认真|积极|深入|确保|提高|各项|领域|行业|企业|有关|相关|及时|问题|行为|制度|严格|要求|实行|部门|单位|活动|抓好|做好|推进|情况|建立|完善|健全"
)


@dataclass(slots=True)
class Carried:
    """The last addressee, for sentences that go on without naming one."""

    subject: UnitList | None = None
    text: str = ""
    paragraph: int = -1
    item: int = -1
    leads_items: UnitList | None = None
    leads_paragraph: int = -1


def forget(sentence: Sentence, carried: Carried) -> None:
    if sentence.paragraph != carried.leads_paragraph:
        carried.leads_items = None
    if sentence.paragraph != carried.paragraph or (sentence.item != carried.item and sentence.position == 0):
        carried.subject = None


def remember(sentence: Sentence, carried: Carried, own: UnitList | None) -> None:
    if own is not None:
        carried.subject, carried.text = own, sentence.text
        carried.paragraph, carried.item = sentence.paragraph, sentence.item
        if sentence.level < 5 and sentence.lead_in:
            carried.leads_items, carried.leads_paragraph = own, sentence.paragraph
    elif joined(sentence, carried):
        carried.text = sentence.text
    else:
        carried.subject = None


def joined(sentence: Sentence, carried: Carried) -> bool:
    """Whether a sentence without addressee goes on with the one before it.

    By a connective, by what it is about, or because the addressees are everybody: a department answers only for its field.
    """
    if carried.subject is None:
        return False
    if re.match(
        r"(?:同时|并|此外|还要|另外|要|对|凡|与此同时|特别)?(?:[^，]{2,10}(?:领域|行业|方面)，)",
        sentence.text,
    ):
        return False
    if re.match(r"同时|并且|并要|还要|此外|另外|与此同时|在此基础上|特别是|尤其是|也要", sentence.text):
        return True
    if not carried.subject.named and carried.item == sentence.item and MODAL.match(sentence.text):
        return True
    if carried.item == sentence.item and DUE_REPORT.search(sentence.text):
        return True
    obliges = any(MODAL.search(clause.text) for clause in sentence.clauses[:2]) or sentence.text.startswith(
        "对"
    )
    return obliges and bool(matters(sentence.text) & matters(carried.text))


def matters(text: str) -> set[str]:
    """Pairs of characters that tell what a text is about."""
    plain = re.sub(r"[^\u4e00-\u9fa5]", " ", _STOP.sub(" ", text))
    return {run[at : at + 2] for run in plain.split() for at in range(len(run) - 1)}
