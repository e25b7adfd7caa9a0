"""Papers have no sentence with a hole, amounts in capitals, laws by their full name, and print again as they were frozen."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.kernel.documents import Document, Form, Paragraph, SignPlaces, to_docx, to_html, to_pdf
from bihuan.kernel.documents.freezing import frozen, thawed
from bihuan.registers.instruments import kinds
from bihuan.registers.instruments.facts import canonical_facts
from bihuan.registers.instruments.organs import Organ
from bihuan.registers.instruments.wording import Wording, compose
from bihuan.registers.instruments.wording.layouts import LAYOUTS
from bihuan.registers.instruments.wording.values import capital_money, cited
from tests.registers.instrument_steps import facts_for

ORGAN = Organ("薛河区应急管理局", "薛", "政通路1号", "0632-1", "薛河区人民政府", "薛河区人民法院")
EVERY = [pytest.param(each, id=each.slug) for each in kinds.all_kinds()]


def composed(each: kinds.Kind, *, optional: bool) -> Document:
    facts = canonical_facts(each, facts_for(each, optional=optional))
    return compose(Wording(each, facts, ORGAN, "（薛）应急X〔2026〕1号", date(2026, 3, 4), "某单位", "1/1-a"))


@pytest.mark.django_db
@pytest.mark.parametrize("each", EVERY)
def test_with_the_required_facts_alone_no_sentence_has_a_hole(each: kinds.Kind) -> None:
    page = to_html(composed(each, optional=False))
    for hole in ("{", "}", "None", "：。", "，，", "；。", "（）", "《》", "、的规定"):
        assert hole not in page, hole


@pytest.mark.django_db
@pytest.mark.parametrize("each", EVERY)
def test_a_frozen_paper_thaws_to_the_same(each: kinds.Kind) -> None:
    document = composed(each, optional=True)
    assert thawed(frozen(document)) == document


def test_every_kind_is_worded_and_every_word_is_of_a_kind() -> None:
    assert set(LAYOUTS) == {each.slug for each in kinds.all_kinds()}


@pytest.mark.django_db
def test_decisions_name_remedies_payment_and_surcharge() -> None:
    page = to_html(composed(kinds.kind("penalty_decision_entity"), optional=True))
    for words in (
        "六十日内向薛河区人民政府申请行政复议",
        "六个月内直接向薛河区人民法院",
        "十五日内缴清罚款",
        "百分之三加处罚款",
    ):
        assert words in page
    assert "五个工作日内" in to_html(composed(kinds.kind("hearing_right_notice"), optional=True))


@pytest.mark.django_db
def test_records_are_signed_on_every_page_and_forms_are_ruled() -> None:
    record = composed(kinds.kind("interview_record"), optional=True)
    assert record.page_signers == ("被询问人", "询问人", "询问人", "记录人")
    approval = composed(kinds.kind("case_opening_approval"), optional=True)
    assert any(isinstance(block, Form) for block in approval.blocks)
    order = composed(kinds.kind("rectification_order"), optional=True)
    assert any(isinstance(block, SignPlaces) for block in order.blocks)
    for document in (record, approval, order):
        assert to_pdf(document).startswith(b"%PDF")
        assert to_docx(document).startswith(b"PK")


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (5_000_000, "伍万元整"), (1_020, "壹拾元贰角整"), (100_000_001, "壹佰万元零壹分"), (12_345_678, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
        (1_000_500, "壹万零伍元整"), (0, "零元整"), (50, "伍角整"), (2_000_000_000_000, "贰佰亿元整"),
    ],
)  # fmt: skip
def test_amounts_in_capitals(fen: int, words: str) -> None:
    assert capital_money(fen) == words


def test_laws_are_cited_by_their_full_name() -> None:
    assert (
        cited(["《安全生产法》第二十条", "《工贸办法》第三条"])
        == "《中华人民共和国安全生产法》第二十条、《工贸办法》第三条"
    )
    assert Paragraph.of("x").runs[0].text == "x"
