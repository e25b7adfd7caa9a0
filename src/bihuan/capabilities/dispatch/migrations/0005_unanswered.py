from django.db import migrations

from bihuan.capabilities.dispatch.figures import UNANSWERED
from bihuan.kernel.figures import tally


class Migration(migrations.Migration):
    """Count what units left unanswered by the month in which the day set went by."""

    dependencies = [("dispatch", "0004_facets")]

    operations = [migrations.RunSQL(tally.create_sql(UNANSWERED), tally.drop_sql(UNANSWERED))]
