"""Creating, stepping, reading and listing hazards over HTTP as restricted users, at 100,000 hazards, by 8 clients."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar
from urllib.parse import quote

from PIL import Image

from bench.clients import Ask, Result, run, spread
from bench.district import child, district, serving
from bench.results import Measured, number

HAZARDS = 100_000
COUNT = int(os.environ.get("BENCH_COUNT", "2000"))
A_DAY = 400
"""Photographs one person may well upload on a day; the installation takes some more before it refuses."""
LISTS = (
    f"tab=open&grade=general&sector={quote('工贸')}",
    "tab=all&source=routine",
    "tab=closed&found_from=2020-01-01",
    "tab=all&grade=major",
)


def measure(hazards: int = HAZARDS) -> Iterator[Measured]:
    """A town clerk and an enterprise's safety officer; two web workers on the same cores as database and clients."""
    with district() as data:
        told = child(data, "bulk:prepare")
        child(data, "bulk:fill", rows=hazards)
        floors = {
            **child(data, "floors:writing"),
            **child(data, "floors:signing"),
            **child(data, "floors:reading"),
        }
        with serving(data) as base:
            for user in (Clerk(base, told, COUNT), Enterprise(base, told, min(COUNT // 4, A_DAY))):
                yield from _as(user, floors)


@dataclass
class User:
    """Who is measured, and the signed step that is theirs to take."""

    base: str
    told: dict[str, str]
    count: int
    name: ClassVar[str]
    label: ClassVar[str]
    source: ClassVar[str]
    step: ClassVar[str]

    def create(self, index: int) -> Ask:
        body = {
            "object": self.told["object"], "place": f"{index}号车间", "source": self.source,
            "found_on": date.today().isoformat(), "description": f"第{index}处疏散通道堆放杂物，配电箱未接地",
        }  # fmt: skip
        return Ask("POST", "/api/v1/hazards", body, f"{self.name}-{index}")

    def steps(self, matters: list[dict[str, str]]) -> list[Ask]:
        """The step on each matter just created, with whatever it needs made ready."""
        raise NotImplementedError

    def run(self, asks: list[Ask], *, keep: bool = False) -> Result:
        return run(self.base, self.told[self.name], asks, keep=keep)


class Clerk(User):
    name, label, source, step = "clerk_east", "town clerk", "routine", "交办"

    def steps(self, matters: list[dict[str, str]]) -> list[Ask]:
        return [_assign(matter["no"]) for matter in matters]


class Enterprise(User):
    name, label, source, step = "safety", "enterprise", "self_check", "上报整改完成"

    def steps(self, matters: list[dict[str, str]]) -> list[Ask]:
        """The clerk assigns them and the enterprise uploads what it mended; only the signed step is measured."""
        run(self.base, self.told[Clerk.name], [_assign(matter["no"]) for matter in matters])
        sent = self.run([_upload(matter["uid"], index) for index, matter in enumerate(matters)], keep=True)
        pairs = zip(matters, sent.answers, strict=True)
        return [_rectified(matter["no"], photo["uid"]) for matter, photo in pairs]


def _as(user: User, floors: dict[str, float]) -> Iterator[Measured]:
    user.run(spread(80, lambda index: user.create(10**6 + index)))
    created = user.run(spread(user.count, user.create), keep=True)
    yield _told(
        f"create with its entry, {user.label}",
        created,
        200,
        320,
        f"plain Django {number(floors['create'])}/s",
    )
    stepped = user.run(user.steps(created.answers))
    what, signing = f"signed step {user.step}", f"SM2 alone {number(floors['sign'])}/s a core"
    yield _told(f"{what}, {user.label}", stepped, 120, 250, signing)
    yield Measured(f"{what}, p95, {user.label}", stepped.p95, "ms", 100)
    read = user.run([Ask("GET", f"/api/v1/hazards/{matter['no']}") for matter in created.answers])
    page = f"page of an index {number(floors['ms'])} ms"
    yield _told(f"read with timeline, {user.label}", read, 200, 400, page)
    asks = spread(
        user.count // 2, lambda index: Ask("GET", f"/api/v1/hazards?page_size=50&{LISTS[index % len(LISTS)]}")
    )
    yield _told(f"list of 50 with filters, {user.label}", user.run(asks), 80, 150, page)


def _assign(no: str) -> Ask:
    body = {
        "version": 1, "responsible_person": "钱厂长", "measures": "清运整改", "funds_planned": "1200",
        "rectify_by": (date.today() + timedelta(days=20)).isoformat(), "contingency_plan": "专人看守",
    }  # fmt: skip
    return Ask("POST", f"/api/v1/hazards/{no}/assign", body, f"assign-{no}")


def _upload(matter: str, index: int) -> Ask:
    picture = io.BytesIO()
    noise = random.Random(index).randbytes(24 * 18 * 3)
    Image.frombytes("RGB", (24, 18), noise).resize((480, 360)).save(picture, "JPEG")
    form = {"matter": matter, "kind": "after_photos", "file": picture.getvalue()}
    return Ask("POST", "/api/v1/attachments", form=form)


def _rectified(no: str, photo: str) -> Ask:
    body = {
        "version": 2, "rectified_on": date.today().isoformat(), "result": "通道已清空，配电箱已接地", "funds_spent": "1150",
        "after_photos": [photo],
    }  # fmt: skip
    return Ask("POST", f"/api/v1/hazards/{no}/submit-rectification", body, f"rectified-{no}")


def _told(what: str, result: Result, bar: float, aim: float, floor: str) -> Measured:
    note = f"p50 {result.p50:.1f} ms, p95 {result.p95:.1f} ms"
    return Measured(what, result.rate, "/s", bar, aim, more_is_better=True, floor=floor, note=note)
