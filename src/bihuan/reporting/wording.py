"""What the clerk writes around the figures: numbers only by citation, praise only with a figure beside it (M264, M266).

In the clerk's notation 【逾期未整改】 prints the figure, 【逾期未整改：工贸】 one line of it, 【整改率：工贸：0】 a rate
without decimals, 【台账所载完成整改】 the part that only ledgers vouch for, 【事故死亡｜同比】 how it moved against last year;
〔时段〕 and its like stand for period and place, ｛甲｜乙｝ for a clause that falls with its number. Templates and drafts speak
the same notation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bihuan.kernel.documents import Run, Text
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.claims import unsupported
from bihuan.reporting.clauses import TOKEN, Clause, clauses_of
from bihuan.reporting.looking import BOTH_FELL, FORMS, Found, look
from bihuan.reporting.sentences import joined
from bihuan.reporting.templating.words import WORD, filled, words_of

PRAISE = ("实质好转", "成效显著", "工作到位")
UNSUPPORTED = "「无数据支撑」"
FOREIGN = "「非系统数据」"
DROPPED = "report.clause_dropped"
BROKEN = re.compile(
    r"(?:相比|相较|比较|来看|其中|分别)[。；！]|[，、：；][。；！]|[，、；：]{2}|^[，。、；：]"
)
"""What stands there when a sentence lost the clause it was about."""
_D = "[0-9０-９]"
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；\n]*")
DATE = (
    rf"{_D}{{4}}年(?:度)?(?:{_D}{{1,2}}月(?:{_D}{{1,2}}日)?)?|{_D}{{1,2}}月(?:{_D}{{1,2}}日)?"
    rf"|〔{_D}{{4}}〕{_D}{{1,5}}号"
)
_N = "[〇零一二两三四五六七八九十百千万亿]"
WORDED = (
    rf"(?<![第{_N[1:]})(?:百分之{_N}+(?:点{_N}+)?"
    rf"|{_N}{{2,}}(?:余|多)?(?=个?[起人名项件家处宗例次份辆吨批元]))"
)
"""A number in characters with what it counts; a single one (一项, 两次) is often no count at all, 第十三次 is an ordinal."""
PIECE = re.compile(
    rf"(?P<token>【[^【】]*】)|(?P<date>{DATE})|(?P<word>{WORD.pattern.replace('?P<word>', '?:')})"
    rf"|(?P<number>{_D}+(?:[.．,，]{_D}+)*[%％‰]?|{WORDED})"
)
MAY_BE_BLANK = re.compile(rf"[｜|](?:{'|'.join(FORMS)})\s*$|^{BOTH_FELL}$")


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
    """One text of the clerk as it is printed; nothing is left where every clause fell."""

    runs: tuple[Run, ...]
    flags: tuple[Flag, ...]
    cites: int

    @property
    def supported(self) -> bool:
        return self.cites > 0


def write(text: str, desk: Briefing, place: str) -> Written:
    """The text with its citations and words filled in; typed numbers are marked, dates are not."""
    pen = _Pen(text, desk, place)
    pen.flags += praise_without_figure(text, place)
    pen.flags += claims_without_ground(text, desk, place)
    for clause in clauses_of(text, MAY_BE_BLANK):
        begin, said = clause.main
        if clause.fixed or pen.stands(clause):
            pen.write(begin, said)
        else:
            begin, said = clause.other
            pen.dropped |= not said
            if not any(found is not None and found.blank for _, found in pen.cited(begin, said)):
                pen.write(begin, said)
    runs = joined(run for run in pen.runs if run.text)
    if pen.dropped and (left := BROKEN.search("".join(run.text for run in runs))) is not None:
        message = f"有的分句没有数、没有印出，余下的“{left.group()}”不成句；请把整句放进｛｝"
        pen.flags.append(Flag("report.broken_sentence", place, 1, left.group(), f"{place}：{message}"))
    return Written(runs, tuple(pen.flags), pen.cites)


@dataclass
class _Pen:
    """Writes one text; ``runs`` grow as it goes."""

    text: str
    desk: Briefing
    place: str
    runs: list[Run] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    cites: int = 0
    dropped: bool = False

    def stands(self, clause: Clause) -> bool:
        """Whether a clause is said: its first number is not zero and none of its numbers is blank."""
        cited = self.cited(*clause.main)
        for (at, token), found in cited:
            if found is None or found.unclear:
                return True  # writing it says that there is no such number, or more than one
            if found.blank:
                message = f"没有可印的数（{found.blank}），这一句没有印出"
                self.flags.append(_flag(DROPPED, self.place, at, f"【{token}】", message))
                return False
        return not (clause.by_zero and cited and cited[0][1] is not None and cited[0][1].zero)

    def cited(self, begin: int, said: str) -> list[tuple[tuple[int, str], Found | None]]:
        """Every citation of a stretch with its place in the whole text."""
        return [
            ((begin + token.start(), token[1]), look(token[1], self.desk)) for token in TOKEN.finditer(said)
        ]

    def write(self, begin: int, said: str) -> None:
        end = 0
        for piece in PIECE.finditer(said):
            self.runs.append(Text(said[end : piece.start()]))
            end = piece.end()
            if piece["token"]:
                self._cite(begin + piece.start(), piece.group())
            elif piece["word"]:
                self.runs.append(Text(self._word(piece.group())))
            elif piece["number"]:
                self.runs += [Text(piece.group()), Text(FOREIGN, strong=True)]
                message = "不是系统数据，请改用【数据名称】引用或删去"
                self._flag("report.typed_number", begin + piece.start(), piece.group(), message)
            else:
                self.runs.append(Text(piece.group()))
        self.runs.append(Text(said[end:]))

    def _cite(self, at: int, token: str) -> None:
        found = look(token[1:-1], self.desk)
        if found is None or (found.blank and "没有这类登记" in found.blank):
            self.runs.append(Text(f"「无此数据：{token[1:-1]}」", strong=True))
            message = found.blank if found else "本报告没有这项数据，请核对名称"
            self._flag("report.unknown_figure", at, token, message)
            return
        if found.unclear:
            self.runs.append(Text(f"「分组不明：{token[1:-1]}」", strong=True))
            self._flag("report.unclear_line", at, token, found.unclear)
            return
        told = found.cite()
        self.runs += told
        self.cites += bool(told)

    def _word(self, bracketed: str) -> str:
        if "words" not in self.desk.memo:
            self.desk.memo["words"] = words_of(self.desk.question)
        known: dict[str, str] = self.desk.memo["words"]
        return filled(bracketed, known)

    def _flag(self, code: str, at: int, text: str, message: str) -> None:
        self.flags.append(_flag(code, self.place, at, text, message))


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


def claims_without_ground(text: str, desk: Briefing, place: str) -> Iterator[Flag]:
    """双降 and 全面上升 typed where the records do not bear them out (M257, N28)."""
    for at, claim, against in unsupported(text, desk):
        message = f"没有数据支撑（{against}），请改写" + ("；成立时用【双降】引用" if "双" in claim else "")
        yield _flag("report.unsupported_claim", place, at, claim, message)


def _flag(code: str, place: str, start: int, text: str, message: str) -> Flag:
    return Flag(code, place, start + 1, text, f"{place}第{start + 1}字“{text}”：{message}")
