"""Seals and what a verification names when somebody with every right has been at the tables."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections, transaction

from bihuan.conf import env
from bihuan.kernel.crypto import sm2
from bihuan.kernel.errors import Refused
from bihuan.kernel.record import append, heads, horizon, seal_files, seal_keys
from bihuan.kernel.record.findings import Finding
from bihuan.kernel.record.jobs import seal_record
from bihuan.kernel.record.models import RecordSeal
from bihuan.kernel.record.packing import pack
from bihuan.kernel.record.sealing import seal
from bihuan.kernel.record.verification import verify
from tests.kernel.record_of import (
    KIND,
    altered,
    chain,
    found,
    matter_of,
    matters,
    recorded,
    rewritten,
    sealed,
)

pytestmark = pytest.mark.django_db(transaction=True)
OF = "matter = (SELECT matter FROM record_entry WHERE matter_no = %s)"


def folder() -> Path:
    return env.seals_folder()


def three_seals() -> list[str]:
    """Thirty matters of five entries in three seals; the numbers of the matters."""
    numbers = []
    for start in (1, 11, 21):
        numbers += [matter[0].matter_no for matter in recorded(10, 5, start=start)]
        sealed()
    return numbers


def test_a_seal_names_every_entry_and_verifies() -> None:
    made = recorded(4, 3)
    (one,) = sealed()
    assert (one.number, one.entries, one.path) == (1, 12, folder() / "000001.seal")
    text = one.path.read_text(encoding="ascii")
    for matter in made:
        for entry in matter:
            assert f"\n{entry.seq} {entry.matter} {entry.digest.hex()} {entry.matter_no}\n" in text
    outcome = verify()
    assert (outcome.ok, outcome.entries, outcome.not_yet_sealed) == (True, 12, 0)


def test_the_next_seal_takes_only_what_is_new_and_follows_the_one_before() -> None:
    recorded(2, 2)
    (first,) = sealed()
    assert seal() is None
    recorded(3, 1, start=10)
    (second,) = sealed()
    assert second.entries == 3
    keys = seal_keys.public_keys(folder())
    heads_of = [seal_files.read(path, keys) for path in (first.path, second.path)]
    assert heads_of[1].head.previous == heads_of[0].digest
    assert heads_of[1].head.from_tx == heads_of[0].head.upto_tx
    assert found() == []


def test_younger_entries_are_counted_not_accused() -> None:
    recorded(2, 2)
    sealed()
    recorded(3, 2, start=50)
    outcome = verify()
    assert (outcome.ok, outcome.entries, outcome.not_yet_sealed) == (True, 10, 6)


def test_an_entry_of_a_transaction_still_running_waits(
    owner_connection: psycopg.Connection, owner_url: str
) -> None:
    recorded(1, 1)
    sealed()
    with psycopg.connect(owner_url) as slow:
        slow.execute("SELECT pg_current_xact_id()")
        recorded(2, 1, start=5)
        assert seal() is None
        assert verify().not_yet_sealed == 2
        slow.rollback()
    assert sum(one.entries for one in sealed()) == 2


def test_a_sealing_inside_a_transaction_leaves_that_transaction_out() -> None:
    with transaction.atomic():
        recorded(1, 1)
        assert seal() is None
    assert len(sealed()) == 1


def test_an_altered_entry_is_named(owner_connection: psycopg.Connection) -> None:
    numbers = three_seals()
    rewritten(owner_connection, matter_of(numbers[4]), 2, lambda text: text.replace("120000", "900000"))
    assert found() == [("altered", numbers[4], 2)]


@pytest.mark.parametrize(
    "change",
    ["happened_at = happened_at - interval '1 day'", "digest = sha256(digest)", "facts = decode(repeat('ab', 16), 'hex')",
     "recorded_at = recorded_at + interval '1 us'", "hand = 0", "deed = 0", "payload = ''", "payload = sha256(payload)"],
)  # fmt: skip
def test_whatever_is_altered_is_named(change: str, owner_connection: psycopg.Connection) -> None:
    numbers = three_seals()
    owner_connection.execute(f"UPDATE record_entry SET {change} WHERE {OF} AND seq = 3", [numbers[20]])
    assert found() == [("altered", numbers[20], 3)]


@pytest.mark.parametrize(
    "word",
    [{"actor_name": "李四"}, {"actor_id": "99"}, {"actor_post": "局长"}, {"to_state": "closed"}, {"from_state": ""},
     {"verb": "void"}, {"kind": "other"}, {"signer": "5", "signed_as": "claimed"}],
)  # fmt: skip
def test_whatever_word_is_exchanged_is_named(
    word: dict[str, str], owner_connection: psycopg.Connection
) -> None:
    numbers = three_seals()
    altered(owner_connection, matter_of(numbers[20]), 3, **word)
    assert found() == [("altered", numbers[20], 3)]


def test_a_word_altered_or_removed_shows_at_every_entry_that_says_it(
    owner_connection: psycopg.Connection,
) -> None:
    three_seals()
    owner_connection.execute("UPDATE record_deed SET verb = 'void' WHERE verb = 'assign'")
    assert {(kind, seq) for kind, _, seq in found()} == {("altered", 2)}
    assert len(found()) == 30
    owner_connection.execute("DELETE FROM record_hand")
    assert len(found()) == 150


def test_an_entry_altered_with_its_whole_chain_is_named_alone(owner_connection: psycopg.Connection) -> None:
    """Somebody who knows how digests are made rewrites one entry and every digest after it."""
    numbers = three_seals()
    (matter,) = owner_connection.execute(
        "SELECT matter FROM record_entry WHERE matter_no = %s", [numbers[3]]
    ).fetchone() or (None,)
    from dataclasses import replace

    from bihuan.kernel.record import genesis

    previous = genesis(matter)
    for entry in chain(matter, numbers[3], 5):
        content = {"place": "二号车间"} if entry.seq == 3 else dict(entry.payload)
        forged = replace(entry, previous=previous, payload=content)
        previous = forged.digest
        owner_connection.execute(
            "UPDATE record_entry SET payload = %s, digest = %s WHERE matter = %s AND seq = %s",
            [pack(forged.payload_text), forged.digest, matter, entry.seq],
        )
    outcome = verify()
    contents = [finding for finding in outcome.findings if "内容与摘要" in finding.detail]
    assert [(finding.kind, finding.matter_no, finding.entry) for finding in contents] == [
        ("altered", numbers[3], 3)
    ]
    assert {finding.entry for finding in outcome.findings} == {3, 4, 5}


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_removed_entry_is_named(seq: int, owner_connection: psycopg.Connection) -> None:
    numbers = three_seals()
    owner_connection.execute(f"DELETE FROM record_entry WHERE {OF} AND seq = %s", [numbers[12], seq])
    assert found() == [("removed", numbers[12], seq)]


def test_a_removed_entry_is_named_even_when_the_others_move_up(owner_connection: psycopg.Connection) -> None:
    numbers = three_seals()
    owner_connection.execute(f"DELETE FROM record_entry WHERE {OF} AND seq = 3", [numbers[0]])
    for seq in (4, 5):
        owner_connection.execute(
            f"UPDATE record_entry SET seq = seq - 1 WHERE {OF} AND seq = %s", [numbers[0], seq]
        )
    assert found() == [("reordered", numbers[0], 3), ("removed", numbers[0], 3), ("reordered", numbers[0], 4)]


def test_two_swapped_entries_are_named(owner_connection: psycopg.Connection) -> None:
    numbers = three_seals()
    for before, after in ((2, 1_000), (4, 2), (1_000, 4)):
        owner_connection.execute(
            f"UPDATE record_entry SET seq = %s WHERE {OF} AND seq = %s", [after, numbers[9], before]
        )
    assert found() == [("reordered", numbers[9], 2), ("reordered", numbers[9], 4)]


def test_two_swapped_contents_are_named(owner_connection: psycopg.Connection) -> None:
    """The digests stay in their places, everything else changes places."""
    numbers = three_seals()
    owner_connection.execute(
        """UPDATE record_entry AS one
           SET deed = two.deed, payload = two.payload, happened_at = two.happened_at, recorded_at =
           two.recorded_at FROM record_entry AS two WHERE one.matter = %(matter)s AND two.matter = %(matter)s
           AND one.seq IN (2, 3) AND two.seq = 5 - one.seq""",
        {"matter": matter_of(numbers[9])},
    )
    assert found() == [("reordered", numbers[9], 2), ("reordered", numbers[9], 3)]


def test_a_removed_matter_is_named(owner_connection: psycopg.Connection) -> None:
    numbers = three_seals()
    owner_connection.execute(f"DELETE FROM record_entry WHERE {OF}", [numbers[15]])
    assert found() == [("missing_matter", numbers[15], None)]


def test_the_last_matter_of_all_is_missed_too(owner_connection: psycopg.Connection) -> None:
    numbers = three_seals()
    owner_connection.execute(
        "DELETE FROM record_entry WHERE matter IN (%s, %s)", [matter_of(numbers[0]), matter_of(numbers[29])]
    )
    assert sorted(found()) == [("missing_matter", numbers[0], None), ("missing_matter", numbers[29], None)]


def test_an_emptied_record_is_named_matter_by_matter(owner_connection: psycopg.Connection) -> None:
    numbers = three_seals()
    owner_connection.execute("TRUNCATE record_entry")
    assert sorted(found()) == [("missing_matter", number, None) for number in numbers]


def test_an_entry_slipped_in_behind_a_seal_is_named(owner_connection: psycopg.Connection) -> None:
    numbers = three_seals()
    owner_connection.execute(
        """INSERT INTO record_entry (happened_at, recorded_at, tx, seq, matter, digest, matter_no, deed, hand, facts,
               payload, signature)
           SELECT happened_at, recorded_at, tx, 6, matter, digest, '', deed, hand, facts, payload, signature
           FROM record_entry WHERE matter = %s AND seq = 5""",
        [matter_of(numbers[7])],
    )
    assert set(found()) == {("altered", numbers[7], 6)}


def test_unsealed_entries_are_guarded_by_their_chain(owner_connection: psycopg.Connection) -> None:
    changed, removed, swapped = recorded(3, 5)
    execute = owner_connection.execute
    altered(owner_connection, changed[0].matter, 2, verb="void")
    execute("DELETE FROM record_entry WHERE matter = %s AND seq = 3", [removed[0].matter])
    for before, after in ((2, 9), (3, 2), (9, 3)):
        execute(
            "UPDATE record_entry SET seq = %s WHERE matter = %s AND seq = %s",
            [after, swapped[0].matter, before],
        )
    assert sorted(found(), key=str) == [
        ("altered", changed[0].matter_no, 2),
        ("removed", removed[0].matter_no, 3),
        ("reordered", swapped[0].matter_no, 2),
        ("reordered", swapped[0].matter_no, 3),
    ]


def test_a_number_forged_far_away_does_not_keep_the_verification_busy(
    owner_connection: psycopg.Connection,
) -> None:
    (matter,) = recorded(1, 3)
    sealed()
    owner_connection.execute("UPDATE record_entry SET seq = 2000000000 WHERE seq = 3")
    assert ("reordered", matter[0].matter_no, 2_000_000_000) in found()


def test_the_matters_own_heads_show_what_was_removed_before_any_seal(
    owner_connection: psycopg.Connection,
) -> None:
    made = sorted(recorded(4, 3), key=lambda matter: matter[0].matter.int)
    rows = [(m[0].matter, m[0].matter_no, 3, m[2].digest, None) for m in made]
    heads.register(KIND, lambda: rows)
    try:
        assert found() == []
        execute = owner_connection.execute
        execute("DELETE FROM record_entry WHERE matter = %s AND seq = 3", [made[0][0].matter])
        execute("DELETE FROM record_entry WHERE matter = %s", [made[1][0].matter])
        del rows[2]
        last = made[3][2]
        from dataclasses import replace

        forged = replace(last, payload={})
        execute(
            "UPDATE record_entry SET payload = %s, digest = %s WHERE matter = %s AND seq = 3",
            [pack("{}"), forged.digest, last.matter],
        )
        assert found() == [
            ("removed", made[0][0].matter_no, 3),
            ("missing_matter", made[1][0].matter_no, None),
            ("missing_matter", made[2][0].matter_no, None),
            ("altered", made[3][0].matter_no, 3),
        ]
    finally:
        heads.forget(KIND)


@pytest.mark.parametrize(
    "place", [b"number 2", b"entries 50", b"370403-H2026-000013", b"made ", b"signature "]
)
def test_an_altered_seal_file_is_named(place: bytes) -> None:
    three_seals()
    path = folder() / "000002.seal"
    content = bytearray(path.read_bytes())
    spot = content.index(place) + len(place) - 1
    content[spot] = content[spot] ^ 1
    path.write_bytes(bytes(content))
    assert found() == [("bad_seal", "000002.seal", None)]


def test_a_digest_altered_in_a_seal_and_in_the_record_alike_is_seen(
    owner_connection: psycopg.Connection,
) -> None:
    numbers = three_seals()
    path = folder() / "000003.seal"
    (digest,) = owner_connection.execute(
        f"SELECT encode(digest, 'hex') FROM record_entry WHERE {OF} AND seq = 5", [numbers[25]]
    ).fetchone() or (None,)
    path.write_text(path.read_text().replace(str(digest), "ab" * 32))
    owner_connection.execute(
        f"UPDATE record_entry SET digest = decode(repeat('ab', 32), 'hex') WHERE {OF} AND seq = 5",
        [numbers[25]],
    )
    assert ("bad_seal", "000003.seal", None) in found()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_missing_seal_is_named(number: int) -> None:
    three_seals()
    (folder() / f"00000{number}.seal").unlink()
    assert found() == [("bad_seal", f"00000{number}.seal", None)]


def test_truncated_empty_and_foreign_files_are_named() -> None:
    three_seals()
    one, two, three = (folder() / f"00000{number}.seal" for number in (1, 2, 3))
    one.write_bytes(one.read_bytes()[:-40])
    two.write_bytes(b"")
    three.write_bytes(os.urandom(5_000))
    assert [(kind, name) for kind, name, _ in found()] == [("bad_seal", f"00000{n}.seal") for n in (1, 2, 3)]


def test_a_seal_resigned_with_another_key_is_named() -> None:
    three_seals()
    path = folder() / "000002.seal"
    mine = seal_keys.public_keys(folder())
    lines: list[bytes] = []
    head = seal_files.read(path, mine, lines.append).head
    stranger = sm2.PrivateKey.generate()
    from dataclasses import replace

    seal_files.write(folder(), replace(head, key=sm2.fingerprint(stranger.public)), lines[:-1], stranger)
    assert found() == [("bad_seal", "000002.seal", None)]
    seal_keys_file = folder() / f"key-{sm2.fingerprint(stranger.public)}.pub"
    seal_keys_file.write_text(stranger.public.hex())
    assert ("bad_seal", "000002.seal", None) in found()


def test_seals_handed_out_earlier_convict_a_record_rewritten_with_its_seals(
    tmp_path: Path, owner_connection: psycopg.Connection
) -> None:
    """Who owns the machine can rewrite the record, not what was handed out."""
    numbers = three_seals()
    handed_out = tmp_path / "handed-out"
    shutil.copytree(folder(), handed_out)
    kept = matters(30, 5)
    owner_connection.execute("TRUNCATE record_entry, record_seal")
    for path in folder().glob("*.seal"):
        path.unlink()
    append([entry for matter in kept for entry in matter])
    sealed()
    assert found() == []
    assert {finding[:2] for finding in found(handed_out) if finding[0] == "missing_matter"} == {
        ("missing_matter", number) for number in numbers
    }


def test_seals_handed_out_last_month_still_verify(tmp_path: Path) -> None:
    recorded(3, 2)
    sealed()
    handed_out = tmp_path / "handed-out"
    shutil.copytree(folder(), handed_out)
    recorded(2, 2, start=50)
    sealed()
    outcome = verify(handed_out)
    assert (outcome.ok, outcome.entries, outcome.not_yet_sealed) == (True, 10, 4)
    shutil.rmtree(folder())
    assert verify(handed_out).ok


def test_only_the_given_key_is_trusted(tmp_path: Path) -> None:
    recorded(1, 1)
    sealed()
    (mine,) = folder().glob("*.pub")
    assert verify(folder(), key=mine).ok
    other = tmp_path / "other.pub"
    other.write_text(sm2.PrivateKey.generate().public.hex())
    assert [finding.kind for finding in verify(folder(), key=other).findings] == ["bad_seal"]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        verify(tmp_path / "nowhere")
    assert refused.value.failures[0].code == "record.no_seals"


def test_a_file_without_its_row_is_taken_up_as_it_is() -> None:
    """A run killed between the two: the file may already have been handed out."""
    recorded(2, 1)
    (first,) = sealed()
    recorded(3, 1, start=20)
    for _ in range(600):
        with transaction.atomic():
            done = seal()
            transaction.set_rollback(True)
        if done:
            break
        time.sleep(0.05)
    orphan = folder() / "000002.seal"
    before = orphan.read_bytes()
    assert RecordSeal.objects.count() == 1
    recorded(1, 1, start=30)
    made = sealed()
    assert orphan.read_bytes() == before
    assert [one.number for one in made] == [3]
    assert found() == []
    assert first.path.exists()


def test_a_leftover_that_is_no_seal_is_set_aside_not_destroyed() -> None:
    recorded(2, 1)
    (folder() / "000001.seal").write_bytes(b"half a seal")
    (folder() / "000001.draft").write_bytes(b"half a seal")
    (one,) = sealed()
    assert one.number == 1
    (kept,) = folder().glob("000001.seal.set-aside-*")
    assert kept.read_bytes() == b"half a seal"
    assert found() == []


def test_seals_made_at_once_take_turns() -> None:
    recorded(40, 2)
    failures: list[BaseException] = []

    def run() -> None:
        try:
            for _ in range(4):
                seal()
        except BaseException as reason:
            failures.append(reason)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    sealed()
    assert found() == []


KILLED = """
import django, os, sys
django.setup()
from tests.kernel.record_of import recorded
from bihuan.kernel.record.sealing import seal
print("ready", flush=True)
number = int(sys.argv[1])
while True:
    number += 10
    recorded(10, 2, start=number)
    seal()
