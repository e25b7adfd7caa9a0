"""Proofs and printed lists are looked at and thrown away; what was issued stays for good."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping
from bihuan.reporting.models import Printout

KEPT = timedelta(days=30)
AT_ONCE = 200


def sweep_proofs(older_than: timedelta = KEPT) -> int:
    """Remove orders older than this that led to no issue, and the papers made for them. Returns how many orders.

    Papers of an issue are named by the issue and never touched. Safe to miss and to repeat.
    """
    limit, removed = clock.now() - older_than, 0
    while True:
        with transaction.atomic():
            stale = Printout.objects.filter(issue=None, ordered_at__lt=limit).order_by("ordered_at")
            found = list(stale.select_for_update(skip_locked=True)[:AT_ONCE])
            papers = {pk for one in found for pk in (one.docx_id, one.pdf_id) if pk is not None}
            Printout.objects.filter(pk__in=[one.pk for one in found]).delete()
            keeping.give_up(papers)
        removed += len(found)
        if len(found) < AT_ONCE:
            return removed
