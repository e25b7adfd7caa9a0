"""Verifying the record: chains and seals, then also every signature."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

from bench.district import child, district
from bench.results import Measured, number

HAZARDS = int(os.environ.get("BENCH_RECORD", "20000"))


def measure() -> Iterator[Measured]:
    """Hazards reported and signed by a clerk, sealed; the chains and seals by themselves, then the signatures."""
    with district() as data:
        told = child(data, "records:verified", hazards=HAZARDS)
        floor = child(data, "floors:signing")
        yield Measured(
            f"verify {told['entries']:,} entries without signatures, five a hazard",
            told["plain"],
            "entries/s",
            20_000,
            more_is_better=True,
        )
        yield Measured(
            f"the same of {told['signatures']:,} hazards with one entry each",
            told["single"],
            "entries/s",
            note="each hazard's columns are compared as well",
        )
        yield Measured(
            f"verify {told['signatures']:,} signatures", told["signed"], "/s a core", 1_500, more_is_better=True,
            floor=f"SM2 alone {number(floor['verify'])}/s",
        )  # fmt: skip


def verified(hazards: int) -> dict[str, Any]:
    """Entries a second, and signatures a second of processor time, and how many there were."""
    from django.db import transaction
    from tests.hazards import steps
    from tests.world import build_world

    from bihuan.capabilities.hazards import inputs
    from bihuan.capabilities.hazards.models import Hazard
    from bihuan.kernel.loops import engine
    from bihuan.kernel.signatures import checking

    with transaction.atomic():
        world = build_world("370499", "量测区")
    for start in range(0, hazards, 1000):
        found = [
            steps.finding(world, place=f"{start + number}号") for number in range(min(1000, hazards - start))
        ]
        engine.open_many("hazard", "report", found, actor=world.actor("clerk_east"))
    single, _ = _verified()
    nos = list(Hazard.objects.order_by("uid").values_list("no", flat=True))
    for _ in range(4):
        for start in range(0, hazards, 500):
            some = nos[start : start + 500]
            engine.perform("hazard", "remind", some, inputs.Reminder(), actor=world.actor("clerk_east"))
    plain, entries = _verified()
    used = time.process_time()
    assert not list(checking.verify_signatures())
    signed = hazards / (time.process_time() - used)
    return {"entries": entries, "plain": plain, "single": single, "signatures": hazards, "signed": signed}


def _verified() -> tuple[float, int]:
    """Entries a second of sealed entries, and how many there are."""
    from bihuan.kernel.record import sealing, verification

    sealing.seal()
    began = time.perf_counter()
    outcome = verification.verify(further=False)
    assert outcome.ok, outcome.as_json()
    return outcome.entries / (time.perf_counter() - began), outcome.entries
