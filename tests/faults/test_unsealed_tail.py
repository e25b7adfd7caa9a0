"""What no seal has seen yet is still held: by the chain below it and by the matter that points at its end."""

from __future__ import annotations

import psycopg
import pytest

from bihuan.kernel.record.verification import verify
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
