"""Who has not signed: the list that is printed, and the fact an appraisal rests on (M006: 未签订的不能考核计分)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bihuan.capabilities.responsibility.letters import parties
from bihuan.capabilities.responsibility.letters.access import WHOLE, visible_letters
from bihuan.capabilities.responsibility.letters.models import SIGNED_STATES, Letter
from bihuan.capabilities.responsibility.letters.states import LetterLevel, LetterState
from bihuan.kernel import clock
from bihuan.kernel.documents import Column, Document, Paragraph, Table
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.trees import in_force, the_district

NOT_GIVEN = "尚未下达"
_SIGNED = [state.value for state in SIGNED_STATES]
_LEVELS = {AgencyKind.TOWN_GOVERNMENT: LetterLevel.TOWN, AgencyKind.DEPARTMENT: LetterLevel.DEPARTMENT}


@dataclass(frozen=True, slots=True)
class Unsigned:
    """One unit without a signed letter for the year: how far its letter is and for whom it waits."""

    name: str
    level: str
    stands: str
    waits_for: str
    no: str = ""
    edition: int = 0
    deadline: date | None = None

    def late(self, on: date) -> bool:
        return self.deadline is not None and self.deadline < on


def unsigned(year: int, actor: Actor) -> list[Unsigned]:
    """Every unit the actor oversees that lacks a signed letter for ``year``; two statements.

    Towns and departments owe one whether or not it was drawn up; enterprises and villages stand here once theirs was.
    """
    letters = list(visible_letters(actor).filter(year=year, ended=False).order_by("level", "receiver_name"))
    there = {letter.receiver_key for letter in letters}
    found = [_waiting(letter) for letter in letters if letter.state not in _SIGNED]
    return [*_without(there, actor), *found]


def _waiting(letter: Letter) -> Unsigned:
    state = LetterState(letter.state)
    stands = f"第{letter.edition}版{state.label}" if letter.edition > 1 else state.label
    waits = letter.issuer_title if state is LetterState.DRAFTED else letter.receiver_title
    return Unsigned(
        letter.receiver_name, letter.level_label, stands, waits, letter.no, letter.edition, letter.deadline
    )


def _without(there: set[str], actor: Actor) -> list[Unsigned]:
    reach = Q() if actor.all_seeing else Q(pk__in=[])
    for scope in actor.scopes:
        if scope.role in WHOLE and scope.region_path:
            reach |= Q(region__path__startswith=scope.region_path)
        elif scope.agency_id is not None:
            reach |= Q(pk=scope.agency_id)
    units = Agency.objects.filter(reach, in_force(clock.today()), kind__in=parties.RECEIVING)
    return [
        Unsigned(unit.name, _LEVELS[AgencyKind(unit.kind)].label, NOT_GIVEN, "区安委办起草")
        for unit in units.order_by("-kind", "order", "id")
        if parties.agency_key(unit.pk) not in there
    ]


def is_signed(year: int, receiver_key: str) -> bool:
    """Whether the letter of a receiving side (``parties.agency_key`` …) is signed by both for ``year``."""
    return Letter.objects.filter(
        year=year, receiver_key=receiver_key, ended=False, state__in=_SIGNED
    ).exists()


def require_signed(year: int, receiver_key: str, name: str) -> None:
    """The fact an appraisal rests on: a party that has not signed is not scored.

    A revision that waits for its signatures counts as not signed: nobody is measured by targets still open.

    Raises:
        Refused: ``letter.unsigned_party``.
    """
    if not is_signed(year, receiver_key):
        raise Refused.because(
            "letter.unsigned_party", f"{name} {year} 年责任书尚未由双方签订，不能考核计分；请先完成签订"
        )


COLUMNS = (
    ("责任单位", lambda row: row.name),
    ("层级", lambda row: row.level),
    ("现状", lambda row: row.stands),
    ("等待", lambda row: row.waits_for),
    ("签订期限", lambda row: row.deadline or "—"),
    ("编号", lambda row: row.no or "—"),
)


def document_of(year: int, rows: Sequence[Unsigned]) -> Document:
    """The list as a paper."""
    district = the_district()
    today = clock.today()
    head = Paragraph.of(
        f"截至{chinese_date(today)}，下列 {len(rows)} 个单位{year}年度安全生产目标管理责任书尚未由双方签订。未签订的单位不得考核计分。"
        if rows
        else f"截至{chinese_date(today)}，{year}年度安全生产目标管理责任书已全部签订。"
    )
    columns = (
        Column("序号", 3), Column("责任单位", align="left"), Column("层级", 6), Column("现状", 6),
        Column("等待", 8, align="left"), Column("签订期限", 7),
    )  # fmt: skip
    lines = tuple(
        (str(place), row.name, row.level, row.stands, row.waits_for or "—",
         (row.deadline.isoformat() + ("\n（逾期）" if row.late(today) else "")) if row.deadline else "—")
        for place, row in enumerate(rows, 1)
    )  # fmt: skip
    blocks = (head, Table(columns, lines, size=10.5, numbered=False)) if rows else (head,)
    return Document(
        kind="list", title=f"{year}年度责任书未签订单位名单", blocks=blocks,
        subtitle=f"（{district.region.name if district else ''}　{chinese_date(today)}排印）",
        demo=bool(district and district.demo),
    )  # fmt: skip
