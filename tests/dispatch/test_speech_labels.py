"""Whole speeches: what is asked is found, what is not asked is not proposed, leads and deadlines are read right."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from tools.score_tasks import BARS, SAMPLE, SHARED, labelled, score, unit_key

from bihuan.capabilities.dispatch.speeches.extraction import extract
from tests.dispatch.labels import STYLES, speech

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize("style", STYLES)
def test_every_label_is_found_with_lead_deadline_and_kind(style: str) -> None:
    text, labels = speech(style)
    found = score(text, labels["tasks"], extract(text, today=TODAY))
    assert [label["anchor"] for label in found.missed] == []
    assert [one.anchor for one in found.extra] == []
    for label, one in found.matched:
        names = {unit_key(unit.name) for unit in one.lead_units}
        assert names == {unit_key(name) for name in label["lead_units"]}, label["anchor"]
        wanted = label["deadline"]
        assert (one.deadline.day.isoformat() if one.deadline.day else None) == wanted["date"], label["anchor"]
        assert one.deadline.recurrence == wanted["recurrence"], label["anchor"]
        assert (one.deadline.text is None) == (wanted["text"] is None), label["anchor"]
        assert one.kind.value == label.get("kind", one.kind.value), label["anchor"]
        supports = {unit.name for unit in one.support_units}
        assert set(label.get("support_units", ())) <= supports, label["anchor"]


@pytest.mark.parametrize("style", STYLES)
def test_background_praise_and_exhortation_are_not_proposed(style: str) -> None:
    text, labels = speech(style)
    proposals = extract(text, today=TODAY)
    for sentence in labels["not_tasks"]:
        assert sentence in text
        assert not any(sentence in one.anchor for one in proposals), sentence


@pytest.mark.parametrize("style", STYLES)
def test_every_place_is_verbatim_and_proposals_do_not_overlap(style: str) -> None:
    text, _ = speech(style)
    proposals = extract(text, today=TODAY)
    assert all(text[one.start : one.end] == one.anchor for one in proposals)
    assert all(text.count("\n", 0, one.start) + 1 == one.line for one in proposals)
    assert all(before.end <= after.start for before, after in itertools.pairwise(proposals))


@pytest.mark.parametrize("style", STYLES)
def test_every_proposal_says_why_and_how_sure(style: str) -> None:
    text, _ = speech(style)
    for one in extract(text, today=TODAY):
        assert one.rules
        assert one.why
        assert 0.5 <= one.confidence < 1


@pytest.mark.skipif(not SAMPLE.exists(), reason="the labelled sample is not part of the repository")
def test_the_labelled_sample_meets_its_bar() -> None:
    text, labels = labelled(SAMPLE, SHARED / "sources")
    shares = score(text, labels, extract(text, today=TODAY)).shares
    assert {name: shares[name] >= bar for name, bar in BARS.items()} == dict.fromkeys(BARS, True)
