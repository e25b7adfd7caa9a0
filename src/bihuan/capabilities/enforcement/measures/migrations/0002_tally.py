from django.db import migrations

from bihuan.capabilities.enforcement.measures.figures import FAILURES, MEASURES, STOPPED
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count measures and failures beside their tables from the first row on."""

    dependencies = [
        ("measures", "0001_initial"),
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(tally.create_sql(MEASURES), tally.drop_sql(MEASURES)),
        migrations.RunSQL(tally.create_sql(STOPPED), tally.drop_sql(STOPPED)),
        migrations.RunSQL(tally.create_sql(FAILURES), tally.drop_sql(FAILURES)),
    ]
