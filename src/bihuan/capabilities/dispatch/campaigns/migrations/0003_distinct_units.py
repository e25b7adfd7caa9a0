from django.db import migrations

from bihuan.capabilities.dispatch.campaigns.figures import ENLISTED
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count the units that campaigns look at, whatever number of campaigns names each."""

    dependencies = [("campaigns", "0002_tally"), ("figures", "0001_initial")]

    operations = [migrations.RunSQL(tally.create_sql(ENLISTED), tally.drop_sql(ENLISTED))]
