"""Proofs go after a month, with their files; an issue and its papers stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from bihuan.kernel.attachments import files
from bihuan.kernel.attachments.models import Attachment
from bihuan.reporting import printing, sweeping
from bihuan.reporting.models import Issue, Printout, Purpose
from tests.reporting.test_issuing import MARK, begun
from tests.world import World


@pytest.mark.django_db(transaction=True)
def test_old_proofs_go_and_issues_stay() -> None:
    from tests.world import build_world

    world: World = build_world()
    report, office = begun(world), world.actor("office")
    fresh, old = (printing.carry_out(printing.order(Purpose.PROOF, office, report=report).uid) for _ in "ab")
    issue_order = printing.carry_out(
        printing.order_issue(report, office, version=report.version, mark=MARK).uid
    )
    assert fresh is not None and old is not None and issue_order is not None  # noqa: PT018
    assert issue_order.issue is not None
    for one in (old, issue_order):
        Printout.objects.filter(pk=one.pk).update(ordered_at=one.ordered_at - timedelta(days=31))
    assert old.docx_id is not None
    path = files.path_of(old.docx_id)
    assert path.exists()
    assert sweeping.sweep_proofs() == 1
    assert set(Printout.objects.values_list("pk", flat=True)) == {fresh.pk, issue_order.pk}
    assert not path.exists()
    assert not Attachment.objects.filter(matter=old.uid).exists()
    issue = Issue.objects.get()
    assert files.path_of(issue.docx_id).exists()
    assert sweeping.sweep_proofs() == 0
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM attachments_attachment WHERE uid = %s", [issue.docx_id])
