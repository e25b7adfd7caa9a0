from django.db import migrations

from bihuan.capabilities.dispatch.papers.figures import ITEMS, PAPERS
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count papers and their items beside their tables from the first row on."""

    dependencies = [
        ("papers", "0001_initial"),
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(tally.create_sql(PAPERS), tally.drop_sql(PAPERS)),
        migrations.RunSQL(tally.create_sql(ITEMS), tally.drop_sql(ITEMS)),
    ]
