from django.db import migrations, models

from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Figures as they stood when a report was issued."""

    initial = True

    dependencies = []

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="FrozenFigure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("report", models.UUIDField(db_index=True)),
                        ("name", models.CharField(max_length=80, verbose_name="指标")),
                        ("line", models.CharField(blank=True, max_length=120, verbose_name="分组")),
                        ("period", models.CharField(max_length=10, verbose_name="时段")),
                        ("as_of", models.DateField(verbose_name="截至")),
                        ("scope", models.JSONField(default=dict, verbose_name="口径")),
                        ("caption", models.CharField(max_length=2000, verbose_name="口径说明")),
                        ("value", models.CharField(max_length=40, verbose_name="数值")),
                        ("amount", models.BigIntegerField(null=True)),
                        ("numerator", models.BigIntegerField(null=True)),
                        ("denominator", models.BigIntegerField(null=True)),
                        ("claimed", models.BigIntegerField(null=True)),
                        ("records", models.BigIntegerField(verbose_name="记录数")),
                        ("records_digest", models.BinaryField(max_length=32, verbose_name="记录摘要")),
                        ("computed_at", models.DateTimeField(verbose_name="计算时间")),
                    ],
                    options={
                        "verbose_name": "定稿数据",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "name", "line", "period", "as_of", "scope"),
                                name="figure_frozen_once_per_report",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
