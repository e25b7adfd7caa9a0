"""A district's year of every kind of record in a plausible mix, written by COPY with the record's guard off.

A kind is told by a few columns that differ from row to row; every other column holds what a new row of its model holds.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from bench.bulk import superuser
from bihuan.kernel.uid import uuid7

SHARES = {
    "hazards": 0.656, "inspections": 0.18, "targets": 0.004, "items": 0.05, "batches": 0.03, "tasks": 0.05, "cases": 0.015,
    "visits": 0.008, "crackdown": 0.005, "measures": 0.001, "meetings": 0.0008, "accidents": 0.0002,
}  # fmt: skip
"""What part of all records is of which kind; an accident brings a version of its facts with it."""
REPEATED = 0.03
"""Hazards that came back at the same spot."""
CAMPAIGNS = ("百日攻坚", "有限空间整治", "燃气专项整治", "消防通道整治", "汛期排查", "厂房仓库整治")
AT_ONCE = 50_000
Row = dict[str, Any]


def fill(records: int) -> dict[str, int]:
    """Write the year up to today; how many of each kind there are then."""
    from bench import bulk

    bulk.prepare()
    _campaigns()
    known = _Known()
    counts = {kind: int(records * share) for kind, share in SHARES.items()}
    bulk.fill(counts.pop("hazards"), since=known.first)
    with psycopg.connect(superuser(), autocommit=True) as own:
        _repeat(own)
        _spread_campaigns(own)
        for kind, rows in _KINDS.items():
            for model, some in rows(known, counts[kind]):
                _pour(own, model, some)
        own.execute("VACUUM ANALYZE")
    _fold()
    return told()


def told() -> dict[str, int]:
    """How many records there are of each kind."""
    from django.apps import apps

    labels = (
        "hazards.Hazard", "inspections.Inspection", "campaigns.Target", "tipoffs.Item", "tipoffs.Batch", "dispatch.Task",
        "enforcement.Case", "meetings.Visit", "crackdown.Item", "measures.Measure", "meetings.Meeting", "accidents.Accident",
    )  # fmt: skip
    return {label: apps.get_model(label)._default_manager.count() for label in labels}


class _Known:
    """What rows refer to: the objects with their places, agencies, a leader's post, and the days of the year."""

    def __init__(self) -> None:
        from bihuan.kernel.objects.models import SupervisedObject
        from bihuan.kernel.people.models import Post, Role
        from bihuan.kernel.territory.models import Region, RegionLevel

        rows = SupervisedObject.objects.order_by("created_at", "uid")
        self.objects = list(rows.values_list("uid", "region_path", "sector_path", "agency_id"))
        self.agencies = sorted({agency for *_, agency in self.objects if agency is not None})
        leader = Post.objects.filter(role=Role.LEADER).values_list("pk", flat=True).first()
        self.leader = leader
        self.town = Region.objects.filter(level=RegionLevel.TOWN).values_list("pk", flat=True).first()
        self.today = date.today()
        self.first = self.today.replace(month=1, day=1)
        self.luck = random.Random(23)

    def day(self) -> date:
        """Some day of the year up to today."""
        return self.first + timedelta(days=self.luck.randrange((self.today - self.first).days + 1))

    def place(self) -> Row:
        """The columns of jurisdiction, those of some object."""
        uid, region, sector, agency = self.luck.choice(self.objects)
        return {
            "object": uid,
            "region_path": region,
            "sector_path": sector,
            "agency": agency or self.agencies[0],
        }


def _matter(known: _Known, letter: str, number: int, state: str, day: date, **more: Any) -> Row:
    return {
        "uid": uuid7(), "no": f"370499-{letter}{day.year}-{number + 1:06d}", "state": state, "version": 2, "entry_count": 2,
        "head": b"\0" * 32, "opened_at": _noon(day), **known.place(), **more,
    }  # fmt: skip


