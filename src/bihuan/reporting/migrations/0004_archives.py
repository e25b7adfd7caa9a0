import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What was opened of the archives, and the pack for the people's congress as a kind of report."""

    dependencies = [
        ("reporting", "0003_templates_in_versions"),
        ("territory", "0002_standing_rejected"),
    ]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="kind",
            field=models.CharField(
                choices=[
                    ("half-year", "半年推进落实报告"),
                    ("annual", "年度工作总结"),
                    ("speech", "会议发言材料"),
                    ("monthly", "月调度材料"),
                    ("quarterly", "季统筹计划"),
                    ("bulletin", "形势通报"),
                    ("legislature", "人大汇报材料"),
                ],
                max_length=20,
                verbose_name="种类",
            ),
        ),
        migrations.AlterField(
            model_name="templateshelf",
            name="kind",
            field=models.CharField(
                choices=[
                    ("half-year", "半年推进落实报告"),
                    ("annual", "年度工作总结"),
                    ("speech", "会议发言材料"),
                    ("monthly", "月调度材料"),
                    ("quarterly", "季统筹计划"),
                    ("bulletin", "形势通报"),
                    ("legislature", "人大汇报材料"),
                ],
                max_length=20,
                unique=True,
                verbose_name="种类",
            ),
        ),
        migrations.CreateModel(
            name="ArchiveOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.SmallIntegerField(verbose_name="年份")),
                ("loop", models.CharField(max_length=20, verbose_name="类别")),
                ("no", models.CharField(max_length=24, verbose_name="编号")),
                ("opened_at", models.DateTimeField(verbose_name="调阅时间")),
                ("opened_by", models.CharField(max_length=60, verbose_name="调阅人")),
                ("opened_by_post", models.CharField(blank=True, max_length=160, verbose_name="调阅人职务")),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.agency",
                    ),
                ),
            ],
            options={
                "verbose_name": "档案调阅",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "year", "loop", "no"), name="archive_item_opened_once"
                    )
                ],
            },
        ),
    ]
