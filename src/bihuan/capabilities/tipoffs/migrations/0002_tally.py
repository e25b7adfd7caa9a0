from django.db import migrations

from bihuan.capabilities.tipoffs.figures import BATCHES, ITEMS
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count batches and items beside their tables from the first row on."""

    dependencies = [
        ("tipoffs", "0001_initial"),
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(tally.create_sql(kept), tally.drop_sql(kept)) for kept in (BATCHES, ITEMS)
    ]
