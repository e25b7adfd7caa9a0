from django.db import migrations, models

from bihuan.kernel.tables import CreateTables

# The application may not create sequences; these run as the owner, with a pinned search path.
PREPARE = """
CREATE FUNCTION numbering_prepare(letter text, year int) RETURNS regclass
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted text := format('public.matter_no_%s_%s', lower(letter), year);
BEGIN
    IF letter !~ '^[A-Z]$' OR letter <> upper(letter) OR year NOT BETWEEN 1900 AND 2200 THEN
        RAISE EXCEPTION 'no matter numbers for letter %, year %', letter, year;
    END IF;
    IF to_regclass(wanted) IS NULL THEN
        BEGIN
            EXECUTE 'CREATE SEQUENCE IF NOT EXISTS ' || wanted;
        EXCEPTION WHEN unique_violation OR duplicate_table THEN
            NULL;
        END;
    END IF;
    RETURN wanted::regclass;
END
$$
"""
DRAW = """
CREATE FUNCTION numbering_draw(letter text, year int, wanted int) RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    source regclass := public.numbering_prepare(letter, year);
BEGIN
    RETURN ARRAY(SELECT nextval(source) FROM generate_series(1, wanted));
END
$$
"""


class Migration(migrations.Migration):
    """Numbers of matters and of documents."""

    initial = True

    dependencies = []

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="DocumentCounter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("series", models.CharField(max_length=60)),
                        ("year", models.SmallIntegerField()),
                        ("last", models.IntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("series", "year"), name="one_counter_per_series_and_year"
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(PREPARE),
        migrations.RunSQL(DRAW),
    ]
