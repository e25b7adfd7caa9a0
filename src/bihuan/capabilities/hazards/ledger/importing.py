"""A hazard ledger into the system: known rows add only their news, new ones are opened as claims, nothing is merged.

Works on the rows the parsing process left, some thousands at a time, so a hundred thousand rows never lie in memory
together. For the preview it goes the same way up to the point of writing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from django.db import transaction

from bihuan.capabilities.hazards.inputs import Claim, ClaimedProgress
from bihuan.capabilities.hazards.ledger import identity, known
from bihuan.capabilities.hazards.ledger.columns import COLUMNS
from bihuan.capabilities.hazards.ledger.dropped import Sent
from bihuan.capabilities.hazards.ledger.identity import Comparison, Outcome
from bihuan.capabilities.hazards.ledger.known import Known
from bihuan.capabilities.hazards.ledger.parsing import parsed
from bihuan.capabilities.hazards.ledger.places import Named, Place, Places, Wrong
from bihuan.capabilities.hazards.ledger.progress import Progress
from bihuan.capabilities.hazards.ledger.row import WIRE, LedgerRow
from bihuan.capabilities.hazards.states import Grade, HazardState, Source
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.crowds import Crowd, crowd
from bihuan.kernel.workbooks.child import spooled
from bihuan.kernel.workbooks.importers import SHOWN, Survey, Work
from bihuan.kernel.workbooks.reasons import CellFailure, Rejection

CHUNK = 4_000
"""Rows looked up together."""
_STATES = {
    Progress.REPORTED: HazardState.REPORTED,
    Progress.ASSIGNED: HazardState.RECTIFYING,
    Progress.RECTIFIED: HazardState.AWAITING_ACCEPTANCE,
    Progress.ACCEPTED: HazardState.CLOSED,
}
_SOURCES = {source.label: source for source in Source}
_GRADES = {grade.label: grade for grade in Grade}
_LIMITS = {"description": 2000, "measures": 2000, "contingency_plan": 500, "place": 120, "campaign": 60}
_LABELS = {column.name: column.label for column in COLUMNS.columns}
_WHOSE = tuple(WIRE.index(name) for name in ("object_name", "credit_code", "town", "sector"))
_FAILURES = WIRE.index("failures")
_OPEN = frozenset({HazardState.REPORTED, HazardState.RECTIFYING, HazardState.AWAITING_ACCEPTANCE})


def run(work: Work, sent: Sent | None = None) -> Survey:
    """Preview or import one ledger; see ``kernel.workbooks.importers.Work``. ``sent`` learns what stands in it.

    The preview plants nothing: what it had to write to look ahead is rolled back.
    """
    with crowd("hazard") as many:
        survey = _Import(work, many, sent or Sent()).run()
        if not work.write:
            transaction.set_rollback(True)
    return survey


class _Import:
    def __init__(self, work: Work, many: Crowd, sent: Sent) -> None:
        self._work = work
        self._sent = sent
        self._many = many
        self._survey = Survey()
        sheets = work.batch.summary.get("sheets", ())
        self._headings: Mapping[str, Mapping[str, str]] = {
            sheet["name"]: {one["field"]: one["heading"] for one in sheet["headings"]} for sheet in sheets
        }
        self._total = int(work.batch.summary.get("rows", 0))
        self._places = Places(_names(work.spool), work.actor, work.batch.filename, hold=work.write)

    def run(self) -> Survey:
        survey = self._survey
        if self._work.write and not self._work.partial and self._must_refuse():
            return survey
        rows = parsed(self._work.spool)
        done = 0
        while chunk := list(islice(rows, CHUNK)):
            self._take(chunk)
            done += len(chunk)
            self._work.progress(done, self._total)
        created = self._places.needed
        survey.new_enterprises = len(created)
        if created:
            survey.further["new_objects"] = [
                {"name": one.name, "credit_code": one.credit_code, "region": one.region.name}
                for one in created[:SHOWN]
            ]
        return survey

    def _must_refuse(self) -> bool:
        """Whether a row is wrong, by the preview or by what has changed since; then all of them are listed."""
        batch = self._work.batch
        if not (batch.summary.get("wrong") or batch.result.get("rejected_rows") or self._places.any_wrong):
            return False
        for row in parsed(self._work.spool):
            self._survey.rejected += row.rejections() or self._misplaced(row)
        return bool(self._survey.rejected)

    def _take(self, chunk: Sequence[LedgerRow]) -> None:
        placed = list(self._placed(chunk))
        self._places.need([place for _, place in placed], write=self._work.write)
        keys = [identity.keys_of(row, place.names) for row, place in placed]
        here = known.find(keys)
        fresh: list[tuple[LedgerRow, Place, bytes]] = []
        for (row, place), own in zip(placed, keys, strict=True):
            about = place.object.pk
            found = next((here[key] for key in own if key in here and here[key].object == about), None)
            if found is None:
                fresh.append((row, place, _free(own[0], row, place, here)))
            else:
                self._sent.known.add(found.uid)
                self._compare(row, found)
        self._open(fresh)

    def _placed(self, chunk: Sequence[LedgerRow]) -> Iterator[tuple[LedgerRow, Place]]:
        for row in chunk:
            rejections = row.rejections() or self._misplaced(row)
            if rejections:
                self._survey.rejected += rejections
                self._sent.take_wrong(row)
                continue
            place = self._places.of(row)
            if isinstance(place, Place):
                self._sent.take(row)
                yield row, place

    def _misplaced(self, row: LedgerRow) -> list[Rejection]:
        for name, limit in _LIMITS.items():
            if len(getattr(row, name)) > limit:
                return [self._rejection(row, "hazard.too_long", name, f"超过 {limit} 个字，请缩短")]
        place = self._places.of(row)
        if isinstance(place, Wrong):
            return [self._rejection(row, place.code, place.field, place.reason)]
        if not place.allowed:
            reason = "不在您的辖区或监管范围内，请由主管单位导入"
            return [self._rejection(row, "hazard.out_of_reach", "object_name", reason)]
        return []

    def _heading(self, row: LedgerRow, name: str) -> str:
        return self._headings.get(row.sheet, {}).get(name) or _LABELS.get(name, "")

    def _rejection(self, row: LedgerRow, code: str, name: str, reason: str) -> Rejection:
        value = str(getattr(row, name, "") or "")[:60]
        failure = CellFailure(code, reason, name, self._heading(row, name), value)
        return Rejection(row.sheet, row.line, row.no, failure.column, value, failure.sentence(row.line), code)

    def _compare(self, row: LedgerRow, here: Known) -> None:
        claims = identity.claims(row)
        comparison = identity.compare(here.facts, claims, here.live)
        for one in comparison.differences:
            self._survey.conflicts.append(
                {
                    "row": row.line, "no": row.no, "column": self._heading(row, one.field), "field": one.field,
                    "here": _shown(one.field, one.here), "sheet": _shown(one.field, one.sheet), "matter": here.no,
                }
            )  # fmt: skip
        if _advances(comparison):
            if self._work.write and not self._advance(
                row, here, identity.kept(here.facts, claims, comparison)
            ):
                return
            self._survey.advanced += 1
        elif comparison.outcome is Outcome.SAME:
            self._survey.already_there += 1

    def _advance(self, row: LedgerRow, here: Known, facts: dict[str, str]) -> bool:
        """Take the claim over; what the loop refuses of it is shown for decision and stops nobody else's row."""
        given = ClaimedProgress(
            rectified_on=row.rectified_on, accepted_by=row.acceptor, accepted_on=row.accepted_on, funds=row.funds_fen,
            ledger=self._work.batch.filename, line=row.line, batch=self._work.batch.pk,
            row_facts=facts,
        )  # fmt: skip
        try:
            engine.perform("hazard", _step(row, here), here.uid, given, actor=self._work.actor)
        except (Refused, Absent) as refusal:
            self._survey.conflicts.append(
                {
                    "row": row.line, "no": row.no, "column": self._heading(row, "accepted_on"), "field": "accepted_on",
                    "here": str(refusal), "sheet": f"{row.rectified_on or ''} {row.accepted_on or ''}".strip(),
                    "matter": here.no,
                }
            )  # fmt: skip
            return False
        return True

    def _open(self, fresh: Sequence[tuple[LedgerRow, Place, bytes]]) -> None:
        self._survey.accepted += len(fresh)
        if not fresh or not self._work.write:
            return
        engine.open_many(
            "hazard",
            "claim_from_ledger",
            [self._claim(row, key) for row, _, key in fresh],
            actor=self._work.actor,
            columns=[{"object": place.object, "sector_path": place.sector_path} for _, place, _ in fresh],
            within=self._many,
        )

    def _claim(self, row: LedgerRow, key: bytes) -> Claim:
        if row.found_on is None:
            raise ValueError("a row without a found date is never opened")
        return Claim(
            state=_STATES[row.claimed_progress],
            description=row.description,
            place=row.place,
            source=_SOURCES[row.source],
            grade=_GRADES[row.grade],
            found_on=row.found_on,
            found_by=row.found_by,
            responsible_person=row.rectifier,
            measures=row.measures,
            funds=row.funds_fen,
            rectify_by=row.rectify_by,
            contingency_plan=row.contingency_plan,
            rectified_on=row.rectified_on,
            accepted_by=row.acceptor,
            accepted_on=row.accepted_on,
            campaign=row.campaign,
            note=row.note,
            row_key=key,
            row_facts=identity.claims(row),
            batch=self._work.batch.pk,
            line=row.line,
        )


