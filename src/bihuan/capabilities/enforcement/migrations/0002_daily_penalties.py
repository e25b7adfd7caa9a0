from django.db import migrations

from bihuan.capabilities.enforcement.figures import DAILY
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count daily penalties beside the cases, those decided before as well."""

    dependencies = [
        ("enforcement", "0001_enforcement"),
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(tally.create_sql(DAILY), tally.drop_sql(DAILY)),
    ]
