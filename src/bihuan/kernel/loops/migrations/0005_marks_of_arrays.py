from django.db import migrations


class Migration(migrations.Migration):
    """An array of keys as marks of the index of facets; the framework's own conversions may not stand in an index."""

    dependencies = [("loops", "0004_guard_reads_words")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION facet_marks(letter text, held bigint[]) RETURNS text[]
            LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog
            RETURN ARRAY(SELECT letter || one::text FROM unnest(held) AS one)
            """,
            "DROP FUNCTION facet_marks(text, bigint[])",
        ),
    ]