def _names(spool: Path) -> Iterator[Named]:
    """Whose the good rows say they are, without building the rows."""
    for values in spooled(spool):
        if not values[_FAILURES]:
            yield values[_WHOSE[0]], values[_WHOSE[1]], values[_WHOSE[2]], values[_WHOSE[3]]


def _free(key: bytes, row: LedgerRow, place: Place, here: Mapping[bytes, Known]) -> bytes:
    """The key of a new row: its own, or one by the object where a namesake in another town has the same finding."""
    return identity.row_key(row, enterprise=place.object.uid.hex) if key in here else key


def _advances(comparison: Comparison) -> bool:
    """News are taken beside differing facts, but not where the sheet denies an outcome that stands here."""
    if comparison.outcome is Outcome.ADVANCED:
        return True
    denied = any(one.field in identity.OUTCOME for one in comparison.differences)
    return bool(comparison.news) and not denied


def _step(row: LedgerRow, here: Known) -> str:
    """The claim that moves the hazard where it may be moved, else the one that is only noted."""
    if here.touched or here.state not in _OPEN:
        return "note_claim"
    if row.claimed_progress is Progress.ACCEPTED:
        return "claim_accepted"
    if row.claimed_progress is Progress.RECTIFIED and here.state is not HazardState.AWAITING_ACCEPTANCE:
        return "claim_rectified"
    return "note_claim"


def _shown(field: str, value: str) -> str:
    """A kept value as a sheet would show it."""
    if field == "funds" and value.isdigit():
        return f"{int(value) / 100:,.2f} 元"
    return value
