from django.db import migrations

from bihuan.capabilities.dispatch.campaigns.figures import TARGETS
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count what campaigns reach beside the table from its first row on."""

    dependencies = [
        ("campaigns", "0001_initial"),
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(tally.create_sql(TARGETS), tally.drop_sql(TARGETS)),
    ]
