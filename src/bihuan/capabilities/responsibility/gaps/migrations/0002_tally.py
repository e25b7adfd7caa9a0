from django.db import migrations

from bihuan.capabilities.responsibility.gaps.figures import GAPS
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count gaps beside the table from its first row on."""

    dependencies = [
        ("gaps", "0001_initial"),
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(tally.create_sql(GAPS), tally.drop_sql(GAPS)),
    ]
