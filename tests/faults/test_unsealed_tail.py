"""What no seal has seen yet is still held: by the chain below it and by the matter that points at its end."""

from __future__ import annotations

import psycopg
import pytest

from bihuan.kernel.record.verification import verify
from tests.faults import labour
from tests.hazards.steps import rectifying
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_removed_unsealed_entry_is_missed_by_its_matter(
    transactional_db: None, owner_connection: psycopg.Connection
) -> None:
    hazard = rectifying(build_world())
    owner_connection.execute("DELETE FROM record_entry WHERE matter = %s AND seq = 2", [hazard.uid])
    found = verify()
    assert not found.ok
    assert {(finding.kind, finding.matter_no, finding.entry) for finding in found.findings} >= {
        ("removed", hazard.no, 2)
    }


def test_a_state_pushed_by_superuser_sql_is_refused_without_its_entry(
    transactional_db: None, owner_connection: psycopg.Connection
) -> None:
    hazard = rectifying(build_world())
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        owner_connection.execute(
            "UPDATE hazards_hazard SET state = 'closed', accepted_on = CURRENT_DATE WHERE uid = %s",
            [hazard.uid],
        )


def test_what_waits_for_a_transaction_elsewhere_is_no_fault(
    transactional_db: None, owner_connection: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests beside these hold transactions open on the same server, for minutes when the machine is busy."""
    monkeypatch.setattr(labour, "PATIENCE", 0.2)
    with owner_connection.transaction():
        owner_connection.execute("SELECT pg_current_xact_id()")
        rectifying(build_world())
        assert labour.faults() == []
        assert verify().not_yet_sealed
