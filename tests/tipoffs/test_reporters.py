"""Who reported: in the vault, for the office, for a reason, and nowhere else."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from PIL import Image

from bihuan.capabilities.tipoffs import inputs, receiving
from bihuan.capabilities.tipoffs.access import access_batch, visible_batches, visible_items
from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.capabilities.tipoffs.pages import EXPORT, listed, resource
from bihuan.kernel import clock
from bihuan.kernel.attachments.keeping import attachments_of, content_of
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops import engine, sealed
from bihuan.kernel.loops.notices import tell_new
from bihuan.kernel.record.reading import entries_of
from tests.tipoffs import steps
from tests.web.api_calls import Api
from tests.world import World

WHO: dict[str, Any] = {
    "reporter_name": steps.NAME, "reporter_phone": steps.PHONE, "reporter_address": steps.ADDRESS,
}  # fmt: skip
REASON = "需向举报人核实现场位置"
UNITS = ("regulator", "officer", "builder", "clerk_east", "clerk_west")
OUTSIDE = (
    "principal",
    "safety",
    "site_safety",
    "expert",
    "grid",
    "auditor",
    "system_admin",
    "security_admin",
)


def everything() -> str:
    """Every row of every table as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT')"
        )
        tables = [name for (name,) in cursor.fetchall()]
        assert {"record_entry", "tipoffs_item", "tipoffs_batch", "hazards_hazard", "exchange_notice"} <= set(
            tables
        )
        told = []
        for name in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{name}\" t")
            told.append(cursor.fetchone()[0])
    return "\n".join(told)


def become(world: World) -> Item:
    item = steps.handling(world, Item.objects.latest("opened_at"))
    given = inputs.HazardGiven(
        subject=world.factory.uid, description="二车间安全出口被布料堵死", found_on=clock.today()
    )
    item = steps.do(world, item, "make_hazard", given, "regulator")
    return steps.do(world, item, "report_result", steps.result(), "regulator")


@pytest.mark.parametrize("way", ["public", "office"])
def test_no_table_no_entry_and_no_notice_holds_who_reported(
    world: World, caplog: pytest.LogCaptureFixture, way: str
) -> None:
    number = steps.told(**WHO) if way == "public" else ""
    if way == "office":
        steps.registered(world, **WHO)
    become(world)
    tell_new()
    kept = everything() + caplog.text
    for secret in (steps.NAME, steps.PHONE, steps.ADDRESS, number or steps.PHONE):
        assert secret not in kept
    rows = listed(Item.objects.all())
    shown = repr([[tell(row) for _, tell in EXPORT] for row in rows]) + repr([resource(row) for row in rows])
    assert steps.NAME not in shown
    assert steps.PHONE not in shown


def test_the_office_reads_who_it_was_for_a_reason_that_goes_on_the_record(world: World) -> None:
    batch = steps.registered(world, **WHO)
    office = world.actor("office")
    with pytest.raises(Refused, match="理由"):
        sealed.read_sealed("tipoff_batch", batch.no, "reporter_phone", "", actor=office)
    assert sealed.read_sealed("tipoff_batch", batch.no, "reporter_phone", REASON, actor=office) == steps.PHONE
    last = list(entries_of(batch.uid))[-1]
    assert (last.verb, last.payload["reason"], last.payload["field"]) == (
        "read_sealed",
        REASON,
        "reporter_phone",
    )


def test_a_leader_reads_tip_offs_and_not_who_told_them(world: World) -> None:
    batch = steps.registered(world, **WHO)
    leader = world.actor("leader")
    assert access_batch(leader, batch.no) == batch
    with pytest.raises(Refused, match="密封内容"):
        sealed.read_sealed("tipoff_batch", batch.no, "reporter_name", REASON, actor=leader)


@pytest.mark.parametrize("name", [*UNITS, *OUTSIDE])
def test_nobody_else_even_finds_the_batch(world: World, name: str) -> None:
    item = steps.handling(world, steps.received(world, **WHO))
    actor = world.actor(name)
    assert not visible_batches(actor).exists()
    with pytest.raises(Absent):
        sealed.read_sealed("tipoff_batch", item.batch.no, "reporter_name", REASON, actor=actor)


