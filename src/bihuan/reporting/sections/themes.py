"""Whose failing a problem shows: the regulator's, the enterprise's, or that of those who coordinate (M264).

Sections tell each problem with the figure it rests on; a report gathers them under these three, so that a reader sees who has
to act and not sixteen lines of equal weight.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Theme(StrEnum):
    """The first sentence of the item under which its problems are gathered."""

    REGULATION = "监管责任和监管力量还有差距。"
    ENTERPRISE = "企业主体责任落实不到位。"
    COORDINATION = "综合协调和跟踪督办需要加强。"


class Problem(str):
    """One problem in the clerk's notation, with its theme; anywhere else it is simply its text."""

    theme: Theme

    def __new__(cls, text: str, theme: Theme) -> Problem:
        made = super().__new__(cls, text)
        made.theme = theme
        return made


def regulation(text: str) -> Problem:
    """What those who supervise left undone."""
    return Problem(text, Theme.REGULATION)


def enterprise(text: str) -> Problem:
    """What enterprises left undone."""
    return Problem(text, Theme.ENTERPRISE)


def coordination(text: str) -> Problem:
    """What was not followed up between units."""
    return Problem(text, Theme.COORDINATION)


def gathered(problems: Iterable[str]) -> tuple[str, ...]:
    """The problems by theme, each theme one item with its own first sentence; those without a theme come first.

    Within an item a problem's own first sentence runs on into its figure, and the next follows after a semicolon.
    """
    alone: list[str] = []
    themed: dict[Theme, list[str]] = {theme: [] for theme in Theme}
    for problem in problems:
        if isinstance(problem, Problem):
            themed[problem.theme].append(problem.replace("。", "，", 1).rstrip("。，"))
        else:
            alone.append(problem)
    return (*alone, *(f"{theme}{'；'.join(items)}。" for theme, items in themed.items() if items))
