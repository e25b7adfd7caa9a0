from django.db import migrations, models

from bihuan.capabilities.inspections.figures import INSPECTIONS
from bihuan.kernel.figures import tally

COUNTED = """
    UPDATE inspections_inspection AS one SET ordered_count = found.count
    FROM (
        SELECT inspection_id, COUNT(*) AS count FROM inspections_finding
        WHERE handling = 'rectify' AND dropped = '' GROUP BY inspection_id
    ) AS found
    WHERE found.inspection_id = one.uid AND one.finished_on IS NOT NULL AND one.nature = 'enforcement'
"""


class Migration(migrations.Migration):
    """How many things each inspection ordered to be put right; orders and rechecks are counted beside the table."""

    dependencies = [("inspections", "0001_inspections")]

    operations = [
        migrations.AddField(
            "inspection",
            "ordered_count",
            models.SmallIntegerField(default=0, verbose_name="责令限期整改的问题"),
        ),
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
        migrations.RunSQL(
            [*tally.drop_sql(INSPECTIONS), *tally.create_sql(INSPECTIONS)], migrations.RunSQL.noop
        ),
    ]
