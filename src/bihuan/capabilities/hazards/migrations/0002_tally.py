from django.db import migrations

from bihuan.capabilities.hazards.figures import HAZARDS
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count hazards beside the table from its first row on."""

    dependencies = [
        ("hazards", "0001_initial"),
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX hazard_by_spending ON hazards_hazard (rectified_on) "
            f"WHERE ({HAZARDS.dates['spent'].unless}) IS NOT TRUE",
            "DROP INDEX hazard_by_spending",
        ),
        migrations.RunSQL(tally.create_sql(HAZARDS), tally.drop_sql(HAZARDS)),
    ]
