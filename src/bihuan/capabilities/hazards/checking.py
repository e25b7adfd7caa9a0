"""Listings and spot checks against the record: rows beside a hazard that its own columns do not bind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from bihuan.capabilities.hazards.models import REPLACED, Hazard, Listing, SpotCheck
from bihuan.capabilities.hazards.states import Grade
from bihuan.kernel import clock
from bihuan.kernel.record.entries import Entry
from bihuan.kernel.record.findings import Finding
from bihuan.kernel.record.reading import entries_of

Row = tuple[Any, ...]
_VERBS = ("list_supervision", "delist", "regrade", "spot_check")
_SPOKEN_OF = """SELECT DISTINCT e.matter FROM record_entry e JOIN record_deed d ON d.id = e.deed
                WHERE d.kind = 'hazard' AND d.verb = ANY(%s)"""
_LISTING = ("level", "lead_id", "leader_post", "leader_name", "listed_on", "due_on", "delisted_on", "reason")
_SPOT_CHECK = ("on", "by", "passed", "finding")


def verify_listings_and_spot_checks() -> Iterator[Finding]:
    """Every listing and spot check that is not as the hazard's entries tell, that they do not tell of, or that is gone."""
    listings = _by_hazard(Listing, _LISTING)
    checks = _by_hazard(SpotCheck, _SPOT_CHECK)
    told_of = _told_of({*listings, *checks})
    for uid, no in sorted(told_of.items(), key=lambda item: item[1]):
        entries = entries_of(uid)
        try:
            listings_then, checks_then = listings_told(entries), spot_checks_told(entries)
        except (KeyError, TypeError, ValueError):
            continue  # an entry was altered; that is told of the entry
        yield from _differences(no, "挂牌督办", listings.get(uid, []), listings_then)
        yield from _differences(no, "抽查", checks.get(uid, []), checks_then)


def _by_hazard(model: Any, columns: Sequence[str]) -> Mapping[UUID, list[Row]]:
    rows: dict[UUID, list[Row]] = defaultdict(list)
    for uid, *values in model.objects.order_by("id").values_list("hazard_id", *columns).iterator():
        rows[uid].append(tuple(values))
    return rows


def _told_of(beside: Iterable[UUID]) -> dict[UUID, str]:
    """The hazards that have such rows, or whose record or grade says that they should."""
    with connection.cursor() as cursor:
        cursor.execute(_SPOKEN_OF, [list(_VERBS)])
        spoken_of = [matter for (matter,) in cursor.fetchall()]
    wanted = Q(grade=Grade.MAJOR.value) | Q(uid__in=[*spoken_of, *beside])
    return dict(Hazard.objects.filter(wanted).values_list("uid", "no"))


def listings_told(entries: Sequence[Entry]) -> list[Row]:
    """The listings as the entries of a hazard tell them, oldest first; columns as in the table."""
    told: list[dict[str, Any]] = []
    for entry in entries:
        day = clock.day_of(entry.happened_at)
        payload = entry.payload
        ending = "" if entry.verb != "delist" else payload.get("opinion", "")[:500]
        if told and told[-1]["delisted_on"] is None and (entry.verb == "delist" or "listing" in payload):
            told[-1] |= {"delisted_on": day, "reason": ending or REPLACED}
        if "listing" in payload:
            terms = payload["listing"]
            told.append(
                {
                    "level": terms["level"], "lead_id": terms["lead_id"], "leader_post": terms.get("leader_post"),
                    "leader_name": terms["leader"], "listed_on": day, "due_on": date.fromisoformat(terms["due"]),
                    "delisted_on": None, "reason": payload.get("reason", "")[:500] if entry.verb == "list_supervision" else "",
                }
            )  # fmt: skip
    return [tuple(row[name] for name in _LISTING) for row in told]


def spot_checks_told(entries: Sequence[Entry]) -> list[Row]:
    """The spot checks as the entries of a hazard tell them."""
    return [
        (
            date.fromisoformat(entry.payload["checked_on"]),
            entry.actor_name,
            entry.payload["passed"],
            entry.payload.get("finding", "")[:500],
        )
        for entry in entries
        if entry.verb == "spot_check"
    ]


def _differences(no: str, label: str, rows: Sequence[Row], told: Sequence[Row]) -> Iterator[Finding]:
    if len(rows) != len(told):
        detail = f"{label}登记有{len(rows)}条，记录载明的有{len(told)}条"
        yield Finding("altered_matter", no, None, detail)
        return
    for place, (row, words) in enumerate(zip(rows, told, strict=True), 1):
        if row != words:
            detail = f"第{place}次{label}的登记在留痕之外被改动，与记录所载不一致"
            yield Finding("altered_matter", no, None, detail)
