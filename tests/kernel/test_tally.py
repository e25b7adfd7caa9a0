"""A tally says what the rows say: after any mix of statements, at any cut-off, while it is being folded."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from datetime import date, timedelta

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.conf import roles
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import reading, tally
from bihuan.kernel.figures.declarations import DateOf, Dim, Measure, Tally
from bihuan.kernel.figures.scope import Scope
from tests.databases import Clone

TRIAL = Tally(
    name="trial",
    model="none.None",
    table="tally_trial",
    born=DateOf("found_on"),
    dates={
        "accepted": DateOf("accepted_on"),
        "late": DateOf("rectify_by", plus=1, unless="accepted_on <= rectify_by"),
        "spent": DateOf("rectified_on", default="found_on", unless="fen = 0"),
    },
    dims={"region": Dim("region_path"), "source": Dim("source"), "agency": Dim("agency_id", "bigint")},
    sums={"claimed": "claimed::int", "fen": "fen"},
    where="NOT voided",
)
MEASURES = (
    Measure(),
    Measure(("accepted",)),
    Measure(("accepted",), amount="claimed"),
    Measure(("late",)),
    Measure(("late", "accepted")),
    Measure(("spent",), amount="fen"),
    Measure(only=(("source", "expert"),)),
)
TABLE = """
CREATE TABLE tally_trial (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  found_on date NOT NULL, rectify_by date, rectified_on date, accepted_on date,
  claimed bool NOT NULL, fen bigint NOT NULL,
  region_path text NOT NULL, source text NOT NULL, agency_id bigint,
  voided bool NOT NULL DEFAULT false
)
"""
COLUMNS = (
    "found_on, rectify_by, rectified_on, accepted_on, claimed, fen, region_path, source, agency_id, voided"
)
PLAIN = """
SELECT COUNT(*),
  COUNT(*) FILTER (WHERE accepted_on <= %(day)s),
  COUNT(*) FILTER (WHERE accepted_on <= %(day)s AND claimed),
  COUNT(*) FILTER (WHERE rectify_by < %(day)s AND (accepted_on IS NULL OR accepted_on > %(day)s)),
  COALESCE(SUM(fen) FILTER (WHERE COALESCE(rectified_on, found_on) <= %(day)s), 0),
  COUNT(*) FILTER (WHERE source = 'expert')
FROM tally_trial
WHERE NOT voided AND region_path LIKE %(region)s
  AND found_on BETWEEN %(first)s AND %(last)s AND found_on <= %(day)s
"""
Row = tuple[date, date | None, date | None, date | None, bool, int, str, str, int | None, bool]

DAYS = st.dates(date(2022, 11, 1), date(2023, 9, 30))
ROWS: st.SearchStrategy[Row] = st.tuples(
    DAYS,
    st.none() | DAYS,
    st.none() | DAYS,
    st.none() | DAYS,
    st.booleans(),
    st.integers(0, 10**12),
    st.sampled_from(["1.", "1.2.", "1.2.7.", "1.3."]),
    st.sampled_from(["expert", "grid"]),
    st.none() | st.integers(1, 2),
    st.booleans(),
)
CHANGES = (
    "UPDATE tally_trial SET accepted_on = '2023-04-17', claimed = NOT claimed WHERE id % 3 = 0",
    "UPDATE tally_trial SET voided = NOT voided WHERE id % 4 = 1",
    "UPDATE tally_trial SET source = 'grid', fen = fen + 1 WHERE id % 2 = 0",
    "UPDATE tally_trial SET rectify_by = found_on + 15, accepted_on = NULL WHERE id % 5 = 2",
    "DELETE FROM tally_trial WHERE id % 7 = 3",
    "TRUNCATE tally_trial",
)


@pytest.fixture
def trial(transactional_db: None, clone: Clone) -> Iterator[str]:
    """The counted table and its tally, made by the owner as a migration would; the app's address."""
    with psycopg.connect(clone.address(roles.OWNER).url()) as owner:
        owner.execute(TABLE)
        for statement in tally.create_sql(TRIAL):
            owner.execute(statement)
        owner.execute("GRANT TRUNCATE ON tally_trial TO app")
    yield clone.address(roles.APP).url()
    with psycopg.connect(clone.address(roles.OWNER).url()) as owner:
        for statement in tally.drop_sql(TRIAL):
            owner.execute(statement)
        owner.execute("DROP TABLE tally_trial")