def test_a_unit_sees_what_is_referred_to_it_and_nothing_more(world: World) -> None:
    mine, other = steps.received(world, subject=world.factory.uid), steps.received(world)
    assert not visible_items(world.actor("regulator")).exists()
    steps.handling(world, mine)
    steps.handling(world, other, agency=world.east_government.pk)
    assert [one.no for one in visible_items(world.actor("regulator"))] == [mine.no]
    assert [one.no for one in visible_items(world.actor("clerk_east"))] == [other.no]
    for name in OUTSIDE:
        assert not visible_items(world.actor(name)).exists()


@pytest.mark.parametrize("by", ["company", "topic", "origin", "town"])
def test_no_number_tells_a_unit_of_an_item_that_is_not_its_own(world: World, by: str) -> None:
    """Neither the page nor the interface: a place of one enterprise would read in the count who was reported."""
    mine = steps.handling(world, steps.received(world, subject=world.factory.uid))
    steps.received(world, subject=world.factory.uid)
    year = str(clock.today().year)
    for name, items, batches in (
        ("office", 2, 2), ("leader", 2, 2), ("regulator", 1, 0), ("clerk_east", 0, 0), ("clerk_west", 0, 0), ("grid", 0, 0),
        ("expert", 0, 0), ("principal", 0, 0),
    ):  # fmt: skip
        found = counted_by(world, name, "tipoffs.items_received", year, by)
        assert (found["value"], sum(found["by"].values())) == (items, items), name
        assert counted_by(world, name, "tipoffs.batches_received", year, "")["value"] == batches, name
    assert mine.agency_id == world.bureau.pk


def counted_by(world: World, name: str, figure: str, year: str, by: str) -> dict[str, Any]:
    """What the interface tells somebody of a figure: its value, and that of each line."""
    answer = Api(world, name).get("/figures", name=figure, period=year, **({"by": by} if by else {}))
    assert answer.status == 200, answer.body
    told = answer.body["figures"][figure]
    return {
        "value": told["value"],
        "by": {line: part["value"] for line, part in (told.get("by") or {}).items()},
    }


def test_what_is_destroyed_is_gone_and_the_record_stays_whole(world: World) -> None:
    batch = steps.registered(world, **WHO)
    office = world.actor("office")
    sealed.forget_sealed("tipoff_batch", batch.no, "办结满规定年限", actor=office)
    with pytest.raises(Refused, match="销毁"):
        sealed.read_sealed("tipoff_batch", batch.no, "reporter_name", REASON, actor=office)


def test_a_photo_keeps_neither_place_nor_time_nor_name(world: World) -> None:
    picture, exif = io.BytesIO(), Image.Exif()
    exif[0x0132] = "2026:11:01 08:00:00"
    exif[0x010F] = "SunPhone"
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 47.0, 0.0), 3: "E", 4: (117.0, 15.0, 0.0)})
    Image.new("RGB", (60, 40), "white").save(picture, "JPEG", exif=exif)
    picture.name = f"{steps.NAME}家门口.jpg"
    number = receiving.receive(receiving.TipoffGiven(items=(steps.piece(),)), [_rewound(picture)])
    item = receiving.progress_of(number)
    assert item is not None
    row = attachments_of(Item.objects.latest("opened_at").uid).get()
    assert (row.latitude, row.longitude, row.taken_at) == (None, None, None)
    assert steps.NAME not in row.name
    assert not Image.open(io.BytesIO(content_of(row))).getexif()


def _rewound(picture: io.BytesIO) -> io.BytesIO:
    picture.seek(0)
    return picture


def test_a_later_word_on_how_to_be_reached_is_sealed_as_well(world: World) -> None:
    batch = steps.registered(world)
    assert batch.anonymous
    given = inputs.Reporter(reporter_phone=steps.PHONE)
    engine.perform(
        "tipoff_batch", "note_reporter", batch.no, given, actor=world.actor("office"), version=batch.version
    )
    assert not Batch.objects.get().anonymous
    assert steps.PHONE not in everything()
