from django.db import migrations

from bihuan.capabilities.accidents.figures import ACCIDENTS
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count accidents by the versions of their facts from the first one on."""

    dependencies = [
        ("accidents", "0001_initial"),
        ("figures", "0001_initial"),
    ]

    operations = [migrations.RunSQL(tally.create_sql(ACCIDENTS), tally.drop_sql(ACCIDENTS))]