"""


def test_killing_the_sealer_loses_nothing_and_blocks_nobody(database_url: str, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    paths = (str(root), str(root / "src"), os.environ.get("PYTHONPATH", ""))
    surroundings = {**os.environ, "DATABASE_URL": database_url, "PYTHONPATH": os.pathsep.join(paths)}
    for attempt in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(attempt * 10_000)],
            env=surroundings, stdout=subprocess.PIPE, cwd=root,
        )  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(0.15 + 0.07 * attempt)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    time.sleep(0.2)
    sealed()
    outcome = verify()
    assert outcome.findings == ()
    assert outcome.not_yet_sealed == 0
    assert outcome.entries > 0


def test_a_restored_database_goes_on_where_the_record_stood(owner_connection: psycopg.Connection) -> None:
    recorded(2, 2)
    sealed()
    owner_connection.execute("UPDATE record_entry SET tx = tx + 5000000")
    owner_connection.execute("UPDATE record_seal SET upto_tx = upto_tx + 5000000")
    recorded(1, 1, start=40)
    assert horizon.behind() > 0
    with pytest.raises(Refused) as refused:
        seal()
    assert refused.value.failures[0].code == "record.horizon_behind"
    with as_superuser(owner_connection):
        assert horizon.advance() > 0
        assert horizon.advance() == 0
    recorded(1, 1, start=50)
    assert len(sealed()) > 0


def test_the_job_seals_and_does_nothing_when_there_is_nothing() -> None:
    recorded(2, 1)
    sealed()
    recorded(2, 1, start=10)
    for _ in range(600):
        seal_record(0)
        if not verify().not_yet_sealed:
            break
        time.sleep(0.1)
    before = sorted(path.name for path in folder().iterdir())
    seal_record(0)
    seal_record(60)
    assert sorted(path.name for path in folder().iterdir()) == before


def test_keys_stay_apart_from_what_is_handed_out() -> None:
    recorded(1, 1)
    sealed()
    assert {path.name for path in env.keys_folder().iterdir()} == {"seal.key"}
    assert all(path.suffix in {".seal", ".pub"} for path in folder().iterdir())
    assert (env.keys_folder() / "seal.key").stat().st_mode & 0o777 == 0o600


def test_a_new_key_goes_on_after_the_old_one() -> None:
    recorded(1, 1)
    sealed()
    (env.keys_folder() / "seal.key").unlink()
    recorded(1, 1, start=5)
    sealed()
    assert len(list(folder().glob("*.pub"))) == 2
    assert found() == []


def test_findings_have_the_form_of_the_command() -> None:
    assert Finding("removed", "370403-H2023-000012", 5, "…").as_json() == {
        "kind": "removed", "matter": "370403-H2023-000012", "entry": 5, "detail": "…",
    }  # fmt: skip
    outcome = verify()
    assert outcome.as_json() == {"ok": True, "entries": 0, "not_yet_sealed": 0, "findings": [], "omitted": 0}


class as_superuser:
    """Django's own connection with every right, for a block."""

    def __init__(self, superuser: psycopg.Connection) -> None:
        self._dsn = superuser.info

    def __enter__(self) -> None:
        connection.close()
        self._user = connection.settings_dict["USER"]
        connection.settings_dict["USER"] = self._dsn.user

    def __exit__(self, *_: object) -> None:
        connection.close()
        connection.settings_dict["USER"] = self._user
