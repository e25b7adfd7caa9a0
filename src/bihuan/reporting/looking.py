"""What a citation in the clerk's words means in one report: looked up first, printed and put on record only when it stands.

【生产安全事故】 is the number, 【生产安全事故：东湖镇】 one line of it, 【生产安全事故｜同比】 how it moved against the same days of the
year before. What cannot be said (no base to divide by, nothing of the kind ever kept) is blank and says why; it is never a
zero. 【双降】 stands only where accidents and deaths both fell, with the graver ones beside it (M257).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bihuan.kernel.documents import FigureRef, Run, Text
from bihuan.kernel.figures import answers, judging, registry
from bihuan.kernel.figures.comparing import MOVED_DIGITS, Comparison, compare
from bihuan.kernel.figures.judging import Verdict
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.reporting import lines, year_on_year
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll, claims

CLAIMED = "台账所载"
BOTH_FELL = "双降"
SITUATION = "形势"
"""The sentences that sections put before a report's own first one; nothing where none has any."""
FORMS = {
    "同比": "升降幅度，如“上升36%”“增长1.5倍”“持平”",
    "增减": "增减的数，如“增加4起”",
    "同比增减": "整句，如“同比增加4起，上升36%”",
    "去年同期": "上一年同期的数",
    "倍数": "“是上年同期的2.5倍”",
}
ACCIDENTS, DEATHS, GRAVER = "accidents.count", "accidents.deaths", "accidents.major"
NEVER_KEPT = "系统内没有这类登记"
NOT_HERE = "这个范围的报告不能单独统计这个数"


@dataclass(frozen=True, slots=True)
class Found:
    """A citation that is understood. ``zero`` and ``blank`` (why nothing can be printed) decide whether a clause stands;
    ``cite`` prints it and takes it into the appendix. ``unclear`` says which several things it may mean."""

    cite: Callable[[], tuple[Run, ...]]
    zero: bool = False
    blank: str = ""
    unclear: str = ""


def look(token: str, desk: Briefing) -> Found | None:
    """What ``token`` (without its brackets) means; None when this report has no such number."""
    said = token.replace(":", "：").replace("|", "｜").strip()
    said, _, form = said.partition("｜")
    if said == BOTH_FELL and not form:
        return _both_fell(desk)
    if said == SITUATION and not form:
        told: tuple[Run, ...] = desk.memo.get(SITUATION, ())
        return Found(lambda: told, zero=not told)
    label, line, digits = _parted(said)
    if form and form not in FORMS:
        return None
    claimed = label.startswith(CLAIMED) and label not in desk.rolls
    label = label.removeprefix(CLAIMED) if claimed else label
    found: FigureValue | Roll | str | None = anything(desk, label, line) if line else None
    found = desk.look_up(label, line) if found is None else found
    found = anything(desk, label, line) if found is None else found
    if isinstance(found, lines.Unclear):
        return Found(_nothing, unclear=found)
    if found is None or isinstance(found, str):
        return None if found is None else Found(_nothing, blank=found)
    if isinstance(found, Roll):
        roll = found
        return None if form else Found(lambda: (desk.cite.roll(roll),), zero=not roll.count)
    if claimed and (found.claimed is None or form):
        return None
    if form:
        return _moved(desk, found, line, form, digits)
    return _number(desk, found, line, digits, claimed)


def _parted(said: str) -> tuple[str, str, int | None]:
    label, _, rest = said.partition("：")
    line, _, decimals = rest.partition("：")
    if not decimals and re.fullmatch(r"[0-2]", line):
        line, decimals = "", line
    return label.strip(), line.strip(), int(decimals) if re.fullmatch(r"[0-2]", decimals) else None


def _nothing() -> tuple[Run, ...]:
    return (Text("—"),)


def _number(desk: Briefing, value: FigureValue, line: str, digits: int | None, claimed: bool) -> Found:
    def cite() -> tuple[Run, ...]:
        _total_too(desk, value, line)
        return (desk.cite.figure(value, line, digits=digits, claimed=claimed),)

    if value.kind == "ratio":
        nothing = "没有可算比率的记录" if not value.denominator else ""
        return Found(cite, zero=not value.numerator, blank=nothing)
    return Found(cite, zero=not (claims(value) if claimed else value.amount))


def _total_too(desk: Briefing, value: FigureValue, line: str) -> None:
    """A line is frozen under its total, which the sentence need not print."""
    if line:
        asked, kept = desk.question, desk.memo.setdefault("beside lines", {})
        key = (value.figure, value.period, value.as_of, value.digits)
        if key not in kept:
            kept[key] = answers.value(
                value.figure, value.period, value.as_of, asked.scope, digits=value.digits
            )
        desk.cite.figure(replace(kept[key], label=value.label))


