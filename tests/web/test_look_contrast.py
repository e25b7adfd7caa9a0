"""Text can be read by tired eyes: WCAG 2.2 AA for every pair of text and ground the stylesheet uses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[2] / "src/bihuan/kernel/web/static/bihuan/bihuan.css").read_text(
    encoding="utf-8"
)
COLOURS = dict(re.findall(r"--bh-([a-z-]+):\s*(#[0-9a-f]{6})", SHEET))
TEXT_ON_GROUND = [
    *((name, ground) for name in ("ink", "soft", "faint", "blue", "mend", "red") for ground in ("paper", "ground", "blue-wash")),
    *((name, f"{name}-wash") for name in ("red", "orange", "yellow", "azure", "green", "off", "mend")),
    *((name, "paper") for name in ("orange", "yellow", "azure", "green", "off")),
    ("paper", "blue"),
    ("paper", "blue-deep"),
    ("paper", "green"),
    ("blue-line", "blue-deep"),
]  # fmt: skip
LINES = [
    ("line-strong", "paper"),
    ("red-solid", "paper"),
    ("orange-solid", "paper"),
    ("azure-solid", "paper"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("line", "ground"), LINES)
def test_borders_of_inputs_and_signs_can_be_seen(line: str, ground: str) -> None:
    assert contrast(line, ground) >= 3


def test_no_colour_needs_a_browser_of_this_year() -> None:
    assert not re.search(r"oklch|light-dark|color-mix|rgb\(from", re.sub(r"/\*.*?\*/", "", SHEET, flags=re.S))
