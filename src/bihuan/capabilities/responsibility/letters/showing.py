"""What stands on the page of one letter: sides and signatures, targets with what they have come to, editions, alarms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.responsibility.letters import cascade
from bihuan.capabilities.responsibility.letters.measuring import Reading, Standing, readings
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.responsibility.letters.paper import lines_of
from bihuan.capabilities.responsibility.letters.printing import kept
from bihuan.capabilities.responsibility.letters.states import AlarmLevel, LetterLevel, LetterState, Merit
from bihuan.capabilities.responsibility.letters.targets import TargetKind, of, text_of
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts

COLOURS: dict[Standing, parts.Warning4 | None] = {
    Standing.BREACHED: "red", Standing.NEAR: "orange", Standing.BELOW: "yellow",
}  # fmt: skip


def standing_part(standing: Standing) -> parts.Level | str:
    """How a target stands, in the colour of warning where there is cause."""
    return parts.Level(standing.label, COLOURS[standing]) if standing in COLOURS else standing.label


def level(letter: Any) -> parts.Level | None:
    if letter.state != LetterState.IN_FORCE.value or not letter.alarm:
        return None
    breached = letter.alarm > 1
    return parts.Level(
        (AlarmLevel.BREACHED if breached else AlarmLevel.NEAR).label, "red" if breached else "orange"
    )


def tags(letter: Letter) -> Sequence[str]:
    shown = [letter.level_label]
    if letter.edition > 1:
        shown.append(f"第 {letter.edition} 版")
    if letter.returned:
        shown.append("责任单位退回修改")
    if letter.merit:
        shown.append(f"考核{Merit(letter.merit).label}")
    return shown


def facts(letter: Letter) -> Sequence[parts.Fact]:
    listed = [
        parts.Fact("下达单位（甲方）", letter.issuer_name, hint=letter.issuer_title),
        parts.Fact("责任单位（乙方）", letter.receiver_name, hint=letter.receiver_title),
        parts.Fact("年度", f"{letter.year} 年"),
        parts.Fact("版次", f"第 {letter.edition} 版"),
        parts.Fact("甲方签订", _signature(letter.issued_by, letter.issued_on)),
        parts.Fact("乙方签订", _signature(letter.signed_by, letter.signed_on)),
    ]
    if letter.conference_title:
        held = f"{letter.conference_on}" + (f"　{letter.conference_no}" if letter.conference_no else "")
        listed.append(parts.Fact("年度工作会议", letter.conference_title, hint=held))
    if letter.document_no:
        listed.append(parts.Fact("文号", letter.document_no))
    if letter.returned:
        listed.append(parts.Fact("退回修改的理由", letter.returned, wide=True))
    if letter.appraised_on:
        listed.append(parts.Fact("考核等次", Merit(letter.merit).label, hint=f"{letter.appraised_on}"))
    return [*listed, *_papers(letter)]


def _signature(name: str, on: date | None) -> str:
    return f"{name} {on}".strip() if on else "未签订"


def _papers(letter: Letter) -> Sequence[parts.Fact]:
    base = f"/letters/{letter.no}/paper"
    said = [parts.Fact("文本（Word）", "下载 Word", href=f"{base}.docx")]
    if kept(letter) is not None:
        said.append(parts.Fact("签订文本（PDF）", "下载 PDF", href=f"{base}.pdf"))
    elif letter.state == LetterState.IN_FORCE.value and letter.level != LetterLevel.SUPERIOR:
        said.append(parts.Fact("签订文本（PDF）", "正在排印，请稍后刷新"))
    return said


def more_facts(letter: Letter, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    sections: list[tuple[str, Sequence[parts.Fact]]] = [("目标", _targets(letter))]
    if letter.measures:
        sections.append(("保障措施", _lines(letter.measures)))
    if letter.rewards:
        sections.append(("考核与奖惩", _lines(letter.rewards)))
    upper, lower = cascade.above(letter), cascade.below(letter)
    if upper is not None or lower:
        sections.append(("目标分解", _cascade(letter, upper, lower)))
    if letter.alarms:
        sections.append(("预警", [_alarm(label, told) for label, told in letter.alarms.items()]))
    if letter.former:
        sections.append(("此前各版", [_former(edition) for edition in reversed(letter.former)]))
    return sections


def _lines(text: str) -> list[parts.Fact]:
    """One line each, numbered as on the paper."""
    return [parts.Fact(f"第 {place} 条", line, wide=True) for place, line in enumerate(lines_of(text), 1)]


def _targets(letter: Letter) -> list[parts.Fact]:
    day = min(clock.today(), date(letter.year, 12, 31))
    return [target_fact(one) for one in readings([letter], day)[letter.uid]]


def target_fact(one: Reading) -> parts.Fact:
    """A target, what it has come to, and the way to the records."""
    if one.target.kind is TargetKind.DONE:
        return parts.Fact("须完成", one.target.label, hint=one.note, wide=True)
    said = one.target.amount
    if one.standing in (Standing.MANUAL, Standing.UNKNOWN):
        return parts.Fact(one.target.label, said, hint=one.note, wide=True)
    left = "" if one.remaining is None else f"，还余 {one.remaining} {one.target.unit}"
    hint = "，".join(part for part in (one.note, "" if one.share is None else f"已用 {one.share}%") if part)
    told = f"{said}　{one.standing.label}：现为 {one.used_words()}{left}"
    return parts.Fact(one.target.label, told, hint=hint, href=one.href, wide=True)


def _cascade(letter: Letter, upper: Letter | None, lower: Sequence[Letter]) -> list[parts.Fact]:
    said = []
    if upper is not None:
        said.append(parts.Fact("上级责任书", f"{upper.issuer_name}对{upper.receiver_name}", hint=upper.no))
    for one in LetterLevel:
        given = [child for child in lower if child.level == one.value]
        if given:
            said.append(parts.Fact(f"{one.label}", f"已分解 {len(given)} 份", hint=_sums(letter, given)))
    return said


def _sums(letter: Letter, children: Sequence[Letter]) -> str:
    """Each cap, and how much of it is given on."""
    said = []
    for target in letter.listed_targets:
        parts_of = [
            one.limit or 0
            for child in children
            for one in of(child.targets)
            if (one.label, one.kind) == (target.label, target.kind)
        ]
        if target.kind.value == "cap" and parts_of:
            said.append(f"{target.label} {sum(parts_of)}/{target.limit}")
    return "；".join(said)


def _alarm(label: str, told: dict[str, Any]) -> parts.Fact:
    said = f"{AlarmLevel(told['level']).label}：控制数 {told['limit']}，已发生 {told['used']}"
    return parts.Fact(label, said, hint=f"{told['on']} 预警")


def _former(edition: dict[str, Any]) -> parts.Fact:
    said = f"甲方 {edition['issued_by']} {edition['issued_on'] or ''}，乙方 {edition['signed_by']} {edition['signed_on'] or ''}"
    return parts.Fact(
        f"第 {edition['edition']} 版",
        text_of(of(edition["targets"])).replace("\n", "；"),
        hint=said,
        wide=True,
    )
