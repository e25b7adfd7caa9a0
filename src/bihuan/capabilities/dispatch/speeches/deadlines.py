"""Until when, and how often: wordings of time in a duty, resolved against the day of the document.

``12月15日前`` is a day, ``每月`` a recurrence, ``立即`` a wording without a day. What only holds when something happens
(发现……立即上报) is no deadline, nor is the length of a ban (1年内不得).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from bihuan.capabilities.dispatch.speeches import wordings
from bihuan.capabilities.dispatch.speeches.reckoning import RESOLVERS, safe
from bihuan.kernel.numerals import in_figures, read_number


@dataclass(frozen=True, slots=True)
class Deadline:
    """``text`` as written; ``day`` when it names one; ``recurrence`` like ``monthly``; ``assumed`` when the year is."""

    text: str | None = None
    day: date | None = None
    recurrence: str | None = None
    assumed: bool = False

    def __bool__(self) -> bool:
        return self.text is not None


@dataclass(frozen=True, slots=True)
class DocumentDay:
    """The day a document counts from.

    ``known`` is false when it is only today's date; ``year_only`` when no more than the year could be read, so that
    本周内 and 十日内 come to no day.
    """

    day: date
    known: bool
    year_only: bool = False


NONE = Deadline()


def document_day(text: str, given: date | None, today: date) -> DocumentDay:
    """The day given, else the last date on a line of its own, else the day minutes begin with, else the year most spoken of, else today."""
    if given is not None:
        return DocumentDay(given, known=True)
    lines = [line for line in text.split("\n") if line]
    if dated := _own_day(lines):
        return DocumentDay(dated, known=True)
    for line in lines[: wordings.HEAD_LINES]:  # minutes begin with the day of the meeting
        if (at := wordings.MEETING_DAY.match(line)) and (found := _full_dates(at.group())):
            return DocumentDay(found[0], known=True)
    years = Counter(re.findall(r"(20\d\d)年", text)).most_common()
    if years:
        most = max(year for year, count in years if count == years[0][1])
        return DocumentDay(date(int(most), 1, 1), known=True, year_only=True)
    return DocumentDay(today, known=False)


def _own_day(lines: list[str]) -> date | None:
    """The day on a line of its own: in brackets below the title, else the last before the attachments, else the last."""
    dated = [(at, found[-1]) for at, line in enumerate(lines) if (found := _dated(line))]
    attached = next((at for at, line in enumerate(lines) if wordings.ATTACHMENT.fullmatch(line)), len(lines))
    below_title = [day for at, day in dated if at < wordings.HEAD_LINES and lines[at].startswith("（")]
    before = [day for at, day in dated if at < attached]
    return next(iter([*below_title[:1], *before[-1:], *[day for _, day in dated[-1:]]]), None)


def _dated(line: str) -> list[date]:
    own = len(line) <= wordings.MOST_DATE_LINE and not wordings.TERM_LINE.search(line)
    return _full_dates(line) if own else []


def _full_dates(text: str) -> list[date]:
    text = re.sub(r"[〇零○一二三四五六七八九]{4}(?=年)", lambda match: in_figures(match.group()), text)
    text = re.sub(
        r"[一二三四五六七八九十]{1,3}(?=[月日])", lambda match: str(read_number(match.group())), text
    )
    days = re.findall(r"(20\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?", text)
    return [found for year, month, day in days if (found := safe(int(year), int(month), int(day)))]


def deadline_in(text: str, reference: DocumentDay, *, conditional: bool = False) -> Deadline:
    """The deadline of one duty's wording; days before recurrences before wordings without a day."""
    if wordings.NO_END.fullmatch(text):
        return NONE
    text = wordings.TITLED.sub(lambda match: "《" * len(match.group()), text)
    recurring = _recurring(text)
    for pattern, resolve in RESOLVERS:
        for match in pattern.finditer(text):
            if recurring and recurring[1].start() <= match.start() < recurring[1].end():
                continue
            if (
                (conditional and pattern is wordings.WITHIN)
                or (recurring and _only_begins(match.group()))
                or wordings.BAN.match(text[match.end() :])
                or wordings.TOLD.match(text[match.end() :])
                or (
                    pattern is wordings.DAY
                    and wordings.HELD.match(text[match.end() :])
                    and "前" not in match.group()
                )
                or not _whole(text, match)
            ):
                continue
            relative = pattern in (
                wordings.WITHIN,
                wordings.WEEK,
                wordings.NEAR_DAY,
                wordings.TAKING,
                wordings.NAMED_DAY,
            )
            day = None if relative and reference.year_only else resolve(match, reference.day)
            if pattern is wordings.MONTH and day is None:
                continue
            unsure = not reference.known and not (match.groupdict().get("year") or "").isdigit()
            return Deadline(
                _shown(match.group()),
                day,
                recurring[0] if recurring else None,
                unsure and day is not None,
            )
    if recurring:
        return Deadline(recurring[1].group(), None, recurring[0])
    return _wording(text, conditional)


def _only_begins(text: str) -> bool:
    """「自5月24日起，每周报送」: the day is where the recurrence begins."""
    return text.endswith("起")


def _shown(text: str) -> str:
    return re.sub(r"^(?:务必于|不晚于|不迟于|[在于到至])|，", "", text)


def _wording(text: str, conditional: bool) -> Deadline:
    found = wordings.FESTIVAL.search(text)
    if found:
        return Deadline(found.group())
    for clause in re.split(r"[，；：]", text):
        if wordings.SEASON.match(clause):
            return Deadline(clause)
    for clause in re.split(r"[，；：]", "" if conditional else text):
        if (found := wordings.NOW.search(clause)) and not clause.startswith(
            ("确保", "保证", "努力", "推动", "使")
        ):
            return Deadline(found.group())
    return NONE


def _recurring(text: str) -> tuple[str, re.Match[str]] | None:
    for match in wordings.RECURRENCE.finditer(text):
        kind = next(name for at, (_, name) in enumerate(wordings.RECURRENCES) if match.group(f"r{at}"))
        if kind == "periodic" and (
            wordings.HABIT.match(text, match.start()) or wordings.OBJECT.search(text[: match.start()])
        ):
            continue
        if kind == "yearly" and text[match.end() :].startswith("以来"):
            continue
        return kind, match
    return None


def _whole(text: str, match: re.Match[str]) -> bool:
    """Not the middle of a longer number or of a year's count (「2023年12月」 is one, 「1年内」 is a span)."""
    before = text[: match.start()]
    return not (before[-1:].isdigit() or before.endswith("每") or before.endswith("近"))
