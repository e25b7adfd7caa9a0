import django.contrib.postgres.indexes
from django.db import migrations

from bihuan.kernel.loops.crowds import SETTLE_FUNCTION
from bihuan.kernel.loops.guards import GUARD_NEW_FUNCTION, guard, guard_new

FORMER_GUARD = guard("hazards_hazard").partition("CREATE FUNCTION")[0]


class Migration(migrations.Migration):
    """Let words enter the search many rows at a time, and look for the entries of many new hazards at once."""

    dependencies = [("hazards", "0005_duties"), ("loops", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER INDEX hazard_search SET (fastupdate = on); ALTER INDEX hazard_by_facets SET (fastupdate = on)",
                    "ALTER INDEX hazard_search SET (fastupdate = off); ALTER INDEX hazard_by_facets SET (fastupdate = off)",
                )
            ],
            state_operations=[
                migrations.RemoveIndex("hazard", "hazard_search"),
                migrations.AddIndex(
                    "hazard",
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="hazard_search"),
                ),
            ],
        ),
        migrations.RunSQL(SETTLE_FUNCTION, "DROP FUNCTION loops_settle(regclass)"),
        migrations.RunSQL(GUARD_NEW_FUNCTION, "DROP FUNCTION loops_guard_new()"),
        migrations.RunSQL(
            guard_new("hazards_hazard"),
            "DROP TRIGGER hazards_hazard_guard_new ON hazards_hazard; "
            f"DROP TRIGGER hazards_hazard_guard ON hazards_hazard; {FORMER_GUARD}",
        ),
    ]
