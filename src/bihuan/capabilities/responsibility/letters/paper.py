"""The letter as an official paper: both sides, targets, measures, rewards, two places of signature with their marks."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.responsibility.letters.models import UNSIGNED_STATES, Letter
from bihuan.capabilities.responsibility.letters.states import LetterLevel, LetterState
from bihuan.capabilities.responsibility.letters.targets import Target, TargetKind, percent
from bihuan.kernel import clock
from bihuan.kernel.documents import Block, Column, Document, Heading, Paragraph, Table
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.record import entries_of
from bihuan.kernel.territory.trees import the_district

MARKS = {
    "signed_in": "本人登录签名（SM2）", "token": "接口令牌签名（SM2）", "drawn": "见证手写签名", "scanned": "扫描签名",
    "claimed": "登记所载签名",
}  # fmt: skip
FOOT = 16
"""So much of the digest stands at the foot; the whole is on the letter's page."""
BASIS = "《中华人民共和国安全生产法》"
OPENING = (
    "为落实{basis}和“党政同责、一岗双责、齐抓共管、失职追责”的要求，明确{year}年度安全生产责任，"
    "{issuer}（以下简称甲方）与{receiver}（以下简称乙方）签订本责任书。"
)


def document_of(letter: Letter) -> Document:
    """The present edition. A letter that lacks a signature says so on its face; its places of signature are empty."""
    return Document(
        kind="letter",
        title=f"{letter.year}年度安全生产目标管理责任书",
        subtitle=_subtitle(letter),
        blocks=tuple(_blocks(letter)),
        serial=letter.no,
        digest=digest_of(letter)[:FOOT],
        demo=bool((district := the_district()) and district.demo),
    )


def digest_of(letter: Letter) -> str:
    """SM3 of what both sides sign, in hexadecimal: the same text gives the same digest, whoever prints it."""
    said = {
        "no": letter.no, "year": letter.year, "edition": letter.edition, "issuer": letter.issuer_name,
        "receiver": letter.receiver_name, "targets": letter.targets, "measures": letter.measures, "rewards": letter.rewards,
    }  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new("sm3", text.encode()).hexdigest()


def _subtitle(letter: Letter) -> str:
    words = [f"{letter.no}　第{letter.edition}版"]
    if letter.state in [state.value for state in UNSIGNED_STATES]:
        words.append("（未签订，供审阅）")
    elif letter.state in (LetterState.WITHDRAWN.value, LetterState.TERMINATED.value):
        words.append(f"（{LetterState(letter.state).label}）")
    return "".join(words)


def _blocks(letter: Letter) -> list[Block]:
    blocks: list[Block] = [
        Paragraph.of(f"甲方（下达单位）：{letter.issuer_name}"),
        Paragraph.of(f"乙方（责任单位）：{letter.receiver_name}"),
        Paragraph.of(
            OPENING.format(
                basis=BASIS, year=letter.year, issuer=letter.issuer_name, receiver=letter.receiver_name
            )
        ),
        Heading(1, "责任目标"),
    ]
    blocks += _targets(letter.listed_targets)
    for heading, text in (("保障措施", letter.measures), ("考核与奖惩", letter.rewards)):
        if text:
            blocks.append(Heading(1, heading))
            blocks += [Paragraph.of(f"{place}. {line}") for place, line in enumerate(lines_of(text), 1)]
    return [*blocks, _signatures(letter)]


_NUMBERED = re.compile(r"^(?:[（(]?[0-9]{1,2}[)）.．、](?![0-9])|[一二三四五六七八九十]+、)\s*")


def lines_of(text: str) -> list[str]:
    """The lines of a text without numbers of their own."""
    return [_NUMBERED.sub("", line.strip()) for line in text.splitlines() if line.strip()]


def _targets(targets: Sequence[Target]) -> list[Block]:
    """Numbers in a table, what is to be done in sentences."""
    numbered = [target for target in targets if target.kind is not TargetKind.DONE]
    done = [target for target in targets if target.kind is TargetKind.DONE]
    blocks: list[Block] = []
    if numbered:
        columns = (Column("序号", 4), Column("指标", align="left"), Column("类别", 7), Column("目标值", 10))
        rows = tuple(
            (str(place), target.label, target.kind.label, _value(target))
            for place, target in enumerate(numbered, 1)
        )
        blocks.append(Table(columns, rows, numbered=False))
    blocks += [Paragraph.of(f"{place}. {target.label}。") for place, target in enumerate(done, 1)]
    return blocks


def _value(target: Target) -> str:
    match target.kind:
        case TargetKind.CAP:
            return f"不超过{target.limit}{target.unit}"
        case TargetKind.FLOOR:
            return f"不低于{percent(target.limit or 0)}%"
        case _:
            return "比上年下降"


def _closing(letter: Letter) -> list[str]:
    said = [f"本责任书自双方签订之日起生效，有效期至{letter.year}年12月31日；年度结束后由甲方组织考核。"]
    if letter.conference_title and letter.conference_on:
        said.append(
            f"本责任书依据{letter.conference_title}（{chinese_date(letter.conference_on)}召开）签订。"
        )
    if letter.edition > 1 and letter.level != LetterLevel.SUPERIOR:
        said.append(f"本责任书为第{letter.edition}版，签订后替代此前各版。")
    said.append("本责任书由双方主要负责人本人签订，签名由系统留存，可凭编号和摘要核验。")
    return said


def _signatures(letter: Letter) -> Table:
    """Two columns, one a side; a signature bears its kind, its moment and the digest of its entry."""
    marks = _marks(letter)
    sides = (
        ("甲方", letter.issuer_name, letter.issuer_title, letter.issued_by, letter.issued_on, marks.get("issue", "")),
        ("乙方", letter.receiver_name, letter.receiver_title, letter.signed_by, letter.signed_on, marks.get("sign", "")),
    )  # fmt: skip
    cells = tuple(_side(title, by, on, mark) for _, _, title, by, on, mark in sides)
    columns = tuple(Column(f"{side}：{name}", align="left") for side, name, *_ in sides)
    return Table(columns, (cells,), numbered=False, notes=tuple(_closing(letter)))


def _side(title: str, by: str, on: date | None, mark: str) -> str:
    lines = [f"主要负责人：{title or '—'}", f"签　　名：{by}", f"日　　期：{chinese_date(on) if on else ''}"]
    return "\n".join([*lines, mark] if mark else lines)


def _marks(letter: Letter) -> dict[str, str]:
    """By verb, how the present edition was signed; the last signature of each side is that of this edition."""
    found: dict[str, str] = {}
    signed = {"issue": letter.issued_on, "sign": letter.signed_on}
    for entry in entries_of(letter.uid):
        if signed.get(entry.verb) and entry.payload.get("edition") == letter.edition:
            found[entry.verb] = _mark(entry)
    return found


def _mark(entry: Any) -> str:
    kind = MARKS.get(entry.signed.kind, entry.signed.kind) if entry.signed else "本人签名"
    moment = clock.minute_of(entry.recorded_at)
    return f"签名标识：{kind}\n{moment}　记录摘要 {bytes(entry.digest).hex()[:16]}"
