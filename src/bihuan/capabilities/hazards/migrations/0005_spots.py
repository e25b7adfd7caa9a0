from __future__ import annotations

from typing import Any

from django.db import migrations, models

from bihuan.capabilities.hazards.recurrence import spot_of
from bihuan.kernel import clock

AT_ONCE = 5_000


def locate(apps: Any, schema_editor: Any) -> None:
    """Give the hazards already there their spots, and link those that came from ledgers to what they repeat."""
    from bihuan.capabilities.hazards import recurrence

    hazard: Any = apps.get_model("hazards", "Hazard")
    rows = hazard.objects.only("uid", "object_id", "category", "place", "description").order_by("pk")
    found = rows.first()
    while found is not None:
        part = list(rows.filter(pk__gte=found.pk)[: AT_ONCE + 1])
        recurrence.place({one.pk: spot_of(one) for one in part[:AT_ONCE]}, clock.today())
        found = part[AT_ONCE] if len(part) > AT_ONCE else None


class Migration(migrations.Migration):
    """Object, kind and place in one number, so that a hazard is known to recur by one look into an index."""

    dependencies = [("hazards", "0004_tally_timely"), ("policies", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="hazard", name="spot", field=models.BigIntegerField(null=True, editable=False)
        ),
        migrations.AddIndex(
            model_name="hazard",
            index=models.Index(
                condition=models.Q(("spot__isnull", False), ("voided", False)),
                fields=["spot", "found_on"],
                name="hazard_by_spot",
            ),
        ),
        migrations.RunPython(locate, migrations.RunPython.noop),
    ]
