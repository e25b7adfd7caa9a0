from django.db import migrations


class Migration(migrations.Migration):
    """Sift tasks by lead unit, supporting units, place, leader and the like from one small index (``models.FACETS``)."""

    dependencies = [("dispatch", "0003_origin"), ("loops", "0005_marks_of_arrays")]

    operations = [
        migrations.RunSQL(
            """
            CREATE INDEX task_by_facets ON dispatch_task USING gin ((array_remove(ARRAY[
                'a' || agency_id::text,
                'r' || split_part(region_path, '.', 2),
                's' || split_part(sector_path, '.', 1),
                'l' || leader_post::text,
                'k' || kind::text,
                CASE WHEN state <> 'closed' THEN 't' || state::text END,
                CASE WHEN campaign <> '' THEN 'c' || campaign::text END
            ], NULL) || facet_marks('h', supporting))) WITH (fastupdate = off)
            """,
            "DROP INDEX task_by_facets",
        ),
    ]
