"""A process that works until it is killed, and says of each deed that it is committed, once it is.

Run as ``python -m tests.faults.labour``. It waits for orders on its standard input and gives each to a fork, so that a
thousand killings do not cost a thousand starts: ``deeds SEED``, ``import FILE``, ``world``, ``faults``, ``migrate``.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def deeds(seed: int) -> None:
    """Open hazards and take random steps with them for ever."""
    from django.db import connection

    from bihuan.capabilities.hazards.models import Hazard
    from bihuan.kernel.attachments import quotas
    from bihuan.kernel.loops import engine
    from bihuan.kernel.objects.models import SupervisedObject
    from bihuan.kernel.people.actors import actor_of
    from bihuan.kernel.people.models import User
    from tests.hazards import steps

    class People:
        factory = SupervisedObject.objects.get(name="东湖纺织有限公司")

        def actor(self, name: str) -> Any:
            return actor_of(User.objects.get(username=name)).confirmed_now()

    chance, world = random.Random(seed), People()
    connection.ensure_connection()
    quotas.DAY_COUNT = 10**6  # a thousand killings do the work of many days in one
    _say("begun")
    for turn in range(10_000):
        found = [
            steps.finding(world, place=f"{seed}-{turn}-{index}") for index in range(chance.choice((1, 1, 3)))
        ]  # type: ignore[arg-type]
        opened = engine.open_many(
            "hazard", "report", found, actor=world.actor("clerk_east"), key=f"{seed}-{turn}"
        )
        _done(opened)
        chosen = chance.choice(opened)
        if chance.random() < 0.8:
            _done(
                engine.perform(
                    "hazard",
                    "assign",
                    chosen.no,
                    steps.elements(),
                    actor=world.actor("clerk_east"),
                    version=1,
                )
            )
        if chance.random() < 0.5:
            hazard = Hazard.objects.get(uid=chosen.uid)
            if hazard.state == "rectifying":
                given = steps.rectification(world, hazard)  # type: ignore[arg-type]
                _done(
                    engine.perform(
                        "hazard", "submit_rectification", hazard.no, given, actor=world.actor("safety")
                    )
                )
                _done(
                    engine.perform(
                        "hazard", "accept", hazard.no, steps.acceptance(), actor=world.actor("regulator")
                    )
                )


def _done(outcomes: Any) -> None:
    for outcome in outcomes:
        _say(f"did {outcome.no} {outcome.seq} {outcome.state}")


def _say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def take_in(path: str) -> None:
    """Import a ledger, whole or not at all."""
    from bihuan.kernel.people.actors import Actor
    from bihuan.kernel.workbooks import importing

    _say("begun")
    _, answer = importing.run("hazards", Path(path), Actor.system("import"))
    _say(f"imported {answer['accepted']} {answer['already_there']}")


def found_world() -> None:
    from tests.world import build_world

    build_world()
    _say("begun")


def migrate() -> None:
    from django.core.management import call_command

    from bihuan.conf import roles
    from bihuan.conf.address import Address

    owner = Address.parse(os.environ["DATABASE_OWNER_URL"])
    with roles.as_owner(owner):
        call_command("migrate", verbosity=0, interactive=False)
    _say("begun")


def faults() -> list[str]:
    """Everything that stands half-done or does not fit: nothing, if the promises hold."""
    from bihuan.capabilities.hazards.models import Hazard
    from bihuan.kernel.loops.models import Request
    from bihuan.kernel.record.entries import chained, genesis
    from bihuan.kernel.record.models import RecordEntry
    from bihuan.kernel.record.reading import entries_of
    from bihuan.kernel.signatures.models import Signature

    wrong: list[str] = []
    hazards = {hazard.uid: hazard for hazard in Hazard.objects.all()}
    for hazard in hazards.values():
        entries = entries_of(hazard.uid)
        last = entries[-1] if entries else None
        if last is None or (hazard.state, hazard.entry_count, bytes(hazard.head)) != (
            last.to_state, len(entries), bytes(last.digest),
        ):  # fmt: skip
            wrong.append(f"{hazard.no} stands apart from its record")
            continue
        previous = genesis(hazard.uid)
        for entry in entries:
            if chained(entry, previous) != bytes(entry.digest):
                wrong.append(f"{hazard.no} {entry.seq} is broken")
            previous = bytes(entry.digest)
        signed = set(Signature.objects.filter(matter=hazard.uid).values_list("seq", flat=True))
        if not hazard.claimed and signed != {entry.seq for entry in entries}:
            wrong.append(f"{hazard.no} lacks a signature")
    of_hazards = RecordEntry.objects.extra(
        where=["deed IN (SELECT id FROM record_deed WHERE kind = 'hazard')"]
    )
    loose = set(of_hazards.values_list("matter", flat=True)) - set(hazards)
    wrong += [f"entries without a hazard: {uid}" for uid in loose]
    answered = (
        told["uid"] for answers in Request.objects.values_list("answers", flat=True) for told in answers
    )
    loose = {UUID(uid) for uid in answered} - set(hazards)
    wrong += [f"an answer without its hazard: {uid}" for uid in loose]
    outcome = _sealed_and_verified()
    wrong += [
        f"{finding.kind} {finding.matter_no} {finding.entry} {finding.detail}" for finding in outcome.findings
    ]
    return wrong + (
        [f"{outcome.not_yet_sealed} not sealed"] if outcome.not_yet_sealed and _sealable() else []
    )


def _sealed_and_verified() -> Any:
    """Other databases of the server may hold a transaction open: what is younger cannot be sealed until it ends.

    Tests that run beside these may hold one for minutes, so patience alone does not tell a fault; see :func:`_sealable`.
    """
    from bihuan.kernel.record.sealing import seal
    from bihuan.kernel.record.verification import verify

    until = time.monotonic() + PATIENCE
    while True:
        seal()
        outcome = verify()
        if not outcome.not_yet_sealed or time.monotonic() > until:
            return outcome
        time.sleep(0.1)


def _sealable() -> int:
    """Entries that the next seal had to take and did not: older than every transaction still open on the server."""
    from django.db import connection

    from bihuan.kernel.record.models import RecordSeal
    from bihuan.kernel.record.sealing import seal

    with connection.cursor() as cursor:
        cursor.execute("SELECT record_horizon()")
        horizon = cursor.fetchone()[0]
        seal()
        last = RecordSeal.objects.order_by("-number").first()
        since = last.upto_tx if last is not None else 0
        cursor.execute("SELECT count(*) FROM record_entry WHERE tx >= %s AND tx < %s", [since, horizon])
        return int(cursor.fetchone()[0])


def main() -> None:
    import django

    django.setup()
    orders = {
        "deeds": lambda word: deeds(int(word)), "import": take_in, "world": lambda _: found_world(),
        "faults": lambda _: _say("faults " + json.dumps(faults())), "migrate": lambda _: migrate(),
    }  # fmt: skip
    _say("ready")
    for line in sys.stdin:
        order, _, word = line.strip().partition(" ")
        child = os.fork()
        if child == 0:
            try:
                orders[order](word)
            except Exception as error:  # the parent reads why
                _say(f"failed {type(error).__name__} {str(error)[:200]!r}")
            finally:
                os._exit(0)
        _say(f"pid {child}")
        os.waitpid(child, 0)
        _say("gone")


@dataclass
class Workshop:
    """The labour process as a test holds it."""

    url: str
    surroundings: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> Workshop:
        paths = (str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))
        environment = {
            **os.environ,
            "DATABASE_URL": self.url,
            "PYTHONPATH": os.pathsep.join(paths),
            **self.surroundings,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.labour"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
            cwd=ROOT, text=True,
        )  # fmt: skip
        assert self._line() == "ready"
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def killed(self, order: str, after: float) -> list[str]:
        """Give an order, kill whoever carries it out ``after`` seconds of work, and return what it had said."""
        pid, said = self._begin(order)
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, SIGKILL)
        return [*said, *self._rest()]

    def done(self, order: str) -> list[str]:
        """Give an order and wait for its end."""
        _, said = self._begin(order)
        return [*said, *self._rest()]

    def begun(self, order: str) -> None:
        """Give an order and come back when it is being carried out."""
        self._begin(order)

    def rest(self) -> list[str]:
        """What is still said until the order ends."""
        return list(self._rest())

    def _begin(self, order: str) -> tuple[int, list[str]]:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()
        said: list[str] = []
        pid = 0
        while not pid or not said:
            line = self._line()
            if line.startswith("pid "):
                pid = int(line[4:])
            else:
                said.append(line)
        return pid, said

    def _rest(self) -> Iterator[str]:
        while (line := self._line()) != "gone":
            yield line

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.endswith("\n"), "the labour process ended by itself"
        return line.rstrip("\n")


if __name__ == "__main__":
    main()
