"""GB 32100-2015: what passes and what a clerk is told otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.registers.credit_code import ALPHABET, check, make, normalise

PUBLISHED = [
    "12100000400000624D",
    "1210000042500615X0",
    "12440300455752807L",
    "12100000400002259P",
    "91100000100003962T",
]


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_are_right(code: str) -> None:
    assert check(code) is None
    assert make(code[:17]) == code


@pytest.mark.parametrize(
    "written",
    [
        "'12100000400000624d",
        "１２１０００００４０００００６２４Ｄ",
        " 12100000 4000 00624D ",
        "\u200b12100000400000624D\n",
    ],
)
def test_what_clerks_type_is_the_same_code(written: str) -> None:
    assert normalise(written) == "12100000400000624D"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "没有填写"),
        ("12100000400000624", "现为17位"),
        ("12100000400000624O", "“O”"),
        ("12100000400000624E", "末位应为“D”"),
    ],
)
def test_a_wrong_code_is_told_why(code: str, said: str) -> None:
    reason = check(code)
    assert reason is not None
    assert said in reason


def test_the_inner_check_of_the_organisation_code_does_not_decide() -> None:
    assert check(make("91370403MA0000001")) is None


@given(st.text(alphabet=ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.integers(1, 30))
def test_any_single_wrong_character_is_found(first17: str, place: int, shift: int) -> None:
    code = make(first17)
    wrong = ALPHABET[(ALPHABET.index(code[place]) + shift) % 31]
    assert check(code[:place] + wrong + code[place + 1 :]) is not None


@given(st.text(alphabet=ALPHABET, min_size=17, max_size=17), st.integers(0, 16))
def test_neighbours_swapped_are_found(first17: str, place: int) -> None:
    code = make(first17)
    if code[place] != code[place + 1]:
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert check(swapped) is not None


def test_make_refuses_what_is_not_seventeen_characters() -> None:
    with pytest.raises(ValueError):
        make("123")