def insert(rows: list[Row]) -> None:
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * 10)
        cursor.executemany(f"INSERT INTO tally_trial ({COLUMNS}) VALUES ({places})", rows)


def copy(rows: list[Row]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY tally_trial ({COLUMNS}) FROM STDIN") as into:
        for row in rows:
            into.write_row(row)


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def tallied(period: Period, day: date, region: str = "") -> list[int]:
    scope = Scope(regions=(region,) if region else ())
    found = reading.read(TRIAL, MEASURES, period, day, scope)[""]
    all_of, accepted, claimed, late, late_accepted, fen, expert = (found[measure] for measure in MEASURES)
    return [all_of, accepted, claimed, late - late_accepted, fen, expert]


def plain(period: Period, day: date, region: str = "") -> list[int]:
    with connection.cursor() as cursor:
        values = {"first": period.first, "last": period.last, "day": day, "region": f"{region}%"}
        cursor.execute(PLAIN, values)
        return [int(value) for value in cursor.fetchone()]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_tally_equals_rows_after_any_mix_of_statements(trial: str, data: st.DataObject) -> None:
    run("TRUNCATE tally_trial")
    for _ in range(data.draw(st.integers(1, 5))):
        deed = data.draw(st.sampled_from(["insert", "copy", "change", "fold", "tidy"]))
        if deed == "insert":
            insert(data.draw(st.lists(ROWS, min_size=1, max_size=12)))
        elif deed == "copy":
            copy(data.draw(st.lists(ROWS, min_size=1, max_size=12)))
        elif deed == "change":
            run(data.draw(st.sampled_from(CHANGES)))
        elif deed == "fold":
            tally.compact(TRIAL)
        else:
            tally.tidy(TRIAL)
    assert tally.differing_cells(TRIAL) == 0
    for label in ("2023H1", "2023Q2", "2023", "2023-05", "2023W18"):
        period = Period.parse(label)
        day = data.draw(DAYS)
        region = data.draw(st.sampled_from(["", "1.2.", "1.3."]))
        assert tallied(period, day, region) == plain(period, day, region), (label, day, region)


def some_rows(seed: int, count: int) -> list[Row]:
    draw = random.Random(seed)

    def day(chance: float = 1) -> date | None:
        return date(2023, 1, 1) + timedelta(days=draw.randint(0, 240)) if draw.random() < chance else None

    def row() -> Row:
        place, source = draw.choice(["1.2.", "1.3.", "1.2.7."]), draw.choice(["expert", "grid"])
        found = day() or date(2023, 1, 1)
        return (
            found,
            day(0.9),
            day(0.5),
            day(0.7),
            draw.random() < 0.3,
            draw.randint(0, 9),
            place,
            source,
            1,
            False,
        )

    return [row() for _ in range(count)]


def test_every_day_of_a_half_year_is_exact(trial: str) -> None:
    copy(some_rows(1, 3000))
    tally.compact(TRIAL)
    run(CHANGES[0])
    period = Period.parse("2023H1")
    for offset in range(-3, 230):
        day = date(2023, 1, 1) + timedelta(days=offset)
        assert tallied(period, day) == plain(period, day), day


def test_breakdown_sums_to_the_total(trial: str) -> None:
    copy(some_rows(2, 500))
    period, day = Period.parse("2023H1"), date(2023, 5, 11)
    lines = reading.read(TRIAL, MEASURES, period, day, Scope(), "region")
    assert set(lines) == {"1.2.", "1.2.7.", "1.3."}
    total = reading.read(TRIAL, MEASURES, period, day, Scope())[""]
    assert {measure: sum(line[measure] for line in lines.values()) for measure in MEASURES} == total


def test_folding_beside_writers_loses_and_doubles_nothing(trial: str) -> None:
    """Eight writers, a folder and a reader at once; the reader only ever sees counts that grow."""
    writers, batches = 8, 12
    stop = threading.Event()
    errors: list[str] = []

    def write(seed: int) -> None:
        with psycopg.connect(trial) as own:
            for batch in range(batches):
                own.cursor().executemany(
                    f"INSERT INTO tally_trial ({COLUMNS}) VALUES ({', '.join(['%s'] * 10)})",
                    some_rows(seed * 100 + batch, 5),
                )
                own.execute(f"UPDATE tally_trial SET accepted_on = '2023-03-03' WHERE id % 9 = {seed}")
                own.commit()

    def fold() -> None:
        try:
            while not stop.is_set():
                tally.compact(TRIAL)
        finally:
            connection.close()

    def watch() -> None:
        seen = 0
        try:
            while not stop.is_set():
                found = tallied(Period.parse("2023"), date(2023, 12, 31))[0]
                if found < seen or found % 5:
                    errors.append(f"{seen} -> {found}")
                seen = found
        finally:
            connection.close()

    watchers = [threading.Thread(target=each) for each in (fold, fold, watch)]
    crowd = [threading.Thread(target=write, args=[seed]) for seed in range(writers)]
    for thread in (*watchers, *crowd):
        thread.start()
    for thread in crowd:
        thread.join(60)
    stop.set()
    for thread in watchers:
        thread.join(60)
    assert errors == []
    assert tallied(Period.parse("2023"), date(2023, 12, 31))[0] == writers * batches * 5
    assert tally.differing_cells(TRIAL) == 0


def test_a_writer_that_has_not_committed_neither_counts_nor_blocks_folding(trial: str) -> None:
    copy(some_rows(3, 50))
    with psycopg.connect(trial) as other:
        other.cursor().executemany(
            f"INSERT INTO tally_trial ({COLUMNS}) VALUES ({', '.join(['%s'] * 10)})", some_rows(4, 20)
        )
        assert tally.compact(TRIAL) > 0
        assert tallied(Period.parse("2023"), date(2023, 12, 31))[0] == 50
        other.commit()
    assert tallied(Period.parse("2023"), date(2023, 12, 31))[0] == 70
    assert tally.compact(TRIAL) > 0
    assert tallied(Period.parse("2023"), date(2023, 12, 31))[0] == 70


def test_a_change_that_moves_no_cell_writes_nothing(trial: str) -> None:
    copy(some_rows(5, 20))
    tally.compact(TRIAL)
    run("UPDATE tally_trial SET voided = voided, found_on = found_on")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {tally.delta_table(TRIAL)}")
        assert cursor.fetchone()[0] == 0


def test_differences_made_behind_the_triggers_are_found_and_rebuilding_mends_them(
    trial: str, clone: Clone
) -> None:
    copy(some_rows(6, 200))
    with psycopg.connect(clone.address(roles.OWNER).url()) as owner:
        owner.execute("ALTER TABLE tally_trial DISABLE TRIGGER USER")
        owner.execute("DELETE FROM tally_trial WHERE id % 10 = 0")
        owner.execute("ALTER TABLE tally_trial ENABLE TRIGGER USER")
    assert tally.differing_cells(TRIAL) > 0
    tally.rebuild(TRIAL)
    assert tally.differing_cells(TRIAL) == 0


def test_folded_cells_that_come_to_nothing_are_tidied_away(trial: str) -> None:
    copy(some_rows(7, 30))
    tally.compact(TRIAL)
    run("DELETE FROM tally_trial")
    tally.compact(TRIAL)
    assert tally.tidy(TRIAL) > 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {tally.folded_table(TRIAL)}")
        assert cursor.fetchone()[0] == 0
