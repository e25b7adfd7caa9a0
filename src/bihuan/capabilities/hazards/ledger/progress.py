"""How far a ledger claims a hazard to be. A word like 整改中 is no date, and 已于5月3日整改完成 is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bihuan.capabilities.hazards.ledger.words import is_blank_mark, read_tick
from bihuan.kernel.workbooks.dates import EXAMPLE, Partial, days_in, prepared
from bihuan.kernel.workbooks.reasons import Unreadable


class Progress(StrEnum):
    """What the ledger claims, in the order of the loop."""

    REPORTED = "reported"
    ASSIGNED = "assigned"
    RECTIFIED = "rectified"
    ACCEPTED = "accepted"


class Word(StrEnum):
    """What a cell about progress says in words."""

    NOTHING = "nothing"
    OPEN = "open"
    DONE = "done"
    ACCEPTED = "accepted"
    OTHER = "other"


_OPEN = re.compile(
    r"正在|停产整改|停业整改|"
    r"(?:未|没有?|尚未|暂未|还未|并未|无法|不能|仍|待|需|须|应|不)(?:能|有|全部|完全|按期|按时|及时|彻底|予|进行|继续|得到|申请)*"
    r"(?:整改|完成|治理|落实|到位|销号|验收|消除|关闭|办结|复查|闭环|达到|完善|合格|通过|处理|处置|改正)"
    r"|整改中|(?:正在|正|持续|逐步|抓紧|继续|着手|督促).{0,6}"
    r"(?:整改|进行|推进|办理|实施|治理|施工|处理|采购|更换|落实|完善)"
    r"|进行中|推进中|办理中|治理中|施工中|处理中|处置中"
    r"|逾期|超期|限期|待办|部分(?:整改|完成)|长期(?:坚持|整改)|计划|预计|拟于|将于|拟|力争|争取|责令|延期|下达"
    r"|^(?:未|否|无|不是|没有|在改|整改|立即整改|马上整改|尽快整改)$"
)
_ON_THE_SPOT = re.compile(
    r"(?:当场|现场|当即|当日|当天|立行|即知|即查|边查|立查|立即).{0,2}"
    r"(?:整改完|整改到位|立改|即改|边改|改正|整改|消除|完成|已)"
)
_ACCEPTED = re.compile(r"验收|销号|销案|复查|闭环|办结|核查合格|核销|消号")
_DONE = re.compile(
    r"已|完成|完毕|到位|整改好|改好|整改合格|合格|通过|消除|办结|闭环|关闭|修复|100%|全部整改|整改结束|落实|整改$|结束|停用|拆除|清理|更换"
)
_STARTED = re.compile(
    r"已(?:上报|下达|责令|联系|督促|要求|告知|安排|列入|采购|购买|订购|停产|停业|移交|交办|立案|制定|通知|约谈|上账|受理|发函|申请|招标|委托)"
)
_FINISHED = re.compile(r"完成|到位|完毕|合格|消除|销号|整改好|已整改|修复")
_NOT_YET_ACCEPTED = re.compile(
    r"(?:还)?(?:待|未|尚未|等待|申请|等候|报请)(?:企业|部门|镇街|街道|区)?(?:申请)?(?:验收|复查|销号|核查|闭环)"
)
_PERCENT = re.compile(r"(\d{1,3})(?:\.\d+)?%")
_BEFORE_BARE = "于在自(,，;:：。已、"
_AFTER_BARE = "已完整前日号),，。;；复验销改当、"


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one cell says: a word, and the days it names for rectification and acceptance."""

    word: Word
    rectified: Partial | None = None
    accepted: Partial | None = None
    on_the_spot: bool = False


NOTHING = Claimed(Word.NOTHING)


@lru_cache(maxsize=32768)
def read_claim(text: str) -> Claimed:
    """What a text about progress claims.

    Raises:
        Unreadable: it names a day that does not exist.
    """
    plain = prepared(text)
    if is_blank_mark(plain):
        return NOTHING
    tick = read_tick(plain)
    if tick is not None:
        return Claimed(Word.DONE if tick else Word.OPEN)
    word = _word(plain)
    if word is Word.OPEN:
        return Claimed(word)
    rectified, accepted = _days(text, plain)
    if (rectified or accepted) and word is Word.OTHER:
        word = Word.ACCEPTED if accepted else Word.DONE
    spot = bool(_ON_THE_SPOT.search(plain)) and rectified is None and word is not Word.OTHER
    return Claimed(word, rectified, accepted, spot)


def _word(plain: str) -> Word:
    percent = _PERCENT.search(plain)
    if percent and int(percent[1]) < 100:
        return Word.OPEN
    if _ON_THE_SPOT.search(plain) and not plain.startswith("立即整改"):
        return Word.ACCEPTED if _ACCEPTED.search(plain) else Word.DONE
    rest = _NOT_YET_ACCEPTED.sub("", plain)
    if _OPEN.search(rest) or not rest.strip("，,。;、()"):
        return Word.OPEN
    if _STARTED.search(rest) and not _FINISHED.search(rest):
        return Word.OPEN
    plain = rest
    if _ACCEPTED.search(plain):
        return Word.ACCEPTED
    return Word.DONE if _DONE.search(plain) else Word.OTHER


def _days(text: str, plain: str) -> tuple[Partial | None, Partial | None]:
    """The last day of rectification and the last of acceptance a text names, by the words after each day."""
    rectified: Partial | None = None
    accepted: Partial | None = None
    days = days_in(text)
    for place, (start, end, partial) in enumerate(days):
        if partial.day is None or not _stands_as_date(plain, start, end, partial):
            continue
        if not 1 <= partial.month <= 12 or not 1 <= partial.day <= 31:
            raise Unreadable(f"中的日期不对，{EXAMPLE}")
        until = days[place + 1][0] if place + 1 < len(days) else len(plain)
        after = plain[end:until]
        before = plain[days[place - 1][1] if place else 0 : start]
        if re.search(r"检查$|发现$|下达$", before) or re.match(r"(检查|发现|下达)", after):
            continue
        told_after = _ACCEPTED.search(after) and not re.search(r"整改|完成", after.partition("验收")[0])
        if told_after or re.search(r"(验收|销号|复查)(?:时间|日期|于)?:?$", before):
            accepted = partial
        else:
            rectified = partial
    return rectified, accepted


def _stands_as_date(plain: str, start: int, end: int, partial: Partial) -> bool:
    """A bare 5.3 inside a sentence may be a size; it is a date only where a date would stand."""
    if partial.year is not None or "月" in plain[start:end]:
        return True
    before = plain[start - 1] if start else ""
    after = plain[end] if end < len(plain) else ""
    return (not before or before in _BEFORE_BARE) and (not after or after in _AFTER_BARE)