def _noon(day: date) -> datetime:
    from bihuan.kernel.clock import SHANGHAI

    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


Poured = Iterator[tuple[str, Iterator[Row]]]


def _inspections(known: _Known, count: int) -> Poured:
    def rows() -> Iterator[Row]:
        seen: set[Any] = set()
        for number in range(count):
            day = known.day()
            row = _matter(known, "I", number, "closed", day)
            yield row | {
                "mode": "open", "nature": known.luck.choice(("enforcement", "supervision", "supervision")), "planned_on": day,
                "content": "消防设施", "arrived_on": day, "arrived_at": _noon(day), "finished_on": day,
                "found_count": known.luck.randrange(4), "first_of_year": row["object"] not in seen,
                "campaign": known.luck.choice(("", "", *CAMPAIGNS)),
            }  # fmt: skip
            seen.add(row["object"])

    yield "inspections.Inspection", rows()


def _tasks(known: _Known, count: int) -> Poured:
    def rows() -> Iterator[Row]:
        for number in range(count):
            day = known.day()
            due = day + timedelta(days=known.luck.randrange(10, 60))
            ended = due < known.today and known.luck.random() < 0.95
            row = _matter(known, "T", number, "closed" if ended else "under_way", day)
            yield row | {
                "object": None, "title": "逐家检查", "requirement": "核对台账", "kind": known.luck.choice(("inspect", "train")),
                "due_on": due, "dispatched_on": day, "finished_on": due - timedelta(days=1) if ended else None,
                "accepted_on": due if ended else None, "result": "已完成" if ended else "",
                "campaign": known.luck.choice(("", "", *CAMPAIGNS)),
                "origin": known.luck.choice(("", f"370499-M{day.year}-000001")), "sector_path": "",
            }  # fmt: skip

    yield "dispatch.Task", rows()


def _cases(known: _Known, count: int) -> Poured:
    def rows() -> Iterator[Row]:
        for number in range(count):
            day = known.day()
            decided = day + timedelta(days=40)
            ended = decided <= known.today
            fine = known.luck.randrange(1, 100) * 100_000 if ended else 0
            row = _matter(known, "C", number, "archived" if ended else "investigating", day)
            yield row | {
                "party_kind": "entity", "party": "某厂", "source": "inspection", "template": "penalty", "cause": "未如实记录",
                "brief": "检查发现", "acted_on": day, "proposed_on": day, "filed_on": day, "decide_by": day + timedelta(days=90),
                "outcome": "penalty" if ended else "none", "decided_on": decided if ended else None, "fine_fen": fine,
                "paid_fen": fine, "served_on": decided if ended else None, "concluded_on": decided if ended else None,
            }  # fmt: skip

    yield "enforcement.Case", rows()


def _tipoffs(known: _Known, count: int) -> Poured:
    """Items of ``count``, and the batches that hold them, one or two each."""
    batches: list[Row] = []
    items: list[Row] = []
    while len(items) < count:
        day = known.day()
        closed = day + timedelta(days=20)
        ended = closed <= known.today and known.luck.random() < 0.95
        batch = _matter(known, "B", len(batches), "closed" if ended else "open", day)
        batch |= {
            "object": None,
            "channel": "web",
            "received_on": day,
            "closed_on": closed if ended else None,
        }
        batches.append(batch)
        for ordinal in range(1, known.luck.choice((1, 2, 2)) + 1):
            item = _matter(known, "Q", len(items), "settled" if ended else "handling", day)
            items.append(item | {
                "object": None, "batch": batch["uid"], "ordinal": ordinal, "channel": "web", "topic": "fire", "words": "通道堵塞",
                "received_on": day, "due_on": day + timedelta(days=60), "closed_on": closed if ended else None,
                "replied_on": closed if ended else None, "admitted_on": day, "referred_on": day,
            })  # fmt: skip
    yield "tipoffs.Batch", iter(batches)
    yield "tipoffs.Item", iter(items)


