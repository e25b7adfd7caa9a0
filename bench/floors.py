"""What this machine does at best: the same work without the system around it."""

from __future__ import annotations

import time
from typing import Any

import psycopg

from bench.bulk import superuser

PAGE = "SELECT * FROM hazards_hazard WHERE found_on <= CURRENT_DATE ORDER BY found_on DESC, uid DESC LIMIT 50"


def writing(count: int = 2000, rows: int = 100_000) -> dict[str, float]:
    """Plain Django creates a second of one model, bare INSERTs a second, COPY rows a second."""
    from django.db import connection

    with psycopg.connect(superuser(), autocommit=True) as own:
        own.execute(
            "DROP TABLE IF EXISTS bench_floor; CREATE TABLE bench_floor (id bigserial PRIMARY KEY, name text,"
            " place text, day date, amount bigint); GRANT ALL ON bench_floor, bench_floor_id_seq TO app"
        )
        told = {"create": _rate(count, _creator())}
        with connection.cursor() as cursor:
            told["insert"] = _rate(
                count, lambda: cursor.execute("INSERT INTO bench_floor (name) VALUES ('x')")
            )
        began = time.perf_counter()
        with (
            own.cursor() as cursor,
            cursor.copy("COPY bench_floor (name, place, day, amount) FROM STDIN") as copy,
        ):
            for index in range(rows):
                copy.write_row(("东湖纺织有限公司", f"{index}号车间", "2026-03-01", index))
        told["copy"] = rows / (time.perf_counter() - began)
        own.execute("DROP TABLE bench_floor")
    return told


def _creator() -> Any:
    from django.db import models

    class Floor(models.Model):
        name = models.TextField()
        place = models.TextField(default="")
        day = models.DateField(null=True)
        amount = models.BigIntegerField(default=0)

        class Meta:
            app_label = "conf"
            db_table = "bench_floor"
            managed = False

    return lambda: Floor.objects.create(name="东湖纺织有限公司", place="二车间", amount=5)


def reading(times: int = 200) -> dict[str, float]:
    """Milliseconds of one page of an index, and pages a second."""
    from django.db import connection

    with connection.cursor() as cursor:
        began = time.perf_counter()
        for _ in range(times):
            cursor.execute(PAGE)
            cursor.fetchall()
    spent = time.perf_counter() - began
    return {"ms": spent / times * 1000, "rate": times / spent}


def signing(count: int = 500) -> dict[str, float]:
    """SM2 signatures made and checked a second, on one core."""
    from bihuan.kernel.crypto import sm2

    key = sm2.PrivateKey.generate()
    digest = b"\x07" * 32
    made = key.sign(digest)
    return {
        "sign": _rate(count, lambda: key.sign(digest)),
        "verify": _rate(count, lambda: sm2.verify(key.public, digest, made)),
    }


def _rate(count: int, deed: Any) -> float:
    began = time.perf_counter()
    for _ in range(count):
        deed()
    return count / (time.perf_counter() - began)
