"""The golden half-year goes out: every kind of record that it counts can be kept, and named when it is taken back."""

from __future__ import annotations

from datetime import date

from bihuan.capabilities.dispatch.campaigns.models import Target
from bihuan.reporting import differences, drafting, issuing
from bihuan.reporting.models import CountedRecords
from tests.reporting.golden.people import Golden
from tests.reporting.ledgers import CUT, H1


def test_it_is_issued_and_nothing_has_changed_since(golden: Golden) -> None:
    office = golden.world.actor("office")
    report = drafting.begin("half-year", H1, CUT, golden.world.district, office)
    issue = issuing.issue(report.uid, office, version=report.version, mark="薛安办")
    assert CountedRecords.objects.filter(issue=issue, figure="papers.measures").exists()
    assert differences.since(issue) == []
    moved, gone = Target.objects.select_related("object").filter(registered_on__lte=CUT).order_by("pk")[:2]
    Target.objects.filter(pk=moved.pk).update(registered_on=date(2023, 8, 1))
    Target.objects.filter(pk=gone.pk).delete()
    labels = [change.label for change in differences.since(issue) if change.record]
    assert f"列入检查对象：{moved.campaign_name}（{moved.object.name}）" in labels
    assert "列入检查对象：已不在系统中的记录1条" in labels
