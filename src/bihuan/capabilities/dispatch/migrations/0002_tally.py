from django.db import migrations

from bihuan.capabilities.dispatch.figures import TASKS
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count tasks beside the table from its first row on."""

    dependencies = [
        ("dispatch", "0001_initial"),
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(tally.create_sql(TASKS), tally.drop_sql(TASKS)),
    ]
