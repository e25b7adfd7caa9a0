from django.db import migrations, models

from bihuan.kernel.loops.crowds import SETTLE_FUNCTION
from bihuan.kernel.loops.guards import GUARD_FUNCTION, GUARD_NEW_FUNCTION
from bihuan.kernel.tables import CreateTables

MARKS = """
CREATE FUNCTION facet_marks(letter text, held bigint[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog
RETURN ARRAY(SELECT letter || one::text FROM unnest(held) AS one)
"""
"""An array of keys as marks of the index of facets; the framework's own conversions may not stand in an index."""


class Migration(migrations.Migration):
    """What every loop shares: rungs climbed, answers to repeated requests, setbacks, and the guards of matters."""

    initial = True

    replaces = [
        ("loops", "0001_initial"),
        ("loops", "0002_all_answers"),
        ("loops", "0003_rungs_of_duties"),
        ("loops", "0004_guard_reads_words"),
        ("loops", "0005_marks_of_arrays"),
        ("loops", "0006_setback"),
    ]

    dependencies = [
        ("record", "0001_record"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Escalation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("matter", models.UUIDField(db_index=True)),
                        ("no", models.CharField(max_length=24)),
                        ("level", models.SmallIntegerField()),
                        ("holder", models.CharField(max_length=20)),
                        ("post_id", models.BigIntegerField(null=True)),
                        ("person_id", models.BigIntegerField(db_index=True, null=True)),
                        ("name", models.CharField(max_length=200)),
                        ("rule", models.CharField(max_length=300)),
                        ("deadline", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(null=True)),
                        ("duty", models.CharField(blank=True, default="", max_length=40)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("matter", "duty", "level", "deadline"),
                                name="each_rung_climbed_once_per_deadline",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Request",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("actor_ref", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=80)),
                        ("fingerprint", models.BinaryField()),
                        ("kind", models.CharField(max_length=20)),
                        ("answers", models.JSONField(default=list)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("actor_ref", "key"), name="one_answer_per_key")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Told",
                    fields=[
                        ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ("upto_tx", models.BigIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Setback",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("job", models.CharField(max_length=60)),
                        ("about", models.CharField(max_length=120)),
                        ("says", models.CharField(max_length=400)),
                        ("since", models.DateTimeField()),
                        ("last", models.DateTimeField()),
                        ("times", models.IntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("job", "about"), name="one_setback_per_row")
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(GUARD_FUNCTION + GUARD_NEW_FUNCTION),
        migrations.RunSQL(SETTLE_FUNCTION),
        migrations.RunSQL(MARKS),
    ]
