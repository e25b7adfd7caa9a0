"""GB/T 4754 codes as licences write them."""

from __future__ import annotations

import pytest

from bihuan.registers.industries import check, industry, industry_named, section_of, sections


@pytest.mark.parametrize("code", ["2672", "C2672", " c2672", "２６７２"])
def test_a_class_is_found_however_it_is_written(code: str) -> None:
    found = industry(code)
    assert found is not None
    assert (found.name, found.mark, found.section) == ("焰火、鞭炮产品制造", "V2", "C")


def test_a_class_not_carried_is_known_by_its_section() -> None:
    assert industry("1391") is None
    section = section_of("1391")
    assert section is not None
    assert section.name == "制造业"
    assert check("C1391") is None


@pytest.mark.parametrize("code", ["", "Z", "00", "9800", "12345", "C-26", "B2611"])
def test_what_is_no_code_is_told_so(code: str) -> None:
    assert check(code) is not None


def test_there_are_twenty_sections_without_gaps() -> None:
    assert "".join(section.section for section in sections()) == "ABCDEFGHIJKLMNOPQRST"
    missing = [division for division in range(1, 98) if section_of(f"{division:02}") is None]
    assert missing == []


def test_an_industry_is_found_by_name() -> None:
    found = industry_named("焰火、鞭炮产品制造")
    assert found is not None
    assert found.code == "2672"
