from django.db import migrations


class Migration(migrations.Migration):
    """Sift hazards by town, trade, agency, source and the like from one small index (see ``models.FACETS``)."""

    dependencies = [("hazards", "0002_tally")]

    operations = [
        migrations.RunSQL(
            """
            CREATE INDEX hazard_by_facets ON hazards_hazard USING gin ((array_remove(ARRAY[
                'r' || split_part(region_path, '.', 2),
                's' || split_part(sector_path, '.', 1),
                'a' || agency_id::text,
                'u' || source::text,
                CASE WHEN grade <> 'general' THEN 'g' || grade::text END,
                CASE WHEN state <> 'closed' THEN 't' || state::text END,
                'f' || finder::text,
                'b' || batch::text,
                CASE WHEN campaign <> '' THEN 'c' || campaign::text END
            ], NULL))) WITH (fastupdate = off)
            """,
            "DROP INDEX hazard_by_facets",
        ),
        # The framework adds an index for patterns to every unique text; numbers are only ever asked for whole.
        migrations.RunSQL(
            "DROP INDEX IF EXISTS hazards_hazard_no_6f6326c8_like",
            "CREATE INDEX hazards_hazard_no_6f6326c8_like ON hazards_hazard (no varchar_pattern_ops)",
        ),
    ]