def _visits(known: _Known, count: int) -> Poured:
    def rows() -> Iterator[Row]:
        for number in range(count):
            day = known.day()
            row = _matter(known, "V", number, "confirmed", day)
            yield row | {
                "object": None, "kind": known.luck.choice(("supervision", "led_inspection")), "visited_on": day,
                "leader_post": known.leader, "confirmed_on": day, "situation": "查看现场", "sector_path": "",
            }  # fmt: skip

    yield "meetings.Visit", rows()


def _meetings(known: _Known, count: int) -> Poured:
    def rows() -> Iterator[Row]:
        for number in range(count):
            day = known.day()
            row = _matter(known, "M", number, "held", day)
            yield row | {
                "object": None, "title": f"第{number}次专题会", "body": "committee", "held_on": day, "took_place": True,
                "kind": known.luck.choice(("plenary", "special_meeting")), "sector_path": "", "chair_post": known.leader,
            }  # fmt: skip

    yield "meetings.Meeting", rows()


def _crackdown(known: _Known, count: int) -> Poured:
    def rows() -> Iterator[Row]:
        for number in range(count):
            day = known.day()
            row = _matter(known, "S", number, "settled", day)
            yield row | {
                "object": None, "place": known.town, "source": "patrol", "kind": "vehicle", "code": "vehicle.overload",
                "found_on": day, "struck_on": day,
                "settled_on": day, "description": "超员", "way": "detained", "result": "扣车", "detained_persons": known.luck.randrange(2),
                "sector_path": "",
            }  # fmt: skip

    yield "crackdown.Item", rows()


def _measures(known: _Known, count: int) -> Poured:
    def rows() -> Iterator[Row]:
        for number in range(count):
            day = known.day()
            yield _matter(known, "O", number, "in_force", day) | {
                "kind": "stop_production", "family": "stop", "scope": "二车间", "proposed_on": day, "since": day,
            }  # fmt: skip

    yield "measures.Measure", rows()


def _targets(known: _Known, count: int) -> Poured:
    from bihuan.capabilities.dispatch.campaigns.models import Campaign

    campaigns = list(Campaign.objects.order_by("no").values_list("uid", "name"))
    pairs = itertools.islice(itertools.product(campaigns, known.objects), count)

    def rows() -> Iterator[Row]:
        for (campaign, name), (uid, region, sector, agency) in pairs:
            day = known.day()
            yield {
                "campaign": campaign, "object": uid, "campaign_name": name, "region_path": region, "sector_path": sector,
                "agency": agency, "registered_on": day, "checked_on": day if known.luck.random() < 0.8 else None,
            }  # fmt: skip

    yield "campaigns.Target", rows()


def _accidents(known: _Known, count: int) -> Poured:
    accidents, versions = [], []
    for number in range(count):
        day = known.day()
        dead = known.luck.choice((0, 0, 0, 1))
        facts = {
            "occurred_on": day, "branch": known.luck.choice(("road", "industrial", "construction", "fire")), "grade": "general",
            "deaths": dead, "counted_deaths": dead, "loss_fen": 10_000_000,
        }  # fmt: skip
        row = _matter(known, "A", number, "investigating", day)
        row |= {**facts, "occurred_at": _noon(day), "reported_at": _noon(day), "summary": "事故", "told": 1}
        accidents.append(row)
        versions.append({
            **facts, **{name: row[name] for name in ("no", "region_path", "sector_path", "agency", "object")}, "uid": uuid7(),
            "accident": row["uid"], "number": 1, "cause": "first", "known_at": _noon(day), "valid_from": day,
            "recorded_at": _noon(day),
        })  # fmt: skip
    yield "accidents.Accident", iter(accidents)
    yield "accidents.AccidentVersion", iter(versions)