def anything(desk: Briefing, label: str, line: str) -> FigureValue | str | None:
    """A figure of any records by its label; the reason in words where it is blank; None where there is no such figure."""
    name = next((each for each in registry.names() if registry.figure(each).label == label), "")
    if not name:
        return None
    tally = registry.figure(name).tally
    if desk.question.scope.dims() - tally.dims.keys():
        return NOT_HERE
    if not desk.ever_kept(name):
        return NEVER_KEPT if not line or lines.narrowed(lines.split(line)[1], Scope()) else None
    return lines.line_of(desk, name, line) if line else _totals(desk, tally.name)[name]


def _totals(desk: Briefing, tally: str) -> dict[str, FigureValue]:
    """All figures of one kind of records, asked once."""
    asked, kept = desk.question, desk.memo.setdefault("totals", {})
    if tally not in kept:
        kept[tally] = answers.values(
            registry.names(tally), asked.period, asked.as_of, asked.scope, digits=asked.digits
        )
    found: dict[str, FigureValue] = kept[tally]
    return found


def before(desk: Briefing, value: FigureValue) -> FigureValue | None:
    """The same figure of the same days a year before; None where nothing of the kind had been kept by then."""
    [*told] = year_on_year.before(desk, (value.figure,)).values()
    if not told or value.scope == desk.question.scope:
        return told[0] if told else None
    if not year_on_year.reaches_back(desk, value):
        return None
    then = answers.value(value.figure, told[0].period, told[0].as_of, value.scope, digits=value.digits)
    return replace(then, label=told[0].label)


def compared(desk: Briefing, value: FigureValue) -> Comparison:
    """The figure beside that of a year before."""
    return compare(value, before(desk, value))


def _moved(desk: Briefing, value: FigureValue, line: str, form: str, digits: int | None) -> Found:
    moved = compared(desk, value)
    words, blank = _words(moved, form, digits)

    def cite() -> tuple[Run, ...]:
        ref = _both(desk, moved, line)
        if form == "去年同期" and moved.before is not None:
            return (desk.cite.figure(moved.before, line, digits=digits),)
        return (replace(ref, text=words),)

    return Found(cite, zero=form == "去年同期" and not blank and not _exact(moved.before), blank=blank)


def _exact(value: FigureValue | None) -> int:
    return (value.amount if value.kind != "ratio" else value.numerator) or 0 if value else 0


def _both(desk: Briefing, moved: Comparison, line: str) -> FigureRef:
    """Both numbers into the appendix; the movement opens the one of this period."""
    for value in (moved.before, moved.now):
        if value is not None:
            _total_too(desk, value, line)
            ref = desk.cite.figure(value, line)
    return ref


def _words(moved: Comparison, form: str, digits: int | None) -> tuple[str, str]:
    """What is printed, and why nothing is."""
    if moved.change is None:
        return "", moved.blank
    if form == "去年同期":
        return "", ""
    whole = moved.words(MOVED_DIGITS if digits is None else digits)
    if form == "同比增减":
        return whole, ""
    size = "持平" if not moved.change else whole.removeprefix("同比").split("，")[0].split("（")[0]
    if form == "增减" or (moved.now.kind == "ratio" and form == "同比"):
        return size, ""
    if form == "倍数":
        told = moved.multiple_words(1 if digits is None else digits)
        return told, "" if told else moved.blank
    told = moved.moved.rate_words(MOVED_DIGITS if digits is None else digits)
    return told, "" if told else moved.blank


def both_fell(desk: Briefing) -> tuple[Verdict, Sequence[Comparison], FigureValue | None]:
    """The one judgement on 双降 in a report, cited or typed: the verdict, accidents and deaths beside a year before, and
    the count of the graver ones."""
    found = [anything(desk, registry.figure(name).label, "") for name in (ACCIDENTS, DEATHS, GRAVER)]
    told = next((each for each in found if isinstance(each, str)), "")
    values = [each for each in found if isinstance(each, FigureValue)]
    if told or len(values) < 3:
        return Verdict(None, told or NEVER_KEPT), (), None
    moves = [compared(desk, value) for value in values[:2]]
    return judging.both_fell(*moves), moves, values[2]


def _both_fell(desk: Briefing) -> Found:
    """双降 with the count of graver ones beside it; blank with the reason where the judgement is not that both fell."""
    verdict, moves, grave = both_fell(desk)
    if not verdict.met or grave is None:
        why = verdict.words.removeprefix(judging.UNKNOWN)
        return Found(_nothing, blank=why if verdict.met is None else f"{why}，没有实现双降")

    def cite() -> tuple[Run, ...]:
        refs = [_both(desk, moved, "") for moved in moves]
        graver = desk.cite.figure(grave)
        return (
            replace(refs[0], text="“双降”"), Text("（较大及以上事故"), graver, Text("起）"),
        )  # fmt: skip

    return Found(cite)
