from django.db import migrations

from bihuan.capabilities.enforcement.figures import DAILY
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count the daily penalties that were paid in full, those paid before as well."""

    dependencies = [
        ("enforcement", "0002_daily_penalties"),
    ]

    operations = [
        migrations.RunSQL([*tally.drop_sql(DAILY), *tally.create_sql(DAILY)], migrations.RunSQL.noop),
    ]