_KINDS: Mapping[str, Callable[[_Known, int], Poured]] = {
    "inspections": _inspections, "tasks": _tasks, "cases": _cases, "items": _tipoffs, "visits": _visits, "meetings": _meetings,
    "crackdown": _crackdown, "measures": _measures, "targets": _targets, "accidents": _accidents,
}  # fmt: skip


def _pour(own: psycopg.Connection[Any], label: str, rows: Iterator[Row]) -> None:
    """COPY the rows into their model's table, every column they leave out as a new row has it."""
    from django.apps import apps

    model = apps.get_model(label)
    fields = [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key and field.get_internal_type() == "BigAutoField")
    ]
    usual = {field.name: _usual(field) for field in fields}
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = model._meta.db_table
    guards = _guards(own, table)
    for name in guards:
        own.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    while some := list(itertools.islice(rows, AT_ONCE)):
        with own.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in some:
                copy.write_row(_cells({**usual, **row}, fields))
    for name in guards:
        own.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")


def _usual(field: Any) -> Any:
    value = field.get_default()
    return (
        json.dumps(value)
        if isinstance(value, dict) or (field.get_internal_type() == "JSONField" and value is not None)
        else value
    )


def _cells(row: Row, fields: Sequence[Any]) -> list[Any]:
    return [row[field.name] for field in fields]


def _guards(own: psycopg.Connection[Any], table: str) -> list[str]:
    found = own.execute(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgname LIKE %s",
        [table, "%guard%"],
    )
    return [name for (name,) in found.fetchall()]


def _campaigns() -> None:
    """The campaigns whose names records carry, approved before the first of them."""
    from django.db import transaction
    from tests.dispatch import campaign_steps
    from tests.world import World

    from bihuan.kernel import clock
    from bihuan.kernel.people.models import User
    from bihuan.kernel.territory.models import Agency

    first = date.today().replace(month=1, day=1)
    people = {user.username: user for user in User.objects.all()}
    named = {agency.name: agency for agency in Agency.objects.all()}
    blank: dict[str, Any] = dict.fromkeys(
        ("district", "east", "west", "office", "builders", "factory", "site")
    )
    world = World(
        **blank, bureau=named["区应急管理局"], east_government=named["东湖镇人民政府"],
        west_government=named["西岭街道办事处"], users=people,
    )  # fmt: skip
    with transaction.atomic(), clock.frozen(_noon(first)):
        for name in CAMPAIGNS:
            campaign_steps.under_way(world, name=name, first_day=first, last_day=date(first.year, 12, 31))


def _repeat(own: psycopg.Connection[Any]) -> None:
    """Some hazards came back."""
    own.execute("ALTER TABLE hazards_hazard DISABLE TRIGGER USER")
    own.execute(
        "UPDATE hazards_hazard SET recurrence = 1 + (random() * 3)::int WHERE random() < %s AND NOT voided",
        [REPEATED],
    )
    own.execute("ALTER TABLE hazards_hazard ENABLE TRIGGER USER")


def _spread_campaigns(own: psycopg.Connection[Any]) -> None:
    """Every fourth hazard belongs to one of the campaigns."""
    own.execute("ALTER TABLE hazards_hazard DISABLE TRIGGER USER")
    own.execute(
        "UPDATE hazards_hazard SET campaign = (%s::text[])[1 + floor(random() * %s)::int] WHERE random() < 0.25",
        [list(CAMPAIGNS), len(CAMPAIGNS)],
    )
    own.execute("ALTER TABLE hazards_hazard ENABLE TRIGGER USER")


def _fold() -> None:
    """The tallies as the job leaves them, hazards' counted anew after their triggers were off."""
    from bihuan.capabilities.hazards.figures import HAZARDS
    from bihuan.kernel.figures import registry, tally

    tally.rebuild(HAZARDS)
    for each in registry.tallies():
        tally.compact(each)
        if tally.differing_cells(each):
            raise SystemExit(f"{each.name}: the tally is not what the rows say")
