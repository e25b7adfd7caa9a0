import django.db.models.deletion
from django.db import migrations, models

from bihuan.capabilities.enforcement.disclosure.figures import PUBLISHED, SCORED, VIOLATIONS
from bihuan.kernel.figures import tally
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Violations, which are published, and how supervision went, counted as they change."""

    initial = True

    dependencies = [
        ("enforcement", "0001_enforcement"),
        ("figures", "0001_initial"),
        ("objects", "0001_objects"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Violation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.SmallIntegerField()),
                        ("topic", models.CharField(max_length=120, verbose_name="违法行为")),
                        ("article", models.CharField(max_length=120, verbose_name="处罚依据")),
                        ("result", models.CharField(max_length=12, verbose_name="处理结果")),
                        ("amount_fen", models.BigIntegerField(default=0, verbose_name="罚款")),
                        ("decided_on", models.DateField(verbose_name="决定日期")),
                        ("region_path", models.CharField(max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="counted",
                                to="enforcement.case",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["decided_on", "id"], name="violation_by_decision")],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "place"), name="one_row_a_violation")
                        ],
                    },
                ),
            ],
        ),
        *(migrations.RunSQL(tally.create_sql(one)) for one in (PUBLISHED, SCORED, VIOLATIONS)),
    ]
