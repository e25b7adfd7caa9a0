"""What the clerk writes around the figures: numbers only by citation, praise only with a figure beside it (M264, M266).

In the clerk's notation 【逾期未整改】 prints the figure, 【逾期未整改：工贸】 one line of it, 【整改率：工贸：0】 a rate
without decimals, 【台账所载完成整改】 the part that only ledgers vouch for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.kernel.documents import FigureRef, Run, Text
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.sentences import joined

PRAISE = ("实质好转", "成效显著", "工作到位")
UNSUPPORTED = "「无数据支撑」"
FOREIGN = "「非系统数据」"
CLAIMED = "台账所载"
_D = "[0-9０-９]"
TOKEN = re.compile(r"【([^【】]+)】")
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；\n]*")
DATE = rf"{_D}{{4}}年(?:度)?(?:{_D}{{1,2}}月(?:{_D}{{1,2}}日)?)?|{_D}{{1,2}}月(?:{_D}{{1,2}}日)?"
PIECE = re.compile(rf"(?P<token>【[^【】]+】)|(?P<date>{DATE})|(?P<number>{_D}+(?:[.．,，]{_D}+)*[%％‰]?)")


@dataclass(frozen=True, slots=True)
class Flag:
    """Something the clerk should look at before issuing: where (text and character, counted from 1) and why."""

    code: str
    place: str
    position: int
    text: str
    message: str

    def json(self) -> dict[str, str | int]:
        return {
            "code": self.code, "place": self.place, "position": self.position, "text": self.text,
            "message": self.message,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """One text of the clerk as it is printed."""

    runs: tuple[Run, ...]
    flags: tuple[Flag, ...]
    cites: int

    @property
    def supported(self) -> bool:
        return self.cites > 0


def write(text: str, desk: Briefing, place: str) -> Written:
    """The text with its citations filled in; typed numbers are marked, dates are not."""
    runs: list[Run] = []
    flags: list[Flag] = list(praise_without_figure(text, place))
    cites = end = 0
    for piece in PIECE.finditer(text):
        runs.append(Text(text[end : piece.start()]))
        end = piece.end()
        said = piece.group()
        if piece.group("token"):
            ref = cited(said[1:-1], desk)
            cites += ref is not None
            runs.append(ref or Text(f"「无此数据：{said[1:-1]}」", strong=True))
            if ref is None:
                flags.append(
                    _flag(
                        "report.unknown_figure", place, piece.start(), said, "本报告没有这项数据，请核对名称"
                    )
                )
        elif piece.group("number"):
            runs += [Text(said), Text(FOREIGN, strong=True)]
            flags.append(
                _flag(
                    "report.typed_number",
                    place,
                    piece.start(),
                    said,
                    "不是系统数据，请改用【数据名称】引用或删去",
                )
            )
        else:
            runs.append(Text(said))
    runs.append(Text(text[end:]))
    return Written(joined(run for run in runs if run.text), tuple(flags), cites)


def praise_without_figure(text: str, place: str) -> Iterator[Flag]:
    """Words never to be said lightly, in a sentence that cites nothing (M266)."""
    for sentence in SENTENCE.finditer(text):
        if TOKEN.search(sentence.group()):
            continue
        for phrase in PRAISE:
            for hit in re.finditer(phrase, sentence.group()):
                message = f"“{phrase}”所在的句子没有引用数据，请引用数据或改写"
                yield _flag(
                    "report.praise_without_figure", place, sentence.start() + hit.start(), phrase, message
                )


def cited(token: str, desk: Briefing) -> FigureRef | None:
    """The figure a citation means; None when this report has no such number."""
    label, _, rest = token.replace(":", "：").partition("：")
    line, _, decimals = rest.partition("：")
    if not decimals and re.fullmatch(r"[0-2]", line):
        line, decimals = "", line
    claimed = label.startswith(CLAIMED) and label not in desk.rolls
    found = desk.look_up(label.removeprefix(CLAIMED) if claimed else label, line)
    if found is None:
        return None
    if isinstance(found, Roll):
        return desk.cite.roll(found)
    if claimed and found.claimed is None:
        return None
    digits = int(decimals) if re.fullmatch(r"[0-2]", decimals) else None
    return desk.cite.figure(found, line, digits=digits, claimed=claimed)


def _flag(code: str, place: str, start: int, text: str, message: str) -> Flag:
    return Flag(code, place, start + 1, text, f"{place}第{start + 1}字“{text}”：{message}")
