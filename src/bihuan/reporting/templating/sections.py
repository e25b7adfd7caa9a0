"""Composed sections by the names a clerk knows, and the places a template gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bihuan.reporting.genres import genre_of
from bihuan.reporting.sections import Section, all_sections, sections_of
from bihuan.reporting.templating.notation import Line, Piece, Sort, lines_of, pieces_of

LABELS = {
    "accidents": "生产安全事故", "pack-accidents": "事故情况",
    "meetings": "会议部署和领导督导", "pack-meetings": "会议部署和领导督导",
    "tasks": "调度任务落实", "pack-tasks": "各单位任务办理",
    "letters": "责任书签订", "measures": "上级部署措施分解落实",
    "campaigns": "专项行动", "pack-campaigns": "专项行动",
    "hazards": "隐患排查治理", "pack-hazards": "隐患排查治理",
    "major-hazards": "重大事故隐患治理", "pack-majors": "重大事故隐患治理",
    "recurrences": "反复发生的隐患", "filing-record": "隐患台账报送", "pack-filings": "隐患台账报送",
    "weekly": "周调度填报", "trades": "重点行业领域安全监管", "enforcement": "执法检查", "fire": "消防安全",
    "tip-offs": "举报投诉", "tipoffs": "举报投诉",
    "pack-overdue": "逾期未整改隐患", "pack-raised": "各单位提出的问题", "pack-ahead": "下一阶段到期的任务和议定事项",
    "unit-problems": "各单位存在的问题", "five-years": "近五年事故情况", "rates": "事故相对指标", "year-on-year": "与上年同期比较",
    "archive-index": "工作档案目录", "windows-ahead": "重点时段安排",
}  # fmt: skip


def label_of(section: Section) -> str:
    """What a clerk calls a section."""
    return LABELS.get(section.name, section.name)


def offered(kind: str) -> list[Section]:
    """One section a label: those of the kind first, then the rest."""
    found: dict[str, Section] = {}
    for section in (*_own(kind), *all_sections()):
        found.setdefault(label_of(section), section)
    return list(found.values())


def _own(kind: str) -> Sequence[Section]:
    genre = genre_of(kind)
    return sections_of(genre.like or kind)


def section_called(label: str, kind: str) -> Section | None:
    """The section of that label, or of that name."""
    return next((each for each in offered(kind) if label in (label_of(each), each.name)), None)


def placed(body: str, kind: str) -> list[Piece]:
    """The pieces of a template with every section in its place; one there is not (any more) is left out."""
    pieces = pieces_of(lines_of(body))
    named = {found.name for piece in pieces if (found := _named(piece, kind)) is not None}
    made: list[Piece] = []
    for piece in pieces:
        if piece.sort is Sort.REST:
            rest = [section for section in _own(kind) if section.name not in named]
            made += [_place(piece, section) for section in rest]
        elif piece.sort is Sort.SECTION:
            section = _named(piece, kind)
            made += [_place(piece, section)] if section is not None else []
        else:
            made.append(piece)
    return made


def _named(piece: Piece, kind: str) -> Section | None:
    return section_called(piece.name, kind) if piece.sort is Sort.SECTION else None


def _place(piece: Piece, section: Section) -> Piece:
    line = Line(piece.lines[0].number, Sort.SECTION, label_of(section))
    return replace(piece, key=section.name, sort=Sort.SECTION, lines=(line,), name=section.name)
