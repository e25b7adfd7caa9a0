from django.db import migrations

from bihuan.capabilities.hazards.figures import HAZARDS
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count beside the table how many were given a day to be put right by; what is there is counted anew."""

    dependencies = [("hazards", "0009_origin")]

    operations = [
        migrations.RunSQL([*tally.drop_sql(HAZARDS), *tally.create_sql(HAZARDS)], migrations.RunSQL.noop),
    ]
