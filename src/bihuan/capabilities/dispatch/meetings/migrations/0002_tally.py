from django.db import migrations

from bihuan.capabilities.dispatch.meetings.figures import DECISIONS, MEETINGS, VISITS
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count meetings, visits and what meetings decided beside their tables from the first row on."""

    dependencies = [
        ("meetings", "0001_initial"),
        ("dispatch", "0003_origin"),
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(tally.create_sql(kept), tally.drop_sql(kept))
        for kept in (MEETINGS, VISITS, DECISIONS)
    ]
