from django.db import migrations

from bihuan.capabilities.enforcement.disclosure.figures import SCORED
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count anew which decisions were never revoked: one that fell stays told after it was made anew."""

    dependencies = [("disclosure", "0001_violations")]

    operations = [
        migrations.RunSQL([*tally.drop_sql(SCORED), *tally.create_sql(SCORED)], migrations.RunSQL.noop),
    ]
